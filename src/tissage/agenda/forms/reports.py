"""The report of a date, as it is typed on a phone."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tissage.agenda.models import Activity, OccurrenceReport
from tissage.core.vocabulary import AUDIENCE
from tissage.frameworks.queries_vocabulary import vocabulary
from tissage.network.models import Organization
from tissage.ui.forms import long_text, offer

NUMBER = forms.NumberInput(attrs={"inputmode": "numeric", "min": "0", "autocomplete": "off"})
WHEN_HELD = ("headcount", "method", "new_public", "partners_present", "what_worked")
"""Asked only of what was held: the page folds them away once « non » is chosen."""
MORE = ("incident", "incident_text", "cost", "photo_agreement")


class ReportForm(forms.Form):
    held = forms.ChoiceField(
        label=gettext_lazy("Cela a-t-il eu lieu ?"), choices=OccurrenceReport.Held.choices, widget=forms.RadioSelect, required=True
    )
    reason = forms.CharField(
        label=gettext_lazy("Que s’est-il passé ?"),
        help_text=gettext_lazy("Pourquoi cela n’a pas eu lieu, ou ce qui a changé. Ne nommez personne."),
        max_length=300,
        required=False,
    )
    produced = forms.CharField(
        label=gettext_lazy("Qu’est-ce qui a été produit ?"),
        help_text=gettext_lazy("Par exemple : trois épisodes en ligne, une fresque de 12 m, 200 pin’s."),
        max_length=300,
        required=False,
    )
    headcount = forms.IntegerField(
        label=gettext_lazy("Combien de personnes ?"), min_value=0, max_value=1_000_000, required=False, widget=NUMBER
    )
    method = forms.ChoiceField(
        label=gettext_lazy("Comment avez-vous compté ?"), choices=OccurrenceReport.Method.choices, widget=forms.RadioSelect, required=False
    )
    new_public = forms.ChoiceField(
        label=gettext_lazy("Venues pour la première fois"),
        choices=OccurrenceReport.NewPublic.choices,
        widget=forms.RadioSelect,
        required=False,
        initial=OccurrenceReport.NewPublic.UNKNOWN,
    )
    partners_present = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Partenaires présents"),
        queryset=Organization.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    what_worked = forms.CharField(label=gettext_lazy("Ce qui a marché"), widget=long_text(2), max_length=2000, required=False)
    what_to_change = forms.CharField(label=gettext_lazy("Ce qu’il faudrait changer"), widget=long_text(2), max_length=2000, required=False)
    incident = forms.ChoiceField(
        label=gettext_lazy("Un incident ?"),
        choices=OccurrenceReport.Incident.choices,
        widget=forms.RadioSelect,
        required=False,
        initial=OccurrenceReport.Incident.NONE,
    )
    incident_text = forms.CharField(
        label=gettext_lazy("Ce qui s’est passé"),
        help_text=gettext_lazy("Sans nom. Un incident grave n’est lu que par votre organisation et la coordination."),
        widget=long_text(2),
        max_length=2000,
        required=False,
    )
    cost = forms.DecimalField(
        label=gettext_lazy("Ce que cela a coûté (€)"),
        min_value=0,
        max_digits=10,
        decimal_places=2,
        required=False,
        localize=True,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
    )
    photo_agreement = forms.BooleanField(label=gettext_lazy("Les personnes photographiées ont donné leur accord"), required=False)

    def __init__(
        self, *args: Any, activity: Activity, report: OccurrenceReport | None, audiences: tuple[str, ...], is_output: bool, **kwargs: Any
    ):
        partners = Organization.objects.filter(pk__in=activity.partners.values("organization")).order_by("search", "pk")
        kwargs.setdefault("initial", _initial(report) if report else None)
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        self.activity, self.is_output = activity, is_output
        self.audiences = audiences if len(audiences) > 1 else ()
        words = vocabulary()
        for code in self.audiences:
            self.fields[f"audience-{code}"] = forms.IntegerField(
                label=words.label(AUDIENCE, code),
                min_value=0,
                max_value=1_000_000,
                required=False,
                initial=report.headcount_by_audience.get(code) if report else None,
                widget=NUMBER,
            )
        if partners:
            offer(self, "partners_present", partners)
        else:
            del self.fields["partners_present"]
        if is_output:
            self.fields["held"].label = _("Cela a-t-il été fait ?")
            self.fields["headcount"].label = _("Combien de personnes touchées, si vous le savez ?")
            self.fields["produced"].widget.attrs["required"] = True
        else:
            del self.fields["produced"]

    def told(self) -> dict[str, Any]:
        """What `file_report` and `change_report` take."""
        kept = {name: value for name, value in self.cleaned_data.items() if not name.startswith("audience-")}
        split = {code: self.cleaned_data.get(f"audience-{code}") for code in self.audiences}
        kept["headcount_by_audience"] = {code: number for code, number in split.items() if number is not None}
        kept.setdefault("partners_present", ())
        return kept

    @property
    def by_audience(self) -> list[forms.BoundField]:
        return [self[f"audience-{code}"] for code in self.audiences]

    @property
    def when_held(self) -> list[forms.BoundField]:
        return [self[name] for name in ("produced", "headcount", "method") if name in self.fields]

    @property
    def after(self) -> list[forms.BoundField]:
        return [self[name] for name in ("new_public", "partners_present", "what_worked") if name in self.fields]

    @property
    def more(self) -> list[forms.BoundField]:
        return [self[name] for name in MORE]

    @property
    def more_is_open(self) -> bool:
        """Folded away unless something stands in it."""
        return any(self[name].errors for name in MORE) or any(self[name].value() not in (None, "", "none", False) for name in MORE)


class CommentForm(forms.Form):
    text = forms.CharField(label=gettext_lazy("Votre commentaire"), widget=long_text(3), max_length=1000)


def _initial(report: OccurrenceReport) -> dict[str, Any]:
    names = ("held", "reason", "produced", "headcount", "method", "new_public", "what_worked", "what_to_change", *MORE)
    return {
        **{name: getattr(report, name) for name in names},
        "partners_present": list(report.partners_present.values_list("pk", flat=True)),
    }
