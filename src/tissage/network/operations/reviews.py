"""Asks organisations whether their services are still as the directory says: one mail for all that is due, four times at most, then the coordinator.

The secret has 256 bits and is known by the mail alone. A new mail draws a new one; the mail before still opens the same page.
"""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Sequence

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from tissage.core.freshness import MOST_BOUNCES, ROUNDS
from tissage.core.tokens import TOKEN_BYTES, hash_token
from tissage.network.models import Organization, ReviewAnswer, ReviewRequest, Service
from tissage.network.queries.reviews import addresses_of, services_to_ask_about, services_to_check
from tissage.people.mail import send_letter
from tissage.people.models import User
from tissage.people.operations import record

OPEN_FOR = ROUNDS[-1] + dt.timedelta(weeks=2)
"""A link lives so long after the first mail."""
BETWEEN_MAILS = dt.timedelta(days=7)
"""However late the clock runs, two mails of one review are never closer."""
Outcome = ReviewAnswer.Outcome


class ReviewRefused(ValueError):
    """Why nobody was asked, in words for the user."""


def send_reviews(*, now: dt.datetime) -> int:
    """Writes to every organisation that owes a check and whose turn has come; gives how many mails left. Run again, it sends none twice.

    A demonstration writes to nobody by itself.
    """
    due: dict[int, list[Service]] = {}
    for service in services_to_ask_about(timezone.localdate(now)).filter(territory__is_demonstration=False):
        due.setdefault(service.organization_id, []).append(service)
    opened = set(ReviewRequest.objects.filter(ended_at__isnull=True).values_list("organization", flat=True))
    addresses = addresses_of(due)
    sent = 0
    for organization in sorted({*due, *opened}):
        with transaction.atomic():
            sent += _ask(organization, due.get(organization, []), addresses.get(organization, ""), now)
    return sent


@transaction.atomic
def ask_again(*, organization: Organization, by: User, now: dt.datetime) -> ReviewRequest:
    """The coordinator asks now, about everything that is due, whatever was tried before. At most one mail a day. Raises `ReviewRefused`."""
    services = list(services_to_check(timezone.localdate(now)).filter(organization=organization, bounces__lt=MOST_BOUNCES))
    address = addresses_of([organization.pk]).get(organization.pk, "")
    if not services:
        raise ReviewRefused(_("Rien n’est à vérifier chez %(name)s, ou son adresse ne répond plus.") % {"name": organization.name})
    if not address:
        raise ReviewRefused(_("%(name)s n’a pas d’adresse e-mail. Notez-la sur sa fiche, puis demandez.") % {"name": organization.name})
    review = _opened(organization.pk)
    if review is not None and now - review.sent_at < dt.timedelta(days=1):
        raise ReviewRefused(_("%(name)s a déjà reçu un message aujourd’hui. Un par jour suffit.") % {"name": organization.name})
    if review is not None:
        _end(review, now)
    made = _first(organization.pk, services, address, now)
    record(
        verb="network.ask_review", by=by, territory=organization.territory, on=organization, numbers={"services": len(services)}, now=now
    )
    return made


@transaction.atomic
def note_bounce(*, organization: Organization, by: User, now: dt.datetime) -> int:
    """A mail of the open review came back: counted on each service it asked about. The second time they leave the pages, and mails stop."""
    review = _opened(organization.pk)
    if review is None:
        raise ReviewRefused(_("Aucune demande n’est en cours pour %(name)s.") % {"name": organization.name})
    waiting = [answer for answer in _locked_answers(review) if answer.outcome == Outcome.WAITING]
    for answer in waiting:
        service = answer.service
        service.bounces = min(MOST_BOUNCES, service.bounces + 1)
        service.save(update_fields=["bounces"])
        if service.bounces >= MOST_BOUNCES:
            answer.outcome, answer.answered_at = Outcome.BOUNCED, now
            answer.save(update_fields=["outcome", "answered_at"])
    if all(answer.outcome != Outcome.WAITING for answer in waiting):
        review.ended_at = now
        review.save(update_fields=["ended_at"])
    record(verb="network.note_bounce", by=by, territory=organization.territory, on=organization, now=now)
    return len(waiting)


