"""The live part of the invented town: a workshop under way, criteria read back by two groups, a rainbow workshop, a second coder."""

from __future__ import annotations

import datetime as dt
import random
import uuid
from collections import defaultdict

from tissage.core.codes import Code
from tissage.people.models import Territory, User
from tissage.voices.forms.halls import CONSENT_TEXT
from tissage.voices.models import BlindCoding, Criterion, Expression, HomogeneousGroup, Question, Workshop
from tissage.voices.operations.double_coding import FIRST, code_blind, draw_double_coding, settle_disagreement
from tissage.voices.operations.gathering import word_in_french
from tissage.voices.operations.halls import Answer, close_round, join, open_hall, open_round, show_round, write_answers
from tissage.voices.operations.rainbow import agree_wording, create_rainbow_group, create_rainbow_workshop, mark_criterion
from tissage.voices.operations.validation import validate_with_group
from tissage.voices.operations.workshops import Wording, create_workshop

LIVE_GROUP = "Personnes venues d'ailleurs"
READ_BACK = ["Parents solos", "Aînés de la résidence", "Habitant·e·s du quartier du Canal", "Personnes en recherche d'emploi"]
SEEN_TWICE = 20
SEEN_OTHERWISE = 5  # of them, the second person gives another code


def put_questions_live(
    territory: Territory,
    groups: dict[str, HomogeneousGroup],
    *,
    answers: list[dict[str, str]],
    wordings: list[dict[str, str]],
    by: User,
    now: dt.datetime,
) -> Workshop:
    """A workshop of today: the first question is closed and on the wall, the second is open."""
    questions = {question.code: question for question in Question.objects.filter(territory=territory)}
    workshop = create_workshop(
        group=groups[LIVE_GROUP],
        held_on=now.date(),
        place="École communale du Centre",
        other_facilitators="formatrice en français, interprète",
        wordings=[Wording(question, question.wording) for question in questions.values()]
        + [Wording(questions[row["question"]], row["wording"], row["language"]) for row in wordings],
        by=by,
        now=now,
    )
    languages = list(dict.fromkeys(["fr", *(row["language"] for row in wordings)]))
    hall = open_hall(workshop=workshop, mode="both", languages=languages, consent_text=str(CONSENT_TEXT), by=by, now=now)
    said: dict[str, dict[str, list[dict[str, str]]]] = defaultdict(lambda: defaultdict(list))
    for row in answers:
        said[row["question"]][row["phone"]].append(row)
    phones = {
        number: join(hall=hall, token=f"invented-phone-{number}-of-the-demonstration", language=rows[0]["language"], now=now)
        for number, rows in said["WB"].items()
    }
    rounds = {round.question.code: round for round in hall.rounds.select_related("question")}
    for code in ("WB", "IB"):
        open_round(round=rounds[code], by=by, now=now)
        for number, rows in said[code].items():
            write_answers(
                phone=phones[number],
                answers=[Answer(uuid.uuid4(), questions[code].pk, row["text"], row["language"], 1) for row in rows],
                now=now,
            )
        if code == "WB":
            show_round(round=close_round(round=rounds[code], by=by, now=now), by=by, now=now)
    french = {row["text"]: row["french_text"] for row in answers if row["french_text"]}
    for expression in Expression.objects.live().filter(workshop=workshop, text__in=french).select_related("territory").order_by("pk"):
        word_in_french(of=expression, french_text=french[expression.text], by=by, now=now)
    return workshop


def read_back(territory: Territory, groups: dict[str, HomogeneousGroup], *, by: User, now: dt.datetime) -> None:
    """Four groups heard their criteria again, with their codes, at their last meeting."""
    for name in READ_BACK:
        last = Workshop.objects.filter(group=groups[name]).order_by("-held_on").first()
        criteria = list(Criterion.objects.live().coded().filter(group=groups[name]).select_related("territory").order_by("pk"))
        if last is not None and criteria:
            validate_with_group(criteria=criteria, on=last.held_on, coding=True, by=by, now=now)


def cross_voices(territory: Territory, groups: dict[str, HomogeneousGroup], *, by: User, now: dt.datetime) -> None:
    """A rainbow workshop on what these four groups validated: housing is shared, one voice is proper to its group, neighbours are contested."""
    rainbow = create_rainbow_group(
        territory=territory, name="Arc-en-ciel du Val", groups=[groups[name] for name in READ_BACK], by=by, now=now
    )
    workshop = create_rainbow_workshop(rainbow=rainbow, held_on=dt.date(2026, 10, 21), place="Ancienne filature", by=by, now=now)
    heard = Criterion.objects.live().filter(group__in=[group.pk for group in rainbow.groups.all()], group_validated_on__isnull=False)
    for component, mark in (("A03", "shared"), ("D06", "proper"), ("D04", "contested")):
        for criterion in heard.filter(component=component).order_by("pk"):
            mark_criterion(workshop=workshop, criterion=criterion, mark=mark, by=by, now=now)
    housing = list(heard.filter(component="A03", text__contains="loyer").order_by("pk"))
    agree_wording(workshop=workshop, component="A03", text="un loyer que chacun peut payer", criteria=housing, by=by, now=now)


def code_twice(territory: Territory, second: User, *, by: User, now: dt.datetime) -> None:
    """Twenty criteria seen by a second person; five codes differ, one of them is settled."""
    sample = draw_double_coding(
        territory=territory,
        coder=second,
        label="Vérification de novembre",
        draw=random.Random(2026),
        number=SEEN_TWICE,
        by=by,
        now=now,
    )
    blinds = list(BlindCoding.objects.filter(sample=sample).select_related("first", "criterion", "sample").order_by("position", "pk"))
    disagreements = []
    for place, blind in enumerate(blinds):
        first = Code(blind.first.component, blind.first.sub_component, blind.first.sense, blind.first.beneficiary)
        otherwise = place % (SEEN_TWICE // SEEN_OTHERWISE) == 0 and not first.object.endswith("00")
        coded = code_blind(blind=blind, code=Code(f"{first.object[0]}00") if otherwise else first, by=second, now=now)
        if otherwise:
            disagreements.append(coded)
    settle_disagreement(blind=disagreements[0], choice=FIRST, note="Le but est dit : la composante précise convient.", by=by, now=now)
