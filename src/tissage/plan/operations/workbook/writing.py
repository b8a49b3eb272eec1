"""One row of a workbook, written: forms of cells → columns of tables. The same functions write an import and take it back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from tissage.core.folding import fold
from tissage.core.plan_cells import UNKNOWN, split_list
from tissage.core.plan_workbook import ACTIONS, AMOUNTS, FIGURES, INDICATORS, PARTNERS
from tissage.frameworks.models import Node
from tissage.network.models import Organization, Place
from tissage.network.operations.organizations import find_or_create_organization
from tissage.network.operations.places import add_neighbourhoods
from tissage.people.models import User
from tissage.plan.models import (
    Action,
    ActionPartner,
    Allocation,
    BudgetStage,
    FundingAmount,
    FundingLine,
    Indicator,
    Observation,
    Plan,
    Target,
)
from tissage.plan.models.actions import ReviewState
from tissage.plan.operations.actions import change_action, create_action
from tissage.plan.operations.indicators import change_indicator, create_indicator, set_targets
from tissage.plan.queries.workbook import money

TAKEN_OVER = "Budget repris"
"""The stage of a year whose amounts come from a workbook, when the year had none."""
Fields = Mapping[str, str]


@dataclass(slots=True)
class Writer:
    """Writes rows of one plan, by somebody, at one instant; `origin` is said with each figure. Rows of actions come first, amounts last."""

    plan: Plan
    by: User | None
    now: dt.datetime
    origin: str
    actions: dict[str, Action] = field(default_factory=dict)
    indicators: dict[tuple[str, str], Indicator] = field(default_factory=dict)
    organizations: dict[str, Organization] = field(default_factory=dict)
    places: dict[str, Place] = field(default_factory=dict)
    nodes: dict[tuple[str, str], Node] = field(default_factory=dict)
    lines: dict[tuple[int, str], FundingLine] = field(default_factory=dict)
    stages: dict[int, BudgetStage] = field(default_factory=dict)
    made: dict[str, list[int]] = field(default_factory=lambda: {"lines": [], "stages": []})
    """Lines of funding and stages that came in with the rows."""

    def __post_init__(self) -> None:
        """What rows name, read once."""
        self.actions = {
            str(one.sequence): one for one in Action.objects.filter(plan=self.plan).select_related("plan__territory").order_by("pk")
        }
        numbers = {one.pk: number for number, one in self.actions.items()}
        for indicator in Indicator.objects.filter(action__plan=self.plan).order_by("pk"):
            self.indicators[numbers[indicator.action_id], fold(indicator.name)] = indicator
        neighbourhoods = Place.objects.filter(territory=self.plan.territory_id, kind=Place.Kind.NEIGHBOURHOOD)
        self.places = {fold(one.name): one for one in neighbourhoods.order_by("pk")}
        self.nodes = {(one.kind, one.code): one for one in Node.objects.filter(version=self.plan.framework_id).order_by("pk")}
        self.lines = {(one.year, fold(one.label)): one for one in FundingLine.objects.filter(plan=self.plan).order_by("pk")}
        for stage in BudgetStage.objects.filter(plan=self.plan).order_by("year", "number"):
            self.stages[stage.year] = stage

    def write(self, kind: str, pk: int | None, key: tuple[str, ...], fields: Fields) -> int:
        """Writes a row, new when `pk` is None; gives the number of what was written."""
        return {
            ACTIONS: self._action,
            PARTNERS: self._partner,
            INDICATORS: self._indicator,
            FIGURES: self._figure,
            AMOUNTS: self._amount,
        }[kind](pk, key, fields)

    # --- Actions and partners ------------------------------------------------------------------------------------
    def _action(self, pk: int | None, key: tuple[str, ...], fields: Fields) -> int:
        details = self._action_details(fields)
        if pk is None:
            details.pop("sequence", None)
            made = create_action(plan=self.plan, sequence=int(key[0]), by=self.by, now=self.now, **details)
            self.actions[key[0]] = made
            return made.pk
        action = next(one for one in self.actions.values() if one.pk == pk)
        if details.get("state", action.state) == Action.State.STOPPED and action.state != Action.State.STOPPED:
            details.setdefault("stop_reason", self.origin)
        before = str(action.sequence)
        change_action(action=action, revision=action.revision, by=self.by, now=self.now, **details)
        self.actions[str(action.sequence)] = self.actions.pop(before)
        return pk

    def _action_details(self, fields: Fields) -> dict[str, Any]:
        details: dict[str, Any] = {}
        for name, value in fields.items():
            match name:
                case "number":
                    details["sequence"] = int(value)
                case "code":
                    details["node"] = self.nodes[("action", value)] if value else None
                case "lead_service":
                    details[name] = self.organization(value, kind=Organization.Kind.CPAS_SERVICE) if value else None
                case "target_groups":
                    details[name] = split_list(value)
                case "neighbourhoods":
                    details[name] = [self.place(one) for one in split_list(value)]
                case "objectives":
                    details[name] = [found for one in split_list(value) if (found := self._objective(one))]
                case "starts_on" | "ends_on":
                    details[name] = dt.date.fromisoformat(value) if value else None
                case "is_pilot" | "is_standing_service":
                    details[name] = value == "oui"
                case "state":
                    details[name] = value or Action.State.CREATED
                case "health":
                    details[name] = value or Action.Health.GOOD
                case _:
                    details[name] = value
        return details

    def _objective(self, code: str) -> Node | None:
        return self.nodes.get(("objective", code)) or self.nodes.get(("right", code))

    def organization(self, name: str, kind: str = Organization.Kind.ASBL) -> Organization:
        found = self.organizations.get(fold(name))
        if found is None:
            found = find_or_create_organization(territory=self.plan.territory, name=name, kind=kind, by=self.by, now=self.now)
            self.organizations[fold(name)] = found
        return found

    def place(self, name: str) -> Place:
        if fold(name) not in self.places:
            for made in add_neighbourhoods(territory=self.plan.territory, names=[name], by=self.by, now=self.now):
                self.places[fold(made.name)] = made
        return self.places[fold(name)]

    def _partner(self, pk: int | None, key: tuple[str, ...], fields: Fields) -> int:
        details: dict[str, Any] = {name: value for name, value in fields.items() if name in ("role", "note")}
        if "role" in details:
            details["role"] = details["role"] or ActionPartner.Role.PARTNER
        if "since" in fields:
            details["since"] = dt.date.fromisoformat(fields["since"]) if fields["since"] else None
        if pk is None:
            action, organization = self.actions[key[0]], self.organization(fields["organization"])
            return ActionPartner.objects.create(action=action, organization=organization, **details).pk
        ActionPartner.objects.filter(pk=pk).update(**details)
        return pk

    # --- Indicators and figures ----------------------------------------------------------------------------------
    def _indicator(self, pk: int | None, key: tuple[str, ...], fields: Fields) -> int:
        targets = {int(name.partition(":")[2]): money(value) for name, value in fields.items() if name.startswith("target:")}
        details: dict[str, Any] = {name: value for name, value in fields.items() if ":" not in name and name != "number"}
        for name, usual in (("direction", "up"), ("level", "output"), ("period", "year"), ("over_year", "add")):
            if name in details:
                details[name] = details[name] or usual
        if "baseline" in details:
            details["baseline"] = money(details["baseline"])
        if "baseline_year" in details:
            details["baseline_year"] = int(details["baseline_year"]) if details["baseline_year"] else None
        if "organization" in details:
            details["organization"] = self.organization(details["organization"]) if details["organization"] else None
        if pk is None:
            indicator = create_indicator(action=self.actions[key[0]], by=self.by, now=self.now, **details)
            Target.objects.bulk_create(
                Target(indicator=indicator, year=year, value=value) for year, value in targets.items() if value is not None
            )
            self.indicators[key[0], fold(indicator.name)] = indicator
            return indicator.pk
        indicator = Indicator.objects.select_related("action__plan__territory").get(pk=pk)
        if details:
            change_indicator(indicator=indicator, by=self.by, now=self.now, **details)
            self.indicators[str(indicator.action.sequence), fold(indicator.name)] = indicator
        if targets:
            set_targets(indicator=indicator, targets=targets, by=self.by, now=self.now)
        return pk

    def _figure(self, pk: int | None, key: tuple[str, ...], fields: Fields) -> int:
        """A figure of a year that passed comes in approved, with its origin in the words of its review."""
        details: dict[str, Any] = {name: value for name, value in fields.items() if name in ("how_counted", "sentence")}
        if "value" in fields:
            details |= {"value": money(fields["value"]), "is_unknown": fields["value"] == UNKNOWN}
        reviewed = {"comment": self.origin, "changed_at": self.now, "reviewed_at": self.now, "reviewed_by": self.by}
        if pk is None:
            indicator = self.indicators[key[0], key[1]]
            made = Observation.objects.create(
                indicator=indicator,
                year=int(key[2]),
                month=int(key[3]) if key[3] else None,
                state=ReviewState.APPROVED,
                typed_by=self.by,
                submitted_at=self.now,
                **reviewed,
                **details,
            )
            return made.pk
        Observation.objects.filter(pk=pk).update(**reviewed, **details)
        return pk

    # --- Amounts -------------------------------------------------------------------------------------------------
    def _amount(self, pk: int | None, key: tuple[str, ...], fields: Fields) -> int:
        number, year = key[0], int(key[1])
        line = self._line(year, key[2], fields)
        values = {"amount": money(fields["amount"])} if "amount" in fields else {}
        if pk is None:
            stage = self._stage(year)
            if number:
                return Allocation.objects.create(line=line, stage=stage, action=self.actions[number], **values).pk * 2 + 1
            return FundingAmount.objects.create(line=line, stage=stage, **values).pk * 2
        if values:
            table = Allocation if pk % 2 else FundingAmount
            table._default_manager.filter(pk=pk // 2).update(**values)
        return pk

    def _line(self, year: int, label: str, fields: Fields) -> FundingLine:
        """The line of this label and year, with what the row says of it; made when there is none."""
        details: dict[str, Any] = {name: fields[name] for name in ("basis", "function_code") if name in fields}
        if fields.get("funder"):
            details["funder"] = self.organization(fields["funder"], kind=Organization.Kind.FUNDER)
        line = self.lines.get((year, label))
        if line is None:
            line = FundingLine.objects.create(plan=self.plan, year=year, label=fields["label"], **{"basis": "", **details})
            self.lines[year, label] = line
            self.made["lines"].append(line.pk)
        elif any(getattr(line, name) != value for name, value in details.items()):
            for name, value in details.items():
                setattr(line, name, value)
            line.save(update_fields=list(details))
        return line

    def _stage(self, year: int) -> BudgetStage:
        """The latest stage of the year; « Budget repris » when it had none."""
        if year not in self.stages:
            self.stages[year] = BudgetStage.objects.create(plan=self.plan, year=year, number=0, label=TAKEN_OVER)
            self.made["stages"].append(self.stages[year].pk)
        return self.stages[year]
