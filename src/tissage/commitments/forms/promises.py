"""Commitments and their milestones: what was typed, cleaned."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tissage.commitments.models import Answer, Ask, Commitment, Evidence
from tissage.commitments.operations.promises import UNSIGNED, VERBATIM
from tissage.network.forms.collectives import open_organizations
from tissage.network.forms.documents import DocumentField
from tissage.network.models import Agreement, Decision, Meeting, Organization
from tissage.people.models import Territory
from tissage.plan.models import Action
from tissage.ui.forms import date_field, long_text, offer


class AnswerChoice(forms.ModelChoiceField[Answer]):
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.ask.code} · {obj.contestant.name} · {obj.get_position_display()}"


class DecisionChoice(forms.ModelChoiceField[Decision]):
    def label_from_instance(self, obj: Any) -> str:
        day = timezone.localdate(obj.meeting.starts_at)
        return f"{obj.meeting.collective.name}, {day:%d/%m/%Y}, {obj.number} · {obj.text[:80]}"


class AskChoices(forms.ModelMultipleChoiceField[Ask]):
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.code} · {obj.text[:120]}"


def held_decisions(territory: Territory) -> Any:
    rows = Decision.objects.filter(meeting__collective__territory=territory, meeting__status=Meeting.Status.HELD)
    return rows.select_related("meeting__collective").order_by("-meeting__starts_at", "number", "pk")


class CommitmentForm(forms.Form):
    """Of a published one, the words that it keeps are not asked again."""

    statement = forms.CharField(
        label=_("L’engagement, mot pour mot"),
        widget=long_text(4),
        help_text=_("La phrase telle qu’elle a été dite ou écrite, sans l’arranger."),
    )
    origin = forms.ChoiceField(label=_("D’où il vient"), choices=Commitment.Origin.choices)
    made_by = forms.CharField(
        label=_("Pris par"),
        max_length=200,
        help_text=_("Le conseil, une liste, une majorité, une organisation. Une fonction plutôt qu’un nom."),
    )
    organization = forms.ModelChoiceField(
        label=_("Organisation engagée"),
        queryset=Organization.objects.none(),
        required=False,
        empty_label=_("aucune de la liste"),
        help_text=_("C’est elle qui est prévenue d’une évaluation et peut y répondre. Ses membres ne l’évaluent pas."),
    )
    made_on = date_field(_("Pris le"), required=True)
    vote = forms.CharField(label=_("Vote"), max_length=200, required=False, help_text=_("Par exemple : à l’unanimité."))
    answer = AnswerChoice(label=_("Réponse publiée d’une liste"), queryset=Answer.objects.none(), required=False, empty_label=_("aucune"))
    decision = DecisionChoice(label=_("Décision d’une réunion"), queryset=Decision.objects.none(), required=False, empty_label=_("aucune"))
    agreement = forms.ModelChoiceField(
        label=_("Convention signée"), queryset=Agreement.objects.none(), required=False, empty_label=_("aucune")
    )
    upload = DocumentField(
        label=_("Pièce qui le prouve"),
        required=False,
        help_text=_(
            "Délibération, programme, accord de majorité. PDF, image, DOCX, ODT… 10 Mo au plus. Sans preuve, l’engagement reste un brouillon."
        ),
    )
    proof_note = forms.CharField(label=_("Où cela se lit"), max_length=300, required=False, help_text=_("Page, point de l’ordre du jour."))
    asks = AskChoices(
        label=_("Demandes auxquelles il répond"), queryset=Ask.objects.none(), required=False, widget=forms.CheckboxSelectMultiple
    )
    actions = forms.ModelMultipleChoiceField(
        label=_("Actions du plan qui le servent"), queryset=Action.objects.none(), required=False, widget=forms.CheckboxSelectMultiple
    )
    owner = forms.ModelChoiceField(
        label=_("Qui le porte aujourd’hui"), queryset=Organization.objects.none(), required=False, empty_label=_("personne encore")
    )
    next_step = forms.CharField(
        label=_("Prochaine étape"),
        max_length=300,
        required=False,
        help_text=_("Commencez par un verbe : « chiffrer », « inviter », « voter »."),
    )
    term_ends_on = date_field(_("À tenir pour le"), help_text=_("Avant cette date, le verdict reste « en cours »."))

    COLUMNS = (*VERBATIM, "proof_note", "owner", "next_step", "term_ends_on")

    def __init__(self, *args: Any, territory: Territory, commitment: Commitment | None = None, **kwargs: Any) -> None:
        if commitment is not None:
            kwargs["initial"] = {
                **{name: getattr(commitment, name) for name in self.COLUMNS},
                "asks": list(commitment.asks.values_list("ask", flat=True)),
                "actions": list(commitment.actions.values_list("action", flat=True)),
            }
        super().__init__(*args, **kwargs)
        for name in ("organization", "owner"):
            offer(self, name, open_organizations(territory))
        received = {"ask_set__territory": territory, "ask_set__space__isnull": True}
        published = Answer.objects.filter(published_on__isnull=False, **{f"ask__{key}": value for key, value in received.items()})
        offer(self, "answer", published.select_related("ask", "contestant").order_by("ask__position", "contestant__list_number", "pk"))
        offer(self, "decision", held_decisions(territory))
        offer(self, "agreement", Agreement.objects.filter(territory=territory).exclude(status__in=UNSIGNED).order_by("-starts_on", "pk"))
        offer(self, "asks", Ask.objects.filter(**received).order_by("ask_set", "position", "pk"))
        offer(self, "actions", Action.objects.filter(plan__territory=territory).order_by("plan", "sequence"))
        for name in ("answer", "decision", "agreement", "asks", "actions"):
            if not self.fields[name].queryset.exists():  # type: ignore[attr-defined]
                del self.fields[name]
        if commitment is not None and commitment.published_on is not None:
            for name in VERBATIM:
                self.fields.pop(name, None)

    def columns(self) -> dict[str, Any]:
        """What the operation takes, but for the file."""
        return {name: self.cleaned_data[name] for name in self.COLUMNS if name in self.cleaned_data}

    def chosen(self) -> dict[str, Any]:
        """The asks and actions, where they were offered."""
        return {name: list(self.cleaned_data[name]) for name in ("asks", "actions") if name in self.cleaned_data}


class MilestoneForm(forms.Form):
    title = forms.CharField(label=_("Étape"), max_length=200, help_text=_("Ce qui sera fait ou voté, et qui se constate."))
    due_on = date_field(_("Pour le"), required=True)


class MoveForm(forms.Form):
    due_on = date_field(_("Nouvelle date"), required=True)
    why = forms.CharField(
        label=_("Pourquoi"),
        max_length=300,
        help_text=_("La date d’avant et ce motif restent affichés. Déplacer une date n’est pas avancer."),
    )


class ReachForm(forms.Form):
    on = date_field(_("Atteinte le"), required=True)
    evidence = forms.ModelChoiceField(
        label=_("Ce qui le montre"), queryset=Evidence.objects.none(), required=False, empty_label=_("aucune preuve encore")
    )

    def __init__(self, *args: Any, commitment: Commitment, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "evidence", Evidence.objects.filter(links__commitment=commitment).exclude(state="refused").order_by("-fact_on", "-pk"))


class WithdrawForm(forms.Form):
    reason = forms.CharField(label=_("Motif"), max_length=300, help_text=_("Il reste affiché à côté de l’engagement."))


class LaterDecisionForm(forms.Form):
    decision = DecisionChoice(label=_("Décision d’une réunion tenue depuis"), queryset=Decision.objects.none(), empty_label=_("choisir"))

    def __init__(self, *args: Any, territory: Territory, after: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "decision", held_decisions(territory).filter(meeting__starts_at__date__gt=after))


STATES = [
    ("", _("en cours")),
    ("brouillons", _("brouillons")),
    ("retires", _("retirés")),
    ("tous", _("tous")),
]


class FilterForm(forms.Form):
    etat = forms.ChoiceField(label=_("État"), choices=STATES, required=False)
    q = forms.CharField(label=_("Mots"), max_length=80, required=False)
