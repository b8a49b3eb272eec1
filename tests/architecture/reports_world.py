"""A year of the secret plan, frozen, with an issued document and a town's own Word file."""

from __future__ import annotations

import io

import docx


def documented(territory, by, now, canary):
    """Call it last: it freezes what the plan holds."""
    from tissage.plan.models import Plan
    from tissage.reports.operations.freezing import freeze_year
    from tissage.reports.operations.issuing import issue_report
    from tissage.reports.operations.voting import record_vote
    from tissage.reports.operations.word_templates import keep_word_template

    did = {"by": by, "now": now}
    plan = Plan.objects.get(territory=territory)
    frozen = freeze_year(plan=plan, year=2026, **did)
    report = issue_report(frozen=frozen, kind="activity", formats=["pdf"], **did)
    record_vote(frozen=frozen, body=canary, held_on=now.date(), result="adopted", note=canary, **did)
    file, stream = docx.Document(), io.BytesIO()
    file.add_paragraph("{{ plan }} {{ inconnu }}")
    file.save(stream)
    own = keep_word_template(
        territory=territory, kind="activity", label=f"Modèle {canary}", upload_name="x.docx", content=stream.getvalue(), **did
    )
    return {"report_file": report.files.get().uuid, "word_template": own.uuid, "frozen": frozen.pk, "report": report.number}
