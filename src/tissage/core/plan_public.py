"""What of a year of a plan may be read by everybody: drafts are online before a sitting (decree of 18 May 2022, `pcs.md` §7a).

Rules (`pcs.md` §11, `names.md` point 7):
- a count of persons from 1 up to the threshold less one is said « moins de N », in every document and in every total; zero is said:
  it tells of nobody. A unit counts persons when one of its words names people (`counts_persons`);
- what goes with a hidden count (its sentence, how it was counted, when they hold a digit) is left out, and so is the same count of
  another year, which is compared to the same threshold by itself;
- no total gives a hidden count back. Counts of persons of different actions are never added: the same person may be in both.
  Inside an action, indicators whose name begins with « dont » part the one before them: when a part is hidden, or when what remains
  beside the parts would be, a second part is hidden too, so that no subtraction finds the first;
- decisions of a meeting are told once its minutes were adopted and are for everybody; before, how many there were;
- texts lose contact data, what stands between quotation marks in what publics say (words of residents leave in published syntheses
  only), and small counts of persons written out (« 3 participantes »).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import combinations

from .folding import fold
from .personal_data import EMAIL, IBAN, PHONE, REGISTER, find_personal_data
from .plan_year import AccountOfYear, ActionOfYear, FigureOfYear, MeetingOfYear, YearData

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
MOST_TOGETHER = 4
"""Shown parts taken away together from a count; more of them, all at once only."""
PREVIOUS = "previous: "
"""Before the name of an indicator: its count of the year before is what is hidden."""
TAKEN_OUT = "[coordonnées retirées]"
NOT_SAID = "[parole retirée : seules paraissent celles d’une synthèse publiée]"

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
    return _hidden([(one.indicator, one.unit, one.value) for one in figures], threshold)


def _hidden(figures: Sequence[tuple[str, str, Decimal | None]], threshold: int) -> frozenset[int]:
    """The same for (indicator, unit, value): the values of the year, of the year before, or baselines."""
    hidden = {i for i, (_name, unit, value) in enumerate(figures) if counts_persons(unit) and is_small(value, threshold)}
    for whole, parts in _parted(figures):
        total = figures[whole][2]
        counted = {i: value for i in parts if (value := figures[i][2]) is not None}
        if total is None or not counted:
            continue
        if whole in hidden:
            hidden.update(counted)
        else:
            hidden.update(_company(whole, total, counted, hidden & set(counted), threshold, all_known=len(counted) == len(parts)))
    return frozenset(hidden)


def _company(
    whole: int, total: Decimal, parts: Mapping[int, Decimal], small: set[int], threshold: int, *, all_known: bool
) -> Iterator[int]:
    """What is hidden beside the small parts of a count, the smallest first, until no subtraction gives a small group; the count itself at last.

    Parts may cut the same count twice (by sex, then by age): every set of shown parts is taken away from it.
    """
    hidden = set(small)
    while True:
        shown = sorted((i for i in parts if i not in hidden and parts[i]), key=lambda i: (parts[i], i))
        found = _telling(total, parts, shown, hidden, small, threshold, all_known=all_known)
        if found is None:
            return
        if not found:
            yield whole
            return
        hidden.add(found[0])
        yield found[0]


def _telling(
    total: Decimal,
    parts: Mapping[int, Decimal],
    shown: Sequence[int],
    hidden: set[int],
    small: set[int],
    threshold: int,
    *,
    all_known: bool,
) -> Sequence[int] | None:
    """The shown parts that, taken away from the count, tell of a small group; None when nothing does."""
    for size in range(1, min(len(shown), MOST_TOGETHER) + 1):
        for some in combinations(shown, size):
            if is_small(total - sum((parts[i] for i in some), Decimal(0)), threshold):
                return some
    left = total - sum((parts[i] for i in shown), Decimal(0))
    rest = left - sum((parts[i] for i in hidden), Decimal(0))
    if is_small(left, threshold):
        return shown
    alone = len(hidden) == 1 and all_known and not is_small(rest, threshold)
    # « Moins de 5 » has bounds: two that make eight are four and four, five that make five are one each.
    bound = bool(hidden) and hidden == small and left in (len(hidden), len(hidden) * (threshold - 1))
    return shown if alone or bound else None


def _parted(figures: Sequence[tuple[str, str, Decimal | None]]) -> list[tuple[int, list[int]]]:
    """A count of persons and the « dont … » that follow it."""
    found: list[tuple[int, list[int]]] = []
    for i, (name, unit, _value) in enumerate(figures):
        if not counts_persons(unit):
            continue
        if fold(name).startswith("dont ") and found:
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
        previous = _hidden([(one.indicator, one.unit, one.previous) for one in action.figures], threshold)
        for figure in (action.figures[i] for i in previous):
            hidden[action.key, PREVIOUS + figure.indicator] = SMALL if is_small(figure.previous, threshold) else BESIDE
        baselines = _hidden([(one.indicator, one.unit, one.baseline) for one in action.figures], threshold)
        figures = tuple(
            replace(
                _shown(figure, i in covered, threshold),
                previous=None if i in previous else figure.previous,
                baseline=None if i in baselines else figure.baseline,
            )
            for i, figure in enumerate(action.figures)
        )
        actions.append(replace(_cleaned(action, threshold), figures=figures))
    meetings = tuple(_told(meeting, threshold) for meeting in data.meetings)
    return replace(data, actions=tuple(actions), meetings=meetings), hidden


def _told(meeting: MeetingOfYear, threshold: int) -> MeetingOfYear:
    """What a meeting decided, without contact data; how many decisions only, while its minutes are not public."""
    if not meeting.is_public:
        return replace(meeting, decisions=(), to_do=(), kept_back=len(meeting.decisions))
    return replace(
        meeting,
        decisions=tuple(replace(one, text=clean(one.text, threshold)) for one in meeting.decisions),
        to_do=tuple(replace(one, text=clean(one.text, threshold)) for one in meeting.to_do),
    )


def _shown(figure: FigureOfYear, covered: bool, threshold: int) -> FigureOfYear:
    told = replace(figure, sentence=clean(figure.sentence, threshold), how_counted=clean(figure.how_counted, threshold))
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
