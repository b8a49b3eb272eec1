"""Forms of accounts, roles and territories: they clean what was typed, operations do the rest."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import get_adapter
from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from tissage.ui.forms import offer, offer_words

from .journal import verb_in_words
from .models import Membership, Territory, User, fold_email
from .queries import journal_actors, journal_verbs

ROLE_HELP = _(
    "Coordination : tout, y compris les personnes et les réglages. Animation : groupes, ateliers, critères et codage. "
    "Lecture : voir, sans rien changer. Gestion du plan : le plan, ses partenaires, son argent et ses documents. "
    "Finances : l’argent du plan, sans les paroles. Partenaire : les actions de son organisation, et rien d’autre. "
    "Commission et conseil : lire ce qui est adopté, et le commenter."
)
PARTNER_HELP = _(
    "Pour un partenaire, inscrivez d’abord la personne, avec cette adresse, sur la page de son organisation : "
    "son compte y sera relié quand elle accepte."
)


class NameForm(forms.ModelForm[User]):
    class Meta:
        model = User
        fields = ["name", "language"]
        help_texts = {"name": _("Celui que vous souhaitez voir partout, y compris sur ce que vous avez déjà fait.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].widget.attrs["autocomplete"] = "name"
        self.fields["language"] = forms.ChoiceField(label=_("Langue des écrans"), choices=settings.LANGUAGES)


class InviteForm(forms.Form):
    email = forms.EmailField(
        label=_("Adresse e-mail"),
        help_text=format_lazy("{} {}", _("La personne reçoit un lien valable quatorze jours."), PARTNER_HELP),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    role = forms.ChoiceField(label=_("Rôle"), help_text=ROLE_HELP, choices=Membership.Role.choices, initial=Membership.Role.FACILITATOR)

    def clean_email(self) -> str:
        return fold_email(self.cleaned_data["email"])


class RoleForm(forms.Form):
    role = forms.ChoiceField(label=_("Rôle"), help_text=ROLE_HELP, choices=Membership.Role.choices, widget=forms.RadioSelect)


class JoinForm(forms.Form):
    """What a new person gives: a name and a password that passes the validators."""

    name = forms.CharField(
        label=_("Nom d’usage"),
        max_length=120,
        help_text=_("Le nom sous lequel l’équipe vous connaît. Vous pourrez le changer."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    password = forms.CharField(
        label=_("Mot de passe"),
        strip=False,
        help_text=_("Douze caractères au moins ; une phrase convient très bien."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}, render_value=False),
    )

    def __init__(self, *args: Any, email: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.email = email

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if "password" in cleaned:
            try:
                get_adapter().clean_password(cleaned["password"], user=User(email=self.email, name=cleaned.get("name", "")))
            except ValidationError as error:
                self.add_error("password", error)
        return cleaned


class SettingsForm(forms.ModelForm[Territory]):
    class Meta:
        model = Territory
        fields = ["name", "description", "visibility", "suppression_threshold", "two_factor_required"]
        widgets = {"description": forms.Textarea(attrs={"rows": 5}), "visibility": forms.RadioSelect}
        labels = {"visibility": _("Page du territoire"), "name": _("Nom"), "description": _("Description")}
        help_texts = {
            "description": _("Quelques phrases pour qui découvre la démarche."),
            "visibility": _("Publique : la page et les synthèses publiées se lisent sans compte. Le reste demeure à l’équipe."),
            "two_factor_required": _("Chaque membre confirme sa connexion avec son téléphone ou une clé d’accès."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_words(self, "visibility", Territory.Visibility.choices)
        self.fields["suppression_threshold"] = forms.IntegerField(
            label=_("Seuil des petits groupes (personnes)"),
            help_text=_("Un groupe plus petit n’est jamais montré seul hors de l’équipe. La méthode conseille cinq."),
            min_value=1,
            max_value=1000,
        )
        self.fields["two_factor_required"].label = _("Deuxième facteur obligatoire")


class JournalForm(forms.Form):
    """Filters of the journal: a person and an act among those that occur in this territory."""

    person = forms.ModelChoiceField(label=_("Personne"), queryset=User.objects.none(), required=False, empty_label=_("Tout le monde"))
    act = forms.ChoiceField(label=_("Acte"), required=False)

    def __init__(self, *args: Any, territory: Territory, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "person", journal_actors(territory))
        verbs = sorted(((verb, verb_in_words(verb)) for verb in journal_verbs(territory)), key=lambda each: each[1])
        offer_words(self, "act", [("", _("Tous les actes")), *verbs])


class SearchForm(forms.Form):
    q = forms.CharField(label=_("Rechercher"), required=False, max_length=200, widget=forms.TextInput(attrs={"type": "search"}))
