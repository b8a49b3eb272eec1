"""What a synthesis shows in pictures: an `Overview` in, charts of `core.charts` out, each with the sentence that says what is seen.

Letters and dimensions are categories, never grades (`spiral.md` §8.2): no picture orders them as if they were.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from tissage.core.charts import Bar, Chart, Column, Ink, Series, Stack, bar_chart, coverage_grid, heat_map, stacked_bars
from tissage.core.nomenclature import COMPONENT, SENSE_LETTER, Nomenclature
from tissage.core.synthesis import Count, Overview

from . import sentences

Counts = dict[tuple[object, ...], Count]

LARGE_GRID = 20

# Two states told apart by a sign, a ground and a hatch; neither is a dimension or a letter of the method.
CODED, UNCODED = "+", "?"
CODING = {CODED: Ink("#24567f", "M0 4H8", "#ffffff"), UNCODED: Ink("#fbf8f3", "M2 2h.01M6 6h.01", "#1e2330")}


@dataclass(frozen=True, slots=True)
class Scene:
    """What is looked at: counts, the names of codes, the titles of questions by code."""

    overview: Overview
    nomenclature: Nomenclature
    questions: dict[str, str] = field(default_factory=dict)

    def name(self, code: str) -> str:
        """The label of a dimension or component in the language of the screen."""
        return self.nomenclature.label_of(code, (get_language() or "fr").split("-")[0])

    def question(self, code: str) -> str:
        return self.questions.get(code) or code

    def letter(self, letter: str) -> str:
        term = self.nomenclature.get(SENSE_LETTER, letter)
        return term.label((get_language() or "fr").split("-")[0]) if term else letter

    def components(self, dimension: str) -> list[str]:
        """The codes of a dimension: those of the nomenclature (`x00` last), then others met."""
        known = [term.code for term in self.nomenclature.components_of(dimension)]
        met = [code for code in self.overview.by_component if code[:1] == dimension and code not in known]
        return known + met

    def unverified(self, code: str) -> bool:
        """True when the label of this component or dimension was not read in a published source."""
        term = self.nomenclature.get(COMPONENT, code)
        return term is not None and term.status == "unverified"


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture in two widths, and the sentence that says what is seen. `wide.table` is the table behind it."""

    slug: str
    sentence: str
    wide: Chart
    narrow: Chart | None


def _both(slug: str, sentence: str, draw: Callable[..., Chart], *, rows: int = 0) -> Picture:
    """The same picture for a wide page and for a telephone. A large grid has one: on a telephone it scrolls in its own frame."""
    narrow = draw(name=slug, desc=sentence, narrow=True) if rows <= LARGE_GRID else None
    return Picture(slug, sentence, draw(name=slug, desc=sentence, narrow=False), narrow)


def dimensions(scene: Scene) -> Picture:
    """Criteria by dimension, most first; a silent dimension keeps its row, at zero."""
    overview = scene.overview
    ordered = sorted(overview.dimensions, key=lambda letter: -overview.by_dimension.get(letter, 0))
    rows = [Bar(scene.name(letter), overview.by_dimension.get(letter, 0), key=letter) for letter in ordered]

    def draw(**options: object) -> Chart:
        return bar_chart(
            rows,
            title=_("De quoi on a parlé, par dimension"),
            order=_("Du plus au moins nombreux. Nombre de critères."),
            headings=(_("Dimension"), _("Critères")),
            **options,  # type: ignore[arg-type]
        )

    return _both("dimensions", _dimension_sentence(scene), draw)


def _dimension_sentence(scene: Scene) -> str:
    """What is seen, then every dimension that nobody spoke of."""
    said = spoken_of_most(scene)
    silent = scene.overview.silent_dimensions
    if scene.overview.coded and silent:
        said += " " + _("Personne n’a parlé de %(names)s.") % {"names": _named(scene, silent)}
    return said


def spoken_of_most(scene: Scene) -> str:
    """The first thing to know: « On a surtout parlé de « Cadre de vie » : 58 critères sur 238 codés. »"""
    overview = scene.overview
    if not overview.coded:
        return _("Aucun critère n’a encore de code.")
    highest = max(overview.by_dimension.values())
    most = [letter for letter in overview.dimensions if overview.by_dimension.get(letter) == highest]
    counts = {"names": _named(scene, most), "criteria": sentences.criteria(highest), "coded": sentences.number(overview.coded)}
    if len(most) > 1:
        return _("On a surtout parlé de %(names)s : %(criteria)s dans chaque cas, sur %(coded)s codés.") % counts
    return _("On a surtout parlé de %(names)s : %(criteria)s sur %(coded)s codés.") % counts


def _named(scene: Scene, codes: Iterable[str]) -> str:
    return sentences.listed(_("« %(name)s »") % {"name": scene.name(code)} for code in codes)


