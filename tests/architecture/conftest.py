"""A territory where everything exists, with words that must not leak; and every address of the site, filled with its objects."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pytest
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.architecture.agenda_world import agenda_world
from tests.architecture.agreed_world import agreed
from tests.architecture.counted_world import counted
from tests.architecture.directory_world import directory_world
from tests.architecture.hsds_world import open_interface
from tests.architecture.label_world import labelled
from tests.architecture.network_world import network_world
from tests.architecture.promised_world import promised
from tests.architecture.reports_world import documented
from tests.architecture.services_world import service_world
from tests.architecture.space_world import space_world
from tests.architecture.told_world import told_world

CANARY = "<script>alert('canari')</script>"


@dataclass(frozen=True)
class Route:
    name: str
    arguments: tuple[str, ...]
    pattern: URLPattern

    @property
    def concerns_a_territory(self) -> bool:
        return "territory" in self.arguments


def routes(resolver: URLResolver | None = None, namespace: str = "", arguments: tuple[str, ...] = ()):
    """Every named address of the site, allauth's included."""
    for entry in (resolver or get_resolver()).url_patterns:
        found = (
            arguments
            + tuple(getattr(entry.pattern, "converters", {}))
            + tuple(getattr(getattr(entry.pattern, "regex", None), "groupindex", {}))
        )
        if isinstance(entry, URLResolver):
            yield from routes(entry, f"{entry.namespace}:" if entry.namespace else namespace, found)
        else:
            yield Route(f"{namespace}{entry.name}", tuple(dict.fromkeys(found)), entry)


ROUTES = list(routes())


@pytest.fixture
def world(territory, erin, alice, now):
    """Sormont with one of everything. Gives the value of every argument an address may ask."""
    import datetime as dt

    from tissage.core.codes import parse_code
    from tissage.frameworks.queries import chosen_version
    from tissage.people.models import Membership
    from tissage.people.operations import invite
    from tissage.synthesis.operations import freeze_synthesis
    from tissage.voices.models import Expression, Question
    from tissage.voices.operations.entry import Statement, enter_criteria, enter_expressions
    from tissage.voices.operations.groups import create_group
    from tissage.voices.operations.workshops import Wording, add_question, create_workshop

    question = Question.objects.get(territory=territory, code="WB")
    own = add_question(territory=territory, code="AUT", title=f"Autre {CANARY}", wording=CANARY, by=erin, now=now)
    group = create_group(
        territory=territory,
        name=f"Groupe {CANARY}",
        public_name=f"Public {CANARY}",
        audience=CANARY,
        consent="statements",
        participants_count=9,
        by=erin,
        now=now,
    )
    workshop = create_workshop(
        group=group,
        held_on=dt.date(2026, 10, 1),
        place=CANARY,
        other_facilitators=CANARY,
        note=CANARY,
        wordings=[Wording(question, CANARY)],
        by=erin,
        now=now,
    )
    batch = enter_criteria(
        group=group,
        question=question,
        statements=[Statement(f"critère {number} {CANARY}", 1, parse_code("A03/P15") if number else None) for number in range(3)],
        by=erin,
        now=now,
    )
    enter_expressions(group=group, question=question, texts=[f"post-it {CANARY}"], by=erin, now=now)
    from tissage.voices.models import Criterion, Proposition

    criterion = Criterion.objects.filter(batch=batch, component="A03").order_by("pk").first()
    sample = coded_twice(territory, criterion, alice, erin, now)
    proposition = Proposition.objects.create(territory=territory, component="A03", sense="P15", text=f"Je vis ici {CANARY}")
    Criterion.objects.filter(pk=criterion.pk).update(proposition=proposition)
    synthesis = freeze_synthesis(territory=territory, title=f"Synthèse {CANARY}", note=CANARY, by=erin, now=now)
    invited = invite(territory=territory, email="agnes@example.org", role="reader", by=erin, now=now)
    version = chosen_version(territory)
    return {
        "territory": territory.slug,
        "group": group.pk,
        "workshop": workshop.pk,
        "question": own.pk,
        "criterion": criterion.pk,
        "expression": Expression.objects.order_by("pk").first().pk,
        **live_hall(workshop, erin, now),
        **crossed(criterion, erin, now),
        **on_paper(workshop, erin, now),
        **spoken(territory, erin, now),
        **network_world(territory, erin, now),
        **(served := service_world(territory, erin, now)),
        **directory_world(territory, served["service"], now),
        **planned(territory, erin, now),
        **owed(territory, erin, now),
        **booked(territory, erin, now),
        **worked_out(territory, erin, now),
        **funded(territory, erin, now),
        **counted(territory, erin, now, CANARY),
        **documented(territory, erin, now, CANARY),
        **listened(territory, erin, now),
        **agreed(territory, erin, now, CANARY),
        **told_world(agenda_world(territory, erin, now, CANARY), erin, now, CANARY),
        **labelled(territory, erin, now, CANARY),
        **open_interface(territory),
        **space_world(territory, erin, now),
        **promised(territory, erin, alice, now, CANARY),
        "batch": batch.uuid,
        "sample": sample.pk,
        "blind": sample.codings.get(criterion=criterion).pk,
        "number": synthesis.number,
        "line": synthesis.lines.filter(component="A03").order_by("pk").first().pk,
        "dimension": "A",
        "component": "A03",
        "picture": "dimensions",
        "part": "deux-idees",
        "proposition": proposition.pk,
        "kind": "component",
        "code": "A03",
        "version": version.pk,
        "pk": Membership.objects.get(user=alice).pk,
        "token": invited.link.rstrip("/").rsplit("/", 1)[-1],
        "key": "unknown-key",
        "uidb36": "1",
        "provider_id": "ville",
    }


