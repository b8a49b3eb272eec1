"""The sentences of the answering screen, in the language a participant chose."""

from __future__ import annotations

from django import template
from django.template import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString

from tissage.core.answer_screen import is_right_to_left
from tissage.voices.queries.screens import Words

register = template.Library()


@register.simple_tag(takes_context=True)
def say(context: Context, key: str, **values: object) -> SafeString:
    """One sentence, its `{places}` filled. French that stands for a missing sentence says that it is French."""
    words: Words = context["words"]
    said = words.sentences[key]
    text = filled(said.text, values)
    if said.language == words.language.code:
        return format_html("{}", text)
    direction = "rtl" if is_right_to_left(said.language) else "ltr"
    return format_html('<span lang="{}" dir="{}">{}</span>', said.language, direction, text)


def filled(text: str, values: dict[str, object]) -> str:
    """The sentence with its places filled; braces in a value stay what they are."""
    parts = [text]
    for name, value in values.items():
        place = f"{{{name}}}"
        parts = [piece for part in parts for piece in _around(part, place, str(value))]
    return "".join(str(part) for part in parts)


class _Value(str):
    """A value already put in its place: not looked into again."""

    __slots__ = ()


def _around(part: str, place: str, value: str) -> list[str]:
    if isinstance(part, _Value) or place not in part:
        return [part]
    before, after = part.split(place, 1)
    return [before, _Value(value), after]
