"""A version sent to the region stays as it was sent: its number, reason, dates of vote and sending, document and actions. Only the answer moves."""

from __future__ import annotations

from tissage.people.triggers import Guard, Rule

VERSION, ACTION = "plan_planversion", "plan_actionversion"
REFUSAL = "A version that was sent does not change"


def _of_a_sent_version(row: str) -> str:
    return f"EXISTS (SELECT 1 FROM {VERSION} WHERE id = {row}.version_id AND sent_on IS NOT NULL)"


SENT_STAYS = Guard(
    {
        "plan_version_keeps": Rule(
            VERSION, "UPDATE OF plan_id, number, reason, council_on, sent_on, document_id", "OLD.sent_on IS NOT NULL", REFUSAL
        ),
        "plan_version_stays": Rule(VERSION, "DELETE", "OLD.sent_on IS NOT NULL", REFUSAL),
        "action_version_keeps": Rule(ACTION, "UPDATE", _of_a_sent_version("OLD"), REFUSAL),
        "action_version_stays": Rule(ACTION, "DELETE", _of_a_sent_version("OLD"), REFUSAL),
        "action_version_comes_before": Rule(ACTION, "INSERT", _of_a_sent_version("NEW"), REFUSAL),
    }
)
