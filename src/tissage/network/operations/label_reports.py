"""Writes on reports that a label is not respected: private, told to the holder, who may answer before any decision (`network.md` §4.3).

No public counter is kept anywhere. The contact of whoever wrote is encrypted, and forgotten once the report is judged.
"""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from tissage.network.models import LabelAward, LabelReport
from tissage.people.cipher import key_ring
from tissage.people.models import User
from tissage.people.operations import record

from .labels import LabelRefused

ANSWER_DAYS = 14
"""How long the holder has before a report may be judged founded without its answer [design]."""
Status = LabelReport.Status
JUDGED = (Status.FOUNDED, Status.UNFOUNDED)


@transaction.atomic
def report_breach(*, award: LabelAward, value: str, text: str, contact: str, now: dt.datetime) -> LabelReport:
    """Anybody says that a label is not respected, without an account. Nothing is told to anybody but the coordination."""
    made = LabelReport.objects.create(award=award, value=value, text=text, received_at=now)
    if contact.strip():
        made.contact = key_ring().encrypt(contact.strip(), place=_place(made))
        made.save(update_fields=["contact"])
    return made


def contact_of(report: LabelReport) -> str:
    """How to reach whoever wrote, in clear; empty when nothing was left. For the coordination alone."""
    return key_ring().decrypt(report.contact, place=_place(report)) if report.contact else ""


@transaction.atomic
def tell_holder(*, report: LabelReport, by: User, now: dt.datetime) -> None:
    """From today the holder reads the report, without its contact, and may answer. Raises `LabelRefused`."""
    held = _held(report)
    if held.status in JUDGED:
        raise LabelRefused(_("Ce signalement est conclu."))
    if held.told_holder_on is None:
        held.told_holder_on, held.status = timezone.localdate(now), Status.IN_REVIEW
        held.save(update_fields=["told_holder_on", "status"])
        _record("network.tell_label_holder", held, by, now)


@transaction.atomic
def reply_to_report(*, report: LabelReport, reply: str, by: User, now: dt.datetime) -> None:
    """What the holder answers, as long as nothing is decided. Raises `LabelRefused`."""
    held = _held(report)
    if held.told_holder_on is None or held.status in JUDGED:
        raise LabelRefused(_("Ce signalement est conclu : la réponse ne change plus."))
    held.reply, held.reply_on = reply, timezone.localdate(now)
    held.save(update_fields=["reply", "reply_on"])
    _record("network.reply_to_label_report", held, by, now)


@transaction.atomic
def judge_report(*, report: LabelReport, founded: bool, resolution: str, by: User, now: dt.datetime) -> None:
    """Founded or not, with what follows. Founded only once the holder answered, or had a fortnight to. Raises `LabelRefused`.

    What happens to the label (suspended, withdrawn) is another act, decided apart.
    """
    held = _held(report)
    if held.status in JUDGED:
        raise LabelRefused(_("Ce signalement est déjà conclu."))
    today = timezone.localdate(now)
    if founded and held.told_holder_on is None:
        raise LabelRefused(_("Dites-le d’abord à l’organisation : elle peut répondre avant toute décision."))
    if founded and held.reply_on is None and held.told_holder_on is not None and today < (until := answer_until(held.told_holder_on)):
        raise LabelRefused(_("L’organisation peut encore répondre, jusqu’au %(date)s.") % {"date": date_format(until, "j F Y")})
    held.status, held.resolution = (Status.FOUNDED if founded else Status.UNFOUNDED), resolution
    held.resolved_on, held.resolved_by, held.contact = today, by, ""
    held.save(update_fields=["status", "resolution", "resolved_on", "resolved_by", "contact"])
    _record("network.judge_label_report", held, by, now)


def answer_until(told_on: dt.date) -> dt.date:
    return told_on + dt.timedelta(days=ANSWER_DAYS)


def _place(report: LabelReport) -> str:
    return f"label_report:{report.pk}"


def _held(report: LabelReport) -> LabelReport:
    rows = LabelReport.objects.select_for_update(of=("self",)).select_related("award__organization__territory", "award__version__scheme")
    return rows.order_by("pk").get(pk=report.pk)


def _record(verb: str, report: LabelReport, by: User, now: dt.datetime) -> None:
    """Without the name of the holder: the journal is read by many, a report by two."""
    record(verb=verb, by=by, territory=report.territory, on=report, now=now)
