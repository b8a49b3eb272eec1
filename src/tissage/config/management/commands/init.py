"""`tissage init`: prepares the data folder. May run twice, and on a folder that is not empty."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.utils import timezone

from tissage.config.installation import prepare
from tissage.ui.commands import JsonCommand


class Command(JsonCommand):
    help = "Prépare le dossier de données : secret, base de données, référentiels."

    def answer(self, **options: Any) -> dict[str, Any]:
        done = prepare(settings.TISSAGE_HOME, now=timezone.now())
        return {"home": str(settings.TISSAGE_HOME), "done": done}

    def words(self, result: dict[str, Any]) -> str:
        what = ", ".join(result["done"]) or "rien à faire"
        return f"{result['home']} est prêt : {what}."
