"""`tissage open-space SLUG --territory SLUG --organization NAME --owner EMAIL`: the space of an association, and its first owner."""

from __future__ import annotations

import re
from typing import Any

from django.core.management.base import CommandParser
from django.utils import timezone

from tissage.commitments.operations.spaces import SpaceRefused, create_space
from tissage.network.models import Organization
from tissage.people.models import User, fold_email
from tissage.ui.commands import JsonCommand, Refusal


class Command(JsonCommand):
    help = "Ouvre l’espace d’une association du registre et y nomme une première personne responsable."

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("slug", metavar="ADRESSE", help="adresse courte de l’espace")
        parser.add_argument("--territory", required=True, metavar="SLUG", help="adresse courte du territoire")
        parser.add_argument("--organization", required=True, metavar="NOM", help="nom de l’association, tel qu’au registre")
        parser.add_argument("--owner", required=True, metavar="E-MAIL", help="adresse du compte de la personne responsable")
        parser.add_argument("--name", default="", metavar="NOM", help="nom de l’espace ; celui de l’association sinon")

    def answer(self, **options: Any) -> dict[str, Any]:
        slug = options["slug"]
        if not re.fullmatch(r"[a-z0-9][a-z0-9_-]{0,59}", slug):
            raise Refusal(f"L’adresse « {slug} » ne convient pas. Attendu : des minuscules, des chiffres et des tirets.", space=slug)
        organizations = Organization.objects.filter(territory__slug=options["territory"]).select_related("territory")
        organization = organizations.filter(name=options["organization"]).first()
        if organization is None:
            raise Refusal(f"Aucune organisation « {options['organization']} » dans le territoire « {options['territory']} ».", space=slug)
        owner = User.objects.filter(email=fold_email(options["owner"]), is_active=True).first()
        if owner is None:
            raise Refusal(f"Aucun compte à l’adresse {options['owner']}. Invitez d’abord cette personne (tissage invite).", space=slug)
        try:
            made = create_space(organization=organization, slug=slug, name=options["name"], owner=owner, by=None, now=timezone.now())
        except SpaceRefused as refusal:
            raise Refusal(str(refusal), space=slug) from None
        return {"space": made.slug, "name": made.name, "organization": organization.name, "owner": owner.email}

    def words(self, result: dict[str, Any]) -> str:
        return f"Espace « {result['name']} » ouvert à l’adresse /espaces/{result['space']}/ ; responsable : {result['owner']}."
