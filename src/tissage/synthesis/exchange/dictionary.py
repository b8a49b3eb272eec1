"""The data dictionary: what each column and each key of our data means, once, for CSV, JSON and spreadsheet alike."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Column:
    """A column or key: its name in the file, its meaning, its type (text, integer, list, object), its unit, and where its rule comes from."""

    name: str
    meaning_fr: str
    meaning_en: str
    type: str
    unit: str = ""
    source: str = ""


CUBE_COLUMNS = (
    Column(
        "group",
        "Groupe homogène qui s’est exprimé ; pour le public, son nom public ou le bloc qui le réunit à d’autres",
        "Homogeneous group that spoke; for the public, its public name or the block it is merged into",
        "text",
        source="spiral.md §16",
    ),
    Column(
        "question",
        "Code de la question posée (WB bien-être, IB mal-être, ACT action…)",
        "Code of the question put",
        "text",
        source="spiral.md §3",
    ),
    Column(
        "dimension",
        "Lettre de la dimension ; vide tant que le critère n’est pas codé",
        "Letter of the dimension; empty while uncoded",
        "text",
        source="spiral.md §9",
    ),
    Column(
        "component",
        "Composante, une lettre et deux chiffres ; vide tant que le critère n’est pas codé",
        "Component, a letter and two digits; empty while uncoded",
        "text",
        source="spiral.md §7, §9",
    ),
    Column(
        "component_label",
        "Nom de la composante dans la nomenclature utilisée",
        "Name of the component in the nomenclature used",
        "text",
        source="spiral.md §9",
    ),
    Column(
        "letter",
        "Lettre de sens (catégorie de besoin, jamais une note) ; vide sans sens",
        "Sense letter (a category of need, never a grade); empty without sense",
        "text",
        source="spiral.md §8",
    ),
    Column(
        "criteria",
        "Nombre de critères : idées distinctes",
        "Number of criteria: distinct ideas",
        "integer",
        "critères",
        "spiral.md §2, §14",
    ),
    Column(
        "expressions",
        "Nombre d’expressions : notes qui portent ces critères ; jamais une part de la population",
        "Number of expressions: notes that carry these criteria; never a share of the population",
        "integer",
        "expressions",
        "spiral.md §11, §14",
    ),
)

LINE_COLUMNS = (
    Column(
        "group", "Groupe homogène, ou bloc pour le public", "Homogeneous group, or block for the public", "text", source="spiral.md §16"
    ),
    Column("question", "Code de la question posée", "Code of the question put", "text", source="spiral.md §3"),
    Column(
        "component", "Composante ; vide tant que le critère n’est pas codé", "Component; empty while uncoded", "text", source="spiral.md §7"
    ),
    Column(
        "code",
        "Code entier : objet, sous-composante, sens, bénéficiaire",
        "Whole code: object, sub-component, sense, beneficiary",
        "text",
        source="spiral.md §7",
    ),
    Column("letter", "Lettre de sens ; vide sans sens", "Sense letter; empty without sense", "text", source="spiral.md §8"),
    Column(
        "text",
        "Le critère, dans les mots des personnes (ou caviardé pour le public)",
        "The criterion, in the people’s own words (or redacted for the public)",
        "text",
        source="spiral.md §14",
    ),
    Column("language", "Langue du critère, si elle est notée", "Language of the criterion, when noted", "text"),
    Column(
        "french_text",
        "Formulation française, si le critère est dans une autre langue",
        "French wording, when the criterion is in another language",
        "text",
    ),
    Column(
        "expressions",
        "Nombre d’expressions que porte ce critère",
        "Number of expressions this criterion carries",
        "integer",
        "expressions",
        "spiral.md §11",
    ),
)

_COUNTS_FR, _COUNTS_EN = "Nombre de critères par", "Number of criteria by"

JSON_KEYS = (
    Column("criteria", "Nombre de critères de la sélection", "Number of criteria in the selection", "integer", "critères"),
    Column("expressions", "Nombre d’expressions de la sélection", "Number of expressions in the selection", "integer", "expressions"),
    Column(
        "groups",
        "Nombre de groupes de la sélection, entendus ou non",
        "Number of groups in the selection, heard or not",
        "integer",
        "groupes",
    ),
    Column(
        "groups_heard",
        "Nombre de groupes dont un critère au moins est dans la sélection",
        "Number of groups with at least one criterion",
        "integer",
        "groupes",
    ),
    Column("by_question", f"{_COUNTS_FR} question", f"{_COUNTS_EN} question", "object", "critères"),
    Column("by_dimension", f"{_COUNTS_FR} dimension, critères codés", f"{_COUNTS_EN} dimension, coded criteria", "object", "critères"),
    Column("by_component", f"{_COUNTS_FR} composante, critères codés", f"{_COUNTS_EN} component, coded criteria", "object", "critères"),
    Column(
        "by_letter",
        f"{_COUNTS_FR} lettre de sens, critères sans sens laissés de côté",
        f"{_COUNTS_EN} sense letter, criteria without sense left out",
        "object",
        "critères",
    ),
    Column("by_group", f"{_COUNTS_FR} groupe, groupes entendus", f"{_COUNTS_EN} group, groups heard", "object", "critères"),
    Column("coded", "Nombre de critères codés", "Number of coded criteria", "integer", "critères"),
    Column("uncoded", "Nombre de critères sans code", "Number of criteria without a code", "integer", "critères"),
    Column(
        "in_general",
        "Nombre de critères codés « en général » (x00) : un signe de doute au codage",
        "Number of criteria coded “in general” (x00): a sign of coding doubt",
        "integer",
        "critères",
        "spiral.md §9.3",
    ),
    Column(
        "cube",
        "Une ligne par groupe, question, composante et lettre, avec criteria et expressions",
        "One row per group, question, component and letter, with criteria and expressions",
        "list",
    ),
    Column("nomenclature", "Référentiel et version des codes", "Framework and version of the codes", "object", source="spiral.md §9"),
    Column(
        "rule",
        "Pour le public : la règle qui dit quels groupes sont montrés",
        "For the public: the rule that says which groups are shown",
        "text",
        source="spiral.md §16",
    ),
)
