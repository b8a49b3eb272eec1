"""What was typed on a sheet of figures: read field by field, so that one that is refused stops none of the others."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext as _

from tissage.core.figures import UnreadableNumber, read_number
from tissage.plan.operations.filling import TypedAccount, TypedFigure
from tissage.plan.queries.filling import TEXTS, AccountField, Field, Sheet

MOST_SENTENCE, MOST_METHOD, MOST_ACCOUNT = 500, 300, 10_000


def read_sheet(sheet: Sheet, posted: Mapping[str, str], *, only: str = "") -> tuple[list[TypedFigure], list[TypedAccount]]:
    """The open items that were sent (`only` one of them, by its key), those that can be read. What is refused stays typed, with its `error`."""
    figures, accounts = [], []
    for one in sheet.items:
        if not one.is_open or (only and one.key != only):
            continue
        if isinstance(one, Field):
            if (figure := _figure(one, posted)) is not None:
                figures.append(figure)
        elif (account := _account(one, posted)) is not None:
            accounts.append(account)
    return figures, accounts


def _figure(one: Field, posted: Mapping[str, str]) -> TypedFigure | None:
    if f"valeur-{one.key}" not in posted:
        return None
    one.typed = posted[f"valeur-{one.key}"].strip()[:60]
    if one.month is None:
        one.is_unknown = f"inconnu-{one.key}" in posted
        one.how_counted = posted.get(f"compte-{one.key}", one.how_counted).strip()
        one.sentence = posted.get(f"phrase-{one.key}", one.sentence).strip()
    try:
        value = read_number(one.typed)
    except UnreadableNumber:
        one.error = _("« %(typed)s » n’est pas un nombre. Attendu : 12, 1 250 ou 12,5.") % {"typed": one.typed}
        return None
    if one.month is not None:
        one.is_unknown = one.is_unknown and value is None
    if value is not None and one.is_unknown:
        one.error = _("Un nombre et « je ne sais pas » à la fois : gardez l’un des deux.")
    elif len(one.how_counted) > MOST_METHOD or len(one.sentence) > MOST_SENTENCE:
        one.error = _("Texte trop long : %(method)s signes au plus pour la manière de compter, %(sentence)s pour la phrase.") % {
            "method": MOST_METHOD,
            "sentence": MOST_SENTENCE,
        }
    return None if one.error else TypedFigure(one, value, one.is_unknown, one.how_counted, one.sentence)


def _account(one: AccountField, posted: Mapping[str, str]) -> TypedAccount | None:
    names = [name for name in TEXTS if f"{one.key}-{name}" in posted]
    if not names:
        return None
    one.texts |= {name: posted[f"{one.key}-{name}"].replace("\r\n", "\n") for name in names}
    if any(len(text) > MOST_ACCOUNT for text in one.texts.values()):
        one.error = _("Texte trop long : %(most)s signes au plus par réponse.") % {"most": MOST_ACCOUNT}
        return None
    return TypedAccount(one, {name: one.texts[name] for name in names})
