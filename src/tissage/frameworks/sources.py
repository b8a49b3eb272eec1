"""Where labels were read, in words: the pieces that the shipped files join with a semicolon, marked for translation.

A source typed by a person is shown as it was typed.
"""

from __future__ import annotations

import re

from django.utils.translation import gettext, gettext_noop

PIECES = (
    gettext_noop("clé lue dans wikispiral, Clé de détermination"),
    gettext_noop("clé lue dans wikispiral, Determination key"),
    gettext_noop("code attesté par un exemple dans wikispiral, Insertion criteria with attribution"),
    gettext_noop(
        "code attesté par un exemple dans wikispiral, Insertion criteria with attribution, et employé dans la page SPIRAL publique de Mons"
    ),
    gettext_noop("code employé dans la page SPIRAL publique de Mons"),
    gettext_noop("famille citée sur dominiquegambier.fr/?p=87"),
    gettext_noop("famille nommée par l’ICBE (dailyscience.be, 6 juillet 2015)"),
    gettext_noop("glose non publiée dans les sources lues"),
    gettext_noop("la dimension I elle-même n’est pas vérifiée"),
    gettext_noop("lettre attestée dans la page SPIRAL publique de Mons"),
    gettext_noop("lettre attestée par D03 dans wikispiral, Insertion criteria with attribution"),
    gettext_noop("lettre attestée par F01 dans wikispiral, Insertion criteria with attribution, et dans la page SPIRAL publique de Mons"),
    gettext_noop("lettre et libellé actuel à vérifier dans la clé de détermination publiée"),
    gettext_noop("lettre et libellé à vérifier dans la clé de détermination publiée"),
    gettext_noop("lettre et nom de la neuvième à vérifier dans la clé de détermination publiée"),
    gettext_noop("libellé français traduit"),
    gettext_noop("libellé à vérifier dans la clé de détermination publiée"),
    gettext_noop("neuf dimensions sont publiées (wikispiral, Le bien-être de tous)"),
    gettext_noop("nom déduit"),
    gettext_noop("nom déduit de la clé et de sa place entre A03 et A05"),
    gettext_noop("nom déduit de la clé et de sa place entre B00 et B02"),
    gettext_noop("nom et clé à vérifier dans la clé de détermination publiée"),
    gettext_noop("nom à vérifier dans la clé de détermination publiée"),
    gettext_noop("texte de clé au-delà des routes proposé par Tissage"),
    gettext_noop("texte de clé proposé par Tissage"),
    gettext_noop("texte de clé reformulé par Tissage"),
    gettext_noop("wikispiral, Clé de détermination"),
    gettext_noop("wikispiral, Clé de détermination (nom anglais)"),
    gettext_noop("wikispiral, Clé de détermination (nom ; clé connue jusqu’à « Roads » seulement)"),
    gettext_noop("wikispiral, Codification"),
    gettext_noop("wikispiral, Codification (A01/P15)"),
    gettext_noop("wikispiral, Codification (SPIRAL)"),
    gettext_noop("wikispiral, Codification (en français : accès aux moyens de vie)"),
    gettext_noop("wikispiral, Determination key"),
    gettext_noop("wikispiral, Determination key (nom anglais)"),
    gettext_noop("wikispiral, Insertion criteria with attribution"),
    gettext_noop("wikispiral, Meaning code"),
    gettext_noop("wikispiral, Meaning code (exemple dans le texte)"),
    gettext_noop("wikispiral, Meaning code (fin de la glose à vérifier)"),
    gettext_noop("wikispiral, Meaning code (nom seul ; emploi non expliqué)"),
    gettext_noop("« spiritualité » est citée parmi les points sur dominiquegambier.fr/?p=87"),
    gettext_noop("« équilibres sociaux » nommés par l’ICBE (dailyscience.be, 6 juillet 2015)"),
    gettext_noop("à vérifier dans la clé de détermination publiée"),
    gettext_noop("à vérifier dans la clé de détermination publiée (confiance faible)"),
    gettext_noop("à vérifier dans la clé de détermination publiée (ordre de E05 à E08 incertain)"),
)
_SEPARATOR = re.compile(r"(?<!\u00a0); ")


def source_in_words(source: str) -> str:
    """A source in the language of the screen, piece by piece; unknown pieces stay as they are."""
    return " · ".join(gettext(piece) if piece in _KNOWN else piece for piece in _SEPARATOR.split(source))


_KNOWN = frozenset(PIECES)
