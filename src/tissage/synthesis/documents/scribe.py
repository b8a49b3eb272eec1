"""The words that come back in every document of a synthesis: cover, dates, sources, what is said of a resident's words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tissage.core.charts import Chart
from tissage.core.nomenclature import COMPONENT
from tissage.core.synthesis import Count
from tissage.synthesis import charts
from tissage.synthesis.models import Reading
from tissage.synthesis.queries import Line, SynthesisDocument
from tissage.synthesis.sentences import criteria, expressions, groups, listed, number, seen
from tissage.ui.glyphs import lacks_shapes

from .blocks import Cover, Figure, Grid, Saying
from .words import day, reserve, said, short_language

WIDE_TABLE = 6


def midnight(on: dt.date) -> int:
    """The Unix time written in the file: the day of the document, at midnight UTC."""
    return int(dt.datetime(on.year, on.month, on.day, tzinfo=dt.UTC).timestamp())


class Scribe:
    """Holds one document and what several parts look up in it."""

    def __init__(self, document: SynthesisDocument) -> None:
        self.document = document
        self.overview = document.overview
        self.names = document.nomenclature
        self.scene = charts.Scene(document.overview, document.nomenclature, {one.code: one.title for one in document.questions})
        self.language = short_language()
        self.by_component = self.overview.table("component")
        self.groups_of_component = speakers(self.overview.table("component", "group"))
        self.tables: list[Grid] = []

    # --- What stands on the cover ---------------------------------------------------------------------------

    def version(self) -> str:
        """« Version 2 »; empty while nothing is frozen."""
        return _("Version %(number)s") % {"number": self.document.version} if self.document.version else ""

    def state(self) -> str:
        document = self.document
        if document.version is None:
            return _("document de travail")
        if document.published_on:
            return _("publiée le %(date)s") % {"date": day(document.published_on)}
        if document.validated_on:
            return _("validée par le groupe, non publiée")
        return _("figée, pas encore validée")

    def cover(self) -> Cover:
        document, overview = self.document, self.overview
        heard, groups = len(overview.heard), len(overview.groups)
        group_words = (
            ngettext("groupe entendu", "groupes entendus", heard)
            if heard == groups
            else ngettext("groupe entendu sur %(n)s", "groupes entendus sur %(n)s", heard) % {"n": number(groups)}
        )
        foot = _("Les nombres comptent des paroles notées, jamais des personnes : ils ne se changent pas en pour cent d’habitants.")
        if document.is_demonstration:
            foot = _("Démonstration : la ville, les groupes et les paroles sont inventés.") + " " + foot
        return Cover(
            territory=document.territory,
            place="" if document.territory in document.title else document.territory,
            kind=_("Synthèse SPIRAL"),
            title=document.title,
            version=self.version(),
            date=day(document.frozen_on or document.made_on),
            state=self.state(),
            draft=document.published_on is None,
            figures=(
                (number(overview.criteria), ngettext("critère", "critères", overview.criteria)),
                (number(overview.expressions), ngettext("expression", "expressions", overview.expressions)),
                (number(heard), group_words),
            ),
            facts=tuple(self.facts()),
            foot=foot,
        )

    def facts(self) -> Iterator[tuple[str, str]]:
        document = self.document
        yield _("Sélection"), capitalised(document.selection)
        yield _("Questions"), listed(question.title for question in document.questions if question.code in self.overview.questions)
        if document.nomenclature_label:
            yield _("Nomenclature"), document.nomenclature_label
        yield _("Règle de publication"), self.rule()
        if document.frozen_on:
            yield _("Figée le"), day(document.frozen_on)
        if document.discussed_on:
            yield _("Discutée le"), day(document.discussed_on)
        if document.validated_on:
            present = document.validated_present or 0
            people = ngettext("%(n)s personne présente", "%(n)s personnes présentes", present) % {"n": number(present)}
            yield _("Validée le"), f"{day(document.validated_on)}, {people}"
        if document.published_on:
            yield _("Publiée le"), day(document.published_on)
        if document.note:
            yield _("Ce que cette version apporte"), document.note

    def rule(self) -> str:
        if self.document.audience == "public":
            return self.document.rule
        return _("Version de l’équipe : noms internes des groupes, paroles non relues avant publication. Ne pas diffuser telle quelle.")

    def sentence(self) -> str:
        uncoded = self.overview.uncoded
        waiting = ngettext("%(count)s critère attend encore son code.", "%(count)s critères attendent encore leur code.", uncoded)
        told = f"{seen(self.overview)}."
        return f"{told} {waiting % {'count': number(uncoded)}}" if uncoded else told

    # --- Words of residents ----------------------------------------------------------------------------------
    def saying(self, line: Line) -> Saying:
        if line.withdrawn:
            return Saying(_("critère retiré par le groupe depuis cette version"), self.about(line))
        notes = [self.decision(line)]
        if lacks_shapes(line.text):
            notes.append(_("« □ » tient la place d’un signe que nos polices ne dessinent pas ; il est entier dans le tableur."))
        translation = line.french_text if line.french_text and line.french_text != line.text else ""
        return Saying(line.text, self.about(line), line.language, translation, " ".join(filter(None, notes)))

    def decision(self, line: Line) -> str:
        """What the reading before publication decided, where it changes something: the public learns that a passage is masked."""
        if line.decision == Reading.Decision.REDACTED:
            if self.document.audience == "public":
                return _("Un passage a été masqué à la lecture avant publication.")
            return _("La version publique masque un passage.")
        return _("Ne pas publier : décidé à la lecture.") if line.decision == Reading.Decision.WITHHELD else ""

    def about(self, line: Line) -> str:
        """Group, question, how often, and the code when it says more than the component."""
        code = line.code if len(line.code) > 3 else ""
        return " · ".join(filter(None, (line.group_name, self.scene.question(line.question), said(line.expressions), code)))

    def where(self, line: Line) -> str:
        """Where the group's words were put, and how often they were said."""
        place = f"{line.code} {self.scene.name(line.component)}" if line.component else _("sans code")
        return " · ".join(filter(None, (place, said(line.expressions))))

    # --- Pieces ----------------------------------------------------------------------------------------------
    def figure(self, picture: charts.Picture, *, tabled: bool = True) -> Figure:
        """A figure; `tabled` keeps its table for the appendix, where the numbers of its marks are not said elsewhere."""
        told = (self.document.territory, self.version().lower() or self.state(), day(self.document.frozen_on or self.document.made_on))
        source = ", ".join(told) + "."
        if not tabled:
            return Figure(picture.wide, picture.sentence, source, "")
        number_ = len(self.tables) + 1
        self.tables.append(_table(picture.wide, _("Tableau %(number)s. %(title)s") % {"number": number_, "title": picture.wide.title}))
        return Figure(picture.wide, picture.sentence, source, _("Les nombres : tableau %(number)s, en annexe.") % {"number": number_})

    def label(self, code: str) -> str:
        """The name of a component; a star when the name is not read in a published source."""
        return self.scene.name(code) + (" *" if reserve(self.names.get(COMPONENT, code)) else "")


