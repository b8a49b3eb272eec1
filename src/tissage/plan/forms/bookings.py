"""Filtering bookings, splitting them to actions by percentages, rules for what comes next, and the statement's own totals."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tissage.core.money import AmountUnreadable, read_amount
from tissage.core.splitting import SharesRefused, check_shares, complete, french
from tissage.frameworks.queries import explain
from tissage.plan.models import Action, Booking, FundingLine, Plan, SplitRule, StaffShare
from tissage.plan.queries.bookings import Asked, functions_of, years_of

STATES = [
    ("", _("toutes")),
    ("unsplit", _("à répartir")),
    ("split", _("réparties")),
    ("changed", _("changées par le dernier extrait")),
    ("outside", _("hors des dates de l’action")),
    ("unlinked", _("sans ligne de financement")),
    ("vanished", _("disparues de l’extrait")),
]
SORTS = ("-date", "date", "supplier", "-supplier", "amount", "-amount")
_PERCENT = re.compile(r"\d{1,3}(?:\.\d{1,10})?")


class FilterForm(forms.Form):
    """Filters in the address. What cannot be read asks nothing."""

    year = forms.TypedChoiceField(label=_("Exercice"), required=False, coerce=int, empty_value=None)
    state = forms.ChoiceField(label=_("Écritures"), required=False, choices=STATES)
    kind = forms.ChoiceField(label=_("Genre"), required=False, choices=[("", _("tous")), *Booking.Kind.choices])
    function = forms.ChoiceField(label=_("Code fonctionnel"), required=False)
    action = forms.ModelChoiceField(Action.objects.none(), label=_("Action"), required=False, empty_label=_("toutes"))
    q = forms.CharField(label=_("Mots"), required=False, max_length=120, help_text="")

    def __init__(self, *arguments: Any, plan: Plan, **options: Any) -> None:
        super().__init__(*arguments, **options)
        choice(self, "year").choices = [("", _("tous")), *((year, str(year)) for year in years_of(plan))]
        codes = [(code, code) for code in functions_of(plan)]
        choice(self, "function").choices = [("", _("tous")), *codes, ("-", _("aucun"))]
        model_choice(self, "action").queryset = plan.actions.order_by("sequence")

    @property
    def asked(self) -> Asked:
        self.is_valid()
        said = self.cleaned_data
        action = said.get("action")
        sort = self.data.get("sort", "")
        return Asked(
            year=said.get("year"),
            state=said.get("state", ""),
            function=said.get("function", ""),
            action=action.pk if action else None,
            kind=said.get("kind", ""),
            text=said.get("q", ""),
            sort=sort if sort in SORTS else "-date",
        )


def choice(form: forms.Form, name: str) -> forms.ChoiceField:
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    return field


def model_choice(form: forms.Form, name: str) -> forms.ModelChoiceField[Any]:
    field = form.fields[name]
    assert isinstance(field, forms.ModelChoiceField)
    return field


class PercentField(forms.Field):
    """A percentage as a person writes it: « 33,3333 » or « 50 % ». Empty gives None: what is left to make 100."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            required=False,
            widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off", "size": "8"}),
            **options,
        )

    def to_python(self, value: Any) -> Any:
        bare = re.sub(r"[\s\u00a0\u202f%]", "", (value or "")[:60]).replace(",", ".")
        if not bare:
            return None
        if not bare.isascii() or not _PERCENT.fullmatch(bare):
            raise forms.ValidationError(gettext("« %(value)s » n’est pas un pourcentage. Attendu : 25 ou 33,3333.") % {"value": value})
        return Decimal(bare)

    def prepare_value(self, value: Any) -> Any:
        return french(value) if isinstance(value, Decimal) else value


