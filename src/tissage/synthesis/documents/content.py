"""What the document of a synthesis says, in order. Every criterion stands under its component; counts come second."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tissage.core.nomenclature import COMPONENT, DIMENSION, SENSE_LETTER
from tissage.core.specificity import METHOD, MORE, SOURCE, TOO_FEW, specificities
from tissage.core.synthesis import Group
from tissage.synthesis import charts
from tissage.synthesis.exchange.dictionary import CUBE_COLUMNS
from tissage.synthesis.queries import Line, SynthesisDocument
from tissage.synthesis.sentences import criteria, doubt, expressions, number, seen

from .blocks import Block, Grid, Heading, Paper, Paragraph, Points, Sayings
from .scribe import Scribe, counted, midnight
from .words import day, decimal, reserve, short_language

ROWS_PER_PICTURE = 24


def paper_of(document: SynthesisDocument) -> Paper:
    """The whole document, in the language of the moment."""
    writer = Writer(document)
    return Paper(
        language=short_language(),
        cover=writer.cover(),
        blocks=list(writer.blocks()),
        day=midnight(document.made_on),
        words=words(),
        strip=tuple(
            (letter, document.overview.by_dimension[letter])
            for letter in document.overview.dimensions
            if letter in document.overview.by_dimension
        ),
        keywords=("SPIRAL", _("synthèse"), document.territory),
        description=seen(document.overview),
    )


def group_sheet_of(document: SynthesisDocument, group_id: int) -> Paper:
    """The sheet of one group: its words question by question, coded or not. Raises `StopIteration` for a group not there."""
    writer = Writer(document)
    group = document.overview.group(group_id)
    return Paper(
        language=short_language(),
        cover=replace(writer.cover(), kind=_("La feuille du groupe"), title=group.name, place=document.territory, figures=()),
        blocks=list(writer.group_sheet(group)),
        day=midnight(document.made_on),
        words=words(),
        keywords=("SPIRAL", document.territory),
        description=seen(document.overview.only(group=group_id)),
        sheet=True,
    )


def words() -> dict[str, str]:
    """What the page furniture says."""
    return {
        "contents": _("Table des matières"),
        "page_of": _("page {page} / {pages}"),
        "source": _("Source :"),
        # Thin spaces: in our fonts the wide ones share a shape with the plain space, and a reader of PDF would give these back for every space.
        "open": _("« "),
        "close": _(" »"),
        "translated": _("En français : "),
    }


class Writer(Scribe):
    """Writes one document, part after part."""

    def blocks(self) -> Iterator[Block]:
        yield from self.how_to_read()
        if not self.overview.criteria:
            yield Heading(_("Rien à montrer encore"))
            yield Paragraph(_("Cette sélection ne contient aucun critère."), "lede")
            yield from self.groups()
            return
        yield from self.pictures()
        yield from self.coverage()
        yield from self.shared_and_proper()
        yield from self.statements()
        yield from self.appendix()

    def how_to_read(self) -> Iterator[Block]:
        yield Heading(_("Comment lire ce document"))
        yield Paragraph(
            _(
                "Des groupes d’habitantes et d’habitants ont répondu à des questions ouvertes, chacun et chacune d’abord par écrit. "
                "Chaque note est une expression. Ce que le groupe a reconnu comme une idée est un critère."
            ),
            "lede",
        )
        yield Points(
            (
                _("Toutes les paroles sont là, rangées par dimension puis par composante. Celle qui a été dite une fois compte autant."),
                _(
                    "Les nombres comptent des paroles notées, jamais des personnes. Les groupes sont invités, ils ne sont pas un échantillon."
                ),
                _("La question dit de quel côté on parle : le bien-être, le mal-être, ou ce que chacun fait et peut faire."),
                _(
                    "La lettre de sens (P, O, Q, S, R) nomme une catégorie de besoin. Ce n’est pas une note, et rien ne se calcule avec elle."
                ),
                _(
                    "Se taire sur un sujet ne veut pas dire qu’il ne compte pas : les dimensions sans parole et les groupes non entendus sont nommés."
                ),
                _("« Libellé non vérifié » veut dire que le nom de la composante reste à comparer à la clé publiée de la méthode."),
            )
        )
        yield from self.questions_asked()

    def questions_asked(self) -> Iterator[Block]:
        asked = [question for question in self.document.questions if question.code in self.overview.questions]
        if asked:
            rows = tuple((question.code, question.title, question.wording) for question in asked)
            yield Grid(_("Les questions posées"), (_("Code"), _("Sujet"), _("Question")), rows, widths=(1, 2.4, 6))
        for code, wordings in self.document.wordings.items():
            told = ngettext(
                "%(question)s : cette question a été posée avec %(count)s formulation.",
                "%(question)s : cette question a été posée avec %(count)s formulations différentes, et les réponses sont comptées ensemble.",
                len(wordings),
            )
            yield Paragraph(told % {"question": self.scene.question(code), "count": number(len(wordings))})
            yield Points(tuple(_("« %(name)s »") % {"name": wording} for wording in wordings))

    def pictures(self) -> Iterator[Block]:
        yield Heading(_("Vue d’ensemble"))
        yield Paragraph(self.sentence(), "lede")
        yield Heading(_("De quoi on a parlé"), 2)
        yield self.figure(charts.dimensions(self.scene))
        yield Heading(_("Ce que chaque question a fait dire"), 2)
        yield self.figure(charts.questions(self.scene))
        if self.overview.by_letter:
            yield Heading(_("De quel besoin il s’agit"), 2)
            yield self.figure(charts.letters(self.scene))
        yield Heading(_("Les groupes côte à côte"), 2)
        for picture in self.by_pages(charts.groups):
            yield self.figure(picture)

    def by_pages(self, draw: Callable[[charts.Scene], charts.Picture]) -> Iterator[charts.Picture]:
        """One row a group, by pages of 24 groups, so that a picture never outgrows its page; the sentence speaks of all."""
        everyone, whole = self.overview.groups, draw(self.scene)
        if len(everyone) <= ROWS_PER_PICTURE:
            yield whole
            return
        for start in range(0, len(everyone), ROWS_PER_PICTURE):
            rows = everyone[start : start + ROWS_PER_PICTURE]
            part = draw(replace(self.scene, overview=replace(self.overview, groups=rows)))
            told = _("Groupes %(first)s à %(last)s sur %(all)s.") % {
                "first": number(start + 1),
                "last": number(start + len(rows)),
                "all": number(len(everyone)),
            }
            sentence = f"{whole.sentence} {told}"
            yield replace(part, sentence=sentence, wide=replace(part.wide, desc=sentence))

    def coverage(self) -> Iterator[Block]:
        overview = self.overview
        yield Heading(_("Ce qui manque"))
        yield Paragraph(_("Un silence est une information : il dit où retourner et qui inviter, jamais ce qui compte."), "lede")
        yield Heading(_("Qui a répondu à quoi"), 2)
        for picture in self.by_pages(charts.heard):
            yield self.figure(picture)
        yield Heading(_("Dimensions dont personne n’a parlé"), 2)
        silent = [f"{letter} {self.scene.name(letter)}" for letter in overview.silent_dimensions]
        yield Points(tuple(silent)) if silent else Paragraph(_("Aucune : chaque dimension a reçu au moins une parole."))
        yield Heading(_("Groupes qui n’ont pas encore été entendus"), 2)
        unheard = [group.name for group in overview.not_heard]
        yield Points(tuple(unheard)) if unheard else Paragraph(_("Aucun : chaque groupe de la sélection a donné au moins un critère."))
        yield Heading(_("Ce qui a été difficile à ranger"), 2)
        yield Paragraph(
            _(
                "Rangés « en général » (codes x00) : %(doubt)s. Ce code se choisit en dernier, dans le doute ; "
                "quand il revient souvent, il invite à relire ces paroles avec le groupe."
            )
            % {"doubt": doubt(overview)}
        )

    def shared_and_proper(self) -> Iterator[Block]:
        overview = self.overview
        yield Heading(_("Ce qui est partagé, ce qui est propre à un groupe"))
        if len(overview.heard) < 2:
            yield Paragraph(
                _("Il faut au moins deux groupes entendus pour dire ce qui est partagé et ce qui est propre à un groupe."), "lede"
            )
            return
        shared = overview.shared()
        yield Paragraph(
            ngettext(
                "%(n)s composante est partagée : au moins deux groupes en ont parlé.",
                "%(n)s composantes sont partagées : au moins deux groupes en ont parlé.",
                len(shared),
            )
            % {"n": number(len(shared))},
            "lede",
        )
        if shared:
            rows = tuple(
                (spread.component, self.label(spread.component), number(len(spread.groups)), number(spread.criteria)) for spread in shared
            )
            headings = (_("Code"), _("Composante"), _("Groupes"), _("Critères"))
            yield Grid(_("Composantes partagées, du plus grand nombre de groupes au plus petit"), headings, rows, 2, (1, 6, 1.3, 1.3))
        proper = overview.proper()
        if proper:
            yield Heading(_("Composantes dont un seul groupe a parlé"), 2)
            rows = tuple(
                (spread.component, self.label(spread.component), spread.groups[0].name, number(spread.criteria)) for spread in proper
            )
            yield Grid("", (_("Code"), _("Composante"), _("Groupe"), _("Critères")), rows, 1, (1, 4, 3.3, 1.3))
        yield from self.specific()
        yield Paragraph(_("* Libellé non vérifié ou à confirmer dans la nomenclature."), "small")

    def specific(self) -> Iterator[Block]:
        found = specificities(self.overview, by="component")
        more = [one for one in found if one.verdict == MORE]
        few = sum(one.verdict == TOO_FEW for one in found)
        yield Heading(_("Ce qu’un groupe dit plus que les autres"), 2)
        yield Paragraph(_(METHOD))
        if more:
            rows = tuple(
                (one.group.name, f"{one.item} {self.label(one.item)}", number(one.criteria), decimal(one.expected)) for one in more
            )
            headings = (_("Groupe"), _("Composante"), _("Critères"), _("Attendu"))
            yield Grid(_("Plus que le hasard ne l’explique"), headings, rows, 2, (3, 5, 1.3, 1.3))
        else:
            yield Paragraph(_("Aucun écart ne dépasse ce que le hasard explique."))
        if few:
            told = ngettext(
                "Dans %(n)s cas, il y a trop peu de critères pour conclure.",
                "Dans %(n)s cas, il y a trop peu de critères pour conclure.",
                few,
            )
            yield Paragraph(told % {"n": number(few)})
        yield Paragraph(_("Mesure : %(source)s") % {"source": _(SOURCE)}, "small")

    # --- Every criterion -------------------------------------------------------------------------------------
    def statements(self) -> Iterator[Block]:
        yield Heading(_("Toutes les paroles"))
        if not self.document.has_statements:
            yield Paragraph(
                _("Les paroles ne sortent qu’après une lecture avant publication : ce document ne contient que des nombres."), "lede"
            )
            return
        yield Paragraph(
            _("Chaque critère, dans les mots du groupe, sous la composante où il a été rangé. L’ordre n’est pas un classement."), "lede"
        )
        present = [code for code, _count in self.document.components]
        letters = list(self.overview.dimensions) + sorted({code[:1] for code in present if code} - set(self.overview.dimensions))
        first = True
        for letter in letters:
            codes = self.in_order(letter, [code for code in present if code[:1] == letter])
            if codes:
                yield from self.dimension(letter, codes, first)
                first = False
        if "" in present:
            yield from self.uncoded(first)

    def in_order(self, letter: str, codes: list[str]) -> list[str]:
        """The order of the nomenclature, `x00` last; codes it does not list come after."""
        known = [term.code for term in self.names.components_of(letter) if term.code in codes]
        return known + [code for code in codes if code not in known]

    def dimension(self, letter: str, codes: list[str], first: bool) -> Iterator[Block]:
        term = self.names.get(DIMENSION, letter)
        yield Heading(self.scene.name(letter), 2, letter=letter, mark=reserve(term), new_page=not first)
        yield self.figure(charts.components(self.scene, letter), tabled=False)
        for code in codes:
            yield from self.component(code)

    def component(self, code: str) -> Iterator[Block]:
        term = self.names.get(COMPONENT, code)
        count = self.by_component[(code,)]
        aside = counted(count, self.groups_of_component[code])
        yield Heading(term.label(self.language) if term else "", 3, code=code, aside=aside, mark=reserve(term))
        yield from self.sayings(code, count.criteria)

    def sayings(self, code: str, total: int) -> Iterator[Block]:
        """Every line of a component, and how many words stay with the team."""
        lines = tuple(self.saying(line) for line in self.document.lines_of(code))
        if lines:
            yield Sayings(lines)
        if len(lines) < total:
            kept = ngettext("%(count)s parole n’est pas publiée.", "%(count)s paroles ne sont pas publiées.", total - len(lines))
            yield Paragraph(kept % {"count": number(total - len(lines))}, "small")

    def uncoded(self, first: bool) -> Iterator[Block]:
        count = self.by_component[("",)]
        aside = counted(count, self.groups_of_component[""])
        yield Heading(_("Paroles sans code"), 2, aside=aside, new_page=not first)
        yield Paragraph(_("Personne ne les a encore rangées. Elles comptent dans les totaux, par groupe et par question."), "small")
        yield from self.sayings("", count.criteria)

    def group_sheet(self, group: Group) -> Iterator[Block]:
        part = self.overview.only(group=group.id)
        lines: dict[str, list[Line]] = {}
        for line in self.document.lines():
            if line.group == group.id:
                lines.setdefault(line.question, []).append(line)
        told = _("%(criteria)s, %(expressions)s.") % {"criteria": criteria(part.criteria), "expressions": expressions(part.expressions)}
        yield Paragraph(told, "lede")
        wordings = {question.code: question.wording for question in self.document.questions}
        for code in self.overview.questions:
            yield Heading(self.scene.question(code), 1, aside=wordings.get(code, ""))
            if code in lines:
                yield Sayings(tuple(replace(self.saying(line), about=self.where(line)) for line in lines[code]))
            else:
                yield Paragraph(_("Aucune parole à cette question."))
        yield Paragraph(_("Une parole manque, ou n’est pas à sa place ? Dites-le à l’équipe : cette feuille est la vôtre."), "note")

    # --- Appendix --------------------------------------------------------------------------------------------
    def appendix(self) -> Iterator[Block]:
        yield Heading(_("Annexes"))
        yield from self.groups()
        yield Heading(_("Les tableaux derrière les images"), 2)
        yield from self.tables
        yield from self.dictionary()
        yield from self.sources()

    def groups(self) -> Iterator[Block]:
        overview = self.overview
        if not overview.groups:
            return
        counts = overview.table("group")
        by_question = overview.table("group", "question")
        yield Heading(_("Les groupes"), 2)
        headings = (_("Groupe"), *(self.scene.question(code) for code in overview.questions), _("Critères"), _("Expressions"))
        rows = tuple(
            (
                group.name,
                *(number(by_question[group.id, code].criteria if (group.id, code) in by_question else 0) for code in overview.questions),
                number(counts[(group.id,)].criteria if (group.id,) in counts else 0),
                number(counts[(group.id,)].expressions if (group.id,) in counts else 0),
            )
            for group in overview.groups
        )
        numbers = len(headings) - 1
        yield Grid(_("Critères par groupe et par question"), headings, rows, numbers, (max(3.0, numbers * 0.8), *([1.4] * numbers)))

    def dictionary(self) -> Iterator[Block]:
        yield Heading(_("Dictionnaire des données"), 2, new_page=True)
        yield Paragraph(_("Les mêmes nombres existent en CSV, en JSON et en tableur, sous ces noms."))
        rows = tuple((column.name, column.meaning_en if self.language == "en" else column.meaning_fr) for column in CUBE_COLUMNS)
        yield Grid(_("Une ligne du cube"), (_("Colonne"), _("Ce qu’elle dit")), rows, widths=(1, 4))
        letters = self.names.of_kind(SENSE_LETTER)
        if letters:
            named = tuple((term.code, term.label(self.language), term.key(self.language)) for term in letters)
            yield Grid(_("Les lettres de sens"), (_("Lettre"), _("Nom"), _("Ce qu’elle nomme")), named, widths=(1, 2, 7))

    def sources(self) -> Iterator[Block]:
        document = self.document
        yield Heading(_("Sources"), 2)
        yield Points(
            (
                _("Paroles : groupes homogènes de %(territory)s, %(selection)s.")
                % {"territory": document.territory, "selection": document.selection},
                _("Codes : nomenclature %(name)s.") % {"name": document.nomenclature_label},
                _("Méthode : SPIRAL, Conseil de l’Europe et réseau Together (wikispiral.org)."),
                _("Document composé par Tissage le %(date)s.") % {"date": day(document.made_on)},
            )
        )
