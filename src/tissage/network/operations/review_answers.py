"""What an organisation answers by the link of a review: still right, corrected, gone; and taking that back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from tissage.network.models import ChangeSuggestion, FieldChange, ReviewAnswer, ReviewRequest, Service, ServiceContact
from tissage.people.operations import record

from .services import assure_service, change_contact, change_service

Outcome = ReviewAnswer.Outcome
REVIEW = FieldChange.Origin.REVIEW
KEPT = ("status", "publication", "assured_on", "assured_by_id", "bounces")
"""What any answer may change, besides the fields that were typed."""


class AnswerRefused(ValueError):
    """Why an answer was not taken, in words for whoever gave it."""


@transaction.atomic
def confirm_service(*, review: ReviewRequest, service: UUID, now: dt.datetime) -> ReviewAnswer:
    """Everything is still right: the service counts as checked today. Raises `AnswerRefused`."""
    answer = _waiting(review, service, now)
    before = _before(answer.service)
    _assure(answer.service, now)
    return _answered(answer, Outcome.CONFIRMED, before, now)


@transaction.atomic
def close_service(*, review: ReviewRequest, service: UUID, now: dt.datetime) -> ReviewAnswer:
    """It is gone: it leaves the pages at once, and the team looks. Raises `AnswerRefused`."""
    answer = _waiting(review, service, now)
    before = _before(answer.service)
    changed = answer.service
    change_service(service=changed, by=None, now=now, origin=REVIEW, status=Service.Status.DEFUNCT)
    _publication(changed, Service.Publication.DRAFT, now)
    record(verb="network.review_closed", by=None, territory=changed.territory, on=changed, now=now)
    return _answered(answer, Outcome.CLOSED, before, now)


@transaction.atomic
def correct_service(
    *,
    review: ReviewRequest,
    service: UUID,
    details: Mapping[str, Any],
    contacts: Mapping[int, Mapping[str, str]],
    other: str,
    now: dt.datetime,
) -> ReviewAnswer:
    """Corrects a few fields and contacts, and counts as a check. `other`: what the short form has no field for, read by the team. Raises `AnswerRefused`."""
    answer = _waiting(review, service, now)
    found = answer.service
    before = _before(found) | {"details": {name: _plain(getattr(found, name)) for name in details}, "contacts": {}}
    change_service(service=found, by=None, now=now, origin=REVIEW, **details)
    for contact in _contacts(found, contacts):
        before["contacts"][str(contact.pk)] = {"phone": contact.phone, "email": contact.email}
        if any(contacts[contact.pk].values()):  # one way to reach it always stays
            change_contact(contact=contact, by=None, now=now, origin=REVIEW, **contacts[contact.pk])
    if other.strip():
        told = ChangeSuggestion.objects.create(
            territory=found.territory, service=found, text=other.strip(), origin=ChangeSuggestion.Origin.MEMBER, received_at=now
        )
        before["suggestion"] = told.pk
    _assure(found, now)
    return _answered(answer, Outcome.EDITED, before, now)


@transaction.atomic
def take_back(*, review: ReviewRequest, service: UUID, now: dt.datetime) -> ReviewAnswer:
    """The answer is as if it had not been given. Raises `AnswerRefused` when somebody changed the service since."""
    answer = _of(review, service, now)
    found = answer.service
    if answer.outcome == Outcome.WAITING:
        return answer
    if answer.outcome not in (Outcome.CONFIRMED, Outcome.EDITED, Outcome.CLOSED):
        raise AnswerRefused(_("Il n’y a pas de réponse à reprendre."))
    before = answer.before
    if before.get("stamp") != _stamp(found):
        raise AnswerRefused(
            _("« %(name)s » a changé depuis votre réponse. Corrigez ce qu’il faut, ou écrivez à l’équipe.") % {"name": found.name}
        )
    if before.get("details"):
        change_service(service=found, by=None, now=now, origin=REVIEW, **_typed(before["details"]))
    for contact in _contacts(found, before.get("contacts", {})):
        change_contact(contact=contact, by=None, now=now, origin=REVIEW, **before["contacts"][str(contact.pk)])
    if told := before.get("suggestion"):
        ChangeSuggestion.objects.filter(pk=told, status=ChangeSuggestion.Status.NEW).delete()
    _restore(found, before, now)
    answer.outcome, answer.before, answer.answered_at = Outcome.WAITING, {}, None
    answer.save(update_fields=["outcome", "before", "answered_at"])
    others = ReviewRequest.objects.filter(organization=review.organization_id, ended_at__isnull=True)
    if not others.exists():  # a newer mail, if there is one, keeps the place
        ReviewRequest.objects.filter(pk=review.pk).update(ended_at=None)
    record(verb="network.review_taken_back", by=None, territory=found.territory, on=found, now=now)
    return answer


def _of(review: ReviewRequest, service: UUID, now: dt.datetime) -> ReviewAnswer:
    """The answer about a service, it and its review locked. Raises `AnswerRefused` when the link died meanwhile."""
    kept = ReviewRequest.objects.select_for_update(of=("self",)).order_by("pk").get(pk=review.pk)
    if now >= kept.expires_at:
        raise AnswerRefused(_("Ce lien n’est plus valable. Rien n’a été changé."))
    answers = ReviewAnswer.objects.filter(request=kept, service__uuid=service).select_for_update(of=("self",)).order_by("pk")
    answer = answers.first()
    if answer is None:
        raise AnswerRefused(_("Ce service n’est plus à vérifier par ce lien."))
    services = Service.objects.select_related("territory", "organization").select_for_update(of=("self",))
    answer.service = services.order_by("pk").get(pk=answer.service_id)
    return answer


def _waiting(review: ReviewRequest, service: UUID, now: dt.datetime) -> ReviewAnswer:
    answer = _of(review, service, now)
    if answer.outcome != Outcome.WAITING:
        raise AnswerRefused(_("Une réponse est déjà notée pour « %(name)s ». Reprenez-la d’abord.") % {"name": answer.service.name})
    if answer.service.publication != Service.Publication.PUBLISHED:
        raise AnswerRefused(_("« %(name)s » n’est plus dans l’annuaire : il n’y a rien à vérifier.") % {"name": answer.service.name})
    return answer


def _before(service: Service) -> dict[str, Any]:
    return {name: _plain(getattr(service, name)) for name in KEPT}


def _contacts(service: Service, wanted: Iterable[Any]) -> list[ServiceContact]:
    found = ServiceContact.objects.select_related("service__territory").filter(service=service, pk__in=list(wanted))
    return list(found.select_for_update(of=("self",)).order_by("pk"))


def _assure(service: Service, now: dt.datetime) -> None:
    assure_service(service=service, on=timezone.localdate(now), by=None, now=now, origin=REVIEW)


def _publication(service: Service, to: str, now: dt.datetime) -> None:
    """A move that no gate asks about: out of the pages, or back where it was a moment ago."""
    if service.publication != to:
        FieldChange.objects.create(service=service, field="publication", old=service.publication, new=to, origin=REVIEW, at=now)
        service.publication, service.modified_at = to, now
        service.save(update_fields=["publication", "modified_at"])


def _answered(answer: ReviewAnswer, outcome: str, before: dict[str, Any], now: dt.datetime) -> ReviewAnswer:
    answer.outcome, answer.answered_at = outcome, now
    answer.before = before | {"stamp": _stamp(answer.service)}
    answer.save(update_fields=["outcome", "before", "answered_at"])
    if not ReviewAnswer.objects.filter(request=answer.request_id, outcome=Outcome.WAITING).exists():
        ReviewRequest.objects.filter(pk=answer.request_id, ended_at__isnull=True).update(ended_at=now)
    return answer


def _restore(service: Service, before: Mapping[str, Any], now: dt.datetime) -> None:
    kept = _typed({name: before[name] for name in KEPT})
    change_service(service=service, by=None, now=now, origin=REVIEW, status=kept["status"], assured_on=kept["assured_on"])
    _publication(service, kept["publication"], now)
    service.assured_by_id, service.bounces = kept["assured_by_id"], kept["bounces"]
    service.save(update_fields=["assured_by", "bounces"])


def _stamp(service: Service) -> str:
    """What tells whether a service is still as the answer left it."""
    return f"{service.status} {service.publication} {service.assured_on} {service.modified_at.isoformat()}"


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, dt.date) else value


def _typed(plain: Mapping[str, Any]) -> dict[str, Any]:
    """Back from JSON: dates are the fields whose name ends in `_on` or `_until`."""
    dated = ("_on", "_until")
    return {name: dt.date.fromisoformat(value) if value and name.endswith(dated) else value for name, value in plain.items()}
