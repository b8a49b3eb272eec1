"""What happened to a criterion: who coded it, who changed it, when."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import get_language, gettext

from tissage.core.codes import Code, format_code
from tissage.core.nomenclature import Nomenclature
from tissage.voices.models import Batch, Change, Criterion


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that happened. `batch` is given when it is an act that can still be undone or was undone."""

    at: dt.datetime
    who: str
    what: str
    details: tuple[str, ...] = ()
    batch: Batch | None = None


def history_of(criterion: Criterion, nomenclature: Nomenclature, facets: Mapping[str, Any]) -> list[Step]:
    """Every coding and change of a criterion, the latest first. `facets`: their words. Two queries."""
    steps = [
        _coding_step(coding, nomenclature, facets) for coding in criterion.codings.select_related("coder").order_by("-coded_at", "-pk")
    ]
    changes = Change.objects.filter(criterion=criterion).exclude(batch__in=Batch.objects.not_applied().exclude(state=Batch.State.UNDONE))
    steps += [_change_step(change, criterion) for change in changes.select_related("batch__made_by").order_by("-pk")]
    steps.append(Step(criterion.recorded_at, _name(criterion.batch.made_by), gettext("a noté ce critère")))
    return sorted(steps, key=lambda step: step.at, reverse=True)


def _name(user: Any) -> str:
    return user.name if user else gettext("Personne inconnue")


def _coding_step(coding: Any, nomenclature: Nomenclature, facets: Mapping[str, Any]) -> Step:
    code = Code(coding.component, coding.sub_component, coding.sense, coding.beneficiary)
    language = (get_language() or "fr").split("-")[0]
    written = format_code(code)
    details = [nomenclature.explain(code, language)]
    if coding.facet:
        details.append(gettext("pourquoi : %(facet)s") % {"facet": facets.get(coding.facet, coding.facet)})
    if coding.memo:
        details.append(gettext("mémo : « %(memo)s »") % {"memo": coding.memo})
    if coding.group_validated_on:
        details.append(gettext("accepté par le groupe le %(date)s") % {"date": date_format(coding.group_validated_on, "j F Y")})
    if coding.group_disagreed_on:
        details.append(gettext("refusé par le groupe le %(date)s") % {"date": date_format(coding.group_disagreed_on, "j F Y")})
    if coding.status == coding.Status.VALIDATED:
        what = gettext("a validé le code %(code)s") % {"code": written}
    elif coding.origin == coding.Origin.IMPORTED:
        what = gettext("a importé le code %(code)s") % {"code": written}
    elif coding.origin == coding.Origin.SUGGESTION:
        what = gettext("a accepté la suggestion %(code)s") % {"code": written}
    elif coding.origin == coding.Origin.CHANGED:
        what = gettext("a donné le code %(code)s, plutôt qu’une suggestion") % {"code": written}
    else:
        what = gettext("a donné le code %(code)s") % {"code": written}
    return Step(coding.coded_at, _name(coding.coder), what, tuple(details))


def _change_step(change: Change, criterion: Criterion) -> Step:
    batch = change.batch
    words = {
        Batch.Kind.EDIT: gettext("a corrigé ce critère"),
        Batch.Kind.MERGE: gettext("a fusionné des critères dans celui-ci"),
        Batch.Kind.SPLIT: gettext("a séparé ce critère"),
        Batch.Kind.IMPORT: gettext("a importé une nouvelle version de ce critère"),
    }
    what = words.get(Batch.Kind(batch.kind), batch.get_kind_display())
    if change.after.get("group_validated_on") and "text" not in change.after:
        what = gettext("a noté que le groupe accepte ces mots")
    if "merged_into_id" in change.after:
        what = gettext("a fusionné ce critère dans le critère %(number)s") % {"number": change.after["merged_into_id"]}
    labels = {
        "text": gettext("mots"),
        "french_text": gettext("formulation française"),
        "imported_count": gettext("NB express"),
        "expression_count": gettext("expressions"),
    }
    details = tuple(
        gettext("%(label)s : « %(before)s » → « %(after)s »") % {"label": label, "before": change.before[name], "after": change.after[name]}
        for name, label in labels.items()
        if name in change.after
    )
    if batch.state == Batch.State.UNDONE:
        what = gettext("%(what)s (annulé depuis)") % {"what": what}
    return Step(batch.made_at, _name(batch.made_by), what, details, batch)
