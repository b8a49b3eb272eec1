"""Importing a published plan: compared first, then written whole or not at all. Read again, it changes nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db import transaction
from django.utils.text import slugify

from tissage.core.folding import fold
from tissage.core.importing import Finding
from tissage.core.messages import Explained, gettext_noop, say
from tissage.core.plan_framework import ACTION, CARRIER, PlanFramework
from tissage.core.plan_page import PageAction, PlanPage
from tissage.frameworks.models import FrameworkVersion, Node
from tissage.frameworks.queries_plan import plan_framework
from tissage.network.models import Organization
from tissage.network.operations.organizations import find_or_create_organization
from tissage.network.queries.organizations import find_by_name
from tissage.people.models import Territory, User
from tissage.people.operations import record
from tissage.plan.models import Action, ActionPartner, Plan
from tissage.voices.operations.territories import open_territory

from .actions import Partner, change_action, create_action, write_partner
from .plans import create_plan

CREATED, CHANGED, UNCHANGED = "created", "changed", "unchanged"


class PageRefused(Explained):
    """The page was not imported; nothing was written. `difference` says what was read, when it was."""

    def __init__(self, *templates: str, difference: Difference | None = None, **values: str | int) -> None:
        super().__init__(*templates, **values)
        self.difference = difference


@dataclass(frozen=True, slots=True)
class Line:
    """An action of the page beside the plan. `fields` names what changes; `before` is the title that stands, "" when none does."""

    action: PageAction
    title: str
    axis: str
    state: str
    fields: tuple[str, ...] = ()
    before: str = ""


@dataclass(frozen=True, slots=True)
class Difference:
    """What importing the page would do to a plan (None: it would be made). `left`: numbers of the plan's actions that the page has not."""

    page: PlanPage
    plan: Plan | None
    plan_name: str
    lines: tuple[Line, ...]
    new_organizations: tuple[str, ...]
    notices: tuple[Finding, ...]
    left: tuple[int, ...] = ()
    axes: frozenset[str] = field(default=frozenset())

    def count(self, state: str) -> int:
        return sum(line.state == state for line in self.lines)

    @property
    def passed_on(self) -> int:
        return sum(bool(line.action.basis) for line in self.lines)

    def answer(self) -> dict[str, object]:
        """What the command line gives."""
        return {
            "plan": self.plan_name,
            "actions": len(self.lines),
            "article_20": self.passed_on,
            "codes": len(self.page.codes),
            "axes": len(self.axes),
            "created": self.count(CREATED),
            "changed": self.count(CHANGED),
            "unchanged": self.count(UNCHANGED),
            "organizations": len(self.new_organizations),
            "problems": [finding.as_dict() for finding in self.page.problems],
            "notices": [finding.as_dict() for finding in self.notices],
        }


def plan_of_page(territory: Territory | None, version: FrameworkVersion, name: str = "") -> Plan | None:
    """The plan a page belongs to: the one of that name, else the only one under this framework; None when it is to be made.

    Raises `PageRefused` when several could be meant.
    """
    if territory is None:
        return None
    plans = Plan.objects.filter(territory=territory).select_related("framework", "territory").order_by("pk")
    if name:
        return plans.filter(name=name).first()
    under = list(plans.filter(framework__framework=version.framework_id))
    if len(under) > 1:
        raise PageRefused(
            gettext_noop("Plusieurs plans suivent ce référentiel : %(names)s. Dites lequel."), names=", ".join(plan.name for plan in under)
        )
    return under[0] if under else None


