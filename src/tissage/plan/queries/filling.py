"""The sheet on which figures of a year are filled in: the same for a partner's link, a partner with an account, and the team."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from django.db.models import Prefetch
from django.utils.dates import MONTHS as MONTH_NAMES

from tissage.core.figures import MONTHS, YearFigure, write_number
from tissage.network.models import Document, Organization
from tissage.plan.models import Action, ActionYear, Indicator, Observation, Plan, Target

from .figures import actions_asked, indicators_asked, year_figure

TEXTS = ("done", "benefits", "difficulties", "feedback")
OPEN_STATES = ("", "draft", "returned")


@dataclass(slots=True)
class Field:
    """A figure as it can be filled in, for the year or a month of it. `typed` holds what stands in the field, `error` why it was refused."""

    key: str
    indicator: Indicator
    month: int | None
    observation: Observation | None
    is_open: bool
    target: Decimal | None
    before: YearFigure
    typed: str
    is_unknown: bool
    how_counted: str
    sentence: str
    proofs: list[Document] = field(default_factory=list)
    error: str = ""
    refused_file: str = ""

    @property
    def state(self) -> str:
        return self.observation.state if self.observation else ""

    @property
    def comment(self) -> str:
        return self.observation.comment if self.observation and self.state == "returned" else ""

    @property
    def saved_at(self) -> dt.datetime | None:
        return self.observation.changed_at if self.observation else None

    @property
    def month_name(self) -> str:
        return str(MONTH_NAMES[self.month]).capitalize() if self.month else ""

    @property
    def is_answered(self) -> bool:
        return self.observation is not None and (self.observation.value is not None or self.observation.is_unknown)


@dataclass(slots=True)
class AccountField:
    """The yearly account of an action, as it can be filled in. `texts`: what stands in each of `TEXTS`."""

    key: str
    action: Action
    account: ActionYear | None
    is_open: bool
    texts: dict[str, str]
    error: str = ""

    @property
    def state(self) -> str:
        return self.account.state if self.account else ""

    @property
    def comment(self) -> str:
        return self.account.comment if self.account and self.state == "returned" else ""

    @property
    def saved_at(self) -> dt.datetime | None:
        return self.account.changed_at if self.account else None

    @property
    def is_answered(self) -> bool:
        return self.account is not None and any(getattr(self.account, name) for name in TEXTS)


@dataclass(slots=True)
class MonthFields:
    """An indicator counted by month: its twelve fields, and the year they make."""

    indicator: Indicator
    fields: list[Field]
    year: YearFigure


@dataclass(slots=True)
class Section:
    """One action: its yearly figures, those counted by month, its account (None where none is asked)."""

    action: Action
    fields: list[Field]
    by_month: list[MonthFields]
    account: AccountField | None

    def __iter__(self) -> Iterator[Field]:
        yield from self.fields
        for group in self.by_month:
            yield from group.fields


@dataclass(slots=True)
class Sheet:
    """All that an organisation (None: the team) is asked for in a year."""

    plan: Plan
    year: int
    organization: Organization | None
    sections: list[Section]

    @property
    def fields(self) -> list[Field]:
        return [one for section in self.sections for one in section]

    @property
    def accounts(self) -> list[AccountField]:
        return [section.account for section in self.sections if section.account is not None]

    @property
    def items(self) -> list[Field | AccountField]:
        return [*self.fields, *self.accounts]

    @property
    def is_open(self) -> bool:
        return any(one.is_open for one in self.items)

    @property
    def returned(self) -> int:
        return sum(one.state == "returned" for one in self.items)

    @property
    def missing(self) -> list[Field]:
        """Yearly figures without an answer, neither a number nor « je ne sais pas »."""
        return [one for one in self.fields if one.month is None and one.is_open and not one.is_answered]

    @property
    def missing_accounts(self) -> list[AccountField]:
        return [one for one in self.accounts if one.is_open and not one.is_answered]

    @property
    def missing_months(self) -> list[MonthFields]:
        groups = [group for section in self.sections for group in section.by_month]
        return [group for group in groups if any(one.is_open for one in group.fields) and not group.year.is_whole]

    @property
    def unchanged(self) -> list[Field | AccountField]:
        """What was returned and not touched since."""
        found = []
        for one in self.items:
            kept = one.observation if isinstance(one, Field) else one.account
            if kept is not None and kept.state == "returned" and kept.reviewed_at and kept.changed_at <= kept.reviewed_at:
                found.append(one)
        return found

    def item(self, key: str) -> Field | AccountField | None:
        return next((one for one in self.items if one.key == key), None)


def sheet_of(
    plan: Plan,
    year: int,
    organization: Organization | None,
    *,
    today: dt.date,
    only_returned: bool = False,
    handed_in: bool = False,
) -> Sheet:
    """The sheet as it stands, in a constant number of queries.

    A month to come waits. `only_returned`: past its time, a link opens for what was returned alone. `handed_in`: months left out then stay out.
    """
    actions = list(actions_asked(plan, year, organization).select_related("node"))
    indicators = list(indicators_asked(plan, year, organization).select_related("action"))
    observed: dict[int, dict[int | None, Observation]] = defaultdict(dict)
    before: dict[int, list[Observation]] = defaultdict(list)
    rows = Observation.objects.filter(indicator__in=indicators, year__in=(year, year - 1)).order_by("pk")
    for row in rows.prefetch_related(Prefetch("documents", Document.objects.order_by("added_at", "pk"))):
        if row.year == year:
            observed[row.indicator_id][row.month] = row
        else:
            before[row.indicator_id].append(row)
    targets = dict(Target.objects.filter(indicator__in=indicators, year=year).values_list("indicator", "value"))
    accounts = {one.action_id: one for one in ActionYear.objects.filter(action__in=actions, year=year, organization=organization)}

    def field_of(one: Indicator, month: int | None) -> Field:
        row = observed[one.pk].get(month)
        state = row.state if row else ""
        waits = month is not None and (year, month) > (today.year, today.month)
        stays_out = handed_in and month is not None and row is None
        is_open = state == "returned" or (not only_returned and state in OPEN_STATES and not waits and not stays_out)
        return Field(
            key=f"{one.pk}-{month}" if month else str(one.pk),
            indicator=one,
            month=month,
            observation=row,
            is_open=is_open,
            target=targets.get(one.pk),
            before=year_figure(one, before[one.pk]),
            typed=write_number(row.value) if row else "",
            is_unknown=bool(row and row.is_unknown),
            how_counted=row.how_counted if row else _last_method(before[one.pk]),
            sentence=row.sentence if row else "",
            proofs=list(row.documents.all()) if row else [],
        )

    sections = []
    for action in actions:
        own = [one for one in indicators if one.action_id == action.pk]
        monthly = [one for one in own if one.period == Indicator.Period.MONTH]
        groups = [
            MonthFields(one, [field_of(one, month) for month in MONTHS], year_figure(one, list(observed[one.pk].values())))
            for one in monthly
        ]
        fields = [field_of(one, None) for one in own if one not in monthly]
        account = _account_field(action, accounts.get(action.pk), only_returned=only_returned)
        sections.append(Section(action, fields, groups, account))
    return Sheet(plan, year, organization, sections)


def _last_method(rows: Iterable[Observation]) -> str:
    """How it was counted the year before, offered again."""
    return next((row.how_counted for row in rows if row.how_counted), "")


def _account_field(action: Action, account: ActionYear | None, *, only_returned: bool) -> AccountField:
    state = account.state if account else ""
    return AccountField(
        key=f"bilan-{action.pk}",
        action=action,
        account=account,
        is_open=state == "returned" or (not only_returned and state in OPEN_STATES),
        texts={name: getattr(account, name) if account else "" for name in TEXTS},
    )
