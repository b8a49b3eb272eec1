"""`tissage invite EMAIL --territory SLUG --role ROLE`: an invitation whose link is printed; how the first account is made."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import CommandParser
from django.core.validators import validate_email
from django.utils import timezone

from tissage.people.models import Membership, Territory
from tissage.people.operations import AlreadyMember, invite
from tissage.ui.commands import JsonCommand, Refusal


class Command(JsonCommand):
    help = "Invite une adresse à un rôle dans un territoire, et imprime le lien à lui remettre."

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("email")
        parser.add_argument("--territory", metavar="SLUG", help="adresse courte du territoire")
        parser.add_argument("--role", choices=Membership.Role.values, help="coordinator, facilitator ou reader")
        parser.add_argument("--administrator", action="store_true", help="la personne administrera aussi l’installation")
        parser.add_argument("--name", default="", help="nom d’usage proposé")

    def answer(self, **options: Any) -> dict[str, Any]:
        if not options["territory"] and not options["administrator"]:
            raise Refusal("Précisez --territory SLUG et --role, ou --administrator pour un compte qui administre l’installation.")
        if options["territory"] and not options["role"]:
            raise Refusal("Précisez --role : coordinator, facilitator ou reader.")
        try:
            validate_email(options["email"].strip())
        except ValidationError:
            raise Refusal(f"« {options['email']} » n’est pas une adresse e-mail.") from None
        try:
            invited = invite(
                email=options["email"],
                role=options["role"] or Membership.Role.READER,
                territory=self._territory(options["territory"]),
                name=options["name"],
                makes_administrator=options["administrator"],
                by_mail=False,
                now=timezone.now(),
            )
        except AlreadyMember as refusal:
            raise Refusal(str(refusal)) from None
        invitation = invited.invitation
        return {
            "email": invitation.email,
            "territory": options["territory"] or None,
            "role": invitation.role if invitation.territory else None,
            "link": invited.link,
        }

    def _territory(self, slug: str | None) -> Territory | None:
        if not slug:
            return None
        territory = Territory.objects.filter(slug=slug).first()
        if territory is None:
            known = list(Territory.objects.values_list("slug", flat=True)[:20])
            remedy = f"Territoires connus : {', '.join(known)}." if known else "Aucun territoire n’existe encore : un import en crée un."
            raise Refusal(f"Le territoire « {slug} » n’existe pas. {remedy}", territory=slug)
        return territory

    def words(self, result: dict[str, Any]) -> str:
        where = f" dans {result['territory']} ({result['role']})" if result["territory"] else ""
        return f"Invitation de {result['email']}{where}, valable quatorze jours. Lien à remettre à cette personne :\n{result['link']}"
