"""An invented town and its neighbour, made through the same operations as a real one. Run again, it adds what is missing."""

from __future__ import annotations

import csv
import datetime as dt
import io
import secrets
from collections import defaultdict
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from django.db import transaction

from tissage.core.codes import parse_code
from tissage.core.personal_data import find_personal_data
from tissage.people.models import Membership, Territory, User
from tissage.people.operations import create_account, grant_role
from tissage.plan.models import Plan
from tissage.synthesis.models import Reading, Synthesis
from tissage.synthesis.operations import freeze_synthesis, mark_discussed, mark_validated, publish_synthesis, read_line
from tissage.synthesis.queries import publication_preview
from tissage.voices.models import Criterion, HomogeneousGroup, Proposition, Question, Workshop
from tissage.voices.operations.entry import Statement, enter_criteria
from tissage.voices.operations.groups import create_group
from tissage.voices.operations.territories import open_territory
from tissage.voices.operations.workshops import Wording, create_workshop

from .demonstration_agenda import AgendaRows, make_agenda
from .demonstration_body import close_last_year, make_commission, make_social_project, speak_for
from .demonstration_hall import code_twice, cross_voices, put_questions_live, read_back
from .demonstration_money import make_agreements, make_money
from .demonstration_network import HOUSE, make_house, make_label, make_members
from .demonstration_plan import FIRST_YEAR, PlanRows, make_plan
from .demonstration_pledges import follow, make_space
from .installation import write_private

ACCOUNTS = [
    ("coordination@demo.example", "Camille", "val-des-tisserands", Membership.Role.COORDINATOR),
    ("animation@demo.example", "Ali", "val-des-tisserands", Membership.Role.FACILITATOR),
    ("lecture@demo.example", "Lou", "val-des-tisserands", Membership.Role.READER),
    ("plan@demo.example", "Noor", "val-des-tisserands", Membership.Role.PLAN_MANAGER),
    ("finances@demo.example", "Gilles", "val-des-tisserands", Membership.Role.FINANCE),
    ("partenaire@demo.example", "Odile", "val-des-tisserands", Membership.Role.PARTNER),
    ("association@demo.example", "Inès", "val-des-tisserands", Membership.Role.PARTNER),
    ("conseil@demo.example", "Fatou", "val-des-tisserands", Membership.Role.COUNCILLOR),
    ("voisine@demo.example", "Dominique", "rive-claire", Membership.Role.FACILITATOR),
]

SPACE_ACCOUNT = ("espace@demo.example", "Maud", "responsable, espace Droits au Val")
"""Somebody of the association that asks: no role in the territory."""


@dataclass(frozen=True, slots=True)
class DemoAccount:
    email: str
    password: str
    words: str


def rows(name: str) -> list[dict[str, str]]:
    text = files("tissage.config").joinpath("demo", name).read_text(encoding="utf-8")
    return list(csv.DictReader(io.StringIO(text)))


def prepare_demonstration(home: Path, *, now: dt.datetime) -> list[DemoAccount]:
    """Makes the territories that are missing and gives the accounts, kept with their random passwords in the data folder."""
    accounts = demo_accounts(home / "demo-accounts.txt", now=now)
    for row in rows("territories.csv"):
        if not Territory.objects.filter(slug=row["slug"]).exists():
            make_territory(row, now=now)
    for email, _name, slug, role in ACCOUNTS:
        grant_role(user=User.objects.get(email=email), territory=Territory.objects.get(slug=slug), role=role, now=now)
    return accounts