@transaction.atomic
def forget_bounces(*, organization: Organization, by: User, now: dt.datetime) -> int:
    """The address works after all, or was corrected: nothing is counted against its services any more, and they may be asked about again."""
    Organization.objects.select_for_update(of=("self",)).order_by("pk").get(pk=organization.pk)
    count = Service.objects.filter(organization=organization, bounces__gt=0).update(bounces=0)
    ReviewAnswer.objects.filter(service__organization=organization, outcome=Outcome.BOUNCED).update(
        outcome=Outcome.WAITING, answered_at=None
    )
    if count:
        record(verb="network.forget_bounces", by=by, territory=organization.territory, on=organization, now=now)
    return count


def _ask(organization: int, due: Sequence[Service], address: str, now: dt.datetime) -> bool:
    """What the clock does for one organisation: the first mail, the next, or the end. Gives whether a mail left."""
    review = _opened(organization)
    if review is None:
        if not due or not address:
            return False
        made = _first(organization, due, address, now)
        _note(made, len(due), now)
        return True
    if now >= review.expires_at:
        _end(review, now)
        return False
    if not _keep_to(review, due):
        review.ended_at = now
        review.save(update_fields=["ended_at"])
        return False
    following = review.round + 1
    if following == len(ROUNDS) or now < review.first_sent_at + ROUNDS[following] or now < review.sent_at + BETWEEN_MAILS:
        return False
    review.round = following
    review.email = address or review.email
    _send(review, now)
    _note(review, len(due), now)
    return True


def _opened(organization: int) -> ReviewRequest | None:
    """The open review, its organisation locked first: two clocks never write twice."""
    Organization.objects.select_for_update(of=("self",)).order_by("pk").get(pk=organization)
    open_ones = ReviewRequest.objects.select_related("organization__territory").filter(organization=organization, ended_at__isnull=True)
    return open_ones.select_for_update(of=("self",)).order_by("pk").first()


def _first(organization: int, due: Sequence[Service], address: str, now: dt.datetime) -> ReviewRequest:
    review = ReviewRequest(organization_id=organization, email=address, first_sent_at=now, expires_at=now + OPEN_FOR)
    _send(review, now)
    ReviewAnswer.objects.bulk_create(ReviewAnswer(request=review, service=service) for service in due)
    return review


def _keep_to(review: ReviewRequest, due: Sequence[Service]) -> int:
    """The review asks about what is due now: what was checked meanwhile leaves it, what became due joins. Gives how many wait."""
    wanted = {service.pk for service in due}
    answers = _locked_answers(review)
    for answer in answers:
        if answer.outcome == Outcome.WAITING and answer.service_id not in wanted:
            answer.delete()
    asked = {answer.service_id for answer in answers}
    ReviewAnswer.objects.bulk_create(ReviewAnswer(request=review, service=one) for one in due if one.pk not in asked)
    return ReviewAnswer.objects.filter(request=review, outcome=Outcome.WAITING).count()


def _locked_answers(review: ReviewRequest) -> list[ReviewAnswer]:
    answers = ReviewAnswer.objects.select_related("service").filter(request=review)
    return list(answers.select_for_update(of=("self",)).order_by("pk"))


def _end(review: ReviewRequest, now: dt.datetime) -> None:
    """Nothing came back: the review stops, and the coordinator reads it on « À vérifier »."""
    ReviewAnswer.objects.filter(request=review, outcome=Outcome.WAITING).update(outcome=Outcome.SILENT, answered_at=now)
    review.ended_at = now
    review.save(update_fields=["ended_at"])


def _send(review: ReviewRequest, now: dt.datetime) -> None:
    """Draws a new secret, keeps its hash, and sends it."""
    token = secrets.token_urlsafe(TOKEN_BYTES)
    review.previous_hash, review.token_hash, review.sent_at = review.token_hash, hash_token(token), now
    review.save()
    with override(settings.LANGUAGE_CODE):
        send_letter(
            "network/mail/review",
            to=review.email,
            language=settings.LANGUAGE_CODE,
            organization=review.organization,
            is_reminder=review.round > 0,
            until=timezone.localdate(review.expires_at),
            address=settings.TISSAGE_ORIGIN.rstrip("/") + reverse("reviews:review", args=[token]),
        )


def _note(review: ReviewRequest, services: int, now: dt.datetime) -> None:
    territory = review.organization.territory
    record(verb="network.ask_review", by=None, territory=territory, on=review.organization, numbers={"services": services}, now=now)