def crossed(criterion, by, now):
    """A rainbow workshop where a criterion validated by its group is marked and has a common wording."""
    from tissage.voices.models import HomogeneousGroup
    from tissage.voices.operations import rainbow, validation

    did = {"by": by, "now": now}
    validation.validate_with_group(criteria=[criterion], on=now.date(), coding=True, **did)
    other = HomogeneousGroup.objects.create(territory=criterion.territory, name=f"Autre groupe {CANARY}")
    group = rainbow.create_rainbow_group(territory=criterion.territory, name=f"Arc {CANARY}", groups=[criterion.group, other], **did)
    workshop = rainbow.create_rainbow_workshop(rainbow=group, held_on=now.date(), place=CANARY, note=CANARY, **did)
    rainbow.mark_criterion(workshop=workshop, criterion=criterion, mark="contested", note=CANARY, **did)
    wording = rainbow.agree_wording(workshop=workshop, component=criterion.component, text=CANARY, criteria=[criterion], **did)
    return {"rainbow": group.pk, "rainbow_workshop": workshop.pk, "wording": wording.pk}


def live_hall(workshop, by, now):
    """The hall of a workshop, one table of an event, with an answer on its wall."""
    import uuid

    from tissage.voices.operations import halls

    did = {"by": by, "now": now}
    event = halls.create_event(territory=workshop.territory, name=f"Journée {CANARY}", held_on=now.date(), place=CANARY, **did)
    hall = halls.open_hall(
        workshop=workshop, mode="both", languages=["fr", "ps"], consent_text=CANARY, event=event, table_name=f"Table {CANARY}", **did
    )
    phone = halls.join(hall=hall, token="a" * 22, language="fr", now=now)
    round_ = halls.open_round(round=hall.rounds.get(), **did)
    answer = halls.Answer(uuid=uuid.uuid4(), question_id=round_.question_id, text=f"réponse {CANARY}")
    halls.write_answers(phone=phone, answers=[answer], now=now)
    halls.close_round(round=round_, **did)
    halls.show_round(round=round_, **did)
    return {"event": event.pk, "round": round_.pk, "phone": phone.pk, "door": hall.code}


def spoken(territory, by, now):
    """A language of the answering screen that the town filled itself."""
    from tissage.voices.operations.languages import fill_language

    texts = {"welcome_title": CANARY, "wait_title": CANARY}
    filled = {"name": CANARY, "is_right_to_left": True, "texts": texts, "reviewed_by": CANARY}
    return {"language": fill_language(territory=territory, code="ps", by=by, now=now, **filled).code}


def planned(territory, by, now):
    """A plan with an action, whose partner is the organisation of `network_world`, its indicator, and a version in force."""
    import datetime as dt

    from tests.plans import invented_framework, node
    from tissage.network.models import Organization, Place
    from tissage.plan.operations import actions, indicators, plans, versions

    did = {"by": by, "now": now}
    framework = invented_framework(now)
    partner = Organization.objects.get(territory=territory, name__startswith="Maison")
    place = Place.objects.get(territory=territory, kind="neighbourhood")
    period = {"starts_on": dt.date(2020, 1, 1), "ends_on": dt.date(2026, 12, 31)}
    plan = plans.create_plan(territory=territory, framework=framework, name=f"Plan {CANARY}", carrier=partner, **period, **did)
    said = {
        "title": f"Action {CANARY}",
        "description": CANARY,
        "target_groups": [CANARY],
        "neighbourhoods": [place],
        "pst_reference": "PST",
    }
    action = actions.create_action(plan=plan, node=node(framework, "action", "1.1.06"), basis="art20", **said, **did)
    actions.set_partners(action=action, partners=[actions.Partner(partner, "operator", CANARY)], **did)
    actions.comment_action(action=action, text=CANARY, on=now.date(), state="ongoing", health="risk", **did)
    indicator = indicators.create_indicator(action=action, name=f"Indicateur {CANARY}", unit=CANARY, method=CANARY, **did)
    indicators.set_target(indicator=indicator, year=2026, value=12, **did)
    version = versions.create_version(plan=plan, reason=CANARY, **did)
    day = dt.date(2026, 3, 1)
    versions.send_version(version=version, council_on=day, sent_on=day, **did)
    versions.record_answer(version=version, answer="accepted_with_remarks", answered_on=day, effective_from=day, remarks=CANARY, **did)
    return {
        "plan": plan.pk,
        "action": action.pk,
        "indicator": indicator.pk,
        "plan_version": version.number,
        "year": 2026,
    }


