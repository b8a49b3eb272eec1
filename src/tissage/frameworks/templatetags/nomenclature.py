"""Words of a code, in the language of the screen."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tissage.core.nomenclature import Term
from tissage.core.plan_framework import Entry
from tissage.frameworks import plan_words, vocabulary_words
from tissage.frameworks.forms import KIND_NAMES
from tissage.frameworks.sources import source_in_words

register = template.Library()


def language() -> str:
    return (get_language() or "fr").split("-")[0]


@register.filter
def label_of(term: Term) -> str:
    return term.label(language())


@register.filter
def key_of(term: Term) -> str:
    return term.key(language())


@register.filter
def kind_name(kind: str) -> str:
    """A kind in words: « composante »."""
    names = {**KIND_NAMES, **plan_words.KIND_NAMES, **vocabulary_words.KIND_NAMES}
    return str(names.get(kind, kind))


@register.filter
def field_name(name: str) -> str:
    """The name of what differs between two versions, in words: « libellé (fr) »."""
    base, _underscore, code = name.partition("_")
    words = {"label": _("libellé"), "key": _("clé")}
    if base in words:
        return f"{words[base]} ({code})"
    return {
        "parent": _("parent"),
        "status": _("statut"),
        "source": _("source"),
        "valid_from": _("début de validité"),
        "valid_to": _("fin de validité"),
    }[name]


@register.filter
def source_words(source: str) -> str:
    """A source in words; « source inconnue » when there is none."""
    return source_in_words(source) if source else _("source inconnue")


@register.filter
def language_name(code: str) -> str:
    """A language in words of the screen: « français »; its code when we do not know it."""
    names = {"fr": _("français"), "en": _("anglais"), "nl": _("néerlandais"), "de": _("allemand"), "ar": _("arabe")}
    return names.get(code, code)


@register.filter
def rules_of(entry: Entry) -> list[str]:
    """What a rule of a plan framework says, in words."""
    return plan_words.rule_words(entry)


@register.filter
def due_in_words(due: dict[str, Any]) -> str:
    """When an obligation is due: « le 31 mars de l’année suivante »."""
    return plan_words.due_words(due)
