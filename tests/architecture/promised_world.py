"""Promises beside the set that the territory received: a commitment with a milestone, evidence, a proposal that waits, an assessment, a frozen score."""

from __future__ import annotations

import datetime as dt


def promised(territory, by, other, now, canary) -> dict[str, object]:
    """The value of every argument that an address of promises asks. The set is that of `space_world`, with a public piece of evidence."""
    from tissage.commitments.models import Ask
    from tissage.commitments.operations import assessments, evidence, promises
    from tissage.commitments.operations.scorecards import freeze_scorecard
    from tissage.network.models import Decision, Meeting, Organization
    from tissage.network.operations.documents import keep_document

    did = {"by": by, "now": now}
    asked = Ask.objects.select_related("ask_set__territory").get(ask_set__territory=territory, ask_set__space__isnull=True)
    house = Organization.objects.create(territory=territory, name=f"Engagée {canary}", email="engagee@example.org")
    proof = keep_document(territory=territory, title=canary, kind="preuve", upload_name="motion.pdf", content=b"%PDF-1.7", **did)
    commitment = promises.create_commitment(
        territory=territory,
        statement=canary,
        origin="council_motion",
        made_by=canary,
        made_on=now.date() - dt.timedelta(days=300),
        organization=house,
        owner=house,
        vote=canary,
        next_step=canary,
        proof=proof,
        proof_note=canary,
        asks=[asked],
        **did,
    )
    promises.publish_commitment(commitment=commitment, **did)
    milestone = promises.add_milestone(commitment=commitment, title=canary, due_on=now.date(), **did)
    promises.move_milestone(milestone=milestone, due_on=now.date() + dt.timedelta(days=9), why=canary, **did)
    held = Meeting.objects.filter(collective__territory=territory).order_by("pk").first()
    Meeting.objects.filter(pk=held.pk).update(status="held", attendees_count=3)
    decision = Decision.objects.filter(meeting=held).order_by("pk").first()
    later = promises.note_later_decision(decision=Decision.objects.get(pk=decision.pk), commitment=commitment, **did)
    piece = evidence.add_evidence(
        territory=territory,
        kind="report",
        summary=canary,
        fact_on=now.date(),
        strength="third_party",
        commitments=[commitment],
        issuer_name=canary,
        is_public=True,
        upload=("rapport.pdf", b"%PDF-1.7 rapport"),
        **did,
    )
    evidence.validate_evidence(evidence=piece, **did)
    evidence.contest_evidence(evidence=piece, contested_by=canary, why=canary, **did)
    before = now - dt.timedelta(days=20)
    first = assessments.propose_assessment(subject=commitment, completion="no_evidence", justification=canary, by=by, now=before)
    token = assessments.tell_assessed(proposal=first, email="engagee@example.org", by=by, now=before)
    assessments.reply_by_link(token=token, text=canary, now=before)
    assessments.validate_assessment(proposal=first, by=other, now=now)
    proposal = assessments.propose_assessment(subject=commitment, completion="limited", justification=canary, evidence=[piece], **did)
    scorecard = freeze_scorecard(ask_set=asked.ask_set, **did)
    return {
        "asked": asked.pk,
        "commitment": commitment.pk,
        "milestone": milestone.pk,
        "later": later.pk,
        "evidence": piece.uuid,
        "proposal": proposal.pk,
        "scorecard": scorecard.version,
        "assessed_token": assessments.tell_assessed(proposal=proposal, email="engagee@example.org", **did),
    }