class SharesForm(forms.Form):
    """Actions and their percentages, one row each; a percentage left empty takes what is left to make 100."""

    rows = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=60, required=False)

    def __init__(self, *arguments: Any, actions: Sequence[Action], given: Mapping[Action, Decimal] | None = None, **options: Any) -> None:
        super().__init__(*arguments, **options)
        given = given or {}
        said = str(self.data.get("rows", "")) if self.is_bound else ""
        count = min(int(said), 60) if said.isascii() and said.isdigit() else max(len(given) + 1, 2)
        if self.is_bound and "more" in self.data:
            count += 2
        self.count = max(count, 1)
        self.actions = {str(action.pk): action for action in actions}
        choices = [("", gettext("choisir une action")), *((pk, str(action)) for pk, action in self.actions.items())]
        filled = [*given.items(), *[(None, None)] * self.count][: self.count]
        self.fields["rows"].initial = self.count
        for place, (action, percent) in enumerate(filled):
            self.fields[f"action_{place}"] = forms.ChoiceField(
                label=gettext("Action de la ligne %(number)s") % {"number": place + 1},
                choices=choices,
                required=False,
                initial=action.pk if action else "",
            )
            self.fields[f"percent_{place}"] = PercentField(label=gettext("Pourcentage de la ligne %(number)s") % {"number": place + 1}, initial=percent)  # fmt: skip

    @property
    def pairs(self) -> Iterator[tuple[forms.BoundField, forms.BoundField]]:
        """(action, percentage) of each row."""
        for place in range(self.count):
            yield self[f"action_{place}"], self[f"percent_{place}"]

    @property
    def others(self) -> list[forms.BoundField]:
        """The fields that are not rows."""
        return [field for field in self if field.name != "rows" and not field.name.startswith(("action_", "percent_"))]

    def written(self) -> list[tuple[int, Action, Decimal | None]]:
        """Rows where something stands: (place, action, percentage or None). Errors go to the fields."""
        found: list[tuple[int, Action, Decimal | None]] = []
        seen: set[int] = set()
        for place in range(self.count):
            action = self.actions.get(self.cleaned_data.get(f"action_{place}") or "")
            percent = self.cleaned_data.get(f"percent_{place}")
            if action is None:
                if percent is not None:
                    self.add_error(f"action_{place}", gettext("Choisissez l’action qui reçoit cette part."))
                continue
            if action.pk in seen:
                self.add_error(f"action_{place}", gettext("Cette action a déjà une part plus haut : une seule ligne par action."))
            seen.add(action.pk)
            found.append((place, action, percent))
        return found

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        written = self.written()
        if self.errors or not self.wants_shares:
            return cleaned
        try:
            percents = complete([percent for _place, _action, percent in written])
            check_shares(percents)
        except SharesRefused as refusal:
            raise forms.ValidationError(explain(refusal.message)) from None
        self.shares = {action: percent for (_place, action, _said), percent in zip(written, percents, strict=True)}
        return cleaned

    @property
    def wants_shares(self) -> bool:
        return True

    def completed(self) -> Mapping[str, Any]:
        """What was typed, with the empty percentages filled so that all make 100; as typed when that cannot be."""
        self.is_valid()
        data = {name: value for name, value in self.data.items() if name not in ("complete", "more")}
        for place, (_action, percent) in zip(self._places(), getattr(self, "shares", {}).items(), strict=False):
            data[f"percent_{place}"] = french(percent)
        return data

    def _places(self) -> list[int]:
        return [place for place in range(self.count) if self.data.get(f"action_{place}")]


class SplitForm(SharesForm):
    """A booking to actions; with those alike, and remembered, when asked."""

    def __init__(self, *arguments: Any, booking: Booking, alike: int, **options: Any) -> None:
        super().__init__(*arguments, **options)
        if alike:
            self.fields["alike"] = forms.BooleanField(
                label=gettext("Répartir ainsi les autres écritures non réparties du même article et du même fournisseur (%(count)s)")
                % {"count": alike},
                required=False,
            )
        looks = [
            ("article,supplier", gettext("le même article et le même fournisseur"), booking.article and booking.supplier_search),
            ("article", gettext("le même article, tous fournisseurs"), booking.article),
            ("supplier", gettext("le même fournisseur, tous articles"), booking.supplier_search),
            ("function", gettext("le même code fonctionnel"), booking.function_code),
        ]
        offered = [(key, label) for key, label, said in looks if said]
        if offered:
            self.fields["remember"] = forms.ChoiceField(
                label=gettext("Se souvenir pour les prochaines écritures qui ont"),
                required=False,
                choices=[("", gettext("ne pas se souvenir")), *offered],
            )

    @property
    def remember_by(self) -> tuple[str, ...]:
        said = self.cleaned_data.get("remember", "")
        return tuple(said.split(",")) if said else ()

    @property
    def with_alike(self) -> bool:
        return bool(self.cleaned_data.get("alike"))


