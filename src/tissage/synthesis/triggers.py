"""A frozen synthesis stays as it is: it keeps its number, words, selection, counts and lines; only its marks and its publication move."""

from __future__ import annotations

from tissage.people.triggers import Guard, Rule

SYNTHESIS, LINE = "synthesis_synthesis", "synthesis_synthesisline"
REFUSAL = "A frozen synthesis does not change"
KEPT = (
    "territory_id",
    "number",
    "title",
    "note",
    "nomenclature_id",
    "selection",
    "suppression",
    "cube",
    "groups",
    "wordings",
    "lines_total",
    "lines_done",
    "started_at",
    "frozen_at",
)


def _of_a_frozen_synthesis(row: str) -> str:
    return f"EXISTS (SELECT 1 FROM {SYNTHESIS} WHERE id = {row}.synthesis_id AND frozen_at IS NOT NULL)"


FROZEN_STAYS = Guard(
    {
        "synthesis_keeps_its_content": Rule(SYNTHESIS, f"UPDATE OF {', '.join(KEPT)}", "OLD.frozen_at IS NOT NULL", REFUSAL),
        "synthesis_stays": Rule(SYNTHESIS, "DELETE", "OLD.frozen_at IS NOT NULL", REFUSAL),
        "synthesis_line_stays": Rule(LINE, "DELETE", _of_a_frozen_synthesis("OLD"), REFUSAL),
        "synthesis_line_keeps": Rule(LINE, "UPDATE", _of_a_frozen_synthesis("OLD"), REFUSAL),
        "synthesis_line_comes_before": Rule(LINE, "INSERT", _of_a_frozen_synthesis("NEW"), REFUSAL),
    }
)