def demo_accounts(path: Path, *, now: dt.datetime) -> list[DemoAccount]:
    """The accounts; a password that was lost with its file is drawn anew, one that is known stays."""
    known = dict(line.split("\t")[:2] for line in path.read_text(encoding="utf-8").splitlines() if "\t" in line) if path.is_file() else {}
    accounts = []
    given = [(email, name, f"{Membership.Role(role).label}, {slug}") for email, name, slug, role in ACCOUNTS]
    for email, name, words in [*given, SPACE_ACCOUNT]:
        user = User.objects.filter(email=email).first()
        password = known.get(email) or secrets.token_urlsafe(12)
        if user is None:
            create_account(email=email, name=name, password=password, now=now)
        elif email not in known:
            user.set_password(password)
            user.save(update_fields=["password"])
        accounts.append(DemoAccount(email, password, words))
    lines = "".join(f"{account.email}\t{account.password}\t{account.words}\n" for account in accounts)
    if not path.is_file() or path.read_text(encoding="utf-8") != lines:
        write_private(path, lines)
    return accounts


@transaction.atomic
def make_territory(row: dict[str, str], *, now: dt.datetime) -> Territory:
    visibility = Territory.Visibility.PUBLIC if row["public"] == "yes" else Territory.Visibility.MEMBERS
    territory = open_territory(
        slug=row["slug"],
        name=row["name"],
        description=row["description"],
        visibility=visibility,
        suppression_threshold=int(row["threshold"]),
        is_demonstration=True,
        now=now,
    )
    by = User.objects.get(email=next(email for email, _name, slug, _role in ACCOUNTS if slug == territory.slug))
    groups = make_groups(territory, by=by, now=now)
    workshops = make_workshops(territory, groups, by=by, now=now)
    say_criteria(territory, groups, workshops, by=by, now=now)
    make_syntheses(territory, by=by, now=now)
    if territory.is_public:
        put_questions_live(territory, groups, answers=rows("answers.csv"), wordings=rows("wordings.csv"), by=by, now=now)
        read_back(territory, groups, by=by, now=now)
        cross_voices(territory, groups, by=by, now=now)
        second = User.objects.get(email="animation@demo.example")
        grant_role(user=second, territory=territory, role=Membership.Role.FACILITATOR, now=now)
        code_twice(territory, second, by=by, now=now)
        plan = make_plan(territory, PlanRows(rows("plan_lines.csv"), rows("plan_indicators.csv")), by=by, now=now)
        for year in (FIRST_YEAR + 1, FIRST_YEAR + 2):
            make_agreements(plan, year, by=by, now=now)
        make_money(plan, by=by, now=now)
        make_commission(territory, by=by, now=now)
        speak_for(territory, "ASBL Chantecler", User.objects.get(email="partenaire@demo.example"))
        close_last_year(plan, by=by, now=now)
        bring_together(territory, plan, by=by, now=now)
    else:
        make_social_project(territory, by=by, now=now)
    return territory


def bring_together(territory: Territory, plan: Plan, *, by: User, now: dt.datetime) -> None:
    """The people who act: the collective, its directory, its campaigns, and promises kept or not."""
    known = make_members(territory, rows("members.csv"), by=by, now=now)
    make_house(territory, known, by=by, now=now)
    make_label(territory, known, by=by, now=now)
    member = User.objects.get(email="association@demo.example")
    grant_role(user=member, territory=territory, role=Membership.Role.PARTNER, now=now)
    speak_for(territory, HOUSE, member)
    make_agenda(territory, AgendaRows(rows("campaigns.csv"), rows("activities.csv")), known, plan, by=by, now=now)
    handed_over = make_space(territory, User.objects.get(email=SPACE_ACCOUNT[0]), by=by)
    follow(territory, handed_over, plan, member, by=by, now=now)


def make_groups(territory: Territory, *, by: User, now: dt.datetime) -> dict[str, HomogeneousGroup]:
    return {
        row["name"]: create_group(
            territory=territory,
            name=row["name"],
            public_name=row["public_name"],
            audience=row["audience"],
            language=row["language"],
            created_on=dt.date.fromisoformat(row["created_on"]),
            participants_count=int(row["participants"]) if row["participants"] else None,
            consent=row["consent"],
            by=by,
            now=now,
        )
        for row in rows("groups.csv")
        if row["territory"] == territory.slug
    }


