"""What of a year of a plan may be read by everybody: drafts are online before a sitting (decree of 18 May 2022, `pcs.md` §7a).

Rules (`pcs.md` §11, `names.md` point 7):
- a count of persons from 1 up to the threshold less one is said « moins de N », in every document and in every total; zero is said:
  it tells of nobody. A unit counts persons when one of its words names people (`counts_persons`);
- what goes with a hidden count (its sentence, how it was counted, when they hold a digit) is left out, and so is the same count of
  another year, which is compared to the same threshold by itself;
- no total gives a hidden count back. Counts of persons of different actions are never added: the same person may be in both.
  Inside an action, indicators whose name begins with « dont » part the one before them: when a part is hidden, or when what remains
  beside the parts would be, a second part is hidden too, so that no subtraction finds the first;
- texts lose contact data, what stands between quotation marks in what publics say (words of residents leave in published syntheses
  only), and small counts of persons written out (« 3 participantes »).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from .folding import fold
from .personal_data import EMAIL, IBAN, PHONE, REGISTER, find_personal_data
from .plan_year import AccountOfYear, ActionOfYear, FigureOfYear, YearData

_PEOPLE = """
    personne participant participante beneficiaire menage famille habitant habitante jeune enfant adolescent ado adulte aine ainee
    senior eleve etudiant etudiante stagiaire apprenant apprenante usager usagere accueilli accueillie locataire demandeur demandeuse
    femme homme parent volontaire benevole membre inscrit inscrite visiteur visiteuse mere pere fille garcon refugie refugiee migrant
    migrante detenu detenue patient patiente client cliente travailleur travailleuse citoyen citoyenne resident residente dormeur
    dormeuse heberge hebergee
