"""What happened on a date: reported once, by whoever carries the activity; and closing a campaign once nothing is left unsaid (`agenda.md` §6).

The journal names the fields that changed, never a number nor a word of a report.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from tissage.agenda.models import Activity, ActivityPartner, Campaign, CampaignPartner, Occurrence, OccurrenceReport, ReportComment
from tissage.agenda.queries.reports import Due, audiences_of, unreported
from tissage.network.models import Organization
from tissage.people.models import User
from tissage.people.operations import record

FIELDS = (
    "held", "reason", "headcount", "method", "headcount_by_audience", "new_public", "produced", "what_worked", "what_to_change", "incident",
    "incident_text", "cost", "photo_agreement",
)  # fmt: skip
TEXTS = ("reason", "produced", "what_worked", "what_to_change", "incident_text")
Held = OccurrenceReport.Held


class ReportRefused(ValueError):
    """Why nothing was kept, in words for whoever asked; `field` is the field of the form it is about, when it is one."""

    def __init__(self, message: str, field: str = "") -> None:
        super().__init__(message)
        self.field = field


class NotTheLead(ReportRefused):
    """A co-organiser comments; the organisation that carries the activity reports."""


class AlreadyReported(ReportRefused):
    """One report a date."""


class NotReported(ReportRefused):
    """A campaign stays open: `dues` lists what waits for a report."""

    def __init__(self, dues: Sequence[Due]) -> None:
        super().__init__(
            _(
                "Tout n’est pas encore raconté : chaque date et chaque production attend son compte rendu, même pour dire qu’elle n’a pas eu lieu."
            )
        )
        self.dues = dues


@transaction.atomic
def file_report(
    *,
    occurrence: Occurrence | None = None,
    activity: Activity | None = None,
    by: User | None,
    now: dt.datetime,
    link: CampaignPartner | None = None,
    partners_present: Iterable[Organization] = (),
    **fields: Any,
) -> OccurrenceReport:
    """Reports a date, or an undated output when only `activity` is given. `fields`: some of `FIELDS`, `held` at least.

    Raises `NotTheLead`, `AlreadyReported` or `ReportRefused`.
    """
    about = _held_still(occurrence, activity)
    _check_link(about, link)
    _check_open(about)
    if occurrence is not None:
        if occurrence.status == Occurrence.Status.CANCELLED:
            raise ReportRefused(_("Cette date est annulée : il n’y a rien à raconter."))
        if occurrence.starts_at > now:
            raise ReportRefused(_("Cette date n’a pas encore eu lieu. Revenez quand elle aura commencé."))
    elif about.is_dated:
        raise ReportRefused(_("Cette activité a des dates : chacune a son compte rendu."))
    if OccurrenceReport.objects.filter(activity=about, occurrence=occurrence).exists():
        raise AlreadyReported(_("Un compte rendu existe déjà. Il se corrige, il ne se fait pas deux fois."))
    told = _cleaned(about, {"new_public": "unknown", "incident": "none", **fields}, is_output=occurrence is None)
    report = OccurrenceReport(activity=about, occurrence=occurrence, filled_by=by, via_link=link is not None, filled_at=now, changed_at=now)
    for name, value in told.items():
        setattr(report, name, value)
    report.save()
    report.partners_present.set(_present(about, partners_present) if report.held != Held.NO else ())
    verb = "agenda.file_report" if link is None else "agenda.receive_report"
    record(verb=verb, by=by, territory=about.territory, on=occurrence or about, now=now)
    return report


@transaction.atomic
def change_report(
    *,
    report: OccurrenceReport,
    by: User | None,
    now: dt.datetime,
    link: CampaignPartner | None = None,
    partners_present: Iterable[Organization] | None = None,
    **fields: Any,
) -> list[str]:
    """Corrects a report while its campaign is open; gives the names of what changed, which the journal keeps. Raises `ReportRefused`."""
    about = _held_still(report.occurrence, report.activity)
    _check_link(about, link)
    _check_open(about)
    kept = OccurrenceReport.objects.select_for_update(of=("self",)).order_by("pk").get(pk=report.pk)
    before = {name: getattr(kept, name) for name in FIELDS}
    told = _cleaned(about, {**before, **fields}, is_output=kept.occurrence_id is None)
    changed = [name for name in FIELDS if told.get(name) != before[name]]
    for name in changed:
        setattr(kept, name, told[name])
    if partners_present is not None:
        wanted = {one.pk for one in _present(about, partners_present)} if kept.held != Held.NO else set()
        if wanted != set(kept.partners_present.values_list("pk", flat=True)):
            kept.partners_present.set(wanted)
            changed.append("partners_present")
    if changed:
        kept.changed_at = now
        kept.save()
        verb = "agenda.change_report" if link is None else "agenda.receive_correction"
        record(verb=verb, by=by, territory=about.territory, on=report.occurrence or about, fields=changed, now=now)
    return changed


@transaction.atomic
def comment_report(*, report: OccurrenceReport, organization: Organization, text: str, by: User, now: dt.datetime) -> ReportComment:
    """What a co-organiser says of a date that another reported. Raises `ReportRefused`."""
    if not ActivityPartner.objects.filter(activity=report.activity_id, organization=organization).exists():
        raise NotTheLead(_("Seules les organisations qui coorganisent peuvent commenter."))
    _check_open(report.activity)
    if not text.strip():
        raise ReportRefused(_("Écrivez votre commentaire."), "text")
    made = ReportComment.objects.create(report=report, organization=organization, text=text.strip(), by=by, at=now)
    record(verb="agenda.comment_report", by=by, territory=report.territory, on=report.occurrence or report.activity, now=now)
    return made


@transaction.atomic
def begin_evaluation(*, campaign: Campaign, by: User, now: dt.datetime) -> Campaign:
    """From now on the campaign gathers its reports. Raises `ReportRefused`."""
    kept = _locked(campaign)
    if kept.status not in (Campaign.Status.PUBLISHED, Campaign.Status.RUNNING):
        raise ReportRefused(_("Seule une campagne dont le programme est publié passe à l’évaluation."))
    kept.status = Campaign.Status.EVALUATING
    kept.save(update_fields=["status"])
    record(verb="agenda.begin_evaluation", by=by, territory=kept.territory, on=kept, now=now)
    return kept


@transaction.atomic
def close_campaign(*, campaign: Campaign, by: User, now: dt.datetime) -> Campaign:
    """Closes a campaign of which everything was told: its reports change no more. Raises `NotReported` with what waits."""
    kept = _locked(campaign)
    if kept.status == Campaign.Status.CLOSED:
        raise ReportRefused(_("Cette campagne est déjà close."))
    if kept.status not in (Campaign.Status.PUBLISHED, Campaign.Status.RUNNING, Campaign.Status.EVALUATING):
        raise ReportRefused(_("Cette campagne n’a pas encore de programme publié : il n’y a rien à clore."))
    if left := unreported(kept):
        raise NotReported(left)
    kept.status, kept.closed_at = Campaign.Status.CLOSED, now
    kept.save(update_fields=["status", "closed_at"])
    closed = Activity.objects.filter(campaign=kept, moderation=Activity.Moderation.ACCEPTED, closed_at__isnull=True).update(closed_at=now)
    record(verb="agenda.close_campaign", by=by, territory=kept.territory, on=kept, numbers={"activities": closed}, now=now)
    return kept


def _held_still(occurrence: Occurrence | None, activity: Activity | None) -> Activity:
    """The activity, locked: two partners who press at once are served one after the other."""
    number = occurrence.activity_id if occurrence is not None else activity.pk if activity is not None else 0
    rows = Activity.objects.select_related("territory", "lead", "campaign")
    found: Activity = rows.select_for_update(of=("self",)).order_by("pk").get(pk=number)
    return found


def _locked(campaign: Campaign) -> Campaign:
    rows = Campaign.objects.select_related("territory")
    found: Campaign = rows.select_for_update(of=("self",)).order_by("pk").get(pk=campaign.pk)
    return found


def _check_link(activity: Activity, link: CampaignPartner | None) -> None:
    if link is None:
        return
    if link.organization_id != activity.lead_id or link.campaign_id != activity.campaign_id:
        raise NotTheLead(_("Le compte rendu se fait par l’organisation responsable : %(name)s.") % {"name": activity.lead.name})


def _check_open(activity: Activity) -> None:
    if activity.moderation != Activity.Moderation.ACCEPTED:
        raise ReportRefused(_("Cette activité n’est pas au programme : il n’y a rien à raconter."))
    if activity.campaign is not None and activity.campaign.status == Campaign.Status.CLOSED:
        raise ReportRefused(_("La campagne est close : ses comptes rendus ne changent plus."))


def _present(activity: Activity, partners: Iterable[Organization]) -> list[Organization]:
    """Partners of the activity, and nobody else."""
    known = set(ActivityPartner.objects.filter(activity=activity).values_list("organization", flat=True))
    return [one for one in partners if one.pk in known]


def _cleaned(activity: Activity, fields: Mapping[str, Any], *, is_output: bool) -> dict[str, Any]:
    """What is kept of what was typed: whole, and nothing of what does not apply. Raises `ReportRefused`."""
    if strange := set(fields) - set(FIELDS):
        raise ReportRefused(_("Ce champ n’existe pas : %(name)s.") % {"name": ", ".join(sorted(strange))})
    told = {name: str(fields.get(name) or "").strip() for name in TEXTS}
    held = str(fields.get("held") or "")
    if held not in Held.values:
        raise ReportRefused(_("Dites si cela a eu lieu."), "held")
    told["incident_text"] = told["incident_text"] if fields.get("incident", "none") != "none" else ""
    shared = {**told, "held": held, "incident": fields.get("incident") or "none"}
    if held == Held.NO:
        if not told["reason"]:
            raise ReportRefused(_("Dites en quelques mots pourquoi cela n’a pas eu lieu."), "reason")
        empty: dict[str, Any] = {"headcount": None, "method": "", "headcount_by_audience": {}, "new_public": "unknown", "produced": ""}
        return {**shared, **empty, "what_worked": "", "cost": fields.get("cost"), "photo_agreement": False}
    headcount, method = fields.get("headcount"), str(fields.get("method") or "")
    if is_output and not told["produced"]:
        raise ReportRefused(_("Dites ce qui a été produit : trois épisodes, une fresque, deux cents pin’s…"), "produced")
    if headcount is None and not is_output:
        raise ReportRefused(_("Combien de personnes ? Une estimation suffit ; zéro se dit aussi."), "headcount")
    if headcount is not None and method not in OccurrenceReport.Method.values:
        raise ReportRefused(_("Dites comment vous avez compté : un nombre sans sa méthode ne se lit pas."), "method")
    return {
        **shared,
        "reason": told["reason"] if held == Held.CHANGED else "",
        "headcount": headcount,
        "method": method if headcount is not None else "",
        "headcount_by_audience": _split(activity, headcount, fields.get("headcount_by_audience") or {}),
        "new_public": fields.get("new_public") or "unknown",
        "cost": None if fields.get("cost") is None else Decimal(fields["cost"]),
        "photo_agreement": bool(fields.get("photo_agreement")),
    }


def _split(activity: Activity, headcount: int | None, split: Mapping[str, int]) -> dict[str, int]:
    """Persons by audience of the activity; one audience alone takes them all. Raises `ReportRefused` when the parts exceed the whole."""
    audiences = audiences_of([activity.pk]).get(activity.pk, ())
    if headcount is None:
        return {}
    if len(audiences) == 1:
        return {audiences[0]: headcount}
    parts = {code: int(split[code]) for code in audiences if split.get(code) is not None}
    if sum(parts.values()) > headcount:
        message = _("Par public, vous comptez %(parts)s personnes : plus que les %(whole)s du total.")
        raise ReportRefused(message % {"parts": sum(parts.values()), "whole": headcount}, "headcount")
    return parts
