"""Statements that look like two criteria: a criterion holds one idea (`spiral.md` §2). A proposal to look, never a verdict.

The rule is plain so that a person can see why a statement is pointed out. A statement is cut at « et », commas and the like:
several parts that each hold a verb are several ideas; three parts are a list; two things joined by « et » are two things, unless
they always go together (« jour et nuit »).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from .folding import fold

VERBS, LIST, AND = "verbs", "list", "and"

_STRONG = re.compile(r"\s*(?:[;\n•+]|\s/\s|\s-\s)\s*")
_COMMA = re.compile(r"\s*,\s*")
_JOINS = re.compile(r"\s+(?:et\s+aussi|mais\s+aussi|ainsi\s+que|et\s+puis|et|puis|and|und)\s+|\s*&\s*", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+")

# Two words that name one thing.
_PAIRS_WORDS = (
    "jour/nuit corps/ame corps/esprit pere/mere hommes/femmes femmes/hommes homme/femme garcons/filles filles/garcons bien/mal oui/non "
    "petits/grands jeunes/vieux jeunes/moins matin/soir aller/retour aller/venir tous/toutes toutes/tous chacun/chacune habitants/habitantes "
    "boire/manger manger/boire nourriture/boisson frere/soeur freres/soeurs loisirs/vacances vrai/faux sain/sauf"
)
_PAIRS = frozenset(_PAIRS_WORDS.split())
# Infinitives: by their ending, less the nouns and adjectives that share it; those in -re are listed.
_IN_RE_WORDS = (
    "etre faire vivre prendre apprendre comprendre dire lire ecrire rire boire croire mettre permettre vendre rendre attendre entendre perdre "
    "suivre connaitre naitre plaire conduire construire detruire rejoindre repondre defendre descendre battre sourire cuire produire reduire "
    "reprendre surprendre transmettre promettre survivre poursuivre reconnaitre craindre peindre plaindre eteindre"
)
_IN_RE = frozenset(_IN_RE_WORDS.split())
_NOT_VERBS_WORDS = (
    "mer hiver loyer metier papier quartier dernier premier atelier foyer escalier courrier janvier fevrier cher hier cancer enfer fer ver "
    "particulier regulier entier familier financier policier infirmier ouvrier caissier cuisinier chantier panier fichier dossier sentier "
    "grenier clavier calendrier danger diner gouter leger etranger boulanger horaire passager plaisir loisir avenir desir souvenir soupir tir "
    "cuir soir espoir desespoir trottoir couloir noir miroir tiroir bonsoir pouvoir devoir savoir-faire amer super internet laser poster leader "
    "scooter cuiller pommier verger berger usager menager roger chantier singulier meilleur plier mobilier immobilier acier pilier collier"
)
_NOT_VERBS = frozenset(_NOT_VERBS_WORDS.split())


@dataclass(frozen=True, slots=True)
class DoubleIdea:
    """Why a statement looks like several criteria: `verbs`, `list` or `and`; and the parts it may be cut into."""

    kind: str
    parts: tuple[str, ...]


def double_idea(text: str) -> DoubleIdea | None:
    """What makes a statement look like several criteria, or None.

    >>> double_idea("avoir un toit et trouver du travail").kind
    'verbs'
    >>> double_idea("être tranquille jour et nuit") is None
    True
    """
    parts = _parts(text)
    if len(parts) < 2:
        return None
    if sum(1 for part in parts if _holds_a_verb(part)) >= 2:
        return DoubleIdea(VERBS, parts)
    if len(parts) >= 3 or _STRONG.search(text.strip()):
        return DoubleIdea(LIST, parts)
    return DoubleIdea(AND, parts) if _JOINS.search(text) else None


def _parts(text: str) -> tuple[str, ...]:
    """The statement cut where another idea may begin. Words that always go together stay together."""
    found: list[str] = []
    for strong in _STRONG.split(text.strip()):
        for piece in _COMMA.split(strong):
            found += _joined(piece)
    return tuple(part for part in (piece.strip(" .,!?…") for piece in found) if _WORD.search(part))


def _joined(piece: str) -> list[str]:
    """A piece cut at « et », but not inside a pair."""
    cut, start = [], 0
    for join in _JOINS.finditer(piece):
        before, after = _WORD.findall(fold(piece[: join.start()])), _WORD.findall(fold(piece[join.end() :]))
        if not before or not after or _is_pair(before, after):
            continue
        cut.append(piece[start : join.start()])
        start = join.end()
    return [*cut, piece[start:]]


def _is_pair(before: list[str], after: list[str]) -> bool:
    """« père et mère », « mon père et ma mère », « jour et nuit »."""
    return any(f"{before[-1]}/{word}" in _PAIRS for word in after[:2])


def _holds_a_verb(part: str) -> bool:
    return any(_is_infinitive(word) for word in _WORD.findall(fold(part)))


def _is_infinitive(word: str) -> bool:
    if word in _IN_RE:
        return True
    return len(word) >= 4 and word.endswith(("er", "ir")) and word not in _NOT_VERBS