def groups(scene: Scene) -> Picture:
    """Groups side by side: criteria by group and dimension. A group not heard keeps its row."""
    overview = scene.overview
    counts = overview.table("group", "dimension")
    columns = [Column(letter, scene.name(letter)) for letter in overview.dimensions]
    values = group_values(overview, counts, columns)

    def draw(**options: object) -> Chart:
        return heat_map(
            [group.name for group in overview.groups],
            columns,
            values,
            title=_("Les groupes côte à côte"),
            order=_("Groupes par ordre alphabétique, dimensions dans l’ordre de la nomenclature. Nombre de critères."),
            corner=_("Groupe"),
            **options,  # type: ignore[arg-type]
        )

    sentence = _("%(coded)s codés, dans %(groups)s. 0 : ce groupe n’a pas parlé de cette dimension.") % {
        "coded": sentences.criteria(overview.coded),
        "groups": sentences.groups(len(overview.heard)),
    }
    if overview.not_heard:
        sentence += " " + _("Tiret : il n’a pas encore été entendu.")
    return _both("groupes", sentence, draw, rows=len(overview.groups))


def group_values(overview: Overview, counts: Counts, columns: list[Column]) -> list[list[float | None]]:
    """A row a group. A group not heard has no numbers: a zero would say that it kept silent."""
    return [
        [_criteria(counts, group.id, column.key) if group.id in overview.by_group else None for column in columns]
        for group in overview.groups
    ]


def _criteria(counts: Counts, *key: object) -> int:
    found = counts.get(key)
    return found.criteria if found is not None else 0


def questions(scene: Scene) -> Picture:
    """Which question made people speak of which dimension."""
    overview = scene.overview
    counts = overview.table("question", "dimension")
    columns = [Column(letter, scene.name(letter)) for letter in overview.dimensions]
    values = [[_criteria(counts, question, column.key) for column in columns] for question in overview.questions]

    def draw(**options: object) -> Chart:
        return heat_map(
            [scene.question(code) for code in overview.questions],
            columns,
            values,
            title=_("Question par question"),
            order=_("Questions dans l’ordre où elles sont posées, dimensions dans l’ordre de la nomenclature. Nombre de critères."),
            corner=_("Question"),
            **options,  # type: ignore[arg-type]
        )

    said = [
        _("%(question)s : %(criteria)s")
        % {"question": scene.question(code), "criteria": sentences.criteria(overview.by_question.get(code, 0))}
        for code in overview.questions
    ]
    return _both("questions", " · ".join(said) or _("Aucun critère."), draw)


def letters(scene: Scene) -> Picture:
    """Sense letters by dimension. Categories of need, never grades: the order is that of the nomenclature."""
    overview = scene.overview
    counts = overview.table("dimension", "letter")
    known = [term.code for term in scene.nomenclature.of_kind(SENSE_LETTER)]
    met = [*known, *(letter for letter in overview.by_letter if letter not in known)]
    series = [Series(letter, scene.letter(letter)) for letter in met]
    rows = [
        Stack(scene.name(dimension), {one.key: _criteria(counts, dimension, one.key) for one in series}, key=dimension)
        for dimension in overview.dimensions
    ]

    def draw(**options: object) -> Chart:
        return stacked_bars(
            rows,
            series,
            title=_("De quel besoin il s’agit, par dimension"),
            order=_("Dimensions et lettres dans l’ordre de la nomenclature. Nombre de critères qui ont une lettre."),
            headings=(_("Dimension"), _("Total")),
            **options,  # type: ignore[arg-type]
        )

    lettered = sum(overview.by_letter.values())
    sentence = _("Une lettre dit de quel besoin on parle ; ce n’est jamais une note.") + " "
    sentence += ngettext("%(criteria)s sur %(coded)s codés a une lettre.", "%(criteria)s sur %(coded)s codés ont une lettre.", lettered) % {
        "criteria": sentences.criteria(lettered),
        "coded": sentences.number(overview.coded),
    }
    return _both("lettres", sentence, draw)


def heard(scene: Scene) -> Picture:
    """Which group answered which question."""
    overview = scene.overview
    counts = overview.table("group", "question")
    columns = [Column(code, scene.question(code)) for code in overview.questions]
    present: list[list[bool | None]] = [[bool(_criteria(counts, group.id, column.key)) for column in columns] for group in overview.groups]

    def draw(**options: object) -> Chart:
        return coverage_grid(
            [group.name for group in overview.groups],
            columns,
            present,
            title=_("Qui a répondu à quoi"),
            order=_("Groupes par ordre alphabétique, questions dans l’ordre où elles sont posées."),
            corner=_("Groupe"),
            words=(_("au moins un critère"), _("aucun critère"), _("inconnu")),
            **options,  # type: ignore[arg-type]
        )

    sentence = _("%(heard)s sur %(total)s ont au moins un critère.") % {
        "heard": sentences.groups(len(overview.heard)),
        "total": sentences.number(len(overview.groups)),
    }
    return _both("entendus", sentence, draw, rows=len(overview.groups))


