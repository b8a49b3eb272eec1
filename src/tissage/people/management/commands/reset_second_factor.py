"""`tissage reset_second_factor EMAIL`: for somebody who lost theirs and whom no coordinator can help."""

from __future__ import annotations

from typing import Any

from django.core.management.base import CommandParser
from django.utils import timezone

from tissage.people.models import User, fold_email
from tissage.people.operations import NoSecondFactor, reset_second_factor
from tissage.ui.commands import JsonCommand, Refusal


class Command(JsonCommand):
    help = "Retire le deuxième facteur d’un compte ; la personne en est avertie par e-mail."

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("email")

    def answer(self, **options: Any) -> dict[str, Any]:
        email = fold_email(options["email"])
        user = User.objects.filter(email=email).first()
        if user is None:
            raise Refusal(f"Aucun compte n’a l’adresse « {email} ».", email=email)
        try:
            removed = reset_second_factor(user=user, by=None, now=timezone.now())
        except NoSecondFactor as refusal:
            raise Refusal(str(refusal), email=email) from None
        return {"email": email, "removed": removed}

    def words(self, result: dict[str, Any]) -> str:
        return f"Le deuxième facteur de {result['email']} est réinitialisé."
