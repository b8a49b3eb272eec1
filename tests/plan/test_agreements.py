"""Agreements: signed by all or not at all, paid after, justified, claimed back; and who may touch them."""

import datetime as dt
from decimal import Decimal

import pytest
from django.urls import reverse

from tissage.network.models import Agreement, Document
from tissage.network.operations.agreements import (
    AgreementRefused,
    Party,
    amend_agreement,
    move_agreement,
    sign_for_party,
    take_signature_back,
)
from tissage.network.operations.organizations import create_organization
from tissage.people.models import Entry
from tissage.plan.models import AgreementAction, Clawback, Instalment, Proof
from tissage.plan.operations.agreements import (
    ProofRefused,
    add_instalment,
    change_plan_agreement,
    claim_back,
    close_clawback,
    create_plan_agreement,
    judge_proof,
    pay_instalment,
    remove_instalment,
    submit_proof,
)
from tissage.plan.queries.agreements import account_of, agreement_lines, open_clawbacks

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 1, 15)


@pytest.fixture
def town(territory, erin, now):
    return create_organization(territory=territory, name="Ville de Sormont", kind="municipality", by=erin, now=now)


@pytest.fixture
def helpers(territory, erin, now):
    return create_organization(territory=territory, name="ASBL Les Devoirs", kind="asbl", by=erin, now=now)


@pytest.fixture
def agreement(territory, action, town, helpers, erin, now):
    return create_plan_agreement(
        territory=territory,
        title="École de devoirs 2026",
        starts_on=dt.date(2026, 1, 1),
        ends_on=dt.date(2026, 12, 31),
        amount=Decimal("5000.00"),
        actions={action: None},
        parties=[Party(town, "Le bourgmestre"), Party(helpers, "La présidente", receives=True)],
        by=erin,
        now=now,
    )


@pytest.fixture
def signed(agreement, erin, now):
    for party in agreement.parties.order_by("pk"):
        agreement = sign_for_party(party=party, signed_on=DAY, by=erin, now=now)
    return agreement


def test_an_agreement_is_signed_only_when_every_party_dated_its_signature(agreement, erin, now):
    first, second = agreement.parties.order_by("pk")
    assert sign_for_party(party=first, signed_on=DAY, by=erin, now=now).status == "draft"
    assert sign_for_party(party=second, signed_on=DAY, by=erin, now=now).status == "signed"


def test_a_date_typed_by_mistake_is_taken_back_until_all_have_signed(agreement, erin, now):
    first, second = agreement.parties.order_by("pk")
    sign_for_party(party=first, signed_on=DAY, by=erin, now=now)
    take_signature_back(party=first, by=erin, now=now)
    assert agreement.parties.filter(signed_on__isnull=False).count() == 0
    for party in (first, second):
        sign_for_party(party=party, signed_on=DAY, by=erin, now=now)
    with pytest.raises(AgreementRefused):
        take_signature_back(party=first, by=erin, now=now)


def test_nobody_signs_in_the_future(agreement, erin, now):
    with pytest.raises(AgreementRefused):
        sign_for_party(party=agreement.parties.first(), signed_on=dt.date(2027, 1, 1), by=erin, now=now)


def test_an_agreement_binds_two_different_parties_and_serves_an_action(territory, action, town, erin, now):
    made = {"territory": territory, "title": "Seule", "starts_on": DAY, "by": erin, "now": now}
    with pytest.raises(AgreementRefused):
        create_plan_agreement(actions={action: None}, parties=[Party(town), Party(town)], **made)
    with pytest.raises(AgreementRefused):
        create_plan_agreement(actions={}, parties=[Party(town), Party(town)], **made)
    assert not Agreement.objects.exists()


def test_parts_by_action_total_the_agreement(territory, plan, action, town, helpers, erin, now):
    from tissage.plan.operations.actions import create_action

    other = create_action(plan=plan, title="Autre", by=erin, now=now)
    made = {"territory": territory, "title": "Deux actions", "starts_on": DAY, "amount": Decimal(100), "by": erin, "now": now}
    parties = [Party(town), Party(helpers)]
    with pytest.raises(AgreementRefused):
        create_plan_agreement(actions={action: Decimal(60), other: Decimal(50)}, parties=parties, **made)
    with pytest.raises(AgreementRefused):
        create_plan_agreement(actions={action: Decimal(60), other: Decimal(30)}, parties=parties, **made)
    one = create_plan_agreement(actions={action: Decimal(60), other: None}, parties=parties, **made)
    assert list(AgreementAction.objects.filter(agreement=one).values_list("action", "amount")) == [
        (action.pk, Decimal(60)),
        (other.pk, None),
    ]


def test_a_draft_that_a_party_signed_changes_no_more(agreement, action, town, helpers, erin, now):
    sign_for_party(party=agreement.parties.first(), signed_on=DAY, by=erin, now=now)
    with pytest.raises(AgreementRefused):
        change_plan_agreement(
            agreement=agreement, title="Autre titre", actions={action: None}, parties=[Party(town), Party(helpers)], by=erin, now=now
        )
    agreement.refresh_from_db()
    assert agreement.title == "École de devoirs 2026"


