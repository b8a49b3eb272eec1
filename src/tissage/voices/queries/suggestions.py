"""Five components for a sentence. A suggestion is never a coding until a person takes it, and nothing is sent anywhere."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext

from tissage.people.models import Territory
from tissage.voices.learning.model import Candidate, Suggested
from tissage.voices.learning.reasons import Reason

from .suggesters import encoder, suggester_of

__all__ = ["Candidate", "Reason", "Suggested", "second_opinions", "suggest", "suggest_many"]


def suggest(territory: Territory, text: str, question_code: str = "", *, cold: bool = False, prompt: bool = False) -> Suggested:
    """The five likeliest components of a sentence, best first, with their reasons. `cold` ignores the territory's codings.

    `prompt`: for a screen. What was coded in the last seconds may not weigh yet.

    Never raises because the model is missing: words alone are compared then, `unsure` is true and `note` says why.
    """
    return suggest_many(territory, [(text, question_code)], cold=cold, prompt=prompt)[0]


def suggest_many(
    territory: Territory, statements: Sequence[tuple[str, str]], *, cold: bool = False, reasons: bool = True, prompt: bool = False
) -> list[Suggested]:
    """As `suggest`, for (text, question code) pairs at once: a thousand a second. `reasons=False` is faster."""
    if not statements:
        return []
    suggester = suggester_of(territory, cold=cold, prompt=prompt)
    if suggester is None:
        return [Suggested(note=gettext("Il n’y a pas encore de nomenclature : rien ne peut être suggéré.")) for _statement in statements]
    texts, questions = [text for text, _question in statements], [question for _text, question in statements]
    found = suggester.suggest(texts, questions, reasons=reasons, prompt=prompt)
    if encoder() is None:
        note = gettext("Le modèle de langue n’est pas là : les suggestions ne comparent que les mots, sans le sens.")
        found = [Suggested(one.components, True, note) for one in found]
    return found


def second_opinions(territory: Territory, criteria: Sequence[int], *, reasons: bool = True, prompt: bool = False) -> dict[int, Suggested]:
    """What would be suggested for these coded criteria if their own codes had never been learnt; those not learnt are left out."""
    suggester = suggester_of(territory, prompt=prompt)
    return {} if suggester is None else suggester.suggest_without(criteria, reasons=reasons, prompt=prompt)
