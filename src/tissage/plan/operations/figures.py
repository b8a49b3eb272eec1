"""Figures and yearly accounts: written by a team, a partner or for it; handed in, returned with a comment, approved.

An item is an `Observation` or an `ActionYear`. Its states: draft → submitted → returned → … → approved. What is handed in waits for its
reading; what was approved moves again only once it was returned, with a comment. Figures never enter the journal: counts do.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from tissage.core.figures import MONTHS
from tissage.network.models import Organization, Person
from tissage.people.models import User
from tissage.people.operations import record
from tissage.plan.models import Action, ActionYear, Indicator, Observation, PartnerLink, Plan
from tissage.plan.models.actions import ReviewState
from tissage.plan.queries.figures import actions_asked, indicators_asked

TEXTS = ("done", "benefits", "difficulties", "feedback")
OPEN_STATES = (ReviewState.DRAFT, ReviewState.RETURNED)
Item = Observation | ActionYear


class FiguresRefused(ValueError):
    """Why nothing was changed, in words for whoever asked."""


@dataclass(frozen=True, slots=True)
class HandedIn:
    """What one act handed in: figures and accounts, and how many of the figures are unknown."""

    figures: int
    accounts: int
    unknown: int


@transaction.atomic
def write_figure(
    *,
    indicator: Indicator,
    year: int,
    value: Decimal | None,
    month: int | None = None,
    how_counted: str = "",
    sentence: str = "",
    is_unknown: bool = False,
    by: User | None,
    link: PartnerLink | None = None,
    now: dt.datetime,
) -> Observation:
    """Writes the draft of a figure for a year, or for a month of it. `value` None: not known yet, or never when `is_unknown`.

    A returned figure stays returned, with its comment, until it is handed in again. Raises `FiguresRefused`. Journalled when something changed.
    """
    kept, changed = put_figure(
        indicator=indicator,
        year=year,
        value=value,
        month=month,
        how_counted=how_counted,
        sentence=sentence,
        is_unknown=is_unknown,
        by=by,
        link=link,
        now=now,
    )
    if changed:
        note_writing(action=indicator.action, organization=indicator.organization, figures=1, by=by, link=link, now=now)
    return kept


@transaction.atomic
def write_account(
    *,
    action: Action,
    year: int,
    organization: Organization | None,
    texts: Mapping[str, str],
    by: User | None,
    link: PartnerLink | None = None,
    now: dt.datetime,
) -> ActionYear:
    """Writes the yearly account of an action by an organisation, or by the team (None). `texts`: some of `TEXTS`; the others stay.

    Raises `FiguresRefused`. Journalled when something changed.
    """
    kept, changed = put_account(action=action, year=year, organization=organization, texts=texts, by=by, link=link, now=now)
    if changed:
        note_writing(action=action, organization=organization, figures=1, by=by, link=link, now=now)
    return kept


def put_figure(
    *,
    indicator: Indicator,
    year: int,
    value: Decimal | None,
    month: int | None,
    how_counted: str,
    sentence: str,
    is_unknown: bool,
    by: User | None,
    link: PartnerLink | None,
    now: dt.datetime,
) -> tuple[Observation, bool]:
    """`write_figure` without the journal, for whoever writes many at once: the figure, and whether something changed."""
    _check_place(indicator, year, month, link, now)
    Indicator.objects.select_for_update(of=("self",)).order_by("pk").get(pk=indicator.pk)
    kept = Observation.objects.filter(indicator=indicator, year=year, month=month).first() or Observation(
        indicator=indicator, year=year, month=month, changed_at=now
    )
    _check_open(kept)
    wanted = {
        "value": None if is_unknown else value,
        "is_unknown": is_unknown,
        "how_counted": how_counted.strip()[:300],
        "sentence": sentence.strip()[:500],
    }
    if kept.pk is None and not any((value is not None, is_unknown, wanted["how_counted"], wanted["sentence"])):
        return kept, False
    return kept, _keep(kept, wanted, by=by, link=link, now=now)


def put_account(
    *,
    action: Action,
    year: int,
    organization: Organization | None,
    texts: Mapping[str, str],
    by: User | None,
    link: PartnerLink | None,
    now: dt.datetime,
) -> tuple[ActionYear, bool]:
    """`write_account` without the journal."""
    if link is not None and (organization is None or link.organization_id != organization.pk or action.plan_id != link.plan_id):
        raise FiguresRefused(_("Ce lien n’est pas celui de cette action."))
    if unknown := set(texts) - set(TEXTS):
        raise FiguresRefused(_("Ce texte n’existe pas : %(name)s.") % {"name": ", ".join(sorted(unknown))})
    Action.objects.select_for_update(of=("self",)).order_by("pk").get(pk=action.pk)
    kept = ActionYear.objects.filter(action=action, year=year, organization=organization).first() or ActionYear(
        action=action, year=year, organization=organization, changed_at=now
    )
    _check_open(kept)
    wanted = {name: text.strip() for name, text in texts.items()}
    if kept.pk is None and not any(wanted.values()):
        return kept, False
    return kept, _keep(kept, wanted, by=by, link=link, now=now)


def note_writing(
    *,
    action: Action,
    organization: Organization | None,
    figures: int,
    by: User | None,
    link: PartnerLink | None,
    now: dt.datetime,
) -> None:
    """One line of the journal: who wrote, for whom, how many; a partner's link has no person."""
    territory, numbers = action.plan.territory, {"figures": figures}
    if by is None:
        record(verb="plan.receive_figures", by=None, territory=territory, on=organization or action, numbers=numbers, now=now)
    elif organization is not None and not speaks_for(by, organization):
        record(verb="plan.type_for_partner", by=by, territory=territory, on=organization, numbers=numbers, now=now)
    else:
        record(verb="plan.write_figures", by=by, territory=territory, on=organization or action, numbers=numbers, now=now)


