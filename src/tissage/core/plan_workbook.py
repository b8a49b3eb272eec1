"""The plan as a workbook: its sheets, their columns, what towns call them, and how a header is recognised."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from .columns import header_key
from .folding import fold
from .plan_cells import (
    AMOUNT,
    CHOICE,
    DAY,
    DIRECTIONS,
    HEALTHS,
    LEVELS,
    LIST,
    NUMBER,
    PERIODS,
    ROLES,
    SHOWN,
    STATES,
    SUMS,
    TEXT,
    WHOLE,
    YES,
    Field,
)

ACTIONS, PARTNERS, INDICATORS, FIGURES, AMOUNTS = "actions", "partners", "indicators", "figures", "amounts"
KINDS = (ACTIONS, PARTNERS, INDICATORS, FIGURES, AMOUNTS)
IGNORED = "-"
"""What a person chooses for a column, or a sheet, that is not to be read."""


@dataclass(frozen=True, slots=True)
class SheetForm:
    """A sheet: `required` columns, and the `key` that tells a row from another. `by_year`: columns that bear a year (field → their names)."""

    kind: str
    title: str
    fields: tuple[Field, ...]
    key: tuple[str, ...]
    required: tuple[str, ...]
    names: tuple[str, ...] = ()
    by_year: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def column(self, name: str) -> Field:
        base, _, year = name.partition(":")
        if year and base in self.by_year:
            return Field(name, year_heading(name), AMOUNT if base == "amount" else NUMBER)
        return next(one for one in self.fields if one.name == name)

    @property
    def written(self) -> tuple[Field, ...]:
        return tuple(one for one in self.fields if one.is_written)


_NUMBER = Field(
    "number", "N° action", WHOLE, ("action", "n°", "no", "numero", "n° d'action", "n", "num", "action n°", "numero d'action"), width=9
)
_TITLE_SHOWN = Field("action_title", "Titre de l’action", SHOWN, ("titre de l'action", "intitule de l'action", "titre"), width=36)
_YEAR = Field("year", "Année", WHOLE, ("exercice", "an", "annee"), width=9)
MARK = Field("mark", "Repère (ne pas modifier)", TEXT, ("repere", "revision"), width=18)

SHEETS: Mapping[str, SheetForm] = {
    form.kind: form
    for form in (
        SheetForm(
            ACTIONS,
            "Actions",
            (
                Field("number", "N°", WHOLE, ("n° action", "no", "numero", "n", "num", "ligne", "n° d'action", "numero d'action"), width=7),
                Field("code", "Code du catalogue", TEXT, ("code", "code action", "code pcs", "reference catalogue"), most=40, width=12),
                Field("title", "Titre", TEXT, ("action", "intitule", "intitule de l'action", "titre de l'action", "nom", "libelle", "nom de l'action"), most=300, width=44),
                Field("description", "Description", TEXT, ("descriptif", "resume", "contenu", "presentation"), width=50),
                Field("basis", "Base légale", TEXT, ("financement", "type de financement", "article", "base"), width=16),
                Field("lead_service", "Service pilote", TEXT, ("service", "service porteur", "service responsable", "pilote", "porteur"), most=200, width=24),
                Field("target_groups", "Publics", LIST, ("public", "public cible", "publics cibles", "groupe cible", "groupes cibles", "beneficiaires"), width=24),
                Field("neighbourhoods", "Quartiers", LIST, ("quartier", "lieu", "lieux", "localisation", "territoire"), width=20),
                Field("objectives", "Objectifs", LIST, ("objectif", "codes des objectifs"), width=12),
                Field("pst_reference", "Référence PST", TEXT, ("pst", "reference au pst", "lien pst", "action pst"), most=60, width=14),
                Field("state", "État", CHOICE, ("statut", "etat d'avancement", "avancement"), STATES, width=13),
                Field("health", "Santé", CHOICE, ("meteo", "sante de l'action"), HEALTHS, width=11),
                Field("starts_on", "Début", DAY, ("date de debut", "commence le", "debut le"), width=12),
                Field("ends_on", "Fin", DAY, ("date de fin", "se termine le", "fin le", "echeance"), width=12),
                Field("stop_reason", "Raison de l’arrêt", TEXT, ("motif d'arret", "pourquoi arretee"), most=300, width=24),
                Field("is_pilot", "Action pilote", YES, ("pilote ?", "phare"), width=9),
                Field("is_standing_service", "Service permanent", YES, ("service permanent ?", "permanent"), width=11),
                Field("operators", "Opérateurs", LIST, ("operateur", "operateur article 20", "beneficiaire art. 20"), is_written=False),
                Field("partners", "Partenaires", LIST, ("partenaire", "partenariat", "partenariats"), is_written=False),
            ),
            ("number",),
            ("title",),
            ("actions", "fiches", "plan", "liste des actions", "pcs", "tableau de bord"),
        ),
        SheetForm(
            PARTNERS,
            "Partenaires",
            (
                _NUMBER,
                _TITLE_SHOWN,
                Field("organization", "Organisation", TEXT, ("partenaire", "nom", "association", "asbl", "nom du partenaire", "operateur"), most=200, width=36),
                Field("role", "Rôle", CHOICE, ("type de partenariat", "fonction", "genre"), ROLES, width=13),
                Field("note", "Précision", TEXT, ("remarque", "apport", "commentaire"), most=200, width=36),
                Field("since", "Depuis", DAY, ("depuis le", "date", "debut"), width=12),
            ),
            ("number", "organization"),
            ("number", "organization"),
            ("partenariats", "operateurs"),
        ),
        SheetForm(
            INDICATORS,
            "Indicateurs et cibles",
            (
                _NUMBER,
                _TITLE_SHOWN,
                Field("name", "Indicateur", TEXT, ("nom", "intitule", "libelle", "indicateurs", "intitule de l'indicateur"), most=200, width=36),
                Field("unit", "Unité", TEXT, ("unite de mesure", "mesure"), most=60, width=16),
                Field("method", "Comment on compte", TEXT, ("methode", "mode de calcul", "definition"), most=300, width=36),
                Field("source", "Source", TEXT, ("source des donnees", "sources"), most=200, width=24),
                Field("direction", "Sens", CHOICE, ("tendance", "direction"), DIRECTIONS, width=13),
                Field("level", "Niveau", CHOICE, ("type", "type d'indicateur"), LEVELS, width=13),
                Field("period", "Rythme", CHOICE, ("frequence", "periodicite"), PERIODS, width=11),
                Field("over_year", "Sur l’année", CHOICE, ("cumul", "calcul annuel"), SUMS, width=22),
                Field("baseline", "Point de départ", NUMBER, ("valeur de depart", "situation de depart", "reference", "baseline"), width=13),
                Field("baseline_year", "Année de départ", WHOLE, ("annee de reference",), width=10),
                Field("organization", "Compté par", TEXT, ("responsable", "qui compte", "partenaire", "organisation"), most=200, width=24),
            ),
            ("number", "name"),
            ("number", "name"),
            ("indicateurs", "cibles", "objectifs chiffres"),
            {
                "target": ("cible", "objectif", "attendu", "prevu", "valeur cible"),
                "value": ("realise", "chiffre", "valeur", "resultat", "atteint", "observe"),
            },
        ),
        SheetForm(
            FIGURES,
            "Chiffres",
            (
                _NUMBER,
                _TITLE_SHOWN,
                Field("name", "Indicateur", TEXT, ("nom", "intitule", "libelle"), most=200, width=36),
                _YEAR,
                Field("month", "Mois", WHOLE, ("n° du mois",), width=8),
                Field("value", "Valeur", NUMBER, ("chiffre", "realise", "resultat", "nombre", "atteint"), width=13),
                Field("how_counted", "Comment compté", TEXT, ("comment on compte", "methode", "source"), most=300, width=36),
                Field("sentence", "Une phrase", TEXT, ("commentaire", "remarque", "explication"), most=500, width=44),
                Field("state", "Relecture", SHOWN, ("etat",), width=16),
            ),
            ("number", "name", "year", "month"),
            ("number", "name"),
            ("resultats", "realisations", "observations", "chiffres"),
            {"value": ("realise", "chiffre", "valeur", "resultat", "atteint", "observe")},
        ),
        SheetForm(
            AMOUNTS,
            "Montants",
            (
                _NUMBER,
                _TITLE_SHOWN,
                _YEAR,
                Field("label", "Ligne de financement", TEXT, ("ligne", "libelle", "financement", "subside", "source de financement"), most=200, width=32),
                Field("funder", "Pouvoir subsidiant", TEXT, ("subsidiant", "financeur", "pouvoir subsidiant", "bailleur"), most=200, width=28),
                Field("basis", "Base légale", TEXT, ("base", "type"), width=16),
                Field("function_code", "Code fonctionnel", TEXT, ("fonction", "code fonction"), most=20, width=14),
                Field("stage", "Étape budgétaire", SHOWN, ("etape", "budget", "modification budgetaire"), width=20),
                Field("amount", "Montant", AMOUNT, ("montant (€)", "montant €", "montant eur", "euros", "somme", "budget (€)"), width=15),
            ),
            ("number", "year", "label"),
            (),
            ("budgets", "budget", "financements", "argent", "depenses"),
            {"amount": ("montant", "budget", "subside", "subvention", "credit")},
        ),
    )
}  # fmt: skip
HELP_TITLE = "Lisez-moi"


def year_heading(name: str) -> str:
    """How a column that bears a year is headed: « Cible 2024 »."""
    base, _, year = name.partition(":")
    return f"{ {'target': 'Cible', 'value': 'Réalisé', 'amount': 'Montant'}[base] } {year}"


# --- The header ---------------------------------------------------------------------------------------------------
_YEARED = re.compile(r"(?:(?P<before>.+?)[ :_-]*)?\(?\b(?P<year>(?:19|20)\d\d)\b\)?(?:[ :_-]*(?P<after>.+))?")


@dataclass(frozen=True, slots=True)
class SheetReading:
    """A sheet of a file as it was understood. `columns`: index → field; `unknown`: headings that say nothing to us."""

    kind: str
    columns: Mapping[int, str]
    unknown: tuple[str, ...]
    missing: tuple[str, ...]

    @property
    def certain(self) -> bool:
        return bool(self.kind) and not self.unknown and not self.missing


def sheet_key(header: Sequence[str]) -> str:
    """What a remembered mapping is filed under."""
    return header_key(label.strip() for label in header)


def read_sheet_header(title: str, header: Sequence[str], kind: str = "") -> SheetReading:
    """What a sheet is, by its name and its headings (or of the `kind` said), and what each of its columns is.

    >>> read_sheet_header("Feuille1", ["N°", "Intitulé de l'action", "Statut"]).kind
    'actions'
    """
    if not kind:
        kind = _kind_of(title, header)
    if not kind:
        return SheetReading("", {}, tuple(label for label in header if label.strip()), ())
    columns = _columns_of(SHEETS[kind], header)
    unknown = tuple(label for i, label in enumerate(header) if i not in columns and label.strip())
    return SheetReading(kind, columns, unknown, missing_fields(kind, columns.values()))


def missing_fields(kind: str, fields: Iterable[str]) -> tuple[str, ...]:
    """Fields without which no row of this sheet can be read; money and figures need an amount or a value, with a year or under it."""
    given = list(fields)
    bases = {one.partition(":")[0] for one in given}
    missing = [name for name in SHEETS[kind].required if name not in given]
    for base, needing in (("amount", AMOUNTS), ("value", FIGURES)):
        if kind == needing:
            if base not in bases:
                missing.append(base)
            elif base in given and "year" not in given:
                missing.append("year")
    return tuple(missing)


def _kind_of(title: str, header: Sequence[str]) -> str:
    named = fold(title)
    if named == fold(HELP_TITLE):
        return ""
    for form in SHEETS.values():
        if named == fold(form.title):
            return form.kind
    scores = {}
    for form in SHEETS.values():
        columns = _columns_of(form, header)
        if not missing_fields(form.kind, columns.values()):
            scores[form.kind] = len(columns) + (2 if named in form.names else 0)
    return max(scores, key=lambda kind: (scores[kind], -KINDS.index(kind)), default="")


def _columns_of(form: SheetForm, header: Sequence[str]) -> dict[int, str]:
    """Index → field, each field once; our own names win over what else a column is called."""
    folded = [fold(label).rstrip(" :*") for label in header]
    found: dict[int, str] = {}
    taken: set[str] = set()
    fields = (*form.fields, MARK)
    for names in ({fold(one.heading): one.name for one in fields}, {name: one.name for one in reversed(fields) for name in one.names}):
        for i, label in enumerate(folded):
            name = names.get(label, "")
            if name and i not in found and name not in taken:
                found[i] = name
                taken.add(name)
    for i, label in enumerate(folded):
        if i not in found and (name := _yeared(form, label)) and name not in taken:
            found[i] = name
            taken.add(name)
    return found


def _yeared(form: SheetForm, label: str) -> str:
    match = _YEARED.fullmatch(label)
    if not match or not form.by_year:
        return ""
    words = " ".join(filter(None, (match["before"], match["after"]))).strip()
    for base, names in form.by_year.items():
        if words in names or words.rstrip("s") in names:
            return f"{base}:{match['year']}"
    return ""