def test_an_amendment_is_numbered_and_keeps_what_stood_before(signed, erin, now):
    amend_agreement(agreement=signed, text="Prolongée", signed_on=DAY, ends_on=dt.date(2027, 6, 30), by=erin, now=now)
    second = amend_agreement(agreement=signed, text="Montant revu", signed_on=DAY, amount=Decimal("6000.00"), by=erin, now=now)
    signed.refresh_from_db()
    assert (signed.ends_on, signed.amount) == (dt.date(2027, 6, 30), Decimal("6000.00"))
    assert (second.number, second.changes) == (2, {"amount": {"before": "5000.00", "after": "6000.00"}})


def test_terminating_needs_a_reason_and_a_document(territory, signed, erin, now):
    with pytest.raises(AgreementRefused):
        move_agreement(agreement=signed, status="terminated", reason="Fin", by=erin, now=now)
    letter = Document.objects.create(
        territory=territory, title="Lettre", file_name="l.pdf", content_type="application/pdf", size=1, sha256="0", added_at=now
    )
    assert move_agreement(agreement=signed, status="terminated", reason="Fin", document=letter, by=erin, now=now).status == "terminated"
    with pytest.raises(AgreementRefused):
        move_agreement(agreement=signed, status="signed", by=erin, now=now)


def test_nothing_is_paid_before_all_have_signed_nor_while_suspended(agreement, erin, now):
    tranche = add_instalment(agreement=agreement, due_on=DAY, amount=Decimal("2500.00"), by=erin, now=now)
    with pytest.raises(AgreementRefused):
        pay_instalment(instalment=tranche, paid_on=DAY, by=erin, now=now)
    for party in agreement.parties.order_by("pk"):
        sign_for_party(party=party, signed_on=DAY, by=erin, now=now)
    move_agreement(agreement=agreement, status="suspended", by=erin, now=now)
    with pytest.raises(AgreementRefused):
        pay_instalment(instalment=tranche, paid_on=DAY, by=erin, now=now)
    move_agreement(agreement=agreement, status="signed", by=erin, now=now)
    pay_instalment(instalment=tranche, paid_on=DAY, by=erin, now=now)
    assert account_of(agreement).paid == Decimal("2500.00")
    with pytest.raises(AgreementRefused):
        remove_instalment(instalment=Instalment.objects.get(pk=tranche.pk), by=erin, now=now)


def test_instalments_never_pass_the_amount(agreement, erin, now):
    add_instalment(agreement=agreement, due_on=DAY, amount=Decimal("3000.00"), by=erin, now=now)
    with pytest.raises(AgreementRefused):
        add_instalment(agreement=agreement, due_on=DAY, amount=Decimal("2000.01"), by=erin, now=now)
    assert Instalment.objects.count() == 1


@pytest.fixture
def paid(signed, erin, now):
    tranche = add_instalment(agreement=signed, due_on=DAY, amount=Decimal("5000.00"), by=erin, now=now)
    pay_instalment(instalment=tranche, paid_on=DAY, by=erin, now=now)
    return signed


def test_a_proof_is_accepted_in_whole_in_part_or_refused_with_a_reason(paid, erin, now):
    proof = submit_proof(agreement=paid, title="Factures", submitted=Decimal("4000.00"), submitted_on=DAY, by=erin, now=now)
    with pytest.raises(ProofRefused):
        judge_proof(proof=proof, accepted=Decimal("4000.01"), by=erin, now=now)
    with pytest.raises(ProofRefused):
        judge_proof(proof=proof, accepted=Decimal("3000.00"), by=erin, now=now)
    assert judge_proof(proof=proof, accepted=Decimal("3000.00"), reason="Repas non éligibles", by=erin, now=now).state == Proof.State.PARTLY
    assert judge_proof(proof=proof, accepted=Decimal("0.00"), reason="Hors période", by=erin, now=now).state == Proof.State.REFUSED
    assert judge_proof(proof=proof, accepted=Decimal("4000.00"), by=erin, now=now).state == Proof.State.ACCEPTED
    assert account_of(paid).to_justify == Decimal("1000.00")


def test_no_more_is_claimed_than_is_paid_and_not_justified(paid, helpers, town, erin, now):
    submit_proof(agreement=paid, title="Factures", submitted=Decimal("4200.00"), submitted_on=DAY, by=erin, now=now)
    with pytest.raises(AgreementRefused):
        claim_back(agreement=paid, reason="late_proofs", amount=Decimal("800.01"), asked_on=DAY, by=erin, now=now)
    asked = claim_back(agreement=paid, reason="late_proofs", amount=Decimal("800.00"), asked_on=DAY, by=erin, now=now)
    assert list(open_clawbacks([helpers])) == [asked]
    assert list(open_clawbacks([town])) == []
    close_clawback(clawback=asked, on=DAY, received=True, by=erin, now=now)
    assert list(open_clawbacks([helpers])) == []
    assert account_of(paid).to_justify == Decimal("0.00")