@transaction.atomic
def submit_figures(
    *,
    plan: Plan,
    year: int,
    organization: Organization | None,
    by: User | None,
    link: PartnerLink | None = None,
    now: dt.datetime,
    action: Action | None = None,
) -> HandedIn:
    """Hands in every draft and every returned item of an organisation for a year; of the team when None, of one `action` if given.

    What a partner left without an answer is handed in as unknown: it was told so before. Months without a number stay absent.
    Raises `FiguresRefused` when nothing is left to hand in.
    """
    Plan.objects.select_for_update(of=("self",)).order_by("pk").get(pk=plan.pk)
    if organization is not None:
        _answer_unknown(plan, year, organization, by=by, link=link, now=now)
    figures = Observation.objects.filter(
        indicator__action__plan=plan, indicator__organization=organization, year=year, state__in=OPEN_STATES
    )
    accounts = ActionYear.objects.filter(action__plan=plan, organization=organization, year=year, state__in=OPEN_STATES)
    if action is not None:
        figures, accounts = figures.filter(indicator__action=action), accounts.filter(action=action)
    unknown = figures.filter(value__isnull=True).count()
    given = {"state": ReviewState.SUBMITTED, "submitted_at": now}
    handed = HandedIn(figures.update(**given), accounts.update(**given), unknown)
    if not handed.figures and not handed.accounts:
        raise FiguresRefused(_("Rien n’est à remettre : tout est déjà remis, ou rien n’est encore saisi."))
    if organization is not None:
        PartnerLink.objects.filter(plan=plan, organization=organization, year=year, revoked_at__isnull=True).update(submitted_at=now)
    numbers = {"figures": handed.figures, "accounts": handed.accounts}
    verb = "plan.receive_submission" if by is None else "plan.submit_figures"
    record(verb=verb, by=by, territory=plan.territory, on=organization or action or plan, numbers=numbers, now=now)
    return handed


@transaction.atomic
def submit_month(*, figure: Observation, by: User, now: dt.datetime) -> Observation:
    """Hands in one month of a standing service by itself. Raises `FiguresRefused`."""
    kept = _locked(figure)
    assert isinstance(kept, Observation)
    _check_open(kept)
    if kept.value is None:
        raise FiguresRefused(_("Écrivez d’abord le nombre de ce mois."))
    kept.state, kept.submitted_at = ReviewState.SUBMITTED, now
    kept.save(update_fields=["state", "submitted_at"])
    action = kept.indicator.action
    record(verb="plan.submit_figures", by=by, territory=action.plan.territory, on=action, numbers={"figures": 1, "accounts": 0}, now=now)
    return kept


@transaction.atomic
def return_figure(*, figure: Item, comment: str, by: User, now: dt.datetime) -> Item:
    """Sends a handed-in or approved item back to its author, with what is to be looked at again. Raises `FiguresRefused`."""
    kept = _locked(figure)
    if kept.state not in (ReviewState.SUBMITTED, ReviewState.APPROVED):
        raise FiguresRefused(_("Seul ce qui est remis ou approuvé se renvoie. Ceci est encore « %(state)s ».") % _state(kept))
    if not comment.strip():
        raise FiguresRefused(_("Écrivez en un commentaire ce qu’il faut revoir : sans lui, la personne ne saurait que faire."))
    kept.comment = comment.strip()
    return _reviewed(kept, ReviewState.RETURNED, "plan.return_figure", by=by, now=now)