def compare_page(*, page: PlanPage, version: FrameworkVersion, territory: Territory | None, name: str = "") -> Difference:
    """What the page would change, without writing anything."""
    plan = plan_of_page(territory, version, name)
    framework = plan_framework(plan.framework if plan else version)
    standing = {action.sequence: action for action in _actions_of(plan)}
    operators = _operators_of(plan)
    lines = tuple(_compared(one, standing.get(one.number), operators.get(one.number, set()), framework) for one in page.actions)
    named = dict.fromkeys(one.operator for one in page.actions if one.operator)
    new = tuple(operator for operator in named if territory is None or _known_organization(territory, operator) is None)
    left = tuple(sorted(set(standing) - {one.number for one in page.actions}))
    return Difference(
        page=page,
        plan=plan,
        plan_name=plan.name if plan else (name or framework.plan_name),
        lines=lines,
        new_organizations=new,
        notices=(*page.notices, *_unknown_codes(page, framework), *_left_out(left, page)),
        left=left,
        axes=frozenset(line.axis for line in lines),
    )


def _actions_of(plan: Plan | None) -> Iterable[Action]:
    return Action.objects.filter(plan=plan).select_related("node").order_by("sequence") if plan else ()


def _operators_of(plan: Plan | None) -> dict[int, set[str]]:
    """Folded names of the operators in function, by number of the action."""
    found: dict[int, set[str]] = {}
    if plan is not None:
        rows = ActionPartner.objects.filter(action__plan=plan, role=ActionPartner.Role.OPERATOR, until__isnull=True)
        for sequence, name in rows.order_by("pk").values_list("action__sequence", "organization__name"):
            found.setdefault(sequence, set()).add(_bare(name))
    return found


def _bare(name: str) -> str:
    """A name without its legal form: « ASBL Chantecler » and « Chantecler asbl » are one."""
    return " ".join(word for word in fold(name).split() if word not in ("asbl", "a.s.b.l."))


def _compared(one: PageAction, action: Action | None, operators: set[str], framework: PlanFramework) -> Line:
    title = title_of(one, framework)
    found = framework.axis_of(one.code)
    axis = found.code if found else one.code.split(".")[0]
    if action is None:
        return Line(one, title, axis, CREATED)
    known = framework.entry(ACTION, one.code) is not None
    changes = {
        "code": (action.node.code if action.node else "") != (one.code if known else ""),
        "title": action.title != title,
        "basis": action.basis != one.basis and bool(one.basis or action.basis in framework.marks().values()),
        "operator": bool(one.operator) and _bare(one.operator) not in operators,
    }
    fields = tuple(name for name, changed in changes.items() if changed)
    return Line(one, title, axis, CHANGED if fields else UNCHANGED, fields, action.title)


def title_of(one: PageAction, framework: PlanFramework) -> str:
    """The local title; a code that the catalogue does not list is kept before it, so that it stays in sight."""
    return one.title if framework.entry(ACTION, one.code) else f"{one.code} · {one.title}"


def _unknown_codes(page: PlanPage, framework: PlanFramework) -> list[Finding]:
    said = gettext_noop("Le code %(code)s n’est pas au catalogue de %(framework)s : l’action est gardée, le code devant son titre.")
    return [
        Finding(one.line, gettext_noop("code"), one.code, say(said, code=one.code, framework=framework.name))
        for one in page.actions
        if framework.entry(ACTION, one.code) is None
    ]


def _left_out(left: tuple[int, ...], page: PlanPage) -> list[Finding]:
    if not left or not page.actions:
        return []
    said = say(
        gettext_noop("Le plan a des actions que la page n’a pas (%(numbers)s) : elles restent telles quelles."),
        numbers=", ".join(str(number) for number in left[:20]),
    )
    return [Finding(page.actions[-1].line, gettext_noop("numéro"), "", said)]


