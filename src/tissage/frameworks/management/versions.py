"""Finding the version that a command names."""

from __future__ import annotations

from tissage.frameworks.models import FrameworkVersion
from tissage.frameworks.queries import SPIRAL, latest_published
from tissage.ui.commands import Refusal


def version_called(label: str) -> FrameworkVersion:
    """The SPIRAL version of that name, draft or published; the latest published without a name."""
    versions = FrameworkVersion.objects.filter(framework__slug=SPIRAL).select_related("framework")
    found = versions.filter(label=label).first() if label else latest_published()
    if found is None:
        known = ", ".join(versions.order_by("pk").values_list("label", flat=True)) or "aucune"
        wanted = f"Aucune version ne s’appelle « {label} »." if label else "Aucune version n’est publiée."
        raise Refusal(f"{wanted} Versions présentes : {known}. « tissage init » charge celle que Tissage livre.")
    return found
