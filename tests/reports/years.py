"""An invented year of a plan as a value: what documents are made from, without a database."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from tissage.core.money import Money, Total
from tissage.core.plan_year import (
    AccountOfYear,
    ActionOfYear,
    AgreementOfYear,
    AxisOfYear,
    CheckOfYear,
    DecisionOfYear,
    Facts,
    FigureOfYear,
    FunctionOfYear,
    FundingOfYear,
    HelpOfYear,
    MeetingOfYear,
    MoneyOf,
    PartnerOfAction,
    StaffOfYear,
    ToDoOfYear,
    VersionInForce,
    YearData,
)
from tissage.reports.documents import Missing, book_of
from tissage.reports.models import Report
from tissage.reports.queries.templates import OURS, ReportTemplate

FACTS = Facts(
    territory="Sormont",
    plan="PCS 2020-2025",
    year=2025,
    framework="PCS 2020-2025 édition 1",
    carrier="CPAS de Sormont",
    carrier_kind="CPAS",
    council="conseil de l’action sociale",
    starts_on=dt.date(2020, 1, 1),
    ends_on=dt.date(2025, 12, 31),
    threshold=5,
)
AXES = (AxisOfYear("1", "Le travail et la formation"), AxisOfYear("2", "Le logement"))


def figure(indicator, value, unit="personnes", **rest):
    state = "missing" if value is None else "approved"
    return FigureOfYear(indicator, unit, state, None if value is None else Decimal(value), how_counted="feuille de présence", **rest)


def action(number, **rest):
    details = {
        "key": number,
        "sequence": number,
        "title": f"Action numéro {number}",
        "code": f"{1 + number % 2}.1.{number:02d}",
        "axis": str(1 + number % 2),
        "state": "ongoing",
        "state_label": "en cours",
        "health": "good",
        "health_label": "va bien",
        "description": "Accueillir, orienter, accompagner.",
        "lead_service": "Cohésion sociale",
        "neighbourhoods": ("Centre",),
        "target_groups": ("jeunes", "aînés"),
        "partners": (PartnerOfAction("Maison des Liens", "operator", "opérateur"),),
        "figures": (figure("Personnes accueillies", 40 + number, target=Decimal(50), previous=Decimal(38)),),
        "accounts": (
            AccountOfYear("Maison des Liens", f"Douze ateliers de l’action {number}.", "Des liens.", "Peu de place.", "Contents."),
        ),
        "money": Money(Decimal("1000.00"), Decimal("0.00"), Decimal("900.50"), Decimal("0.00")),
    }
    return ActionOfYear(**{**details, **rest})


def year(*actions, **rest):
    actions = actions or tuple(action(number) for number in range(1, 7))
    spent = sum((one.money.spent or Decimal(0) for one in actions), Decimal(0))
    total = Money(Decimal("1000.00") * len(actions), Decimal("0.00"), spent, Decimal("5000.00"))
    details = {
        "facts": FACTS,
        "version": VersionInForce(2, "Avenant de 2023", dt.date(2023, 5, 2), dt.date(2023, 5, 9), "acceptée", dt.date(2023, 7, 1)),
        "axes": AXES,
        "actions": actions,
        "total": total,
        "unsplit": Money(Decimal("0.00"), Decimal("0.00"), Decimal("0.00"), Decimal("0.00")),
        "funded": Total(Decimal("125000.00")),
        "by_axis": tuple(MoneyOf(axis.code, f"{axis.code} · {axis.label}", total) for axis in AXES),
        "by_funder": (MoneyOf("9", "Région wallonne", total),),
        "by_partner": (MoneyOf("4", "Maison des Liens", total),),
        "funding": (
            FundingOfYear("Subvention", "Région wallonne", "Subvention du plan", "80110", "Budget initial", Decimal("100000.00")),
            FundingOfYear("Part propre", "CPAS de Sormont", "Part du pouvoir local", "80110", "Budget initial", Decimal("25000.00")),
            FundingOfYear("Don annoncé", "Fondation", "Autre source", "", "", None),
        ),
        "functions": (FunctionOfYear("80110", "expense", Decimal("5403.00"), Decimal("5400.00"), Decimal("3.00")),),
        "staff": (StaffOfYear(1, "Éducatrice", Decimal("0.500"), dt.date(2025, 1, 1), dt.date(2025, 12, 31)),),
        "help_in_kind": (HelpOfYear(1, "Maison des Liens", "Une salle, chaque semaine", Decimal("1200.00"), "prix de location"),),
        "help_total": Total(Decimal("1200.00")),
        "agreements": (
            AgreementOfYear(
                "Convention Liens",
                "convention de subvention",
                "signée",
                ("CPAS de Sormont", "Maison des Liens"),
                "Maison des Liens",
                (1, 2),
                dt.date(2025, 1, 1),
                dt.date(2025, 12, 31),
                amount=Decimal("5000.00"),
                paid=Decimal("4000.00"),
                accepted=Decimal("3500.00"),
            ),
        ),
        "checks": (
            CheckOfYear("cofinancing", "Part propre de 25 % de la subvention", True, "25 000,00 € pour 100 000,00 €", "à confirmer"),
            CheckOfYear("passed_on", "Article 20 reversé", None, "Aucune recette n’est connue.", "à confirmer"),
        ),
        "meetings": (
            MeetingOfYear(
                "Commission d’accompagnement",
                dt.date(2025, 11, 4),
                "tenue",
                14,
                None,
                (DecisionOfYear(1, "décision", "Étendre l’abri de nuit."),),
                (ToDoOfYear("Chercher un local", "Maison des Liens", dt.date(2026, 1, 15), "à faire"),),
            ),
        ),
    }
    return YearData(**{**details, **rest})


MOTIVATION = ("Le {conseil},", "Vu le plan « {plan} » ;", "Considérant que {depense} ont été dépensés ;")
DECISION = ("Article 1er. Le rapport {annee} est approuvé.", "Article 2. Il est transmis, séance du {seance}.")


def forms(**sections):
    made = {}
    for kind in Report.Kind.values:
        label = str(Report.Kind(kind).label)
        texts = {"motivation": MOTIVATION, "decision": DECISION} if kind == "dossier" else {}
        made[kind] = ReportTemplate(kind, kind, label[:1].upper() + label[1:], sections.get(kind, OURS[kind]), **texts)
    return made


def book(kind="activity", data=None, *, draft=False, **rest):
    frozen = {} if draft else {"version": 1, "frozen_on": dt.date(2026, 2, 2), "sha256": "3f2a90c4b1de" + "0" * 52}
    details = {"kind": kind, "templates": forms(), "made_on": dt.date(2026, 2, 9), **frozen, **rest}
    return book_of(data or year(), **details)


MISSING = (Missing("Chiffre « Nuitées » de l’action 3", "Maison des Liens"),)
