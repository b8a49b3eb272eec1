"""What the pages of money say around their tables, and their tables as files."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tissage.core.money import Total
from tissage.ui.templatetags.tissage import euros

from .queries.checks import CheckResult
from .queries.money import By, MoneyLine, Totals


def period_words(year: int | None) -> str:
    return str(year) if year is not None else _("toutes les années")


def unknown_notes(totals: Totals, *, year: int | None, by: By) -> list[str]:
    """What the table does not say, one sentence each: nothing is left to be guessed."""
    said = []
    if totals.money.unknown:
        said.append(
            ngettext(
                "%(count)s montant affecté est inconnu : les totaux sont des minimums.",
                "%(count)s montants affectés sont inconnus : les totaux sont des minimums.",
                totals.money.unknown,
            )
            % {"count": totals.money.unknown}
        )
    if totals.silent_years:
        years = ", ".join(map(str, totals.silent_years))
        said.append(
            ngettext(
                "Aucune écriture n’a été lue pour %(years)s : ce qui est dépensé et reçu cette année-là est inconnu.",
                "Aucune écriture n’a été lue pour %(years)s : ce qui est dépensé et reçu ces années-là est inconnu.",
                len(totals.silent_years),
            )
            % {"years": years}
        )
    if totals.vanished_bookings:
        said.append(
            ngettext(
                "%(count)s écriture a disparu du dernier extrait : elle est gardée et ne compte plus.",
                "%(count)s écritures ont disparu du dernier extrait : elles sont gardées et ne comptent plus.",
                totals.vanished_bookings,
            )
            % {"count": totals.vanished_bookings}
        )
    if (left := _not_allocated(totals)) is not None and by != "funder":
        said.append(left)
    if by in ("partner", "neighbourhood"):
        said.append(_("Une action qui a deux de ces lignes figure dans les deux ; le total ne la compte qu’une fois."))
    return said


def unnamed_notes(lines: Sequence[MoneyLine], *, by: By) -> list[str]:
    """By funder: what is booked without saying whose money it is."""
    unnamed = next((line.money.spent for line in lines if not line.key), None) if by == "funder" else None
    if not unnamed:
        return []
    said = _(
        "%(spent)s dépensés ne nomment pas leur financement, et leur code fonctionnel n’en désigne pas un seul :"
        " ce qui reste à chacun ne peut pas encore se dire. Reliez ces écritures à leur ligne."
    )
    return [said % {"spent": euros(unnamed)}]


def _not_allocated(totals: Totals) -> str | None:
    """What the funding lines bring beyond, or short of, what they give to actions."""
    if totals.money.budget.exact is None or totals.funded.exact is None:
        return None
    gap = totals.funded.exact - totals.money.budget.exact
    if not gap:
        return None
    words = {"funded": euros(totals.funded), "allocated": euros(totals.money.budget), "gap": euros(abs(gap))}
    if gap > 0:
        return _("Les financements apportent %(funded)s, dont %(gap)s ne sont pas encore affectés à une action.") % words
    return _("Les affectations (%(allocated)s) dépassent de %(gap)s ce que les financements apportent (%(funded)s).") % words


def checks_words(results: Sequence[CheckResult]) -> str:
    """« 3 contrôles réussis, 1 à corriger »; only what there is."""
    counts = {passed: sum(one.passed is passed for one in results) for passed in (True, False, None)}
    said = []
    if counts[True]:
        said.append(ngettext("%(count)s contrôle réussi", "%(count)s contrôles réussis", counts[True]) % {"count": counts[True]})
    if counts[False]:
        said.append(ngettext("%(count)s à corriger", "%(count)s à corriger", counts[False]) % {"count": counts[False]})
    if counts[None]:
        words = ngettext("%(count)s qui ne peut pas se dire", "%(count)s qui ne peuvent pas se dire", counts[None])
        said.append(words % {"count": counts[None]})
    return ", ".join(said)


def other_years_words(count: int, year: int) -> str:
    """Checks of the framework whose validity does not meet this year; empty without any."""
    if not count:
        return ""
    return ngettext(
        "%(count)s contrôle du référentiel ne vaut pas pour %(year)s.",
        "%(count)s contrôles du référentiel ne valent pas pour %(year)s.",
        count,
    ) % {"count": count, "year": year}


class _Cell:
    """An amount in a file: 1234,50, as spreadsheets of the field read a number; « inconnu » when it is."""

    def __init__(self, amount: Decimal | None) -> None:
        self.amount = amount

    def __str__(self) -> str:
        return _("inconnu") if self.amount is None else f"{self.amount:.2f}".replace(".", ",")


def money_rows(lines: Sequence[MoneyLine], totals: Totals, *, heading: str) -> Iterator[list[object]]:
    """The table of the page as rows of a file: headings, lines, what is on no action, the total."""
    yield [heading, _("Budgété"), _("Montants budgétés inconnus"), _("Engagé"), _("Dépensé"), _("Reçu"), _("Reste"), _("Aide en nature")]
    for line in lines:
        yield _row(line.label, line)
    yield _row(_("Sur aucune action encore"), MoneyLine("", "", totals.unsplit, Total(Decimal(0))))
    yield _row(_("Total du plan"), MoneyLine("", "", totals.money, totals.help_in_kind))


def _row(label: str, line: MoneyLine) -> list[object]:
    one = line.money
    amounts = (one.committed, one.spent, one.received, one.remaining, line.help_in_kind.known)
    return [label, _Cell(one.budgeted), one.unknown, *(_Cell(amount) for amount in amounts)]


def amount_cell(total: Total) -> object:
    return _Cell(total.known)