"""
PERSON_WORDS = frozenset(_PEOPLE.split())
"""Words that name people, folded and in the singular; an inclusive form (« participant·e·s ») is known by its beginning."""
NOT_PERSONS = (
    "jour",
    "nuit",
    "nuitee",
    "heure",
    "seance",
    "atelier",
    "repas",
    "colis",
    "euro",
    "activite",
    "reunion",
    "passage",
    "visite",
    "pourcent",
)
"""Units that count events, even when people are named after them (« nuitées par personne », « heures de bénévoles »)."""
SMALL, BESIDE = "small", "beside"
"""Why a figure is not shown: it is below the threshold, or it would give such a one back."""
PREVIOUS = "previous: "
"""Before the name of an indicator: its count of the year before is what is hidden."""
TAKEN_OUT = "[coordonnées retirées]"
NOT_SAID = "[parole retirée : seules paraissent celles d’une synthèse publiée]"

_CONTACT = {EMAIL, PHONE, IBAN, REGISTER}
_QUOTED = re.compile(r"«[^»]*»|“[^”]*”|\"[^\"\n]*\"")
_WORD = re.compile(r"[^\W\d_]+(?:[·.(\-’'][^\W\d_]+\)?)*")


def counts_persons(unit: str) -> bool:
    """Whether a unit counts people: its first word that is known decides (« personnes par nuit » does, « nuits par personne » does not)."""
    for word in _WORD.findall(unit):
        stem = _singular(fold(re.split(r"[·.(\-’']", word)[0]))
        if stem in NOT_PERSONS:
            return False
        if stem in PERSON_WORDS:
            return True
    return False


def _singular(word: str) -> str:
    return word[:-1] if len(word) > 3 and word[-1] in "sx" else word


def is_small(value: Decimal | None, threshold: int) -> bool:
    """A count that could tell who is meant: above zero and below the threshold."""
    return value is not None and 0 < value < threshold


def hidden_figures(figures: Sequence[FigureOfYear], threshold: int) -> frozenset[int]:
    """Positions of the figures of one action whose value is not shown, the complementary ones included."""
    hidden = {i for i, one in enumerate(figures) if counts_persons(one.unit) and is_small(one.value, threshold)}
    for whole, parts in _parted(figures):
        total = figures[whole].value
        counted = [i for i in parts if figures[i].value is not None]
        if total is None or not counted or len(counted) < len(parts):
            continue
        rest = total - sum((figures[i].value or Decimal(0) for i in counted), Decimal(0))
        unknowns = [i for i in counted if i in hidden] + ([-1] if is_small(rest, threshold) else [])
        if whole in hidden:
            hidden.update(counted)
        elif len(unknowns) == 1:
            # The one that is not said would be found by subtraction: the smallest of the others keeps it company.
            shown = sorted((i for i in counted if i not in hidden and figures[i].value), key=lambda i: (figures[i].value or 0, i))
            hidden.update(shown[:1] or [whole])
    return frozenset(hidden)


def _parted(figures: Sequence[FigureOfYear]) -> list[tuple[int, list[int]]]:
    """A count of persons and the « dont … » that follow it."""
    found: list[tuple[int, list[int]]] = []
    for i, figure in enumerate(figures):
        if not counts_persons(figure.unit):
            continue
        if fold(figure.indicator).startswith("dont ") and found:
            found[-1][1].append(i)
        else:
            found.append((i, []))
    return [(whole, parts) for whole, parts in found if parts]


def for_everybody(data: YearData) -> tuple[YearData, dict[tuple[int, str], str]]:
    """The year as everybody may read it, and why figures are hidden: (action key, indicator) → `SMALL` or `BESIDE`. Their values are gone."""
    threshold = data.facts.threshold
    hidden: dict[tuple[int, str], str] = {}
    actions = []
    for action in data.actions:
        covered = hidden_figures(action.figures, threshold)
        for figure in (action.figures[i] for i in covered):
            hidden[action.key, figure.indicator] = SMALL if is_small(figure.value, threshold) else BESIDE
        for figure in action.figures:
            if counts_persons(figure.unit) and is_small(figure.previous, threshold):
                hidden[action.key, PREVIOUS + figure.indicator] = SMALL
        figures = tuple(_shown(figure, i in covered, threshold) for i, figure in enumerate(action.figures))
        actions.append(replace(_cleaned(action, threshold), figures=figures))
    return replace(data, actions=tuple(actions)), hidden


def _shown(figure: FigureOfYear, covered: bool, threshold: int) -> FigureOfYear:
    persons = counts_persons(figure.unit)
    told = replace(
        figure,
        sentence=clean(figure.sentence, threshold),
        how_counted=clean(figure.how_counted, threshold),
        previous=None if persons and is_small(figure.previous, threshold) else figure.previous,
        baseline=None if persons and is_small(figure.baseline, threshold) else figure.baseline,
    )
    if not covered:
        return told
    # What stood beside a hidden count would give it back: its words, when they hold a digit.
    return replace(told, value=None, sentence=_without_digits(told.sentence), how_counted=_without_digits(told.how_counted))


def _without_digits(text: str) -> str:
    return "" if any(map(str.isdigit, text)) else text


def _cleaned(action: ActionOfYear, threshold: int) -> ActionOfYear:
    return replace(
        action,
        description=clean(action.description, threshold),
        stop_reason=clean(action.stop_reason, threshold),
        late=clean(action.late, threshold),
        accounts=tuple(
            AccountOfYear(
                account.by,
                clean(account.done, threshold),
                clean(account.benefits, threshold),
                clean(account.difficulties, threshold),
                clean(_QUOTED.sub(NOT_SAID, account.feedback), threshold),
            )
            for account in action.accounts
        ),
    )


def clean(text: str, threshold: int) -> str:
    """A text without contact data, and without small counts of persons written as numbers."""
    for found in reversed(find_personal_data(text)):
        if found.kind in _CONTACT:
            text = text[: found.start] + TAKEN_OUT + text[found.end :]
    return _COUNTED.sub(lambda match: _less(match, threshold), text)


_COUNTED = re.compile(r"(?<![\d,./])(\d{1,2})([ \u00a0\u202f])([^\W\d_]+)(?=[\W_]|$)")


def _less(match: re.Match[str], threshold: int) -> str:
    number, space, word = match.groups()
    if 0 < int(number) < threshold and _singular(fold(word)) in PERSON_WORDS:
        return f"moins de\u00a0{threshold}{space}{word}"
    return match.group()
