"""The fields of a year: what the texts of a vote and a municipality's own Word file may ask for. Documented here, once."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tissage.core.plan_year import ActionOfYear

from . import words
from .book import Book

_FIELD = re.compile(r"\{([a-zà-ÿ_]+)\}")


@dataclass(frozen=True, slots=True)
class Field:
    """A field: its name, what it says, an example. `inside` names the list whose items have it."""

    name: str
    meaning: Any
    example: str
    inside: str = ""


FIELDS: tuple[Field, ...] = (
    Field("territoire", gettext_lazy("le nom du territoire"), "Val-des-Tisserands"),
    Field("plan", gettext_lazy("le nom du plan"), "Plan de cohésion sociale 2020-2025"),
    Field("annee", gettext_lazy("l’année du rapport"), "2025"),
    Field("annee_suivante", gettext_lazy("l’année d’après"), "2026"),
    Field("porteur", gettext_lazy("qui porte le plan"), "CPAS de Val-des-Tisserands"),
    Field("conseil", gettext_lazy("le conseil qui vote"), "conseil de l’action sociale"),
    Field("referentiel", gettext_lazy("le référentiel et son édition"), "PCS 2020-2025 édition 1"),
    Field("periode", gettext_lazy("la période du plan"), "du 1er janvier 2020 au 31 décembre 2025"),
    Field("seance", gettext_lazy("la date de la séance choisie"), "17 mars 2026"),
    Field("version", gettext_lazy("la version des données, ou PROJET"), "version 1"),
    Field("arrete_le", gettext_lazy("le jour où les données ont été arrêtées"), "2 février 2026"),
    Field("numero", gettext_lazy("le numéro du document émis"), "12"),
    Field("empreinte", gettext_lazy("le début de l’empreinte des données"), "3f2a90c4b1de"),
    Field("actions_prevues", gettext_lazy("combien d’actions étaient prévues"), "32"),
    Field("actions_menees", gettext_lazy("combien sont en cours ou terminées"), "29"),
    Field("actions_en_retard", gettext_lazy("combien sont en retard"), "2"),
    Field("financement", gettext_lazy("le total des lignes de financement"), "135 000,00 €"),
    Field("budget", gettext_lazy("ce qui est affecté aux actions"), "125 000,00 €"),
    Field("depense", gettext_lazy("ce qui est dépensé"), "118 345,60 €"),
    Field("recu", gettext_lazy("ce qui est reçu"), "100 000,00 €"),
    Field("reste", gettext_lazy("ce qui reste"), "6 654,40 €"),
    Field("aide_en_nature", gettext_lazy("le total des aides en nature, à côté de l’argent"), "4 200,00 €"),
    Field("source", gettext_lazy("la phrase de source à mettre sous les chiffres"), "Source : données 2025…"),
    Field("actions", gettext_lazy("la liste des actions ; on écrit {% for action in actions %} … {% endfor %}"), "…"),
    Field("controles", gettext_lazy("la liste des contrôles"), "…"),
    Field("reunions", gettext_lazy("la liste des réunions de la commission"), "…"),
    Field("manques", gettext_lazy("la liste de ce qui manque"), "…"),
    Field("numero", gettext_lazy("le numéro de l’action"), "12", "actions"),
    Field("code", gettext_lazy("son code au catalogue"), "3.1.07", "actions"),
    Field("titre", gettext_lazy("son titre local"), "Abri de nuit", "actions"),
    Field("axe", gettext_lazy("son axe"), "3 · Santé", "actions"),
    Field("etat", gettext_lazy("son état"), "en cours", "actions"),
    Field("retard", gettext_lazy("pourquoi elle est en retard"), "à risque", "actions"),
    Field("partenaires", gettext_lazy("ses partenaires"), "ASBL Chantecler", "actions"),
    Field("fait", gettext_lazy("ce qui a été fait"), "Douze ateliers…", "actions"),
    Field("budget", gettext_lazy("son budget"), "12 000,00 €", "actions"),
    Field("depense", gettext_lazy("ce qu’elle a coûté"), "11 800,00 €", "actions"),
    Field("chiffres", gettext_lazy("ses chiffres, en une phrase"), "Personnes accueillies : 42 personnes", "actions"),
    Field("libelle", gettext_lazy("la règle"), "La part du pouvoir local…", "controles"),
    Field("resultat", gettext_lazy("respecté, non respecté ou inconnu"), "respecté", "controles"),
    Field("phrase", gettext_lazy("pourquoi"), "25 000,00 € sur 100 000,00 €", "controles"),
    Field("date", gettext_lazy("le jour de la réunion"), "3 mars 2026", "reunions"),
    Field("organe", gettext_lazy("quel organe"), "Commission d’accompagnement", "reunions"),
    Field("decisions", gettext_lazy("ce qui y a été décidé"), "1. Le rapport est approuvé.", "reunions"),
    Field("quoi", gettext_lazy("ce qui manque"), "Chiffre « Nuitées » de l’action 12", "manques"),
    Field("du_par", gettext_lazy("qui le doit"), "ASBL Chantecler", "manques"),
)
TOP = tuple(field.name for field in FIELDS if not field.inside)


def inside(name: str) -> tuple[str, ...]:
    """The fields of the items of a list."""
    return tuple(field.name for field in FIELDS if field.inside == name)


def missing_field(name: str) -> str:
    """What stands where a field is missing: named, never blank."""
    return _("[champ manquant : %(name)s]") % {"name": name}


def fill(text: str, values: Mapping[str, Any]) -> str:
    """A text with its fields between braces filled; one that is not there is named."""

    def one(match: re.Match[str]) -> str:
        value = values.get(match.group(1))
        return missing_field(match.group(1)) if value is None or isinstance(value, list) else str(value)

    return _FIELD.sub(one, text)


def fields_of(book: Book) -> dict[str, Any]:
    """Every field of `FIELDS` with its value for this book: texts, and lists of dictionaries of texts. Only `seance` and `numero` may be absent."""
    data, facts = book.data, book.data.facts
    values: dict[str, Any] = {
        "territoire": facts.territory,
        "plan": facts.plan,
        "annee": str(facts.year),
        "annee_suivante": str(facts.year + 1),
        "porteur": facts.carrier or facts.carrier_kind or _("inconnu"),
        "conseil": facts.council or _("inconnu"),
        "referentiel": facts.framework,
        "periode": words.period(facts),
        "version": book.state,
        "arrete_le": words.day(book.frozen_on) if book.frozen_on else _("données non arrêtées"),
        "empreinte": book.sha256[:12] or _("données non arrêtées"),
        "actions_prevues": words.number(len(data.actions)),
        "actions_menees": words.number(sum(one.state in ("ongoing", "terminated") for one in data.actions)),
        "actions_en_retard": words.number(sum(bool(one.late) for one in data.actions)),
        "financement": words.total(data.funded),
        "budget": words.budget(data.total),
        "depense": words.cents(data.total.spent),
        "recu": words.cents(data.total.received),
        "reste": words.cents(data.total.remaining),
        "aide_en_nature": words.total(data.help_total),
        "source": book.source,
        "actions": [_action(book, one) for one in data.actions],
        "controles": [{"libelle": one.label, "resultat": words.yes_no(one.passed), "phrase": one.sentence} for one in data.checks],
        "reunions": [
            {
                "date": words.day(one.held_on),
                "organe": one.body,
                "decisions": " ; ".join(f"{said.number}. {said.text}" for said in one.decisions),
            }
            for one in data.meetings
        ],
        "manques": [{"quoi": one.what, "du_par": one.owed_by or _("inconnu")} for one in book.missing],
    }
    if book.sitting_on:
        values["seance"] = words.day(book.sitting_on)
    if book.number:
        values["numero"] = str(book.number)
    return values


def _action(book: Book, action: ActionOfYear) -> dict[str, str]:
    axis = next((one for one in book.data.axes if one.code == action.axis), None)
    return {
        "numero": str(action.sequence),
        "code": action.code or _("sans code"),
        "titre": action.title,
        "axe": f"{axis.code} · {axis.label}" if axis else _("sans axe"),
        "etat": action.state_label,
        "retard": action.late or _("à temps"),
        "partenaires": ", ".join(one.name for one in action.partners) or _("aucun partenaire"),
        "fait": " ".join(one.done for one in action.accounts if one.done) or _("aucun bilan approuvé"),
        "budget": words.budget(action.money),
        "depense": words.cents(action.money.spent),
        "chiffres": " ; ".join(f"{one.indicator} : {book.value(action, one)}" for one in action.figures) or _("aucun chiffre"),
    }
