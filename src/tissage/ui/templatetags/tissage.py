"""Tags of every page: slots left open for downstream apps, icons, French typography."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from html import escape
from typing import Any

from django import template
from django.conf import settings
from django.core.paginator import Paginator
from django.forms import BoundField
from django.template import Context
from django.template.loader import render_to_string
from django.utils.html import conditional_escape, format_html
from django.utils.module_loading import import_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext, ngettext

from tissage.core.charts import DIMENSIONS, Chart
from tissage.core.money import Total, to_cents
from tissage.ui.qr import qr_svg
from tissage.ui.templatetags.icon_paths import PATHS

register = template.Library()

NARROW_SPACE, SPACE = "\u202f", "\u00a0"


class UndeclaredSlot(LookupError):
    """A page names a slot that the table of slots does not know."""


class UnknownIcon(LookupError):
    """A page asks for an icon that the set does not hold."""


@register.simple_tag(takes_context=True)
def slot(context: Context, name: str, *objects: Any) -> SafeString:
    """What downstream apps say here: `{% slot "territory" territory %}`. Nothing on a page drawn without a request."""
    table: Mapping[str, Sequence[Callable[..., Any] | str]] = import_string(settings.TISSAGE_SLOTS)
    if name not in table:
        raise UndeclaredSlot(f"Slot {name!r} is not in {settings.TISSAGE_SLOTS}.")
    request = context.get("request")
    if request is None:
        return SafeString()
    speakers = (import_string(one) if isinstance(one, str) else one for one in table[name])
    said = (speaker(request, *objects) for speaker in speakers)
    return mark_safe("".join(conditional_escape(one) for one in said if one))


@register.simple_tag
def town_door() -> str:
    """The name of the town's own sign-in, when it has one."""
    return str(settings.TISSAGE_OIDC_NAME) if settings.SOCIALACCOUNT_PROVIDERS else ""


@register.simple_tag
def icon(name: str) -> SafeString:
    """A drawing of the set, hidden from screen readers: always beside a word."""
    if name not in PATHS:
        raise UnknownIcon(f"No icon {name!r}.")
    return format_html(
        '<svg class="t-icon t-icon-{}" viewBox="0 0 24 24" width="20" height="20" aria-hidden="true" focusable="false">'
        '<path fill="none" stroke="currentColor" stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round" d="{}"/></svg>',
        name,
        PATHS[name],
    )


@register.simple_tag
def qr(address: str, alternative: str = "") -> SafeString:
    """An address as a QR code; `alternative` is what a screen reader says of it."""
    return mark_safe(qr_svg(address, alternative))


@register.filter
def nbsp(text: object) -> str:
    """French spaces that do not break: before : ; ! ? and inside « »."""
    spaced = re.sub(r"[ \u00a0]+([;!?])", NARROW_SPACE + r"\1", str(text))
    spaced = re.sub(r"[ \u00a0]+([:»])", SPACE + r"\1", spaced)
    return re.sub(r"«[ \u00a0]+", "«" + SPACE, spaced)


@register.filter
def quoted(text: object) -> str:
    """Between French quotation marks, once."""
    words = str(text).strip()
    if words.startswith("«") and words.endswith("»"):
        words = words[1:-1].strip()
    return f"«{SPACE}{words}{SPACE}»"


@register.filter
def page_range(paginator: Paginator[Any], number: int) -> Iterator[int | str]:
    """The page numbers worth showing around this one."""
    return paginator.get_elided_page_range(number, on_each_side=1, on_ends=1)


@register.simple_tag
def widget(field: BoundField) -> SafeString:
    """A field's widget, told to assistive technology as wrong when it is. Django says which words describe it."""
    return field.as_widget(attrs={"aria-invalid": "true"} if field.errors and not field.use_fieldset else {})


@register.simple_tag
def chart_marks(chart: Chart) -> SafeString:
    """The marks of a chart as SVG. Written here rather than in a template: a large heat map has a thousand, drawn at each reading."""
    parts = []
    for one in chart.rects:
        radius = f' rx="{one.radius}"' if one.radius != "0" else ""
        stroke = f' stroke="{escape(one.stroke)}"' if one.stroke else ""
        size = f'x="{one.x}" y="{one.y}" width="{one.width}" height="{one.height}"'
        parts.append(f'<rect class="c-{escape(one.role)}" {size}{radius} fill="{escape(one.fill)}"{stroke}/>\n')
    for line in chart.lines:
        ends = f'x1="{line.x1}" y1="{line.y1}" x2="{line.x2}" y2="{line.y2}"'
        parts.append(f'<line class="c-{escape(line.role)}" {ends} stroke="{escape(line.stroke)}"/>\n')
    for text in chart.texts:
        halo = f' stroke="{escape(text.halo)}" stroke-width="4" stroke-linejoin="round" paint-order="stroke"' if text.halo else ""
        place = f'x="{text.x}" y="{text.y}" font-size="{text.size}" font-weight="{text.weight}" text-anchor="{text.anchor}"'
        parts.append(f'<text class="c-{escape(text.role)}" {place} fill="{escape(text.fill)}"{halo}>{escape(text.text)}</text>\n')
    return mark_safe("".join(parts))


@register.simple_tag
def dimension_chip(letter: str) -> SafeString:
    """The letter of a dimension on its colour and hatch; another letter stands on plain ground."""
    return _chip(str(letter))


@lru_cache(maxsize=64)  # a page may show a hundred of them, always the same few
def _chip(letter: str) -> SafeString:
    return render_to_string("ui/dimension_chip.svg", {"letter": letter, "ink": DIMENSIONS.get(letter)})


@register.filter
def euros(amount: object) -> str:
    """An amount in French: « 1 234,50 € », « inconnu » for None; of a total, « au moins 1 200,00 €, 2 montants inconnus »."""
    if isinstance(amount, Total):
        return _total(amount)
    if amount is None or amount == "":
        return gettext("inconnu")
    return f"{_french(f'{to_cents(amount if isinstance(amount, Decimal) else Decimal(str(amount))):,.2f}')}{SPACE}€"


def _total(total: Total) -> str:
    if total.unknown and total.known is not None:
        words = ngettext("au moins %(known)s, %(count)s montant inconnu", "au moins %(known)s, %(count)s montants inconnus", total.unknown)
        return words % {"known": euros(total.known), "count": total.unknown}
    if total.unknown > 1:
        return gettext("inconnu (%(count)s montants)") % {"count": total.unknown}
    return euros(total.known)


@register.filter
def percent(share: object) -> str:
    """A percentage in French, as many decimals as it has: « 33,3333 % »; « inconnu » for None."""
    if share is None or share == "":
        return gettext("inconnu")
    number = f"{Decimal(str(share)):,f}"
    return f"{_french(number.rstrip('0').rstrip('.') if '.' in number else number)}{SPACE}%"


@register.filter
def figure(value: object) -> str:
    """A figure that is counted, as many decimals as it has: « 1 234,5 »; « inconnu » for None, never zero."""
    if value is None or value == "":
        return gettext("inconnu")
    number = f"{Decimal(str(value)):,f}"
    return _french(number.rstrip("0").rstrip(".") if "." in number else number)


def _french(number: str) -> str:
    """From 1,234.50 and a hyphen to 1 234,50 and a minus sign; no space of it breaks."""
    return number.replace(",", NARROW_SPACE).replace(".", ",").replace("-", "−")
