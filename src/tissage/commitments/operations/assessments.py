"""Writes on assessments: one person proposes, the party assessed is told and may reply within 15 days, another person validates. Nothing is overwritten.

Rules of `commitments.md` §6. The database refuses a validator who proposed, and any change of an assessment.
"""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from tissage.commitments.models import Ask, Assessment, AssessmentProposal, Commitment, Completion, Evidence, Verdict
from tissage.commitments.queries.assessed import Subject, assessed_ids, assessed_organization, citable
from tissage.core.tokens import TOKEN_BYTES, hash_token
from tissage.network.rules import organization_ids_of
from tissage.people.mail import send_letter
from tissage.people.models import User
from tissage.people.operations import record

REPLY_DAYS = 15
Status = AssessmentProposal.Status


class AssessmentRefused(ValueError):
    """What was asked breaks a rule of assessments. The message says which and what to do."""


class LinkIsDead(AssessmentRefused):
    """The delay is over, the reply was given, or the proposal is closed."""


@transaction.atomic
def propose_assessment(
    *,
    subject: Subject,
    completion: str,
    justification: str,
    evidence: Iterable[Evidence] = (),
    verdict: str = Verdict.PENDING,
    fidelity: int | None = None,
    by: User,
    now: dt.datetime,
) -> AssessmentProposal:
    """A proposal that waits for the reply and for another person. Tells the party assessed at once when its address is known.

    `evidence` empty and a completion other than `no_evidence`: refused. Raises `AssessmentRefused`.
    """
    subject = _locked(subject)
    cited = list(evidence)
    today = timezone.localdate(now)
    refuse_unless_fit(subject, completion=completion, verdict=verdict, justification=justification, cited=cited, by=by, today=today)
    made = AssessmentProposal.objects.create(
        **_on(subject),
        completion=completion,
        verdict=verdict,
        fidelity=fidelity,
        justification=justification.strip(),
        proposed_by=by,
        proposed_at=now,
    )
    made.evidence.set(cited)
    record(verb="commitments.propose_assessment", by=by, territory=subject.territory, on=made, now=now)
    party = assessed_organization(subject)
    if party is not None and party.email:
        tell_assessed(proposal=made, email=party.email, by=by, now=now)
    return made


@transaction.atomic
def tell_assessed(*, proposal: AssessmentProposal, email: str = "", by: User, now: dt.datetime) -> str:
    """Writes to the party assessed with a link of its own, and starts its 15 days; gives the secret. Without an address: it was told otherwise.

    Told again, the delay starts again and the former link dies. Raises `AssessmentRefused`.
    """
    held = _open(proposal)
    _refuse_party(subject_of(held), by)  # who is assessed would start its own delay again for ever
    if held.reply_on is not None:
        raise AssessmentRefused(_("La partie évaluée a déjà répondu."))
    today = timezone.localdate(now)
    held.told_on, held.reply_until = today, today + dt.timedelta(days=REPLY_DAYS)
    token = secrets.token_urlsafe(TOKEN_BYTES) if email else ""
    held.reply_token_hash = hash_token(token) if token else None
    held.save(update_fields=["told_on", "reply_until", "reply_token_hash"])
    if token:
        subject = subject_of(held)
        send_letter(
            "commitments/mail/assessed",
            to=email,
            language=None,
            territory=held.territory,
            text=words_of(subject),
            until=held.reply_until,
            path=reverse("replies:assessment", args=[token]),
        )
    record(verb="commitments.tell_assessed", by=by, territory=held.territory, on=held, now=now)
    return token


@transaction.atomic
def reply_by_link(*, token: str, text: str, now: dt.datetime) -> AssessmentProposal:
    """The reply of whoever holds the link, kept word for word. Raises `LinkIsDead` or `AssessmentRefused`."""
    found = AssessmentProposal.objects.filter(reply_token_hash=hash_token(token)).order_by("pk").first()
    if found is None:
        raise LinkIsDead(_("Ce lien n’existe pas."))
    held = _reply(found, text, now)
    record(verb="commitments.reply_to_assessment", by=None, territory=held.territory, on=held, now=now)
    return held


@transaction.atomic
def reply_as_member(*, proposal: AssessmentProposal, text: str, by: User, now: dt.datetime) -> AssessmentProposal:
    """The reply of somebody of the organisation assessed, through its account. Raises `AssessmentRefused`."""
    if not organization_ids_of(by) & assessed_ids(subject_of(proposal)):
        raise AssessmentRefused(_("Seule l’organisation évaluée répond."))
    held = _reply(proposal, text, now)
    record(verb="commitments.reply_as_member", by=by, territory=held.territory, on=held, now=now)
    return held