def capitalised(text: str) -> str:
    return text[:1].upper() + text[1:]


def counted(count: Count, heard: int) -> str:
    """« 7 critères, 9 expressions dans 3 groupes »."""
    return _("%(criteria)s, %(expressions)s dans %(groups)s") % {
        "criteria": criteria(count.criteria),
        "expressions": expressions(count.expressions),
        "groups": groups(heard),
    }


def _table(chart: Chart, caption: str) -> Grid:
    """The table behind a chart. Many columns are headed by their letter alone, said in full below."""
    headings, columns = chart.table.headings, len(chart.table.headings)
    if columns <= WIDE_TABLE:
        return Grid(caption, headings, chart.table.rows, columns - 1, _widths(columns))
    letters = (headings[0], *(heading.split(" ")[0] for heading in headings[1:]))
    said_in_full = " · ".join(heading for heading in headings[1:] if " " in heading)
    return Grid(caption, letters, chart.table.rows, columns - 1, _widths(columns), said_in_full)


def _widths(columns: int) -> tuple[float, ...]:
    return (max(2.2, (columns - 1) * 0.45), *([1.0] * (columns - 1)))


def speakers(table: dict[tuple[object, ...], Count]) -> dict[str, int]:
    """How many groups spoke of each code, from a table by (code, group)."""
    found: dict[str, int] = {}
    for key in table:
        found[str(key[0])] = found.get(str(key[0]), 0) + 1
    return found
