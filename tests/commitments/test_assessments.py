"""Evidence that a person validates, assessments that two people make, and the reply of the party assessed."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core import mail
from django.db import IntegrityError, OperationalError, transaction
from django.urls import reverse

from tests.commitments.promised import answer, ask, judge, piece, promise, received_set
from tissage.commitments.models import Assessment, AssessmentProposal
from tissage.commitments.operations import assessments, evidence
from tissage.commitments.operations.assessment_sheet import preview_sheet, propose_from_sheet, reference_of
from tissage.network.operations.documents import DocumentRefused
from tissage.people.models import Entry

LATER = dt.timedelta(days=16)


def propose(subject, completion, by, now, pieces=(), **details):
    return assessments.propose_assessment(
        subject=subject, completion=completion, justification="Vu sur pièces", evidence=pieces, by=by, now=now, **details
    )


def test_what_is_proposed_does_not_count_before_a_person_validates_it(territory, erin, now):
    made = promise(territory, erin, now)
    proposed = piece(made, erin, now, validated=False)
    with pytest.raises(assessments.AssessmentRefused, match="n’est pas validée"):
        propose(made, "limited", erin, now, [proposed])
    evidence.validate_evidence(evidence=proposed, by=erin, now=now)
    assert propose(made, "limited", erin, now, [proposed]).completion == "limited"


def test_an_uploaded_copy_is_kept_with_its_hash_and_nothing_is_fetched(territory, erin, now):
    import hashlib

    made = promise(territory, erin, now)
    content = b"%PDF-1.7 page saved"
    kept = piece(made, erin, now, upload=("page.pdf", content), url="https://example.org/page", validated=False)
    assert (kept.sha256, kept.url) == (hashlib.sha256(content).hexdigest(), "https://example.org/page")
    with pytest.raises(DocumentRefused):
        piece(made, erin, now, upload=("page.exe", b"MZ"), validated=False)


@pytest.mark.parametrize(
    ("details", "words"),
    [
        ({"fact_on": dt.date(2027, 1, 1)}, "pas encore eu lieu"),
        ({"kind": "photo", "strength": "official"}, "pas une pièce officielle"),
    ],
)
def test_a_piece_that_claims_too_much_is_refused(territory, erin, now, details, words):
    with pytest.raises(evidence.EvidenceRefused, match=words):
        piece(promise(territory, erin, now), erin, now, **details)


def test_nobody_validates_a_fact_about_the_organisation_they_speak_for(territory, chantecler, erin, petra, now):
    made = promise(territory, erin, now, organization=chantecler)
    with pytest.raises(evidence.EvidenceRefused, match="déclarée par l’intéressée"):
        piece(made, petra, now, strength="third_party", issuer=chantecler)
    own = piece(made, petra, now, validated=False, strength="self_reported", issuer=chantecler)
    with pytest.raises(evidence.EvidenceRefused, match="votre organisation"):
        evidence.validate_evidence(evidence=own, by=petra, now=now)


def test_what_the_party_says_alone_cannot_reach_complete_and_nothing_at_all_is_no_evidence(territory, erin, now):
    """Acceptance 3."""
    made = promise(territory, erin, now)
    for completion in ("not_started", "limited", "substantial", "complete"):
        with pytest.raises(assessments.AssessmentRefused, match="seule évaluation est possible"):
            propose(made, completion, erin, now)
    said = piece(made, erin, now, strength="self_reported", kind="testimony")
    with pytest.raises(assessments.AssessmentRefused, match="ne suffisent pas"):
        propose(made, "complete", erin, now, [said])
    with pytest.raises(assessments.AssessmentRefused, match="aucune preuve n’est connue"):
        propose(made, "no_evidence", erin, now, [said])
    assert propose(made, "complete", erin, now, [said, piece(made, erin, now, strength="third_party")]).completion == "complete"


def test_the_verdict_stays_pending_until_the_term_ends(territory, erin, now):
    running = promise(territory, erin, now, term_ends_on=dt.date(2027, 1, 1))
    over = promise(territory, erin, now, term_ends_on=dt.date(2026, 11, 1))
    with pytest.raises(assessments.AssessmentRefused, match="en cours"):
        propose(running, "complete", erin, now, [piece(running, erin, now)], verdict="kept")
    assert propose(over, "complete", erin, now, [piece(over, erin, now)], verdict="kept").verdict == "kept"


def test_whoever_proposed_cannot_validate_nor_anybody_of_the_party(territory, chantecler, erin, paul, petra, now):
    """Acceptance 4, and the rule that no person of the organisation assessed takes part."""
    made = promise(territory, erin, now, organization=chantecler)
    proof = piece(made, erin, now)
    with pytest.raises(assessments.AssessmentRefused, match="organisation évaluée"):
        propose(made, "limited", petra, now, [proof])
    proposal = propose(made, "limited", erin, now, [proof])
    for person, words in ((erin, "demandez à une autre"), (petra, "organisation évaluée")):
        with pytest.raises(assessments.AssessmentRefused, match=words):
            assessments.validate_assessment(proposal=proposal, by=person, now=now + LATER)
    with pytest.raises(assessments.AssessmentRefused, match="encore répondre"):
        assessments.validate_assessment(proposal=proposal, by=paul, now=now + dt.timedelta(days=15))
    assert assessments.validate_assessment(proposal=proposal, by=paul, now=now + LATER).validated_by == paul


def test_the_database_refuses_a_proposer_who_validates_a_change_and_a_removal(territory, erin, paul, now):
    """Acceptance 4."""
    made = promise(territory, erin, now)
    held = judge(made, "no_evidence", erin, paul, now)
    words = {"completion": "no_evidence", "justification": "x", "made_on": now.date(), "validated_on": now.date()}
    with pytest.raises(IntegrityError), transaction.atomic():
        Assessment.objects.create(commitment=made, proposed_by=erin, validated_by=erin, **words)
    for act in (lambda: Assessment.objects.filter(pk=held.pk).update(completion="complete"), held.delete):
        with pytest.raises((IntegrityError, OperationalError), match="does not change"), transaction.atomic():
            act()
    assert Assessment.objects.get().completion == "no_evidence"


def test_the_reply_given_in_its_delay_is_shown_uncut_beside_the_assessment(territory, chantecler, erin, paul, petra, client, now):
    """Acceptance 5."""
    text = "Nous ne sommes pas d’accord : <le lieu> est ouvert.\n" + "Mot pour mot. " * 200 + "Fin."
    made = promise(territory, erin, now, organization=chantecler)
    judge(made, "limited", erin, paul, now, pieces=[piece(made, erin, now)], reply=text)
    client.force_login(petra)
    page = client.get(reverse("commitments:commitment", args=["sormont", made.pk])).content.decode()
    assert "&lt;le lieu&gt; est ouvert." in page
    assert page.count("Mot pour mot.") == 200
    assert "Fin." in page
    assert "Erin" not in page.split("<main")[1] or petra.has_perm("commitments.judge", territory)


def test_a_link_replies_once_and_dies_with_the_delay_the_reply_or_the_proposal(
    territory, chantecler, erin, paul, client, now, django_capture_on_commit_callbacks, monkeypatch
):
    made = promise(territory, erin, now, organization=chantecler, statement="Nous ouvrirons un refuge")
    with django_capture_on_commit_callbacks(execute=True):
        proposal = propose(made, "limited", erin, now, [piece(made, erin, now)])
    assert mail.outbox[0].to == ["contact@chantecler.example"]
    path = next(line for line in mail.outbox[0].body.splitlines() if "/repondre/" in line).split("//", 1)[1].split("/", 1)[1]
    proposal.refresh_from_db()
    assert path.split("/")[-2] not in str(AssessmentProposal.objects.values().get())
    monkeypatch.setattr("django.utils.timezone.now", lambda: now)
    for _scanner in range(2):
        assert client.get(f"/{path}").status_code == 200
    assert AssessmentProposal.objects.get().reply == ""
    assert client.post(f"/{path}", {"text": " "}).status_code == 200
    assert client.post(f"/{path}", {"text": "Nous ouvrons en mai."}).status_code == 200
    for answer_ in (client.get(f"/{path}"), client.post(f"/{path}", {"text": "Encore"})):
        assert (answer_.status_code, b"refuge" in answer_.content) == (410, False)
    assert AssessmentProposal.objects.get().reply == "Nous ouvrons en mai."
    assert client.get("/repondre/evaluation/inconnu/").status_code == 404
    late = assessments.tell_assessed(proposal=_fresh(territory, erin, now), email="x@example.org", by=erin, now=now)
    monkeypatch.setattr("django.utils.timezone.now", lambda: now + LATER)
    assert client.get(f"/repondre/evaluation/{late}/").status_code == 410
    assert "Nous" not in str(list(Entry.objects.values_list("object_label", "fields", "numbers")))


def _fresh(territory, erin, now):
    return propose(promise(territory, erin, now), "no_evidence", erin, now)


def test_a_change_is_a_new_row_and_the_page_shows_the_latest_and_the_list(territory, erin, paul, client, now):
    made = promise(territory, erin, now)
    proof = piece(made, erin, now)
    first = judge(made, "complete", erin, paul, now, pieces=[proof])
    evidence.reopen_evidence(evidence=proof, by=erin, now=now)
    second = judge(made, "no_evidence", paul, erin, now + LATER)
    assert second.supersedes == first
    assert first.evidence[0]["summary"] == "Ligne au budget"
    client.force_login(erin)
    page = client.get(reverse("commitments:commitment", args=["sormont", made.pk])).content.decode()
    assert page.index("sans information") < page.index("1 évaluation plus ancienne") < page.index("tenu avec preuve")


def test_a_table_proposes_all_or_nothing_and_says_each_wrong_line(territory, erin, paul, now):
    held = received_set(territory, now)
    made = promise(territory, erin, now)
    piece(made, erin, now)
    good = f"{reference_of(made)};x;;1;limité;Vu au budget\r\n"
    head = "Référence;b;c;d;e;f\r\n"
    wrong = f"{reference_of(ask(held, 'S1'))};x;;0;tenu avec preuve;Rien\r\nengagement:nulle-part;x;;0;limité;y\r\n{good[:-2]}\r\n"
    read = preview_sheet(territory=territory, content=(head + good + wrong).encode(), by=paul, now=now)
    assert [one.number for one in read.ready] == [2]
    assert [number for number, _words in read.problems] == [3, 4, 5]
    with pytest.raises(assessments.AssessmentRefused, match="Ligne 3"):
        propose_from_sheet(territory=territory, content=(head + good + wrong).encode(), by=paul, now=now)
    assert not AssessmentProposal.objects.exists()
    [proposal] = propose_from_sheet(territory=territory, content=(head + good).encode(), by=paul, now=now)
    assert (proposal.completion, proposal.evidence.count()) == ("limited", 1)
    assert not Assessment.objects.exists()


PEOPLE = ["alice", "bob", "charlie", "dora", "erin", "paul", "fiona", "carl", "mona", "petra"]
RIGHTS = {
    "commitments.read": {"alice", "bob", "erin", "paul", "fiona", "carl", "mona", "petra"},
    "commitments.write": {"erin", "paul"},
    "commitments.judge": {"alice", "erin", "paul", "petra"},
    "network.read_standstill": {"alice", "bob", "erin", "paul", "fiona", "carl", "mona", "petra"},
}


def test_who_may_what(territory, request):
    people = {name: request.getfixturevalue(name) for name in PEOPLE}
    found = {right: {name for name, user in people.items() if user.has_perm(right, territory)} for right in RIGHTS}
    assert found == RIGHTS


def test_a_draft_and_what_waits_are_hidden_from_those_who_sit(territory, erin, carl, petra, client, now):
    draft = promise(territory, erin, now, published=False, statement="SECRET brouillon")
    shown = promise(territory, erin, now)
    waiting = piece(shown, erin, now, validated=False, summary="SECRET pièce")
    client.force_login(carl)
    assert client.get(reverse("commitments:commitment", args=["sormont", draft.pk])).status_code == 404
    assert client.get(reverse("commitments:evidence", args=["sormont", waiting.uuid])).status_code == 404
    for name, args in (("commitments", []), ("commitment", [shown.pk]), ("standstill", [])):
        answered = client.get(reverse(f"commitments:{name}", args=["sormont", *args]))
        assert (answered.status_code, b"SECRET" in answered.content) == (200, False)
    assert client.get(reverse("commitments:proposals", args=["sormont"])).status_code == 404
    answer(ask(received_set(territory, now), "S1"), "Liste", 1)
