"""Staff of the organisation that is assessed judge elsewhere, and never themselves: not by a hidden button either."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.commitments.promised import piece, promise
from tissage.commitments.models import AssessmentProposal
from tissage.commitments.operations import assessments, evidence
from tissage.network.models import Organization

LATER = dt.timedelta(days=10)


@pytest.fixture(params=["organization", "owner"])
def promised(request, territory, chantecler, erin, now):
    """What Chantecler took on, or carries for another."""
    other = Organization.objects.create(territory=territory, name="La Ruche")
    parts = {"organization": chantecler} if request.param == "organization" else {"organization": other, "owner": chantecler}
    return promise(territory, erin, now, **parts)


def test_the_party_neither_refuses_its_assessment_nor_starts_its_delay_again(promised, erin, petra, now):
    proposal = assessments.propose_assessment(
        subject=promised, completion="no_evidence", justification="Rien vu", evidence=[], by=erin, now=now
    )
    assessments.tell_assessed(proposal=proposal, email="contact@example.org", by=erin, now=now)
    until = AssessmentProposal.objects.get().reply_until
    with pytest.raises(assessments.AssessmentRefused, match="organisation évaluée"):
        assessments.refuse_proposal(proposal=proposal, reason="Cela ne nous plaît pas", by=petra, now=now)
    with pytest.raises(assessments.AssessmentRefused, match="organisation évaluée"):
        assessments.tell_assessed(proposal=proposal, by=petra, now=now + LATER)
    held = AssessmentProposal.objects.get()
    assert (held.status, held.reply_until) == ("open", until)


def test_the_party_does_not_undo_hide_or_settle_a_piece_about_itself(promised, erin, petra, now):
    held = piece(promised, erin, now, is_public=True)
    evidence.contest_evidence(evidence=held, contested_by="La Ruche", why="Autre ligne", by=erin, now=now)
    acts = (
        lambda: evidence.reopen_evidence(evidence=held, by=petra, now=now),
        lambda: evidence.show_evidence(evidence=held, is_public=False, by=petra, now=now),
        lambda: evidence.settle_evidence(evidence=held, by=petra, now=now),
    )
    for act in acts:
        with pytest.raises(evidence.EvidenceRefused, match="votre organisation"):
            act()
    held.refresh_from_db()
    assert (held.state, held.is_public, held.contested_by) == ("validated", True, "La Ruche")


def test_the_party_that_carries_for_another_does_not_validate_a_piece_about_it(promised, erin, petra, now):
    held = piece(promised, erin, now, validated=False)
    with pytest.raises(evidence.EvidenceRefused, match="votre organisation"):
        evidence.validate_evidence(evidence=held, by=petra, now=now)