def owed(territory, by, now):
    """An obligation of that plan, counted back from a chosen sitting, with a step noted, and an address of a calendar."""
    import datetime as dt

    from tissage.frameworks.models import Node, Obligation
    from tissage.plan.models import Plan
    from tissage.plan.operations import obligations
    from tissage.plan.operations.calendar_feeds import draw_feed

    plan = Plan.objects.get(territory=territory)
    extra = {"days": 7, "counting": "clear", "owner": CANARY}
    Node.objects.create(version=plan.framework, kind="delay", code="call", labels={"fr": CANARY}, extra=extra, source=CANARY, position=90)
    owes = {"labels": {"fr": CANARY}, "body": CANARY, "source": CANARY, "documents": ["activity"]}
    due = {"month": 3, "day": 31, "years_after": 1}
    obligation = Obligation.objects.create(version=plan.framework, code="reports", due=due, steps=["call"], **owes)
    of_year = {"plan": plan, "obligation": obligation, "year": 2026, "by": by, "now": now}
    obligations.choose_sitting(**of_year, sitting_on=dt.date(2027, 3, 23))
    obligations.note_step(**of_year, step="call", done_on=now.date())
    draw_feed(plan=plan, user=by, now=now)
    return {"obligation": obligation.pk}


def on_paper(workshop, by, now):
    """A photo of a sheet, a question read aloud, a link that the group accepted."""
    import io

    from PIL import Image

    from tissage.synthesis.operations import open_sheet_link
    from tissage.voices.exchange.photos import CleanPhoto
    from tissage.voices.operations.photos import add_photos
    from tissage.voices.operations.recordings import keep_recording

    picture = io.BytesIO()
    Image.new("RGB", (60, 40), "white").save(picture, "JPEG")
    [photo] = add_photos(workshop=workshop, photos=[CleanPhoto(picture.getvalue(), 60, 40)], by=by, now=now)
    round_ = workshop.hall.rounds.order_by("pk").first()
    recording = keep_recording(round=round_, language="fr", content=b"OggS" + b"0" * 40, content_type="audio/ogg", by=by, now=now)
    link = open_sheet_link(workshop=workshop, by=by, now=now)
    return {"photo": photo.uuid, "recording": recording.uuid, "sheet": link.token, "paper": "questions-a4"}


def coded_twice(territory, criterion, coder, by, now):
    """A sample drawn for Alice, with one criterion that she codes otherwise."""
    import random

    from tissage.core.codes import parse_code
    from tissage.voices.operations.double_coding import code_blind, draw_double_coding

    sample = draw_double_coding(
        territory=territory, coder=coder, label=f"Double {CANARY}", percent=100, draw=random.Random(1), by=by, now=now
    )
    blind = sample.codings.get(criterion=criterion)
    code_blind(blind=blind, code=parse_code("D03"), memo=CANARY, by=coder, now=now)
    return sample


def funded(territory, by, now):
    """A funding line with its stage and an allocation, help in kind, staff: money with words that must not leak."""
    import datetime as dt
    from decimal import Decimal

    from tissage.network.models import Organization
    from tissage.plan.models import Plan
    from tissage.plan.operations import money

    plan, giver, did = Plan.objects.get(territory=territory), Organization.objects.get(territory=territory), {"by": by, "now": now}
    action = plan.actions.get()
    line = money.create_funding(plan=plan, year=2026, funder=giver, basis="subsidy", label=f"Ligne {CANARY}", note=CANARY, **did)
    stage = money.create_stage(plan=plan, year=2026, label=f"Modification {CANARY}", **did)
    money.save_grid(stage=stage, was={}, cells={(line.pk, 0): None, (line.pk, action.pk): Decimal(9)}, **did)
    helped = money.create_help(action=action, year=2026, organization=giver, description=CANARY, how_estimated=CANARY, **did)
    period = {"starts_on": dt.date(2026, 1, 1), "ends_on": dt.date(2026, 12, 31)}
    staff = money.create_staff(plan=plan, function=CANARY, action=action, fte=Decimal("0.5"), **period, **did)
    return {"funding_line": line.pk, "stage": stage.pk, "help_row": helped.pk, "staff_share": staff.pk}


