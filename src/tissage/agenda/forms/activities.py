"""Activities, who takes part, what they serve: what was typed, cleaned."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tissage.agenda.models import Activity, ActivityAction, ActivityPartner, Campaign
from tissage.agenda.queries.activities import AUDIENCE, CONCERNED, THEME
from tissage.core.vocabulary import ACTIVITY_TYPE
from tissage.frameworks.queries_vocabulary import vocabulary
from tissage.network.forms.collectives import LinesField, open_organizations
from tissage.network.models import Organization
from tissage.people.models import Territory, User
from tissage.plan.models import Action, Indicator
from tissage.ui.forms import long_text, offer, offer_words

LANGUAGES = [
    ("fr", _("français")),
    ("nl", _("néerlandais")),
    ("en", _("anglais")),
    ("ar", _("arabe")),
    ("lsfb", _("langue des signes (LSFB)")),
]
OPEN = (Campaign.Status.DRAFT, Campaign.Status.OPEN, Campaign.Status.PUBLISHED, Campaign.Status.RUNNING)


class ActivityForm(forms.Form):
    """An activity. `audience`, `concerned_group`, `theme` become `terms`; the others are columns."""

    title = forms.CharField(label=_("Titre"), max_length=200)
    type = forms.ChoiceField(label=_("Genre d’activité"))
    lead = forms.ModelChoiceField(
        label=_("Organisation responsable"),
        queryset=Organization.objects.none(),
        empty_label=_("choisir"),
        help_text=_("Elle seule remet le compte rendu. Les autres s’ajoutent ensuite, chacune avec son rôle."),
    )
    campaign = forms.ModelChoiceField(
        label=_("Campagne"), queryset=Campaign.objects.none(), required=False, empty_label=_("aucune : toute l’année")
    )
    summary = forms.CharField(label=_("En une phrase"), max_length=280, required=False)
    description = forms.CharField(label=_("Description"), required=False, widget=long_text(5))
    audience = forms.MultipleChoiceField(
        label=_("À qui elle s’adresse"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Qui sera dans la salle : des professionnels, des élèves, tout le monde."),
    )
    concerned_group = forms.MultipleChoiceField(
        label=_("De qui elle parle"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_(
            "Qui elle concerne, sans être forcément présent. Deux champs, pour ne jamais se tromper : une formation de soignant·e·s sur la "
            "santé des femmes lesbiennes s’adresse à des professionnels ; en un seul champ, elle annoncerait une réunion de patientes."
        ),
    )
    theme = forms.MultipleChoiceField(label=_("Thèmes"), required=False, widget=forms.CheckboxSelectMultiple)
    sensitive = forms.BooleanField(
        label=_("C’est une activité sensible"),
        required=False,
        help_text=_(
            "Y venir dit quelque chose de soi : santé, orientation, identité, séjour. Les inconnus n’en lisent alors qu’un titre neutre et le "
            "quartier ; aucune inscription n’y porte de nom."
        ),
    )
    neutral_title = forms.CharField(
        label=_("Titre neutre"),
        max_length=200,
        required=False,
        help_text=_("Demandé pour une activité sensible. Par exemple : « Rencontre du jeudi »."),
    )
    is_dated = forms.BooleanField(
        label=_("Elle a lieu à des dates"), required=False, initial=True, help_text=_("À décocher pour un podcast, une fresque, un badge.")
    )
    visibility = forms.ChoiceField(label=_("Qui la voit"), choices=Activity.Visibility.choices)
    language = forms.ChoiceField(label=_("Langue"), choices=LANGUAGES)
    min_age = forms.IntegerField(label=_("À partir de (ans)"), required=False, min_value=0, max_value=120)
    max_age = forms.IntegerField(label=_("Jusqu’à (ans)"), required=False, min_value=0, max_value=120)
    is_free = forms.BooleanField(label=_("Gratuite"), required=False, initial=True)
    price_note = forms.CharField(label=_("Prix, précisions"), max_length=200, required=False)
    resources = LinesField(
        label=_("Qui prête quoi"),
        required=False,
        widget=long_text(3),
        help_text=_("Une ligne par prêt : « CPAS : la salle polyvalente », « Maison des jeunes : la sono »."),
    )
    TERMS = (AUDIENCE, CONCERNED, THEME)
    COLUMNS = (
        "title", "type", "lead", "campaign", "summary", "description", "neutral_title", "is_dated", "visibility", "language", "min_age",
        "max_age", "is_free", "price_note", "resources",
    )  # fmt: skip

    def __init__(
        self,
        *args: Any,
        territory: Territory,
        leads: Any = None,
        keeps_private: bool = False,
        activity: Activity | None = None,
        terms: dict[str, list[str]] | None = None,
        campaign: Campaign | None = None,
        without: tuple[str, ...] = (),
        **kwargs: Any,
    ) -> None:
        """`leads`: the organisations one may choose as the lead, all of them when None; `without`: fields that the link of a partner settles."""
        if activity is not None:
            columns = {name: getattr(activity, name) for name in self.COLUMNS}
            kwargs["initial"] = {**columns, **(terms or {}), "sensitive": activity.is_sensitive, "resources": list(activity.resources)}
        elif campaign is not None:
            kwargs["initial"] = {"campaign": campaign, **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)
        words = vocabulary()
        offer_words(self, "type", [("", gettext("choisir")), *_choices(words.of_kind(ACTIVITY_TYPE))])
        for kind in self.TERMS:
            offer_words(self, kind, _choices(words.of_kind(kind)))
        offer_words(self, THEME, _choices(term for term in words.of_kind(THEME) if not term.parent))
        offer(self, "lead", open_organizations(territory) if leads is None else leads)
        offer(self, "campaign", Campaign.objects.filter(territory=territory, status__in=OPEN).order_by("-starts_on", "pk"))
        if activity is not None and activity.campaign is not None and activity.campaign.status not in OPEN:
            offer(self, "campaign", Campaign.objects.filter(pk=activity.campaign.pk))
        if not keeps_private:
            private = Activity.Visibility.PRIVATE
            offer_words(self, "visibility", [choice for choice in Activity.Visibility.choices if choice[0] != private])
        for name in without:
            del self.fields[name]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("sensitive") and not cleaned.get("neutral_title"):
            self.add_error("neutral_title", gettext("Une activité sensible a besoin d’un titre neutre : le seul que liront les inconnus."))
        low, high = cleaned.get("min_age"), cleaned.get("max_age")
        if low is not None and high is not None and high < low:
            self.add_error("max_age", gettext("L’âge le plus haut vient avant le plus bas."))
        return cleaned

    @property
    def columns(self) -> dict[str, Any]:
        """Columns of the table, and `terms`."""
        given = self.cleaned_data
        sensitivity = Activity.Sensitivity.SENSITIVE if given["sensitive"] else Activity.Sensitivity.NORMAL
        columns = {name: given[name] for name in self.COLUMNS if name in given}
        return {**columns, "sensitivity": sensitivity, "terms": {kind: given[kind] for kind in self.TERMS}}


def _choices(terms: Any) -> list[tuple[str, str]]:
    return [(term.code, term.label) for term in terms]


class CoOrganizerForm(forms.Form):
    organization = forms.ModelChoiceField(label=_("Organisation"), queryset=Organization.objects.none(), empty_label=_("choisir"))
    role = forms.ChoiceField(label=_("Rôle"), choices=ActivityPartner.Role.choices)

    def __init__(self, *args: Any, activity: Activity, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "organization", open_organizations(activity.territory).exclude(pk=activity.lead_id))


class ServedActionForm(forms.Form):
    action = forms.ModelChoiceField(label=_("Action du plan"), queryset=Action.objects.none(), empty_label=_("choisir"))
    indicator = forms.ModelChoiceField(
        label=_("Chiffre qu’elle nourrit"),
        queryset=Indicator.objects.none(),
        required=False,
        empty_label=_("aucun"),
        help_text=_("Ce que disent les comptes rendus y va comme proposition : la personne qui gère le plan l’approuve."),
    )
    feeds = forms.ChoiceField(
        label=_("Ce qui se compte"), required=False, choices=[one for one in ActivityAction.Feeds.choices if one[0]], initial="dates"
    )

    def __init__(self, *args: Any, activity: Activity, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        actions = Action.objects.visible_to(user).filter(plan__territory=activity.territory).select_related("plan").order_by("plan", "pk")
        offer(self, "action", actions)
        indicators = Indicator.objects.filter(action__in=actions.order_by().values("pk"), ended_on__isnull=True)
        offer(self, "indicator", indicators.select_related("action").order_by("action", "pk"))
        chosen: Any = self.fields["indicator"]
        chosen.label_from_instance = lambda one: f"{one} ({one.action})"

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        action, indicator = cleaned.get("action"), cleaned.get("indicator")
        if action and indicator and indicator.action_id != action.pk:
            self.add_error("indicator", gettext("Ce chiffre est d’une autre action."))
        return cleaned


class NoteForm(forms.Form):
    """A word of the coordination to who proposed."""

    note = forms.CharField(
        label=_("Votre mot"), max_length=300, widget=long_text(3), help_text=_("L’organisation le lit, et reçoit un message.")
    )
