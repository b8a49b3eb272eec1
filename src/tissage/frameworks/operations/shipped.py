"""The reference data that Tissage ships: the nomenclature, the plan frameworks and the vocabulary, loaded once; a later one is loaded beside it."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext_noop

from tissage.core.folding import fold
from tissage.frameworks.models import Framework, FrameworkVersion, Phrase
from tissage.frameworks.queries import SPIRAL, shipped_rows, shipped_terms
from tissage.people.operations import record

from .crosswalks import propose_crosswalk
from .shipped_plans import load_shipped_plan_frameworks
from .shipped_vocabulary import load_shipped_vocabulary
from .versions import store_terms

SHIPPED_VERSION = "2019-tissage-1"


@transaction.atomic
def load_shipped_frameworks(*, now: dt.datetime, label: str = SHIPPED_VERSION) -> FrameworkVersion:
    """Loads the SPIRAL nomenclature that Tissage ships, the plan frameworks and the vocabulary beside it. Run again, it changes nothing.

    Gives the nomenclature. Under a label not yet there it is loaded beside the versions that stand, with a proposed mapping from the latest.
    """
    load_shipped_plan_frameworks(now=now)
    load_shipped_vocabulary(now=now)
    framework, _ = Framework.objects.get_or_create(
        slug=SPIRAL,
        defaults={
            "name": "Nomenclature SPIRAL",
            "description": gettext_noop("Dimensions, composantes et sens de la méthode SPIRAL du Conseil de l’Europe."),
        },
    )
    version = framework.versions.filter(label=label).first()
    if version is not None:
        return version
    previous = framework.versions.published().order_by("-published_at", "-pk").first()
    version = FrameworkVersion.objects.create(
        framework=framework,
        label=label,
        source="Pages publiques de wikispiral ; textes de clé reformulés par le projet ; statut de chaque libellé indiqué.",
        previous=previous,
        published_at=now,
    )
    nodes = store_terms(version=version, terms=shipped_terms())
    Phrase.objects.bulk_create(
        Phrase(node=nodes["component", row["code"]], language=row["lang"], text=row["phrase"], search=fold(row["phrase"]))
        for row in shipped_rows("spiral-phrases.csv")
    )
    if previous is not None:
        propose_crosswalk(source=previous, target=version, now=now)
    record(verb="frameworks.load_version", by=None, territory=None, on=version, numbers={"codes": len(nodes)}, now=now)
    return version


def spiral_version(*, now: dt.datetime) -> FrameworkVersion:
    """The latest published SPIRAL version; the shipped one is loaded when there is none yet."""
    latest = FrameworkVersion.objects.published().filter(framework__slug=SPIRAL).order_by("-published_at", "-pk").first()
    return latest or load_shipped_frameworks(now=now)
