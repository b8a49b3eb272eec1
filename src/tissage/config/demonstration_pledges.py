"""What an invented association asked the lists of an invented election, what they answered, and what became of it in the town.

The asks are paraphrased from the field's table; the association, lists, answers, motions, evidence and judgements are invented.
"""

from __future__ import annotations

import datetime as dt
from importlib.resources import files
from pathlib import Path
from typing import Any

from tissage.commitments.exchange.ask_file import write_ask_file
from tissage.commitments.models import Ask, AskSet, Commitment, Space
from tissage.commitments.operations.answers import close_phase, publish_answers, type_answer
from tissage.commitments.operations.ask_sets import create_ask_set, freeze_ask_set, import_asks, seed_asks, set_dates
from tissage.commitments.operations.assessments import propose_assessment, tell_assessed, validate_assessment
from tissage.commitments.operations.contestants import create_election, write_contestant
from tissage.commitments.operations.evidence import add_evidence, show_evidence, validate_evidence
from tissage.commitments.operations.promises import add_milestone, create_commitment, publish_commitment
from tissage.commitments.operations.received import receive_ask_set
from tissage.commitments.operations.scorecards import freeze_scorecard
from tissage.commitments.operations.sendings import send_to
from tissage.commitments.operations.spaces import create_space, keep_space_file
from tissage.network.models import Organization
from tissage.network.operations.documents import keep_document
from tissage.network.operations.organizations import create_organization
from tissage.people.models import Territory, User
from tissage.plan.models import Plan
from tissage.ui.press import set_pdf

from .demonstration_plan import CARRIER

ASSOCIATION = "Droits au Val (asbl inventée)"
SET = "demandes-2024"
LISTS = [("Liste du Canal", 1), ("Ensemble au Val", 2), ("Val Demain", 3)]
FROZEN_ON, SENT_ON, DEADLINE = dt.date(2024, 8, 26), dt.date(2024, 9, 2), dt.date(2024, 9, 27)
ANSWERS = {
    "Liste du Canal": {
        "L1": "yes",
        "L2": "yes",
        "L3": "partial",
        "L4": "yes",
        "L5": "yes",
        "L6": "yes_if",
        "L9": "yes",
        "D2": "yes",
        "D4": "yes",
    },
    "Ensemble au Val": {"L1": "yes", "L2": "partial", "L4": "no_position", "L5": "yes", "L6": "no", "D1": "yes", "D2": "partial"},
}
WORDS = {
    "yes": "Oui. Nous l’inscrirons dans la déclaration de politique communale.",
    "yes_if": "Oui, si la zone de police en convient avec nous.",
    "partial": "En partie : nous commencerons par ce qui existe.",
    "no": "Non, pas durant ce mandat.",
    "no_position": "Notre liste n’a pas arrêté sa position.",
}


def paper(sentence: str) -> bytes:
    """A sheet that says what it is: a proof of nothing."""
    return set_pdf(Path(str(files("tissage.config"))) / "demo" / "paper.typ", day=0, sentence=sentence)


def at(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(10), tzinfo=dt.UTC)


def make_space(territory: Territory, owner: User, *, by: User) -> bytes:
    """The candidate phase in the association's own space; gives the file it hands over."""
    started = at(FROZEN_ON - dt.timedelta(days=20))
    association = create_organization(territory=territory, name=ASSOCIATION, kind=Organization.Kind.ASBL, by=by, now=started)
    space = create_space(
        organization=association,
        slug="droits-au-val",
        name="Droits au Val",
        owner=owner,
        description="Une association inventée, sans parti, qui demande et qui suit.",
        by=by,
        now=started,
    )
    ask_set = ask(space, owner)
    election = ask_set.election
    assert election is not None
    for name, number in LISTS:
        contestant = write_contestant(
            election=election, name=name, list_number=number, in_majority="yes" if number == 1 else "no", by=owner, now=started
        )
        send_to(ask_set=ask_set, contestant=contestant, channel="post", sent_on=SENT_ON, by=owner, now=at(SENT_ON))
        given = ANSWERS.get(name)
        if given is None:
            continue
        proof = keep_space_file(
            space=space,
            title=f"Réponse de {name}",
            upload_name="reponse.pdf",
            content=paper(f"Réponse inventée de « {name} », pour la démonstration."),
            is_public=True,
            by=owner,
            now=at(DEADLINE),
        )
        for code, position in given.items():
            type_answer(
                ask=Ask.objects.get(ask_set=ask_set, code=code),
                contestant=contestant,
                position=position,
                verbatim=WORDS[position],
                received_on=DEADLINE - dt.timedelta(days=3),
                proof=proof,
                by=owner,
                now=at(DEADLINE),
            )
    publish_answers(ask_set=ask_set, by=owner, now=at(DEADLINE + dt.timedelta(days=3)))
    close_phase(election=election, installed_on=dt.date(2024, 12, 2), by=owner, now=at(dt.date(2024, 12, 3)), forget_proofs=False)
    ask_set.refresh_from_db()
    return write_ask_file(ask_set)


