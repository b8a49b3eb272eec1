"""The picture of the money page: what is spent beside what is budgeted, row by row."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from tissage.core.charts import Bar, Chart, bar_chart
from tissage.core.money import Total
from tissage.ui.templatetags.tissage import euros

from .queries.money import MoneyLine

MOST = 20
"""Rows of the picture at most: beyond, it says that it shows the largest; the table has them all."""


def money_pictures(lines: list[MoneyLine], *, heading: str, period: str) -> dict[str, Any]:
    """Wide and narrow, with the sentence that says what is seen. Empty when there is no amount to draw."""
    heard = any(line.money.spent is not None for line in lines)
    amounts = [(line, line.money.spent if heard else line.money.budgeted) for line in lines]
    drawn = sorted((one for one in amounts if one[1] is not None), key=lambda one: -(one[1] or 0))
    if not any(amount for _line, amount in drawn):
        return {}
    title = _("Dépensé, %(period)s") % {"period": period} if heard else _("Budgété, %(period)s") % {"period": period}
    order = _("Du plus au moins élevé, en euros.")
    if len(drawn) > MOST:
        order = _("Les %(most)s montants les plus élevés sur %(count)s, en euros.") % {"most": MOST, "count": len(drawn)}

    def draw(*, narrow: bool) -> Chart:
        shown = [euros(amount) if narrow else _shown(line, heard=heard) for line, amount in drawn[:MOST]]
        return bar_chart(
            [Bar(line.label, float(max(amount or 0, 0)), shown=words) for (line, amount), words in zip(drawn, shown, strict=False)],
            name="argent",
            title=title,
            desc=sentence,
            order=order,
            headings=(heading, _("Dépensé, sur ce qui est budgété") if heard else _("Budgété")),
            narrow=narrow,
        )

    first = drawn[0][0]
    sentence = _("Le plus élevé : %(label)s, %(shown)s.") % {"label": first.label, "shown": _shown(first, heard=heard)}
    return {"chart": draw(narrow=False), "narrow": draw(narrow=True), "sentence": sentence}


def _shown(line: MoneyLine, *, heard: bool) -> str:
    """« 12 000,00 € sur 15 000,00 € »."""
    if not heard:
        return euros(line.money.budget)
    if line.money.budget == Total(None):  # nothing was ever budgeted under this name
        return euros(line.money.spent)
    return _("%(spent)s sur %(budget)s") % {"spent": euros(line.money.spent), "budget": euros(line.money.budget)}
