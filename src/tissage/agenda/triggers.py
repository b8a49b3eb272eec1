"""What was issued or settled stays: the balance of a campaign, and the yearly number of sensitive activities."""

from __future__ import annotations

from tissage.people.triggers import Guard, Rule

REFUSAL = "An issued balance and a settled year do not change"

SETTLED_STAYS = Guard(
    {
        "campaign_report_keeps": Rule(
            "agenda_campaignreport", "UPDATE OF campaign_id, number, indicators, narrative, made_at", "", REFUSAL
        ),
        "sensitive_year_keeps": Rule(
            "agenda_sensitiveyear", "UPDATE OF organization_id, year, how, persons, dates, settled_at", "", REFUSAL
        ),
    }
)
