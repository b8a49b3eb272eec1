"""What was judged stays: assessments and scorecards refuse change on both engines; a frozen set keeps its text."""

from __future__ import annotations

from tissage.people.triggers import Guard, Rule

ASSESSMENT, SCORECARD, SET, ASK, CATEGORY = (
    f"commitments_{table}" for table in ("assessment", "scorecard", "askset", "ask", "askcategory")
)
JUDGED = "A validated assessment does not change"
COUNTED = "A frozen scorecard does not change"
FROZEN = "A frozen set of asks keeps its text"


def _of_a_frozen_set(row: str) -> str:
    return f"EXISTS (SELECT 1 FROM {SET} WHERE id = {row}.ask_set_id AND frozen_on IS NOT NULL)"


JUDGED_STAYS = Guard(
    {
        "assessment_keeps": Rule(ASSESSMENT, "UPDATE", "", JUDGED),
        "assessment_stays": Rule(ASSESSMENT, "DELETE", "", JUDGED),
        "scorecard_keeps": Rule(SCORECARD, "UPDATE", "", COUNTED),
        "scorecard_stays": Rule(SCORECARD, "DELETE", "", COUNTED),
        "ask_set_keeps": Rule(
            SET,
            "UPDATE OF code, title, introduction, language, selection_rule, counted_competences, frozen_on, text_sha256",
            "OLD.frozen_on IS NOT NULL",
            FROZEN,
        ),
        "ask_keeps": Rule(
            ASK,
            "UPDATE OF ask_set_id, category_id, code, kind, text, competence, verifiable, success_criterion, weight",
            _of_a_frozen_set("OLD"),
            FROZEN,
        ),
        "ask_stays": Rule(ASK, "DELETE", _of_a_frozen_set("OLD"), FROZEN),
        "ask_comes_before": Rule(ASK, "INSERT", _of_a_frozen_set("NEW"), FROZEN),
        "ask_category_keeps": Rule(CATEGORY, "UPDATE OF ask_set_id, code, label, weight", _of_a_frozen_set("OLD"), FROZEN),
        "ask_category_stays": Rule(CATEGORY, "DELETE", _of_a_frozen_set("OLD"), FROZEN),
    }
)