class RuleForm(SharesForm):
    """A rule: what it looks at, and the shares it gives, or the staff they follow. A rule that is changed looks at the same things."""

    article = forms.CharField(label=_("Article budgétaire"), required=False, max_length=40, help_text=_("Par exemple 84010/124-02."))
    supplier = forms.CharField(
        label=_("Fournisseur"), required=False, max_length=200, help_text=_("Le nom entier, tel que l’extrait l’écrit ; accents et majuscules ne comptent pas.")
    )  # fmt: skip
    function = forms.CharField(label=_("Code fonctionnel"), required=False, max_length=20)
    staff = forms.ChoiceField(label=_("Parts selon le personnel"), required=False)

    def __init__(self, *arguments: Any, plan: Plan, rule: SplitRule | None = None, **options: Any) -> None:
        super().__init__(*arguments, **options)
        names = StaffShare.objects.filter(plan=plan).order_by("function").values_list("function", flat=True).distinct()
        functions = [(f"={name}", name) for name in names]
        if functions:
            choice(self, "staff").choices = [
                ("", gettext("non, les parts écrites ci-dessous")),
                ("*", gettext("tout le personnel noté")),
                *functions,
            ]
            self.fields["staff"].help_text = gettext(
                "Les parts suivent les équivalents temps plein du mois de chaque écriture : pour les traitements."
            )
        else:
            del self.fields["staff"]
        if rule is not None:
            for name in ("article", "supplier", "function"):
                del self.fields[name]
            if "staff" in self.fields and rule.by_staff:
                self.fields["staff"].initial = f"={rule.staff_function}" if rule.staff_function else "*"

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if "article" in self.fields and not any(cleaned.get(name, "").strip() for name in ("article", "supplier", "function")):
            self.add_error("article", gettext("Une règle regarde au moins une chose : l’article, le fournisseur ou le code fonctionnel."))
        return cleaned

    @property
    def wants_shares(self) -> bool:
        return not self.cleaned_data.get("staff")

    @property
    def by_staff(self) -> bool:
        return not self.wants_shares

    @property
    def staff_function(self) -> str:
        return str(self.cleaned_data.get("staff") or "").removeprefix("=").removeprefix("*")


class LineForm(forms.Form):
    """The funding line a booking belongs to."""

    line = forms.ModelChoiceField(FundingLine.objects.none(), label=_("Ligne de financement"), required=False, empty_label=_("aucune"))

    def __init__(self, *arguments: Any, booking: Booking, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.fields["line"].initial = booking.line_id
        lines = FundingLine.objects.filter(plan=booking.plan_id, year=booking.year).order_by("basis", "label", "pk")
        model_choice(self, "line").queryset = lines


class TotalField(forms.Field):
    """An amount as a person writes it; empty gives None, which is unknown and not zero."""

    def __init__(self, **options: Any) -> None:
        widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off", "size": "12"})
        super().__init__(required=False, widget=widget, **options)

    def to_python(self, value: Any) -> Any:
        if not (value or "").strip():
            return None
        try:
            return read_amount(value[:60])
        except AmountUnreadable:
            said = gettext("« %(value)s » n’est pas un montant. Attendu : 1 234,50.") % {"value": value}
            raise forms.ValidationError(said) from None

    def prepare_value(self, value: Any) -> Any:
        return f"{value:.2f}".replace(".", ",") if isinstance(value, Decimal) else value


class StatementForm(forms.Form):
    """The statement's totals: one field for each function code and kind that is known, and a row for another."""

    def __init__(self, *arguments: Any, known: Iterable[tuple[str, str, Decimal | None]], **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.known: dict[str, tuple[str, str]] = {}
        for place, (function, kind, amount) in enumerate(known):
            self.known[f"total_{place}"] = (function, kind)
            label = gettext("Total de l’état, %(code)s, %(kind)s") % {
                "code": function or gettext("sans code"), "kind": Booking.Kind(kind).label,
            }  # fmt: skip
            self.fields[f"total_{place}"] = TotalField(label=label, initial=amount)
        self.fields["new_function"] = forms.CharField(label=_("Autre code fonctionnel"), required=False, max_length=20)
        self.fields["new_kind"] = forms.ChoiceField(
            label=_("Genre"), required=False, choices=Booking.Kind.choices, initial=Booking.Kind.EXPENSE
        )
        self.fields["new_total"] = TotalField(label=_("Total de l’état"))
        self.fields["source"] = forms.CharField(
            label=_("D’où viennent ces totaux"),
            required=False,
            max_length=200,
            help_text=_("Par exemple : état eComptes du 15 janvier 2027."),
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("new_total") is not None and not cleaned.get("new_function"):
            self.add_error("new_function", gettext("Écrivez le code fonctionnel de ce total."))
        if cleaned.get("new_function") and cleaned.get("new_total") is None and "new_total" not in self.errors:
            self.add_error("new_total", gettext("Écrivez le total de ce code."))
        return cleaned

    @property
    def totals(self) -> dict[tuple[str, str], Decimal | None]:
        """(function code, kind) → total, None for what the statement does not say."""
        said = {key: self.cleaned_data[name] for name, key in self.known.items()}
        if self.cleaned_data.get("new_function"):
            said[self.cleaned_data["new_function"].strip(), self.cleaned_data["new_kind"] or Booking.Kind.EXPENSE] = self.cleaned_data[
                "new_total"
            ]
        return said

    @property
    def new_fields(self) -> list[forms.BoundField]:
        return [self["new_function"], self["new_kind"], self["new_total"]]
