"""The journal is never erased: no resident's words, no address, no reason, whatever the act."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from django.core.files.uploadedfile import SimpleUploadedFile

from tests.conftest import NOW
from tests.synthesis.voices import group_of
from tissage.core.codes import parse_code
from tissage.core.columns import EXPORTED
from tissage.network.models import Document, Organization
from tissage.network.operations import organizations
from tissage.network.operations.documents import keep_document
from tissage.people.models import Entry
from tissage.people.operations import invite, revoke_invitation
from tissage.plan.models import Action, Booking, Plan
from tissage.plan.operations import actions, articles, bookings, figures, indicators, money
from tissage.reports.operations import freezing, readers
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


def test_no_act_on_a_plan_writes_an_amount_a_person_or_somebody_s_words_in_the_journal(world, territory, erin):
    """Names of organisations, actions and agreements are said; what people wrote, who they are and what things cost never is."""
    did, secret, amount = {"by": erin, "now": NOW}, "canaille", Decimal("98765.43")
    plan, before = Plan.objects.get(pk=world["plan"]), Entry.objects.count()
    action, house = plan.actions.get(), Organization.objects.get(pk=world["organization"])
    actions.comment_action(action=action, text=secret, on=NOW.date(), state="ongoing", health="risk", **did)
    counted = indicators.create_indicator(action=action, name="Compté", unit="personnes", organization=house, **did)
    figure = figures.write_figure(indicator=counted, year=2025, value=amount, how_counted=secret, sentence=secret, **did)
    figures.write_account(action=action, year=2025, organization=house, texts={"done": secret, "difficulties": secret}, **did)
    figures.submit_figures(plan=plan, year=2025, organization=house, **did)
    figures.return_figure(figure=figure, comment=secret, **did)
    line = money.create_funding(plan=plan, year=2025, funder=house, basis="subsidy", label="Ligne", note=secret, **did)
    stage = money.create_stage(plan=plan, year=2025, label="Initial", **did)
    money.save_grid(stage=stage, was={}, cells={(line.pk, 0): amount, (line.pk, action.pk): amount}, **did)
    money.create_help(action=action, year=2025, organization=house, value=amount, description=secret, how_estimated=secret, **did)
    told = {"supplier": secret, "supplier_search": secret, "label": secret, "number": f"Facture {secret} 3"}
    booking = Booking.objects.create(plan=plan, key="j.0", year=2025, booked_on=NOW.date(), amount=amount, **told)
    bookings.split_booking(booking=booking, shares={action: Decimal(100)}, remember=True, **did)
    articles.write_article(action=Action.objects.get(pk=action.pk), title=secret, text=secret, on=NOW.date(), author=secret, **did)
    who = organizations.add_person(organization=house, display_name=secret, role=secret, email=f"{secret}@example.org", **did)
    seen = Document.Visibility.PRIVATE
    keep_document(territory=territory, title=secret, kind="pièce", upload_name=f"{secret}.txt", content=b"x", visibility=seen, **did)
    given = readers.give_link(plan=plan, person=who, role="councillor", expires_on=NOW.date() + dt.timedelta(days=9), **did)
    about = {"subject": "version", "subject_id": plan.versions.order_by("pk").first().pk}
    comment = readers.write_comment(plan=plan, text=secret, link=given.link, now=NOW, **about)
    readers.answer_comment(comment=comment, text=secret, **did)
    frozen = freezing.freeze_year(plan=plan, year=2025, **did)
    freezing.reopen_year(frozen=frozen, reason=secret, **did)

    kept = [(one.verb, one.object_label, one.fields, one.numbers) for one in Entry.objects.order_by("pk")[before:]]
    assert len(kept) > 18
    assert [one for one in kept if secret in str(one) or "98765" in str(one) or "98 765" in str(one)] == []
