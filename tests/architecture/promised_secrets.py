"""Promises in the secret world: a received set that a public territory shows, and beside it everything of a promise that nobody outside may meet."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from tests.architecture.plan_world import Row, _write
from tests.conftest import NOW
from tissage.commitments import models
from tissage.network.models import Decision, Document
from tissage.people.models import Territory, User

if TYPE_CHECKING:
    from tests.architecture.public_world import World

TODAY = NOW.date()
# Hashes, and the codes by which the site tells a fact again.
NOT_FREE_OF_PROMISES = {
    "Evidence": {"sha256", "reference_key", "reference"},
    "AssessmentProposal": {"reply_token_hash"},
    "Scorecard": {"values"},
}


def promised_of(world: World, territory: Territory, by: User, *, told: Callable[[str], str]) -> None:
    """`told` gives the words that a published set of a public territory shows, or secrets. A draft, what waits and what is set aside are secrets."""

    def write(model: type[Row], **given: Any) -> Row:
        return _write(world, model, **given)

    said = {name: told(f"{name} of a received set") for name in ("title", "owner_name", "selection_rule", "neutrality_note")}
    ask_set = write(models.AskSet, territory=territory, code="suivi", counted_competences=["commune"], created_at=NOW, **said)
    category = write(models.AskCategory, ask_set=ask_set, code="a", label=told("label of a followed category"))
    words = {name: told(f"{name} of a followed ask") for name in ("text", "success_criterion")}
    ask = write(models.Ask, ask_set=ask_set, category=category, code="L1", competence=["commune"], **words)
    models.AskSet.objects.filter(pk=ask_set.pk).update(status="frozen", frozen_on=TODAY, published_on=TODAY)
    proof = Document.objects.filter(territory=territory).order_by("pk").first()
    assert proof is not None
    shown = {name: told(f"{name} of a commitment") for name in ("statement", "made_by")}
    rest = {"territory": territory, "origin": "council_motion", "made_on": TODAY - dt.timedelta(days=300), "proof": proof}
    commitment = write(models.Commitment, published_on=TODAY, withdrawn_reason="", **rest, **shown)
    draft = write(models.Commitment, withdrawn_on=TODAY, **rest)
    for one in (commitment, draft):
        write(models.CommitmentAsk, commitment=one, ask=ask)
    move = {"from": "2026-01-01", "to": "2026-02-01", "on": "2026-01-01", "why": world.secret("why a milestone moved")}
    milestone = write(models.Milestone, commitment=commitment, due_moves=[move])
    decision = Decision.objects.filter(meeting__collective__territory=territory).order_by("pk").first()
    later = write(models.LaterDecision, commitment=commitment, decision=decision) if decision else None
    told_of = {name: told(f"{name} of a piece") for name in ("summary", "issuer_name", "contested_by", "contested_why")}
    grade = {"territory": territory, "kind": "report", "strength": "third_party", "fact_on": TODAY, "added_by": by, "reference": {}}
    piece = write(models.Evidence, state="validated", validated_on=TODAY, is_public=True, url="", **grade, **told_of)
    for state, is_public in (("proposed", True), ("refused", True), ("validated", False)):
        held = {"state": state, "is_public": is_public, "validated_on": TODAY}
        write(models.EvidenceLink, evidence=write(models.Evidence, **held, **grade), commitment=commitment)
    write(models.EvidenceLink, evidence=piece, commitment=commitment)
    other = User.objects.exclude(pk=by.pk).order_by("pk").first() or by
    judged = {name: told(f"{name} of an assessment") for name in ("justification", "reply")}
    days = {"made_on": TODAY, "validated_on": TODAY, "reply_on": TODAY}
    write(models.Assessment, commitment=commitment, completion="limited", proposed_by=by, validated_by=other, **days, **judged)
    proposal = write(models.AssessmentProposal, commitment=commitment, completion="complete", proposed_by=by, proposed_at=NOW)
    scorecard = write(models.Scorecard, ask_set=ask_set, version=1, made_by=by)
    for name, value in {
        "ask_set": ask_set.code,
        "asked": ask.pk,
        "commitment": commitment.pk,
        "milestone": milestone.pk,
        "later": later.pk if later else 1,
        "evidence": piece.uuid,
        "proposal": proposal.pk,
        "scorecard": scorecard.version,
    }.items():
        world.keep(name, value)
