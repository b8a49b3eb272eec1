"""Writes on commitments: taken down word for word, published with their proof, served by actions, moved by milestones, withdrawn with a reason."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from tissage.commitments.models import Ask, Commitment, Evidence, LaterDecision, Milestone
from tissage.network.models import Agreement, Decision, Meeting
from tissage.people.models import Territory, User
from tissage.people.operations import record
from tissage.plan.models import Action

VERBATIM = ("statement", "origin", "made_by", "organization", "made_on", "vote", "answer", "decision", "agreement")
"""What a published commitment keeps as it was published."""
UNSIGNED = (Agreement.Status.DRAFT, Agreement.Status.SUSPENDED)


class CommitmentRefused(ValueError):
    """What was asked does not fit the commitment. The message says why and what to do."""


@transaction.atomic
def create_commitment(
    *,
    territory: Territory,
    statement: str,
    origin: str,
    made_by: str,
    made_on: dt.date,
    asks: Iterable[Ask] = (),
    actions: Iterable[Action] = (),
    by: User,
    now: dt.datetime,
    **details: Any,
) -> Commitment:
    """A draft. `details`: other columns (organization, vote, proof, proof_note, answer, decision, agreement, owner, next_step, term_ends_on).

    Raises `CommitmentRefused` when something it points at is not of this territory, or not published, held or signed.
    """
    made = Commitment(
        territory=territory, statement=statement.strip(), origin=origin, made_by=made_by, made_on=made_on, created_at=now, **details
    )
    _refuse_strangers(made)
    made.save()
    _write_asks(made, asks)
    _write_actions(made, actions)
    _record("commitments.create_commitment", made, by, now)
    return made


@transaction.atomic
def change_commitment(
    *,
    commitment: Commitment,
    asks: Iterable[Ask] | None = None,
    actions: Iterable[Action] | None = None,
    by: User,
    now: dt.datetime,
    **details: Any,
) -> list[str]:
    """Gives the names of what changed. Once published, its words, author, day and origin stay. Raises `CommitmentRefused`."""
    held = _held(commitment)
    changed = sorted(name for name, value in details.items() if getattr(held, name) != value)
    if held.published_on is not None and (kept := set(changed) & set(VERBATIM)):
        names = ", ".join(str(Commitment._meta.get_field(name).verbose_name) for name in sorted(kept))  # type: ignore[union-attr]
        raise CommitmentRefused(
            _("Un engagement publié garde ses mots : %(names)s. Retirez-le avec son motif, puis notez-en un autre.") % {"names": names}
        )
    for name in changed:
        setattr(held, name, details[name])
    if held.published_on is not None and not held.has_proof:
        raise CommitmentRefused(_("Un engagement publié garde sa preuve : remplacez-la plutôt que de l’enlever."))
    _refuse_strangers(held)
    if changed:
        held.save(update_fields=changed)
    if asks is not None and _write_asks(held, asks):
        changed.append("asks")
    if actions is not None and _write_actions(held, actions):
        changed.append("actions")
    if changed:
        record(verb="commitments.change_commitment", by=by, territory=held.territory, on=held, fields=changed, now=now)
    return changed


@transaction.atomic
def publish_commitment(*, commitment: Commitment, by: User, now: dt.datetime) -> None:
    """From now on members and partners read it, and the public where it answers a public set. Raises `CommitmentRefused` without proof."""
    held = _held(commitment)
    if held.published_on is not None:
        raise CommitmentRefused(_("Cet engagement est déjà publié."))
    if held.withdrawn_on is not None:
        raise CommitmentRefused(_("Cet engagement est retiré : il ne se publie plus."))
    if not held.has_proof:
        raise CommitmentRefused(
            _(
                "Sans preuve, un engagement reste un brouillon. Joignez une pièce, ou reliez-le à une réponse, une décision ou une convention."
            )
        )
    held.published_on = timezone.localdate(now)
    held.save(update_fields=["published_on"])
    _record("commitments.publish_commitment", held, by, now)


@transaction.atomic
def withdraw_commitment(*, commitment: Commitment, reason: str, by: User, now: dt.datetime) -> None:
    """It no longer counts anywhere, and stays readable with its reason. Raises `CommitmentRefused`."""
    held = _held(commitment)
    if held.withdrawn_on is not None:
        raise CommitmentRefused(_("Cet engagement est déjà retiré."))
    if not reason.strip():
        raise CommitmentRefused(_("Dites pourquoi cet engagement est retiré."))
    held.withdrawn_on, held.withdrawn_reason = timezone.localdate(now), reason.strip()
    held.save(update_fields=["withdrawn_on", "withdrawn_reason"])
    _record("commitments.withdraw_commitment", held, by, now)


@transaction.atomic
def restore_commitment(*, commitment: Commitment, by: User, now: dt.datetime) -> None:
    """Withdrawn by mistake: it stands again."""
    held = _held(commitment)
    if held.withdrawn_on is None:
        raise CommitmentRefused(_("Cet engagement n’est pas retiré."))
    held.withdrawn_on, held.withdrawn_reason = None, ""
    held.save(update_fields=["withdrawn_on", "withdrawn_reason"])
    _record("commitments.restore_commitment", held, by, now)


@transaction.atomic
def add_milestone(*, commitment: Commitment, title: str, due_on: dt.date, by: User, now: dt.datetime) -> Milestone:
    held = _live(commitment)
    made = Milestone.objects.create(commitment=held, title=title.strip(), due_on=due_on)
    _record("commitments.add_milestone", held, by, now)
    return made


@transaction.atomic
def move_milestone(*, milestone: Milestone, due_on: dt.date, why: str, by: User, now: dt.datetime) -> None:
    """Every move is kept with its day and its reason; it is no movement (`network.md` §5). Raises `CommitmentRefused`."""
    held = _step(milestone)
    if held.reached_on is not None:
        raise CommitmentRefused(_("Cette étape est atteinte : sa date ne bouge plus."))
    if due_on == held.due_on:
        raise CommitmentRefused(_("C’est déjà la date prévue."))
    if not why.strip():
        raise CommitmentRefused(_("Dites pourquoi la date change : le motif reste à côté d’elle."))
    move = {"from": held.due_on.isoformat(), "to": due_on.isoformat(), "on": timezone.localdate(now).isoformat(), "why": why.strip()}
    held.due_moves, held.due_on = [*held.due_moves, move], due_on
    held.save(update_fields=["due_moves", "due_on"])
    _record("commitments.move_milestone", held.commitment, by, now)


@transaction.atomic
def reach_milestone(*, milestone: Milestone, on: dt.date, evidence: Evidence | None = None, by: User, now: dt.datetime) -> None:
    """Reached on a day that has come, with the evidence that shows it when there is one. Raises `CommitmentRefused`."""
    held = _step(milestone)
    if held.reached_on is not None:
        raise CommitmentRefused(_("Cette étape est déjà notée comme atteinte."))
    if on > timezone.localdate(now):
        raise CommitmentRefused(_("Cette date n’est pas encore venue : notez l’étape le jour où elle est atteinte."))
    if evidence is not None and not evidence.links.filter(commitment=held.commitment).exists():
        raise CommitmentRefused(_("Cette preuve porte sur un autre engagement."))
    held.reached_on, held.evidence = on, evidence
    held.save(update_fields=["reached_on", "evidence"])
    _record("commitments.reach_milestone", held.commitment, by, now)


@transaction.atomic
def reopen_milestone(*, milestone: Milestone, by: User, now: dt.datetime) -> None:
    held = _step(milestone)
    if held.reached_on is None:
        raise CommitmentRefused(_("Cette étape n’est pas encore atteinte."))
    held.reached_on, held.evidence = None, None
    held.save(update_fields=["reached_on", "evidence"])
    _record("commitments.reopen_milestone", held.commitment, by, now)


@transaction.atomic
def note_later_decision(
    *, decision: Decision, commitment: Commitment | None = None, earlier: Decision | None = None, by: User, now: dt.datetime
) -> LaterDecision:
    """A decision of a meeting held after it came back to a commitment, or to an earlier decision. Raises `CommitmentRefused`."""
    about = commitment or earlier
    assert about is not None
    territory = commitment.territory if commitment else decision.meeting.territory
    adopted = commitment.made_on if commitment else timezone.localdate(earlier.meeting.starts_at)  # type: ignore[union-attr]
    if decision.meeting.territory != territory or (earlier is not None and earlier.meeting.territory != territory):
        raise CommitmentRefused(_("Cette décision est d’un autre territoire."))
    if decision.meeting.status != Meeting.Status.HELD or timezone.localdate(decision.meeting.starts_at) <= adopted:
        raise CommitmentRefused(_("Choisissez une décision d’une réunion tenue après l’adoption."))
    made, _is_new = LaterDecision.objects.get_or_create(
        commitment=commitment, earlier=earlier, decision=decision, defaults={"noted_at": now}
    )
    record(verb="commitments.note_later_decision", by=by, territory=territory, on=about, now=now)
    return made


@transaction.atomic
def forget_later_decision(*, later: LaterDecision, by: User, now: dt.datetime) -> None:
    """The link was a mistake."""
    record(verb="commitments.forget_later_decision", by=by, territory=later.decision.meeting.territory, on=later.decision, now=now)
    later.delete()


def _refuse_strangers(commitment: Commitment) -> None:
    """What it points at is of its territory, and stands: a published answer of a received set, a held meeting, a signed agreement."""
    home = commitment.territory_id
    if (answer := commitment.answer) is not None:
        asked = answer.ask.ask_set
        if asked.space_id is not None or asked.territory_id != home or answer.published_on is None:
            raise CommitmentRefused(_("Un engagement se prend d’une réponse publiée, dans un ensemble de demandes reçu par ce territoire."))
    decision, agreement = commitment.decision, commitment.agreement
    if decision is not None and (decision.meeting.territory.pk != home or decision.meeting.status != Meeting.Status.HELD):
        raise CommitmentRefused(_("Choisissez une décision d’une réunion tenue dans ce territoire."))
    if agreement is not None and (agreement.territory_id != home or agreement.status in UNSIGNED):
        raise CommitmentRefused(_("Choisissez une convention signée de ce territoire."))
    for pointed in (commitment.proof, commitment.organization, commitment.owner):
        if pointed is not None and pointed.territory_id != home:
            raise CommitmentRefused(_("Une pièce ou une organisation choisie est d’un autre territoire."))


def _write_asks(commitment: Commitment, asks: Iterable[Ask]) -> bool:
    wanted = list(asks)
    if any(ask.ask_set.space_id is not None or ask.ask_set.territory_id != commitment.territory_id for ask in wanted):
        raise CommitmentRefused(_("Une demande choisie n’est pas d’un ensemble reçu par ce territoire."))
    return _write_links(commitment.asks, "ask", wanted)


def _write_actions(commitment: Commitment, actions: Iterable[Action]) -> bool:
    wanted = list(actions)
    if any(action.plan.territory_id != commitment.territory_id for action in wanted):
        raise CommitmentRefused(_("Une action choisie est d’un autre territoire."))
    return _write_links(commitment.actions, "action", wanted)


def _write_links(rows: Any, name: str, wanted: list[Any]) -> bool:
    """Makes the links to exactly these things; gives whether anything changed. `rows`: the manager of the links of one commitment."""
    there: set[int] = set(rows.values_list(name, flat=True))
    asked: set[int] = {one.pk for one in wanted}
    if there == asked:
        return False
    rows.exclude(**{f"{name}__in": asked}).delete()
    rows.bulk_create(rows.model(commitment=rows.instance, **{name: one}) for one in wanted if one.pk not in there)
    return True


def _held(commitment: Commitment) -> Commitment:
    """The row, locked until the act is done."""
    rows = Commitment.objects.select_for_update(of=("self",)).select_related("territory").order_by("pk")
    held: Commitment = rows.get(pk=commitment.pk)
    return held


def _live(commitment: Commitment) -> Commitment:
    held = _held(commitment)
    if held.withdrawn_on is not None:
        raise CommitmentRefused(_("Cet engagement est retiré : plus rien ne s’y ajoute."))
    return held


def _step(milestone: Milestone) -> Milestone:
    return Milestone.objects.select_for_update(of=("self",)).select_related("commitment__territory").order_by("pk").get(pk=milestone.pk)


def _record(verb: str, commitment: Commitment, by: User, now: dt.datetime) -> None:
    record(verb=verb, by=by, territory=commitment.territory, on=commitment, now=now)