def coverage_sentence(scene: Scene) -> str:
    """Who was not heard. Not heard is not the same as silent."""
    overview = scene.overview
    if not overview.groups:
        return _("Aucun groupe dans cette sélection.")
    if not overview.not_heard:
        return _("Tous les groupes de la sélection ont au moins un critère.")
    names = sentences.listed(_("« %(name)s »") % {"name": group.name} for group in overview.not_heard)
    return ngettext(
        "%(count)s groupe n’a encore aucun critère : %(names)s.",
        "%(count)s groupes n’ont encore aucun critère : %(names)s.",
        len(overview.not_heard),
    ) % {"count": sentences.number(len(overview.not_heard)), "names": names}


def components(scene: Scene, dimension: str) -> Picture:
    """The components of one dimension, most first; silent ones keep their row, at zero."""
    overview = scene.overview
    ordered = sorted(scene.components(dimension), key=lambda code: -overview.by_component.get(code, 0))
    rows = [Bar(f"{code} {scene.name(code)}", overview.by_component.get(code, 0), key=code[:1]) for code in ordered]
    silent = sum(1 for code in ordered if not overview.by_component.get(code))

    def draw(**options: object) -> Chart:
        return bar_chart(
            rows,
            title=_("Les composantes de « %(name)s »") % {"name": scene.name(dimension)},
            order=_("Du plus au moins nombreux. Nombre de critères."),
            headings=(_("Composante"), _("Critères")),
            **options,  # type: ignore[arg-type]
        )

    part = overview.only(dimension=dimension)
    sentence = sentences.seen(part) + "."
    if silent:
        sentence += " " + ngettext("Personne n’a parlé d’une composante.", "Personne n’a parlé de %(count)s composantes.", silent) % {
            "count": sentences.number(silent)
        }
    return _both("composantes", sentence, draw)


def groups_of_dimension(scene: Scene, dimension: str) -> Picture:
    """Groups side by side within one dimension."""
    overview = scene.overview
    counts = overview.table("group", "component")
    columns = [Column(code, scene.name(code)) for code in scene.components(dimension) if overview.by_component.get(code)]
    values = group_values(overview, counts, columns)

    def draw(**options: object) -> Chart:
        return heat_map(
            [group.name for group in overview.groups],
            columns,
            values,
            title=_("Les groupes côte à côte, dans « %(name)s »") % {"name": scene.name(dimension)},
            order=_("Groupes par ordre alphabétique, composantes dans l’ordre de la nomenclature. Nombre de critères."),
            corner=_("Groupe"),
            **options,  # type: ignore[arg-type]
        )

    sentence = _("Seules les composantes dont on a parlé ont une colonne.")
    if overview.not_heard:
        sentence += " " + _("Tiret : le groupe n’a pas encore été entendu.")
    return _both("groupes", sentence, draw, rows=len(overview.groups))


def progress(scene: Scene) -> Picture:
    """Coded and uncoded criteria of each group."""
    overview = scene.overview
    coded: dict[int, int] = {}
    for cell in overview.cells:
        if cell.component:
            coded[cell.group] = coded.get(cell.group, 0) + cell.criteria
    series = [Series(CODED, _("avec un code")), Series(UNCODED, _("sans code"))]
    rows = [
        Stack(group.name, {CODED: coded.get(group.id, 0), UNCODED: overview.by_group.get(group.id, 0) - coded.get(group.id, 0)})
        for group in overview.groups
    ]

    def draw(**options: object) -> Chart:
        return stacked_bars(
            rows,
            series,
            title=_("Où en est chaque groupe"),
            order=_("Groupes par ordre alphabétique. Nombre de critères."),
            headings=(_("Groupe"), _("Total")),
            palette=CODING,
            **options,  # type: ignore[arg-type]
        )

    sentence = _("%(criteria)s sur %(total)s ont un code.") % {
        "criteria": sentences.criteria(overview.coded),
        "total": sentences.number(overview.criteria),
    }
    return _both("avancement", sentence, draw)


def years(counts: Iterable[tuple[int, int]]) -> Picture:
    """Workshops held, year by year."""
    rows = [Bar(str(year), count) for year, count in sorted(counts)]
    total = int(sum(row.value or 0 for row in rows))

    def draw(**options: object) -> Chart:
        return bar_chart(
            rows,
            title=_("Les ateliers, année par année"),
            order=_("De l’année la plus ancienne à la plus récente."),
            headings=(_("Année"), _("Ateliers")),
            **options,  # type: ignore[arg-type]
        )

    sentence = ngettext("%(count)s atelier tenu.", "%(count)s ateliers tenus.", total) % {"count": sentences.number(total)}
    return _both("ateliers", sentence, draw)


OVERVIEW: dict[str, Callable[[Scene], Picture]] = {
    "dimensions": dimensions,
    "groupes": groups,
    "questions": questions,
    "lettres": letters,
    "entendus": heard,
    "avancement": progress,
}
DIMENSION: dict[str, Callable[[Scene, str], Picture]] = {"composantes": components, "groupes": groups_of_dimension}