@transaction.atomic
def withdraw_proposal(*, proposal: AssessmentProposal, by: User, now: dt.datetime) -> None:
    """Whoever proposed it takes it back; its link dies."""
    held = _open(proposal)
    if held.proposed_by_id != by.pk:
        raise AssessmentRefused(_("La personne qui propose retire sa proposition ; une autre peut la refuser."))
    held.status = Status.WITHDRAWN
    held.save(update_fields=["status"])
    record(verb="commitments.withdraw_proposal", by=by, territory=held.territory, on=held, now=now)


@transaction.atomic
def refuse_proposal(*, proposal: AssessmentProposal, reason: str, by: User, now: dt.datetime) -> None:
    held = _open(proposal)
    _refuse_same(held, by)
    _refuse_party(subject_of(held), by)
    if not reason.strip():
        raise AssessmentRefused(_("Dites pourquoi vous refusez cette évaluation."))
    held.status, held.refused_reason = Status.REFUSED, reason.strip()
    held.save(update_fields=["status", "refused_reason"])
    record(verb="commitments.refuse_proposal", by=by, territory=held.territory, on=held, now=now)


@transaction.atomic
def validate_assessment(*, proposal: AssessmentProposal, by: User, now: dt.datetime) -> Assessment:
    """A judgement that stays: after the reply, or once the 15 days are over; by another person, of no organisation assessed.

    What it rests on is checked again and frozen with it. Raises `AssessmentRefused`.
    """
    held = _open(proposal)
    subject, today = _locked(subject_of(held)), timezone.localdate(now)
    _refuse_same(held, by)
    _refuse_party(subject, by)
    _refuse_party(subject, held.proposed_by)
    if held.told_on is None:
        raise AssessmentRefused(_("La partie évaluée n’en sait rien encore : dites-le-lui d’abord, elle a quinze jours pour répondre."))
    if held.reply_on is None and held.reply_until is not None and today <= held.reply_until:
        until = date_format(held.reply_until, "j F Y")
        raise AssessmentRefused(_("La partie évaluée peut encore répondre jusqu’au %(until)s inclus. Validez ensuite.") % {"until": until})
    cited = list(held.evidence.order_by("fact_on", "pk"))
    _refuse_unfit(subject, held.completion, held.verdict, held.justification, cited, today=today)
    former = subject.assessments.filter(superseded_by__isnull=True).order_by("-pk").first()
    made = Assessment.objects.create(
        **_on(subject),
        made_on=timezone.localdate(held.proposed_at),
        completion=held.completion,
        verdict=held.verdict,
        fidelity=held.fidelity,
        justification=held.justification,
        evidence=[frozen(one) for one in cited],
        proposed_by=held.proposed_by,
        validated_by=by,
        validated_on=today,
        reply=held.reply,
        reply_on=held.reply_on,
        supersedes=former,
    )
    held.status = Status.VALIDATED
    held.save(update_fields=["status"])
    record(verb="commitments.validate_assessment", by=by, territory=subject.territory, on=made, now=now)
    return made


def frozen(evidence: Evidence) -> dict[str, Any]:
    """What an assessment keeps of a piece it rests on."""
    return {
        "id": evidence.pk,
        "kind": evidence.kind,
        "summary": evidence.summary,
        "fact_on": evidence.fact_on.isoformat(),
        "strength": evidence.strength,
        "sha256": evidence.sha256,
        "contested_by": evidence.contested_by,
        "is_public": evidence.is_public,
    }


def subject_of(thing: AssessmentProposal | Assessment) -> Subject:
    subject = thing.commitment or thing.ask
    assert subject is not None
    return subject


def words_of(subject: Subject) -> str:
    return subject.statement if isinstance(subject, Commitment) else f"{subject.code} · {subject.text}"


def may_reply(proposal: AssessmentProposal, today: dt.date) -> bool:
    """Told, not answered yet, and within its delay."""
    if proposal.status != Status.OPEN or proposal.reply_on is not None:
        return False
    return proposal.reply_until is not None and today <= proposal.reply_until