def make_workshops(
    territory: Territory, groups: dict[str, HomogeneousGroup], *, by: User, now: dt.datetime
) -> dict[tuple[str, dt.date], Workshop]:
    questions = list(Question.objects.filter(territory=territory))
    made = {}
    for row in rows("workshops.csv"):
        if row["territory"] == territory.slug:
            held_on = dt.date.fromisoformat(row["held_on"])
            made[row["group"], held_on] = create_workshop(
                group=groups[row["group"]],
                held_on=held_on,
                place=row["place"],
                cycle=int(row["cycle"]),
                phase=int(row["phase"]),
                other_facilitators=row["facilitators"],
                wordings=[Wording(question, question.wording) for question in questions],
                by=by,
                now=now,
            )
    return made


def say_criteria(
    territory: Territory,
    groups: dict[str, HomogeneousGroup],
    workshops: dict[tuple[str, dt.date], Workshop],
    *,
    by: User,
    now: dt.datetime,
) -> None:
    """One run of entry per workshop and question, as a facilitator would type it the same evening."""
    questions = {question.code: question for question in Question.objects.filter(territory=territory)}
    runs: dict[tuple[str, str, dt.date], list[dict[str, str]]] = defaultdict(list)
    for row in rows("criteria.csv"):
        if row["territory"] == territory.slug:
            runs[row["group"], row["question"], dt.date.fromisoformat(row["created_on"])].append(row)
    for (group, question, created_on), said in runs.items():
        workshop = workshops.get((group, created_on)) or next(
            (each for (name, held_on), each in workshops.items() if name == group and held_on <= created_on), None
        )
        enter_criteria(
            group=groups[group],
            question=questions[question],
            workshop=workshop,
            statements=[Statement(row["text"], int(row["count"]), parse_code(row["code"]) if row["code"] else None) for row in said],
            by=by,
            now=now,
        )
        for row in said:
            if row["proposition"]:
                link_proposition(territory, groups[group], row)


def link_proposition(territory: Territory, group: HomogeneousGroup, row: dict[str, str]) -> None:
    criterion = Criterion.objects.filter(group=group, text=row["text"]).latest("pk")
    criterion.proposition, _ = Proposition.objects.get_or_create(
        territory=territory, component=criterion.component, sense=criterion.sense, text=row["proposition"]
    )
    criterion.save(update_fields=["proposition"])


def make_syntheses(territory: Territory, *, by: User, now: dt.datetime) -> None:
    """The public town gets a published version, read line by line, and a second one that waits for its reading."""
    if not territory.is_public:
        return

    def ago(days: int) -> dt.datetime:
        return now - dt.timedelta(days=days)

    published = freeze_synthesis(territory=territory, title="Ce que disent les groupes de 2026", by=by, now=ago(20))
    mark_discussed(synthesis=published, on=ago(12).date(), by=by, now=ago(12))
    mark_validated(synthesis=published, on=ago(5).date(), present=24, by=by, now=ago(5))
    read_everything(published, by=by, now=ago(4))
    publish_synthesis(synthesis=published, by=by, now=ago(3))
    freeze_synthesis(
        territory=territory,
        title="Le bien-être et le mal-être",
        note="Pour la commission de décembre.",
        questions=["WB", "IB"],
        by=by,
        now=now,
    )


def read_everything(synthesis: Synthesis, *, by: User, now: dt.datetime) -> None:
    """Reads each line that may go out; names, phones and addresses that are pointed out are blacked out."""
    statements = {group for block in publication_preview(synthesis).blocks for members in block.statements.values() for group in members}
    for line in synthesis.lines.filter(group__in=statements):
        findings = find_personal_data(line.text)
        if not findings:
            read_line(line=line, decision=Reading.Decision.PUBLISHED, by=by, now=now)
            continue
        text = line.text
        for finding in reversed(findings):
            text = text[: finding.start] + "[…]" + text[finding.end :]
        read_line(
            line=line, decision=Reading.Decision.REDACTED, public_text=text, reason="une personne pourrait être reconnue", by=by, now=now
        )
