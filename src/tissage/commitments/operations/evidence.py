"""Writes on evidence: proposed by a person or by the nightly reading, validated or set aside by a person, contested by whoever disagrees.

Nothing is fetched from an address: the copy is uploaded, and its SHA-256 kept (`commitments.md` §5).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from tissage.commitments.models import Ask, Commitment, Evidence, EvidenceLink
from tissage.commitments.queries.assessed import assessed_ids
from tissage.commitments.queries.facts import facts_of
from tissage.network.models import Organization
from tissage.network.operations.documents import keep_document
from tissage.network.rules import organization_ids_of
from tissage.people.models import Territory, User
from tissage.people.operations import record

Kind, State, Strength = Evidence.Kind, Evidence.State, Evidence.Strength
USUAL = {
    **dict.fromkeys((Kind.COUNCIL_DECISION, Kind.COLLEGE_DECISION, Kind.BUDGET_LINE, Kind.REGULATION, Kind.CONTRACT), Strength.OFFICIAL),
    **dict.fromkeys((Kind.AGREEMENT, Kind.TRAINING, Kind.ACTIVITY), Strength.THIRD_PARTY),
    **dict.fromkeys((Kind.REPORT, Kind.PUBLISHED_PAGE, Kind.PHOTO, Kind.TESTIMONY), Strength.SELF_REPORTED),
}
"""The strength a kind usually has (`commitments.md` §5), offered first."""
NEVER_OFFICIAL = (Kind.PHOTO, Kind.TESTIMONY, Kind.PUBLISHED_PAGE)


class EvidenceRefused(ValueError):
    """What was asked does not fit the piece of evidence. The message says why and what to do."""


@transaction.atomic
def add_evidence(
    *,
    territory: Territory,
    kind: str,
    summary: str,
    fact_on: dt.date,
    strength: str,
    commitments: Iterable[Commitment] = (),
    asks: Iterable[Ask] = (),
    upload: tuple[str, bytes] | None = None,
    issuer: Organization | None = None,
    by: User,
    now: dt.datetime,
    **details: Any,
) -> Evidence:
    """A piece of evidence to validate. `upload`: (file name, bytes) of the archived copy; `details`: url, issuer_name, is_public.

    Raises `EvidenceRefused`, and `DocumentRefused` for a file of a kind that is not kept.
    """
    promised, asked = list(commitments), list(asks)
    if not promised and not asked:
        raise EvidenceRefused(_("Dites sur quel engagement ou quelle demande porte cette preuve."))
    if any(one.territory_id != territory.pk for one in promised) or any(
        one.ask_set.space_id is not None or one.ask_set.territory_id != territory.pk for one in asked
    ):
        raise EvidenceRefused(_("Une preuve porte sur ce qui est suivi dans son territoire."))
    if fact_on > timezone.localdate(now):
        raise EvidenceRefused(_("Le fait n’a pas encore eu lieu : une preuve porte la date de ce qui s’est passé."))
    if issuer is not None and issuer.territory_id != territory.pk:
        raise EvidenceRefused(_("Cette organisation est d’un autre territoire."))
    _refuse_too_strong(kind, strength, issuer, promised)
    copy = None
    if upload is not None:
        copy = keep_document(
            territory=territory, title=summary[:200], kind="preuve", upload_name=upload[0], content=upload[1], by=by, now=now
        )
    made = Evidence.objects.create(
        territory=territory,
        kind=kind,
        summary=summary.strip(),
        fact_on=fact_on,
        entered_on=timezone.localdate(now),
        strength=strength,
        issuer=issuer,
        archived_copy=copy,
        sha256=copy.sha256 if copy else "",
        added_by=by,
        **details,
    )
    EvidenceLink.objects.bulk_create(
        [*(EvidenceLink(evidence=made, commitment=one) for one in promised), *(EvidenceLink(evidence=made, ask=one) for one in asked)]
    )
    _record("commitments.add_evidence", made, by, now)
    return made


@transaction.atomic
def validate_evidence(*, evidence: Evidence, by: User, now: dt.datetime) -> None:
    """From now on it counts. Nobody validates a fact about the organisation they speak for. Raises `EvidenceRefused`."""
    held = _held(evidence)
    if held.state == State.VALIDATED:
        raise EvidenceRefused(_("Cette preuve est déjà validée."))
    _refuse_own(held, by)
    held.state, held.validated_by, held.validated_on = State.VALIDATED, by, timezone.localdate(now)
    held.save(update_fields=["state", "validated_by", "validated_on"])
    _record("commitments.validate_evidence", held, by, now)


@transaction.atomic
def refuse_evidence(*, evidence: Evidence, by: User, now: dt.datetime) -> None:
    """Set aside: it shows nothing about what it was proposed for. The nightly reading does not propose it again."""
    held = _held(evidence)
    if held.state == State.REFUSED:
        raise EvidenceRefused(_("Cette preuve est déjà écartée."))
    _refuse_own(held, by)
    held.state, held.validated_by, held.validated_on = State.REFUSED, by, None
    held.save(update_fields=["state", "validated_by", "validated_on"])
    _record("commitments.refuse_evidence", held, by, now)


@transaction.atomic
def reopen_evidence(*, evidence: Evidence, by: User, now: dt.datetime) -> None:
    """Takes back a validation or a refusal: it waits again. Assessments made meanwhile keep what they rested on."""
    held = _held(evidence)
    if held.state == State.PROPOSED:
        raise EvidenceRefused(_("Cette preuve attend déjà d’être validée."))
    _refuse_own(held, by)
    held.state, held.validated_by, held.validated_on = State.PROPOSED, None, None
    held.save(update_fields=["state", "validated_by", "validated_on"])
    _record("commitments.reopen_evidence", held, by, now)


@transaction.atomic
def contest_evidence(*, evidence: Evidence, contested_by: str, why: str, by: User, now: dt.datetime) -> None:
    """Somebody says it does not show that. It stays, with who contests it and why beside it. Raises `EvidenceRefused`."""
    held = _held(evidence)
    if not contested_by.strip() or not why.strip():
        raise EvidenceRefused(_("Dites qui conteste cette preuve, et pourquoi."))
    held.contested_by, held.contested_why = contested_by.strip(), why.strip()
    held.save(update_fields=["contested_by", "contested_why"])
    _record("commitments.contest_evidence", held, by, now)


@transaction.atomic
def settle_evidence(*, evidence: Evidence, by: User, now: dt.datetime) -> None:
    """It is no longer contested."""
    held = _held(evidence)
    _refuse_own(held, by)
    held.contested_by, held.contested_why = "", ""
    held.save(update_fields=["contested_by", "contested_why"])
    _record("commitments.settle_evidence", held, by, now)


@transaction.atomic
def show_evidence(*, evidence: Evidence, is_public: bool, by: User, now: dt.datetime) -> None:
    """Whether strangers see it on the public page of a set, with its copy."""
    held = _held(evidence)
    _refuse_own(held, by)
    held.is_public = is_public
    held.save(update_fields=["is_public"])
    _record("commitments.show_evidence", held, by, now)


@transaction.atomic
def propose_evidence(*, territory: Territory, by: User | None, now: dt.datetime) -> list[Evidence]:
    """Reads what the house knows and proposes each fact once, with its summary as it stood. Nothing of it counts until a person validates it."""
    today = timezone.localdate(now)
    Territory.objects.select_for_update(of=("self",)).order_by("pk").get(pk=territory.pk)
    facts = facts_of(territory, today)
    known = set(Evidence.objects.filter(territory=territory).exclude(reference_key="").values_list("reference_key", flat=True))
    made = []
    for fact in facts:
        if fact.key in known:
            continue
        one = Evidence.objects.create(
            territory=territory,
            kind=fact.kind,
            summary=fact.summary[:300],
            fact_on=fact.on,
            entered_on=today,
            strength=fact.strength,
            issuer_id=fact.issuer,
            reference=fact.reference,
            reference_key=fact.key,
            frozen_summary=fact.summary,
            proposed_by_machine=True,
        )
        EvidenceLink.objects.create(evidence=one, commitment_id=fact.commitment)
        made.append(one)
    if made:
        record(verb="commitments.propose_evidence", by=by, territory=territory, numbers={"proposed": len(made)}, now=now)
    return made


def propose_evidence_everywhere(*, now: dt.datetime) -> int:
    """By the clock: the reading of every territory that follows commitments; gives how many proposals were made."""
    following = Territory.objects.filter(pk__in=Commitment.objects.published().live().values("territory")).order_by("pk")
    return sum(len(propose_evidence(territory=territory, by=None, now=now)) for territory in following)


def _refuse_too_strong(kind: str, strength: str, issuer: Organization | None, promised: list[Commitment]) -> None:
    if strength == Strength.OFFICIAL and kind in NEVER_OFFICIAL:
        raise EvidenceRefused(_("Une page, une photo ou un témoignage n’est pas une pièce officielle : choisissez une autre force."))
    own = issuer is not None and any(issuer.pk in (one.organization_id, one.owner_id) for one in promised)
    if own and strength == Strength.THIRD_PARTY:
        raise EvidenceRefused(
            _("Cette pièce vient de l’organisation engagée elle-même : c’est une preuve déclarée par l’intéressée, pas par un tiers.")
        )


def _refuse_own(evidence: Evidence, by: User) -> None:
    """Whoever is judged by a piece, because it took the commitment or carries it, decides nothing of it."""
    mine = organization_ids_of(by)
    if mine and any(
        mine & assessed_ids(subject) for one in evidence.links.select_related("commitment", "ask") if (subject := one.commitment or one.ask)
    ):
        raise EvidenceRefused(_("Cette preuve porte sur votre organisation : une autre personne la valide ou l’écarte."))


def _held(evidence: Evidence) -> Evidence:
    return Evidence.objects.select_for_update(of=("self",)).select_related("territory").order_by("pk").get(pk=evidence.pk)


def _record(verb: str, evidence: Evidence, by: User, now: dt.datetime) -> None:
    record(verb=verb, by=by, territory=evidence.territory, on=evidence, now=now)