def listened(territory, by, now):
    """A reader of that plan with a link of their own, and what they wrote."""
    import datetime as dt

    from tissage.network.models import Person
    from tissage.plan.models import Plan
    from tissage.reports.operations import readers

    plan = Plan.objects.get(territory=territory)
    somebody = Person.objects.create(territory=territory, display_name=f"Lectrice {CANARY}", email="lectrice@example.org")
    until = dt.date(2099, 1, 1)
    given = readers.give_link(plan=plan, person=somebody, role="commission", expires_on=until, by=by, now=now)
    about = {"subject": "version", "subject_id": plan.versions.get().pk}
    comment = readers.write_comment(plan=plan, text=CANARY, link=given.link, now=now, **about)
    readers.answer_comment(comment=comment, text=CANARY, by=by, now=now)
    token = given.address.rstrip("/").rsplit("/", 1)[-1]
    return {"reader": given.link.pk, "reader_token": token, "reader_comment": comment.pk, "subject": "version", "about": 1}


@pytest.fixture
def address():
    """The address of a route, filled from the world."""

    def fill(route: Route, world: dict[str, object]) -> str:
        if route.name.startswith("phones:"):  # the code of a hall, not of a component
            world = {**world, "code": world["door"]}
        if route.name.startswith("partners:"):  # the secret of a partner, not of an invitation
            world = {**world, "token": world["partner_token"]}
        if route.name.startswith("proposals:"):
            world = {**world, "token": world["proposal_token"]}
        if route.name.startswith("bookings:"):
            world = {**world, "token": world["booking_token"]}
        if route.name.startswith("opinions:"):
            world = {**world, "token": world["opinion_token"]}
        if route.name in ("replies:answer", "replies:save", "replies:hand_in"):  # the secret of a list that stands
            world = {**world, "token": world["reply_token"]}
        if route.name == "replies:assessment":  # the secret of a party assessed
            world = {**world, "token": world["assessed_token"]}
        if route.name.startswith("reviews:"):
            world = {**world, "token": world["review_token"]}
        if route.name.startswith("readers:"):
            world = {**world, "token": world["reader_token"]}
        return reverse(route.name, kwargs={name: world[name] for name in route.arguments})

    return fill


def is_public(name: str) -> bool:
    from tissage.config.public import PUBLIC, PUBLIC_PREFIXES

    return name in PUBLIC or name.startswith(PUBLIC_PREFIXES)


def raw_canary(html: str) -> bool:
    return re.search(r"<script>\s*alert\('canari'\)", html) is not None


def worked_out(territory, by, now):
    """A workbook of that plan that came back with other words, and waits to be looked at."""
    from tissage.plan.exchange.workbook_out import render_workbook
    from tissage.plan.models import Plan
    from tissage.plan.operations.workbook import receive_workbook

    plan = Plan.objects.get(territory=territory)
    content = render_workbook(plan, day=now.date())
    plan.actions.update(title=f"Autre action {CANARY}")
    found = receive_workbook(plan=plan, name=f"{CANARY}.xlsx", format="xlsx", content=content, by=by, now=now)
    return {"workbook_import": found.uuid}


def booked(territory, by, now):
    """An accounting extract of that plan that waits to be applied, a booking split by a rule, all in words that must not leak."""
    import datetime as dt
    from decimal import Decimal

    from tissage.plan.models import Booking, Plan
    from tissage.plan.operations.booking_imports import receive_extract
    from tissage.plan.operations.bookings import split_booking
    from tissage.plan.operations.statements import set_statement_totals

    plan = Plan.objects.get(territory=territory)
    rows = f"Date;Montant;Libellé\n3/2/2026;12,00;{CANARY}\n".encode()
    did = {"by": by, "now": now}
    received = receive_extract(plan=plan, year=2026, name=f"{CANARY}.csv", format="csv", blocks=[rows], **did)
    booking = Booking.objects.create(
        plan=plan, key="k.0", year=2026, booked_on=dt.date(2026, 2, 3), amount=Decimal(12), supplier=CANARY, supplier_search=CANARY.casefold(),
        label=CANARY, number=CANARY, article="84010/124-02", function_code="84010", last_seen=received,
    )  # fmt: skip
    split_booking(booking=booking, shares={plan.actions.get(): Decimal(100)}, remember=True, **did)
    set_statement_totals(plan=plan, year=2026, totals={("84010", "expense"): Decimal(9)}, source=CANARY, **did)
    return {"booking": booking.pk, "booking_import": received.uuid, "split_rule": plan.split_rules.get().pk}
