"""`tissage check`: what is wrong with this installation, and how to mend it. Exit status 1 when something keeps it from serving."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django.core.checks import WARNING, run_checks

from tissage.config.installation import Trouble, troubles
from tissage.ui.commands import JsonCommand, Refusal


class Command(JsonCommand):
    help = "Dit ce qui ne va pas dans cette installation, et comment y remédier."

    def answer(self, **options: Any) -> dict[str, Any]:
        found = [Trouble(str(issue.msg), str(issue.hint or ""), issue.level > WARNING) for issue in run_checks() if issue.level >= WARNING]
        found += troubles()
        result = {"ok": not any(trouble.blocking for trouble in found), "troubles": [asdict(trouble) for trouble in found]}
        if not result["ok"]:
            raise Refusal(self.words(result), **result)
        return result

    def words(self, result: dict[str, Any]) -> str:
        if not result["troubles"]:
            return "Tout est en ordre."
        return "\n".join(f"{'✗' if each['blocking'] else '!'} {each['what']} → {each['remedy']}" for each in result["troubles"])
