"""The journal is never erased: no resident's words, no address, no reason, whatever the act."""

from __future__ import annotations

from django.core.files.uploadedfile import SimpleUploadedFile

from tests.conftest import NOW
from tests.synthesis.voices import group_of
from tissage.core.codes import parse_code
from tissage.core.columns import EXPORTED
from tissage.people.models import Entry
from tissage.people.operations import invite, revoke_invitation
from tissage.synthesis import operations
from tissage.voices.models import Criterion, Expression, HomogeneousGroup, Question
from tissage.voices.operations import changes, codings, criteria, gathering, rainbow, validation
from tissage.voices.operations.entry import Statement, enter_criteria, enter_expressions


def test_no_act_writes_words_of_residents_or_addresses_in_the_journal(territory, erin, as_user, caplog, capfd):
    did = {"by": erin, "now": NOW}
    group = group_of(territory, "Jeunes", 9)
    question = Question.objects.get(territory=territory, code="WB")
    said = [Statement(f"parole {number} canari", 1, parse_code("A03/P15")) for number in range(4)]
    batch = enter_criteria(group=group, question=question, statements=said, **did)
    enter_expressions(group=group, question=question, texts=["note canari", "autre note canari"], **did)
    first, second, third, fourth = Criterion.objects.filter(batch=batch).order_by("pk")
    criteria.edit_criterion(criterion=first, text="parole corrigée canari", **did)
    codings.set_code(criterion=first, code=parse_code("A01/Q"), facet="canari", **did)
    merged = criteria.merge_criteria(target=first, others=[second], **did)
    changes.undo_act(batch=merged, **did)
    made = criteria.make_criterion(expressions=list(Expression.objects.all()), text="rassemblé canari", **did)
    changes.undo_act(batch=made.batch, **did)
    gathering.make_criteria(piles=[gathering.Pile("pile canari", tuple(Expression.objects.loose()))], **did)
    gathering.word_in_french(of=Expression.objects.first(), french_text="français canari", **did)
    gathering.word_in_french(of=first, french_text="français canari", **did)
    validation.correct_with_group(criterion=first, text="relu canari", french_text="canari", on=NOW.date(), coding=True, **did)
    validation.disagree_with_code(criterion=fourth, memo="mémo canari", on=NOW.date(), **did)
    validation.validate_with_group(criteria=[fourth], on=NOW.date(), coding=True, **did)
    crossing = rainbow.create_rainbow_group(territory=territory, name="Arc", groups=[group, group_of(territory, "Aînés", 9)], **did)
    met = rainbow.create_rainbow_workshop(rainbow=crossing, held_on=NOW.date(), note="canari", place="canari", **did)
    rainbow.mark_criterion(workshop=met, criterion=fourth, mark="shared", note="canari", **did)
    common = {"component": fourth.component, "text": "formulation canari", "criteria": [fourth]}
    wording = rainbow.agree_wording(workshop=met, **common, **did)
    rainbow.change_wording(wording=wording, text="autre canari", criteria=[fourth], **did)
    rainbow.remove_wording(wording=wording, **did)
    criteria.withdraw_criterion(criterion=third, reason="raison canari", **did)
    synthesis = operations.freeze_synthesis(territory=territory, title="Version", note="note canari", **did)
    for number, line in enumerate(synthesis.lines.all()):
        decision = ("published", "redacted", "withheld")[number % 3]
        operations.read_line(line=line, decision=decision, public_text="caviardé canari", reason="raison canari", **did)
    operations.publish_synthesis(synthesis=synthesis, **did)
    operations.withdraw_publication(synthesis=synthesis, reason="raison canari", **did)
    invited = invite(territory=territory, email="canari@example.org", role="reader", name="Canari", **did)
    revoke_invitation(invitation=invited.invitation, **did)

    client = as_user(erin)
    table = f"{EXPORTED['group']};{EXPORTED['question']};{EXPORTED['text']}\nJeunes;WB;importé canari\n".encode()
    page = client.post("/territoires/sormont/imports/nouveau/", {"file": SimpleUploadedFile("liste.csv", table)})
    client.post(page.url + "importer/")
    assert Criterion.objects.filter(text="importé canari").exists()
    client.post(page.url + "annuler/")
    taken = client.post("/territoires/sormont/exports/telecharger/", {"format": "csv"})
    assert b"canari" in b"".join(taken.streaming_content)
    client.post("/territoires/sormont/syntheses/1/telecharger/paroles/")
    client.get("/recherche/?q=canari")
    assert fourth.text.endswith("canari")
    assert HomogeneousGroup.objects.count() == 2

    verbs = set(Entry.objects.values_list("verb", flat=True))
    assert len(verbs) > 15
    kept = [(entry.verb, entry.object_label, entry.fields, entry.numbers) for entry in Entry.objects.all()]
    assert [one for one in kept if "canari" in str(one).lower()] == []
    printed = capfd.readouterr()
    assert "canari" not in (caplog.text + printed.out + printed.err).replace("q=canari", "").lower()