@transaction.atomic
def approve_figure(*, figure: Item, by: User, now: dt.datetime) -> Item:
    """Approves a handed-in item: it may enter documents. Raises `FiguresRefused`."""
    kept = _locked(figure)
    if kept.state != ReviewState.SUBMITTED:
        raise FiguresRefused(_("Seul ce qui est remis s’approuve. Ceci est « %(state)s ».") % _state(kept))
    return _reviewed(kept, ReviewState.APPROVED, "plan.approve_figure", by=by, now=now)


def speaks_for(user: User, organization: Organization) -> bool:
    """Whether this person is of the organisation, so that what they type is its own word."""
    return Person.objects.filter(user=user, organization=organization, ended_on__isnull=True).exists()


def _check_place(indicator: Indicator, year: int, month: int | None, link: PartnerLink | None, now: dt.datetime) -> None:
    if link is not None and (indicator.organization_id != link.organization_id or indicator.action.plan_id != link.plan_id):
        raise FiguresRefused(_("Ce lien n’est pas celui de ce chiffre."))
    if month is None:
        return
    if indicator.period != Indicator.Period.MONTH:
        raise FiguresRefused(_("« %(name)s » se compte par an, sans mois.") % {"name": indicator.name})
    today = timezone.localtime(now).date()
    if month not in MONTHS:
        raise FiguresRefused(_("Un mois va de 1 à 12."))
    if (year, month) > (today.year, today.month):
        raise FiguresRefused(_("Ce mois n’a pas encore commencé. Choisissez un mois passé, ou celui-ci."))


def _check_open(item: Item) -> None:
    if item.state == ReviewState.SUBMITTED:
        raise FiguresRefused(_("C’est remis et attend sa relecture : cela ne change plus, sauf si on vous le renvoie."))
    if item.state == ReviewState.APPROVED:
        raise FiguresRefused(_("C’est approuvé. Pour le corriger, la gestion du plan le renvoie d’abord, avec un commentaire."))


def _keep(item: Item, wanted: Mapping[str, object], *, by: User | None, link: PartnerLink | None, now: dt.datetime) -> bool:
    """Writes what changed, and who typed it."""
    if item.pk is not None and all(getattr(item, name) == value for name, value in wanted.items()):
        return False
    for name, value in wanted.items():
        setattr(item, name, value)
    item.typed_by, item.via_link, item.changed_at = by, link is not None, now
    item.save()
    return True


def _answer_unknown(
    plan: Plan, year: int, organization: Organization, *, by: User | None, link: PartnerLink | None, now: dt.datetime
) -> None:
    """An unknown figure where a yearly one was not answered, an empty account where none was written: each can then be returned."""
    shared = {"year": year, "typed_by": by, "via_link": link is not None, "changed_at": now}
    asked = indicators_asked(plan, year, organization).filter(period=Indicator.Period.YEAR)
    answered = set(Observation.objects.filter(indicator__in=asked, year=year, month__isnull=True).values_list("indicator", flat=True))
    Observation.objects.bulk_create(Observation(indicator=one, is_unknown=True, **shared) for one in asked if one.pk not in answered)
    Observation.objects.filter(indicator__in=asked, year=year, value__isnull=True, state__in=OPEN_STATES).update(is_unknown=True)
    told = set(ActionYear.objects.filter(action__plan=plan, organization=organization, year=year).values_list("action", flat=True))
    ActionYear.objects.bulk_create(
        ActionYear(action=one, organization=organization, **shared) for one in actions_asked(plan, year, organization) if one.pk not in told
    )


def _locked(figure: Item) -> Item:
    if isinstance(figure, Observation):
        rows = Observation.objects.select_related("indicator__action__plan__territory")
        return rows.select_for_update(of=("self",)).order_by("pk").get(pk=figure.pk)
    accounts = ActionYear.objects.select_related("action__plan__territory")
    return accounts.select_for_update(of=("self",)).order_by("pk").get(pk=figure.pk)


def _reviewed(item: Item, state: str, verb: str, *, by: User, now: dt.datetime) -> Item:
    item.state, item.reviewed_by, item.reviewed_at = state, by, now
    item.save(update_fields=["state", "comment", "reviewed_by", "reviewed_at"])
    action = item.indicator.action if isinstance(item, Observation) else item.action
    record(verb=verb, by=by, territory=action.plan.territory, on=action, numbers={"figures": 1}, now=now)
    return item


def _state(item: Item) -> dict[str, str]:
    return {"state": str(ReviewState(item.state).label)}