def test_the_journal_names_no_amount(paid, erin, now):
    submit_proof(agreement=paid, title="Factures secrètes", submitted=Decimal("4321.00"), submitted_on=DAY, by=erin, now=now)
    lines = [f"{entry.object_label} {entry.fields} {entry.numbers}" for entry in Entry.objects.all()]
    assert any("École de devoirs" in line for line in lines)
    assert not any("4321" in line or "5000" in line or "secrètes" in line for line in lines)


def test_the_list_costs_the_same_with_one_and_with_three(
    as_user,
    erin,
    territory,
    plan,
    action,
    agreement,
    town,
    helpers,
    now,
):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client, url = as_user(erin), reverse("plan:agreements", args=[territory.slug, plan.pk])
    client.get(url)
    with CaptureQueriesContext(
        connection,
    ) as once:
        assert client.get(url).status_code == 200
    for number in range(2):
        create_plan_agreement(
            territory=territory,
            title=f"N {number}",
            starts_on=DAY,
            actions={action: None},
            parties=[Party(town), Party(helpers)],
            by=erin,
            now=now,
        )
    with CaptureQueriesContext(connection) as thrice:
        page = client.get(url)
    assert "N 1" in page.content.decode()
    assert len(thrice) == len(once)


def test_a_lapsing_agreement_and_a_waiting_proof_are_to_do(paid, erin, now, rf):
    from tissage.plan.slots.agreements import todo_agreements

    submit_proof(agreement=paid, title="Factures", submitted=Decimal("10.00"), submitted_on=DAY, by=erin, now=now)
    Agreement.objects.filter(pk=paid.pk).update(ends_on=dt.date(2026, 1, 31))
    request = rf.get("/")
    request.user = erin
    assert [line.due_on for line in todo_agreements(request)] == [dt.date(2026, 1, 31), None]


@pytest.mark.parametrize(
    ("who", "reads", "writes"), [("erin", 200, 200), ("alice", 200, 404), ("bob", 200, 404), ("charlie", 404, 404), ("dora", 404, 404)]
)
def test_who_reads_and_who_writes(request, as_user, territory, plan, agreement, who, reads, writes):
    client = as_user(request.getfixturevalue(who))
    assert client.get(reverse("plan:agreement", args=[territory.slug, plan.pk, agreement.pk])).status_code == reads
    assert client.get(reverse("plan:create_agreement", args=[territory.slug, plan.pk])).status_code == writes


def test_an_agreement_is_prepared_signed_paid_and_justified_on_screen(as_user, erin, territory, plan, action, town, helpers):
    client, place = as_user(erin), [territory.slug, plan.pk]
    given = {
        "title": "Tables de conversation", "kind": "subsidy", "amount": "1 250,50".replace(" ", ""), "starts_on": "2026-01-01", "ends_on": "2026-12-31",
        "renewal": "none", "notice_days": "0", "party_1": town.pk, "party_2": helpers.pk, "receives_2": "on", f"serves_{action.pk}": "on",
    }  # fmt: skip
    refused = client.post(reverse("plan:create_agreement", args=place), {**given, "party_2": town.pk})
    assert "deux fois" in refused.content.decode()
    page = client.post(reverse("plan:create_agreement", args=place), given, follow=True)
    one = Agreement.objects.get()
    assert (one.amount, "Tables de conversation" in page.content.decode()) == (Decimal("1250.50"), True)
    for party in one.parties.all():
        client.post(reverse("plan:sign_agreement", args=[*place, one.pk, party.pk]), {"signed_on": "2026-02-01"})
    client.post(reverse("plan:add_instalment", args=[*place, one.pk]), {"due_on": "2026-03-01", "amount": "1250,50"})
    tranche = Instalment.objects.get()
    client.post(reverse("plan:pay_instalment", args=[*place, one.pk, tranche.pk]), {"paid_on": "2026-03-02"})
    client.post(reverse("plan:add_proof", args=[*place, one.pk]), {"title": "Facture", "submitted": "1000", "submitted_on": "2026-04-01"})
    client.post(reverse("plan:judge_proof", args=[*place, one.pk, Proof.objects.get().pk]), {"accepted": "900", "reason": "Repas"})
    client.post(
        reverse("plan:claim_back", args=[*place, one.pk]),
        {"reason": _first_reason(client, place, one), "amount": "350,50", "asked_on": "2026-05-01"},
    )
    text = client.get(reverse("plan:agreement", args=[*place, one.pk])).content.decode()
    assert Clawback.objects.get().amount == Decimal("350.50")
    assert "350,50" in text
    assert [line.account.to_justify for line in agreement_lines([one], today=DAY)] == [Decimal("350.50")]


def _first_reason(client, place, one):
    page = client.get(reverse("plan:claim_back", args=[*place, one.pk]))
    return page.context["form"].fields["reason"].choices[0][0]
