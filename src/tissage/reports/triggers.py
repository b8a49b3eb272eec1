"""What was issued stays: a frozen year keeps its data, an issued document its number and its files."""

from __future__ import annotations

from tissage.people.triggers import Guard, Rule

YEAR, REPORT, FILE = "reports_frozenyear", "reports_report", "reports_reportfile"
REFUSAL = "An issued document, and the year it rests on, do not change"

ISSUED_STAYS = Guard(
    {
        "frozen_year_keeps_its_data": Rule(
            YEAR, "UPDATE OF plan_id, year, number, data, missing, difference, sha256, frozen_at", "", REFUSAL
        ),
        "frozen_year_reopens_once": Rule(YEAR, "UPDATE OF reopened_at, reopen_reason", "OLD.reopened_at IS NOT NULL", REFUSAL),
        "frozen_year_stays": Rule(YEAR, "DELETE", "", REFUSAL),
        "report_keeps": Rule(REPORT, "UPDATE OF frozen_year_id, territory_id, number, kind, title, template, issued_at", "", REFUSAL),
        "report_stays": Rule(REPORT, "DELETE", "", REFUSAL),
        "report_file_keeps": Rule(FILE, "UPDATE", "", REFUSAL),
        "report_file_stays": Rule(FILE, "DELETE", "", REFUSAL),
    }
)