def refuse_unless_fit(
    subject: Subject,
    *,
    completion: str,
    justification: str,
    cited: list[Evidence],
    verdict: str = Verdict.PENDING,
    by: User,
    today: dt.date,
) -> None:
    """Every rule that a proposal keeps. Raises `AssessmentRefused`."""
    _refuse_unfit(subject, completion, verdict, justification, cited, today=today)
    _refuse_party(subject, by)
    if subject.proposals.filter(status=Status.OPEN).exists():
        raise AssessmentRefused(_("Une évaluation est déjà proposée. Validez-la, refusez-la ou retirez-la avant d’en proposer une autre."))


def _refuse_unfit(subject: Subject, completion: str, verdict: str, justification: str, cited: list[Evidence], *, today: dt.date) -> None:
    if completion not in Completion.values or verdict not in Verdict.values:
        raise AssessmentRefused(_("Cet avancement ou ce verdict n’existe pas."))
    if isinstance(subject, Commitment) and (subject.published_on is None or subject.withdrawn_on is not None):
        raise AssessmentRefused(_("On évalue un engagement publié et qui n’est pas retiré."))
    if isinstance(subject, Ask) and subject.ask_set.space_id is not None:
        raise AssessmentRefused(_("On évalue les demandes d’un ensemble reçu par le territoire."))
    if not justification.strip():
        raise AssessmentRefused(_("Dites sur quoi repose cette évaluation."))
    if completion == Completion.NO_EVIDENCE and cited:
        raise AssessmentRefused(
            _("« Sans information » veut dire qu’aucune preuve n’est connue : n’en citez pas, ou choisissez un autre avancement.")
        )
    if completion != Completion.NO_EVIDENCE and not cited:
        raise AssessmentRefused(_("Sans preuve validée, une seule évaluation est possible : « sans information »."))
    known = {one.pk for one in citable(subject)}
    if any(one.pk not in known for one in cited):
        raise AssessmentRefused(_("Une preuve citée n’est pas validée, ou porte sur autre chose."))
    if completion == Completion.COMPLETE and all(one.strength == Evidence.Strength.SELF_REPORTED for one in cited):
        raise AssessmentRefused(
            _(
                "Des preuves déclarées par l’intéressé·e seul·e ne suffisent pas pour « tenu avec preuve ». Citez une pièce officielle ou d’un tiers."
            )
        )
    ends = subject.term_ends_on if isinstance(subject, Commitment) else None
    if verdict != Verdict.PENDING and (ends is None or today < ends):
        raise AssessmentRefused(_("Le verdict reste « en cours » jusqu’au terme de l’engagement."))


def _refuse_party(subject: Subject, person: User) -> None:
    if organization_ids_of(person) & assessed_ids(subject):
        raise AssessmentRefused(_("Une personne de l’organisation évaluée ne propose ni ne valide son évaluation."))


def _refuse_same(proposal: AssessmentProposal, by: User) -> None:
    if proposal.proposed_by_id == by.pk:
        raise AssessmentRefused(_("La personne qui propose ne valide ni ne refuse : demandez à une autre."))


def _reply(proposal: AssessmentProposal, text: str, now: dt.datetime) -> AssessmentProposal:
    held = _held(proposal)
    today = timezone.localdate(now)
    if not may_reply(held, today):
        raise LinkIsDead(_("Le délai pour répondre est passé, ou la réponse est déjà donnée."))
    if not text.strip():
        raise AssessmentRefused(_("Écrivez votre réponse."))
    held.reply, held.reply_on = text.strip(), today
    held.save(update_fields=["reply", "reply_on"])
    return held


def _on(subject: Subject) -> dict[str, Any]:
    return {"commitment": subject} if isinstance(subject, Commitment) else {"ask": subject}


def _locked(subject: Subject) -> Subject:
    """The commitment or the ask, locked: one judgement at a time is made of it."""
    if isinstance(subject, Commitment):
        held: Commitment = (
            Commitment.objects.select_for_update(of=("self",))
            .select_related("territory", "organization", "owner")
            .order_by("pk")
            .get(pk=subject.pk)
        )
        return held
    return Ask.objects.select_for_update(of=("self",)).select_related("ask_set__territory").order_by("pk").get(pk=subject.pk)


def _held(proposal: AssessmentProposal) -> AssessmentProposal:
    rows = AssessmentProposal.objects.select_for_update(of=("self",)).select_related(
        "commitment__territory", "ask__ask_set__territory", "proposed_by"
    )
    return rows.order_by("pk").get(pk=proposal.pk)


def _open(proposal: AssessmentProposal) -> AssessmentProposal:
    held = _held(proposal)
    if held.status != Status.OPEN:
        raise AssessmentRefused(_("Cette proposition est close."))
    return held