def import_plan_page(
    *,
    page: PlanPage,
    version: FrameworkVersion,
    slug: str,
    by: User | None,
    now: dt.datetime,
    name: str = "",
    carrier_kind: str = Plan.CarrierKind.MUNICIPALITY,
    accept_problems: bool = False,
    dry_run: bool = False,
) -> Difference:
    """Compares, refuses or writes, all in one transaction; the territory and the plan are made when absent.

    Raises `PageRefused` (nothing written) when lines cannot be read and that is not accepted, when the address of the territory is no
    address, or when the framework has no period and no plan stands.
    """
    if slugify(slug) != slug or not slug:
        raise PageRefused(
            gettext_noop(
                "« %(slug)s » n’est pas une adresse courte de territoire. Attendu : des minuscules, chiffres et tirets, par exemple mons."
            ),
            slug=slug,
        )
    with transaction.atomic():
        territory = Territory.objects.select_for_update().filter(slug=slug).first()  # two imports at once: one after the other
        difference = compare_page(page=page, version=version, territory=territory, name=name)
        if page.problems and not accept_problems:
            raise _refusal(difference)
        if dry_run or (difference.plan is not None and difference.count(UNCHANGED) == len(difference.lines)):
            return difference
        if territory is None:
            territory = open_territory(slug=slug, name=slug.replace("-", " ").title(), now=now, by=by)
        plan = difference.plan or _make_plan(territory, version, difference.plan_name, carrier_kind, by, now)
        _write(plan, difference, by, now)
        numbers = {state: difference.count(state) for state in (CREATED, CHANGED, UNCHANGED)}
        record(verb="plan.import_page", by=by, territory=territory, on=plan, numbers=numbers, now=now)
    return difference


def _refusal(difference: Difference) -> PageRefused:
    count = len(difference.page.problems)
    said = (
        gettext_noop("%(count)s ligne ne se lit pas : rien n’a été importé. Corrigez-la, ou acceptez d’importer le reste.")
        if count == 1
        else gettext_noop("%(count)s lignes ne se lisent pas : rien n’a été importé. Corrigez-les, ou acceptez d’importer le reste.")
    )
    return PageRefused(said, difference=difference, count=count)


def _make_plan(territory: Territory, version: FrameworkVersion, name: str, carrier_kind: str, by: User | None, now: dt.datetime) -> Plan:
    framework = plan_framework(version)
    if framework.starts_on is None or framework.last_day is None:
        raise PageRefused(
            gettext_noop("Ce référentiel ne fixe pas de période : créez d’abord le plan, avec ses dates, puis importez la page.")
        )
    carrier = framework.entry(CARRIER, carrier_kind)
    return create_plan(
        territory=territory,
        framework=version,
        name=name,
        starts_on=framework.starts_on,
        ends_on=framework.last_day,
        carrier_kind=carrier_kind,
        competent_council=carrier.extra.get("council", "") if carrier else "",
        by=by,
        now=now,
    )


def _write(plan: Plan, difference: Difference, by: User | None, now: dt.datetime) -> None:
    nodes = {node.code: node for node in Node.objects.filter(version=plan.framework_id, kind=ACTION)}
    standing = {action.sequence: action for action in _actions_of(plan)}
    for line in difference.lines:
        one = line.action
        node = nodes.get(one.code)
        action = standing.get(one.number)
        if line.state == CREATED:
            action = create_action(plan=plan, title=line.title, sequence=one.number, node=node, basis=one.basis, by=by, now=now)
        elif action is not None and line.state == CHANGED:
            wanted = {"code": ("node", node), "title": ("title", line.title), "basis": ("basis", one.basis)}
            details = dict(wanted[name] for name in line.fields if name in wanted)
            change_action(action=action, revision=action.revision, by=by, now=now, **details)
        if action is not None and one.operator and (line.state == CREATED or "operator" in line.fields):
            organization = _organization(plan.territory, one.operator, by, now)
            write_partner(action=action, partner=Partner(organization, ActionPartner.Role.OPERATOR), by=by, now=now)


def _known_organization(territory: Territory, name: str) -> Organization | None:
    """The organisation of that name, with or without its legal form before it."""
    bare = " ".join(word for word in name.split() if word.upper() != "ASBL")
    return find_by_name(territory, name) or find_by_name(territory, bare) or find_by_name(territory, f"{bare} ASBL")


def _organization(territory: Territory, name: str, by: User | None, now: dt.datetime) -> Organization:
    found = _known_organization(territory, name)
    if found is not None:
        return found
    kind = Organization.Kind.ASBL if "asbl" in fold(name).split() else Organization.Kind.OTHER
    return find_or_create_organization(territory=territory, name=name, kind=kind, by=by, now=now)