def ask(space: Space, owner: User) -> AskSet:
    day = at(FROZEN_ON - dt.timedelta(days=10))
    made = create_ask_set(
        space=space,
        code=SET,
        title="Neuf leviers et quatre demandes contre les discriminations de genre",
        introduction="Des demandes adressées aux listes, les mêmes pour toutes.",
        selection_rule="Toutes les listes complètes de la commune ont reçu toutes les demandes.",
        neutrality_note="L’association ne soutient aucune liste et n’en recommande aucune.",
        by=owner,
        now=day,
    )
    import_asks(ask_set=made, rows=seed_asks().rows, by=owner, now=day)
    election = create_election(space=space, name="Élections communales (inventées)", held_on=dt.date(2024, 10, 13), by=owner, now=day)
    made = set_dates(ask_set=made, election=election, answer_deadline=DEADLINE, by=owner, now=day)
    return freeze_ask_set(ask_set=made, by=owner, now=at(FROZEN_ON))


def follow(territory: Territory, content: bytes, plan: Plan, second: User, *, by: User, now: dt.datetime) -> None:
    """The term: the file received, commitments, evidence, judgements by two people, a motion that nobody followed, a score."""
    received = receive_ask_set(territory=territory, content=content, by=by, now=at(dt.date(2025, 1, 15)))
    asks = {one.code: one for one in received.asks.all()}
    town = Organization.objects.get(territory=territory, name=CARRIER)
    promised = {code: promise(territory, asks[code], town, by=by) for code in ("L1", "L2", "L4", "L5")}
    action = plan.actions.order_by("sequence").first()
    if action is not None:
        promised["L1"].actions.create(action=action)
    add_milestone(
        commitment=promised["L4"],
        title="Groupe de travail avec les associations",
        due_on=dt.date(2025, 6, 30),
        by=by,
        now=at(dt.date(2025, 2, 1)),
    )
    judged = {
        "L2": ("complete", "agreement", "official", "Subsides à trois associations, décision du conseil", dt.date(2025, 6, 24)),
        "L1": (
            "substantial",
            "council_decision",
            "official",
            "Décision du conseil : une permanence de plus, avec son budget",
            dt.date(2025, 11, 18),
        ),
        "L5": ("limited", "training", "third_party", "Deux séances suivies par une partie du personnel", dt.date(2026, 3, 12)),
    }
    for code, (completion, kind, strength, summary, day) in judged.items():
        judge(promised[code], completion, kind, strength, summary, day, second, by=by, now=now)
    motion(territory, town, by=by)
    freeze_scorecard(ask_set=received, by=by, now=now)


def promise(territory: Territory, of: Ask, town: Organization, *, by: User) -> Commitment:
    answer = of.answers.get(contestant__name="Liste du Canal")
    day = at(dt.date(2025, 1, 20))
    made = create_commitment(
        territory=territory,
        statement=answer.verbatim,
        origin=Commitment.Origin.ANSWER,
        made_by="Liste du Canal",
        made_on=DEADLINE - dt.timedelta(days=3),
        organization=town,
        answer=answer,
        term_ends_on=dt.date(2030, 11, 30),
        asks=[of],
        by=by,
        now=day,
    )
    publish_commitment(commitment=made, by=by, now=day)
    return made


def judge(
    commitment: Commitment,
    completion: str,
    kind: str,
    strength: str,
    summary: str,
    day: dt.date,
    second: User,
    *,
    by: User,
    now: dt.datetime,
) -> None:
    """A fact, the judgement one proposes, the party told, and another who validates twenty days later."""
    did: dict[str, Any] = {"by": by, "now": now - dt.timedelta(days=30)}
    fact = add_evidence(
        territory=commitment.territory,
        kind=kind,
        summary=summary,
        fact_on=day,
        strength=strength,
        commitments=[commitment],
        upload=("copie.pdf", paper(f"{summary}. Copie inventée pour la démonstration.")),
        **did,
    )
    validate_evidence(evidence=fact, **did)
    show_evidence(evidence=fact, is_public=True, **did)
    proposal = propose_assessment(subject=commitment, completion=completion, justification=summary, evidence=[fact], **did)
    tell_assessed(proposal=proposal, **did)
    validate_assessment(proposal=proposal, by=second, now=now - dt.timedelta(days=10))


def motion(territory: Territory, town: Organization, *, by: User) -> None:
    """Voted by all, and then nothing: what the standstill screen shows first."""
    day = at(dt.date(2025, 4, 29))
    vote = keep_document(
        territory=territory,
        title="Motion du conseil communal",
        kind="délibération",
        upload_name="motion.pdf",
        content=paper("Motion inventée pour la démonstration."),
        by=by,
        now=day,
    )
    made = create_commitment(
        territory=territory,
        statement="Le conseil demande au collège d’étudier l’ouverture d’un refuge pour les personnes LGBTQIA+ mises à la porte de chez elles.",
        origin=Commitment.Origin.COUNCIL_MOTION,
        made_by="Conseil communal",
        made_on=day.date(),
        organization=town,
        vote="à l’unanimité",
        proof=vote,
        owner=town,
        next_step="Réunir le collectif pour dire les besoins",
        by=by,
        now=day,
    )
    publish_commitment(commitment=made, by=by, now=day)
