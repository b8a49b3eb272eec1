"""Forms of a space, of its elections and of who stands."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.validators import FileExtensionValidator
from django.utils.translation import gettext_lazy as _

from tissage.commitments.models import Contestant, Election, Sending, Space, SpaceMembership
from tissage.commitments.operations.contestants import Contact
from tissage.network.models import Organization
from tissage.people.models import Territory, User, fold_email
from tissage.ui.forms import date_field, long_text, offer

PROOF_ENDINGS = ["pdf", "png", "jpg", "jpeg"]
PROOF_HELP = _("PDF, PNG ou JPEG, 10 Mo au plus.")


class SpaceForm(forms.Form):
    name = forms.CharField(label=_("Nom de l’espace"), max_length=160)
    description = forms.CharField(
        label=_("Présentation"),
        help_text=_("Montrée sur la page publique des réponses."),
        required=False,
        max_length=4_000,
        widget=long_text(4),
    )


class OpenSpaceForm(forms.Form):
    """By who administers the installation: the names are typed, so that this page lists no organisation of anybody."""

    territory = forms.SlugField(label=_("Adresse courte du territoire"), max_length=60)
    organization = forms.CharField(
        label=_("Nom de l’association"), help_text=_("Tel qu’il est écrit au registre du territoire."), max_length=200
    )
    slug = forms.SlugField(
        label=_("Adresse courte de l’espace"), help_text=_("Des minuscules et des tirets : mon-association."), max_length=60
    )
    email = forms.EmailField(label=_("Adresse e-mail de la première personne responsable"), help_text=_("Elle a déjà un compte."))

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        place = Territory.objects.filter(slug=cleaned.get("territory", "")).first()
        cleaned["found"] = Organization.objects.filter(territory=place, name=cleaned.get("organization", "")).first() if place else None
        if cleaned["found"] is None and not self.errors:
            self.add_error("organization", _("Aucune organisation de ce nom dans ce territoire."))
        cleaned["owner"] = User.objects.filter(email=fold_email(cleaned.get("email", "")), is_active=True).first()
        if cleaned["owner"] is None and "email" in cleaned:
            self.add_error("email", _("Aucun compte à cette adresse. Invitez d’abord cette personne."))
        return cleaned


class SpaceRoleForm(forms.Form):
    email = forms.EmailField(label=_("Adresse e-mail"), help_text=_("Celle d’un compte de cette installation."))
    role = forms.ChoiceField(
        label=_("Rôle"),
        choices=SpaceMembership.Role.choices,
        initial=SpaceMembership.Role.EDITOR,
        help_text=_("Responsable : donne les rôles, fige, publie et clôt. Rédaction : écrit et envoie. Lecture : lit."),
    )


class ElectionForm(forms.Form):
    name = forms.CharField(label=_("Élection"), help_text=_("Par exemple : élections communales 2030."), max_length=160)
    held_on = date_field(_("Jour du scrutin"), required=True)


class ContestantForm(forms.Form):
    kind = forms.ChoiceField(label=_("Genre"), choices=Contestant.Kind.choices, initial=Contestant.Kind.LIST)
    name = forms.CharField(label=_("Nom de la liste ou de la personne"), max_length=160)
    party = forms.CharField(label=_("Parti"), required=False, max_length=120)
    list_number = forms.IntegerField(
        label=_("Numéro de liste"),
        help_text=_("Il donne l’ordre partout ; sans lui, l’ordre alphabétique."),
        required=False,
        min_value=1,
        max_value=999,
    )
    contact_name = forms.CharField(label=_("Personne à contacter"), required=False, max_length=160)
    email = forms.EmailField(
        label=_("Adresse e-mail"), help_text=_("Gardée chiffrée, effacée à la clôture de la phase."), required=False, max_length=254
    )
    address = forms.CharField(label=_("Adresse postale"), required=False, max_length=400, widget=long_text(2))

    @property
    def contact(self) -> Contact:
        given = self.cleaned_data
        return Contact(given["contact_name"].strip(), given["email"].strip(), given["address"].strip())

    @property
    def details(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("name", "kind", "party", "list_number")}


class LetterForm(forms.Form):
    channel = forms.ChoiceField(
        label=_("Remise"),
        choices=[(one.value, one.label) for one in (Sending.Channel.POST, Sending.Channel.HAND)],
        initial=Sending.Channel.POST,
    )
    sent_on = date_field(_("Jour de l’envoi"), required=True, help_text=_("Le même pour toutes les listes."))


class ProofForm(forms.Form):
    proof = forms.FileField(label=_("Preuve de l’envoi"), help_text=PROOF_HELP, validators=[FileExtensionValidator(PROOF_ENDINGS)])


class PaperForm(forms.Form):
    """When an answer came on paper, and the scan that proves it."""

    received_on = date_field(_("Reçue le"), required=True)
    proof = forms.FileField(
        label=_("Réponse numérisée"), help_text=PROOF_HELP, required=False, validators=[FileExtensionValidator(PROOF_ENDINGS)]
    )
    is_public = forms.BooleanField(
        label=_("Montrer cette pièce avec la réponse publiée"),
        help_text=_("Seulement si elle ne porte ni signature, ni adresse, ni téléphone."),
        required=False,
    )


class CloseForm(forms.Form):
    installed_on = date_field(_("Conseil installé le"), required=True)
    forget_proofs = forms.BooleanField(
        label=_("Effacer aussi les preuves d’envoi"),
        help_text=_("Elles portent souvent une adresse. Le registre des envois reste."),
        required=False,
        initial=True,
    )


class DatesForm(forms.Form):
    election = forms.ModelChoiceField(label=_("Élection"), queryset=Election.objects.none(), required=False, empty_label=_("à choisir"))
    answer_deadline = date_field(_("Réponses jusqu’au"), help_text=_("Ce jour compris, le même pour toutes les listes."))

    def __init__(self, *args: Any, space: Space, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "election", space.elections.filter(closed_at__isnull=True))
