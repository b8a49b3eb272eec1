"""A territory that follows promises: a received set of asks, lists that answered or not, a commitment, evidence, what a person judges."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from tissage.commitments.models import Answer, Ask, AskCategory, AskSet, Contestant, Election
from tissage.commitments.operations import assessments, evidence, promises
from tissage.network.models import Agreement, Collective, Decision, Meeting

MADE = dt.date(2026, 1, 10)


def received_set(territory, now, *, code="egalite", published=True, counted=("commune", "cpas")):
    """Three categories as in the worked example of the method, D3 that nobody can verify, X1 of another level of power. Text frozen."""
    election = Election.objects.create(territory=territory, name="Élection communale", held_on=dt.date(2025, 10, 12))
    made = AskSet.objects.create(
        territory=territory,
        election=election,
        code=code,
        title="Égalité : ce que nous demandons",
        owner_name="Amnesty",
        counted_competences=list(counted),
        created_at=now,
    )
    shape = {"services": (50, 3), "formation": (30, 4), "participation": (20, 2)}
    for place, (name, (weight, count)) in enumerate(shape.items()):
        category = AskCategory.objects.create(ask_set=made, code=name, label=name.capitalize(), weight=Decimal(weight), position=place)
        for number in range(1, count + 1):
            write_ask(made, category, f"{name[0].upper()}{number}")
    write_ask(made, category, "D3", verifiable="no", text="Une approche intersectionnelle partout")
    write_ask(made, category, "X1", competence=["federal"], text="Revoir la loi pénale")
    AskSet.objects.filter(pk=made.pk).update(
        status="frozen", frozen_on=dt.date(2025, 6, 1), received_at=now, published_on=dt.date(2025, 9, 1) if published else None
    )
    made.refresh_from_db()
    return made


def write_ask(ask_set, category, code, **details):
    given = {"text": f"Demande {code}", "competence": ["commune"], "verifiable": "yes", **details}
    return Ask.objects.create(ask_set=ask_set, category=category, code=code, position=ask_set.asks.count(), **given)


def ask(ask_set, code):
    return ask_set.asks.select_related("ask_set__territory").get(code=code)


def answer(ask, name, number, position="yes", **details):
    contestant, _ = Contestant.objects.get_or_create(election=ask.ask_set.election, name=name, defaults={"list_number": number})
    given = {"received_on": dt.date(2025, 8, 1), "published_on": dt.date(2025, 9, 1), "verbatim": f"Mots de {name}", **details}
    return Answer.objects.create(ask=ask, contestant=contestant, position=position, changed_at=ask.ask_set.created_at, **given)


def agreement(territory, parties, **details):
    given = {"title": "Locaux", "kind": "premises", "starts_on": MADE, "status": "signed", **details}
    made = Agreement.objects.create(territory=territory, **given)
    for place, party in enumerate(parties):
        made.parties.create(organization=party, signed_on=MADE + dt.timedelta(days=5 + place))
    return made


def promise(territory, by, now, *, organization=None, published=True, **details):
    """A motion of the council, with a proof."""
    from tissage.network.operations.documents import keep_document

    proof = keep_document(
        territory=territory, title="Délibération", kind="preuve", upload_name="d.pdf", content=b"%PDF-1.7", by=by, now=now
    )
    given = {"statement": "Nous ouvrirons un refuge", "origin": "council_motion", "made_by": "Le conseil", "made_on": MADE, "proof": proof}
    made = promises.create_commitment(territory=territory, organization=organization, by=by, now=now, **{**given, **details})
    if published:
        promises.publish_commitment(commitment=made, by=by, now=now)
        made.refresh_from_db()
    return made


def piece(subject, by, now, *, strength="official", validated=True, **details):
    on = {"asks": [subject]} if isinstance(subject, Ask) else {"commitments": [subject]}
    given = {"kind": "budget_line", "summary": "Ligne au budget", "fact_on": dt.date(2026, 6, 1), **details}
    made = evidence.add_evidence(territory=subject.territory, strength=strength, by=by, now=now, **on, **given)
    if validated:
        evidence.validate_evidence(evidence=made, by=by, now=now)
        made.refresh_from_db()
    return made


def judge(subject, completion, one, other, now, *, pieces=(), reply="", **details):
    """Proposed by one person, told, answered or left, validated by another after the delay."""
    made = assessments.propose_assessment(
        subject=subject, completion=completion, justification="Vu sur pièces", evidence=pieces, by=one, now=now, **details
    )
    token = assessments.tell_assessed(proposal=made, email="contact@example.org", by=one, now=now)
    if reply:
        assessments.reply_by_link(token=token, text=reply, now=now + dt.timedelta(days=1))
    return assessments.validate_assessment(proposal=made, by=other, now=now + dt.timedelta(days=16))


def meeting(territory, day, *, collective=None, held=True):
    collective = collective or Collective.objects.create(territory=territory, name=f"Collectif {day}")
    starts = dt.datetime.combine(day, dt.time(13), dt.UTC)
    return Meeting.objects.create(collective=collective, starts_at=starts, status="held" if held else "planned", attendees_count=8)


def decision(meeting, text="Demander un refuge", number=1, **details):
    return Decision.objects.create(meeting=meeting, number=number, text=text, kind="decision", **details)
