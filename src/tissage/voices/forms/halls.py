"""Opening a hall, wording its questions in several languages, naming an event."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tissage.ui.forms import date_field, long_text, offer, offer_words
from tissage.voices.models import Event, Hall, HomogeneousGroup, Question, Workshop, WorkshopQuestion
from tissage.voices.queries.screens import Language

MODES = [
    (Hall.Mode.BOTH, _("Les deux : chacun·e sur son téléphone, et l’animation écrit pour qui le souhaite.")),
    (Hall.Mode.PHONES, _("Les téléphones : chacun·e écrit ses réponses.")),
    (Hall.Mode.FACILITATOR, _("L’animation écrit : les téléphones n’entrent pas.")),
]
CONSENT_TEXT = _(
    "On ne vous demande ni votre nom, ni votre adresse. Tout le monde dans la salle pourra lire ce qui est écrit, sans savoir par qui. "
    "Vous pouvez changer ou retirer une réponse tant que l’atelier n’est pas clos. Ensuite, rien ne reste de votre téléphone. "
    "C’est le groupe qui décide de ce qui pourra être publié. N’écrivez le nom de personne."
)


class HallForm(forms.Form):
    """`may_state` asks for the number of participants too, which only the coordination may state."""

    mode = forms.ChoiceField(label=_("Qui écrit"), choices=MODES, widget=forms.RadioSelect)
    languages = forms.MultipleChoiceField(
        label=_("Langues proposées sur les téléphones"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Les phrases de l’écran s’affichent dans la langue choisie. Les questions, si vous les y formulez."),
    )
    consent_text = forms.CharField(
        label=_("Ce qui est dit aux participant·e·s avant d’entrer"),
        max_length=2000,
        widget=long_text(6),
        help_text=_("Avec des mots simples. Dites-le aussi de vive voix."),
    )
    participants_count = forms.IntegerField(
        label=_("Nombre de participant·e·s du groupe"),
        required=False,
        min_value=1,
        max_value=10_000,
        help_text=_("Votre nom et la date sont gardés avec ce nombre."),
    )
    event = forms.ModelChoiceField(
        label=_("Événement"),
        queryset=Event.objects.none(),
        required=False,
        empty_label=_("aucun : cet atelier se tient seul"),
        help_text=_("Quand plusieurs tables travaillent en même temps : chacune a sa salle, et l’événement les réunit."),
    )
    table_name = forms.CharField(
        label=_("Nom de la table"),
        max_length=60,
        required=False,
        help_text=_("Pour la reconnaître parmi les autres. Par exemple : Table 3."),
    )

    def __init__(
        self,
        *args: Any,
        group: HomogeneousGroup,
        offered: Sequence[Language],
        may_state: bool,
        hall: Hall | None = None,
        **kwargs: Any,
    ) -> None:
        if hall is not None:
            names = ("mode", "languages", "consent_text", "event", "table_name")
            initial = {name: getattr(hall, name) for name in names}
            initial["consent_text"] = hall.consent_text or CONSENT_TEXT
        else:
            codes = [language.code for language in offered]
            spoken = [code for code in dict.fromkeys(["fr", group.language]) if code in codes]
            initial = {"mode": Hall.Mode.BOTH, "languages": spoken, "consent_text": CONSENT_TEXT}
        kwargs.setdefault("initial", {**initial, "participants_count": group.participants_count})
        super().__init__(*args, **kwargs)
        offer_words(self, "languages", [(language.code, _language_label(language)) for language in offered])
        offer(self, "event", Event.objects.filter(territory=group.territory_id).order_by("-held_on", "-pk"))
        if not may_state:
            del self.fields["participants_count"]

    @property
    def details(self) -> dict[str, Any]:
        """What `open_hall` and `change_hall` take."""
        return {name: self.cleaned_data[name] for name in ("mode", "languages", "consent_text", "event", "table_name")}


def _language_label(language: Language) -> str:
    return language.name if language.is_reviewed else f"{language.name} ({language.mark})" if language.mark else language.name


class WordingsForm(forms.Form):
    """The questions of a workshop in one other language: `wording_<question id>`, empty where nobody translated it yet."""

    def __init__(self, *args: Any, workshop: Workshop, language: str, direction: str = "ltr", **kwargs: Any) -> None:
        rows = list(workshop.questions.select_related("question").order_by("position", "pk"))
        self.asked: dict[int, WorkshopQuestion] = {}
        there: dict[int, str] = {}
        for row in rows:
            self.asked.setdefault(row.question_id, row)
            if row.language == language:
                there[row.question_id] = row.wording
        kwargs.setdefault("initial", {f"wording_{pk}": text for pk, text in there.items()})
        super().__init__(*args, **kwargs)
        for pk, row in self.asked.items():
            self.fields[f"wording_{pk}"] = forms.CharField(
                label=str(row.question),
                required=False,
                max_length=1000,
                widget=long_text(2, lang=language, dir=direction),
                help_text=row.wording if row.language != language else "",
            )

    @property
    def wordings(self) -> dict[Question, str]:
        """The wording of each question in this language, of a valid form."""
        return {row.question: self.cleaned_data[f"wording_{pk}"].strip() for pk, row in self.asked.items()}


class EventForm(forms.Form):
    name = forms.CharField(label=_("Nom"), max_length=160, help_text=_("Par exemple : Assemblée de quartier."))
    held_on = date_field(_("Date"), required=True)
    place = forms.CharField(label=_("Lieu"), max_length=200, required=False)
