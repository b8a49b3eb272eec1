"""The dated picture of a set, to share: 1200 × 630 pixels, the same figures as the page, and its words for those who do not see it."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from importlib.resources import files
from pathlib import Path
from typing import Any

from django.core.cache import cache
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from tissage.commitments.models import Completion
from tissage.commitments.queries.shown_sets import ShownSet
from tissage.core.scorecard import printed
from tissage.ui.glyphs import printable
from tissage.ui.press import mark, set_pngs

TEMPLATE = Path(str(files("tissage.commitments.documents"))) / "templates" / "picture.typ"
MOST_LETTERS = 110
KEPT_SECONDS = 24 * 3600


def picture_of(shown: ShownSet, day: dt.date) -> bytes:
    """PNG. Drawn once for the same figures of the same day."""
    inputs = _inputs(shown, day)
    key = "commitments-picture-" + hashlib.sha256(json.dumps(inputs, sort_keys=True).encode()).hexdigest()
    known: bytes | None = cache.get(key)
    if known is None:
        [known] = set_pngs(TEMPLATE, content=inputs, mark=mark())
        cache.set(key, known, KEPT_SECONDS)
    return known


def alternative(shown: ShownSet, day: dt.date) -> str:
    """What the picture says, in words."""
    told = {
        "title": shown.ask_set.title,
        "territory": shown.ask_set.territory.name,
        "day": date_format(day, "j F Y"),
        "counts": shown.sentence,
        "score": shown.score.sentence,
    }
    return _("%(title)s, %(territory)s, au %(day)s. %(counts)s %(score)s.") % told


def _inputs(shown: ShownSet, day: dt.date) -> dict[str, Any]:
    score = shown.score.score
    title = printable(shown.ask_set.title)
    return {
        "title": title if len(title) <= MOST_LETTERS else title[: MOST_LETTERS - 1].rstrip() + "…",
        "territory": printable(shown.ask_set.territory.name),
        "owner": printable(shown.ask_set.owner_name),
        "day": _("Au %(day)s") % {"day": date_format(day, "j F Y")},
        "counts": shown.sentence,
        "score": shown.score.sentence if shown.score.applies else "",
        "headline": float(printed(score.headline, 2) or 0),
        "coverage": float(printed(score.coverage, 2) or 0),
        "ceiling": float(printed(score.ceiling, 2) or 0),
        "legend": [_("prouvé"), _("possible au plus, faute d’information")],
        "parts": [
            {"n": shown.counts.by_completion[code], "label": str(label)}
            for code, label in reversed(Completion.choices)
            if shown.counts.scored
        ],
        "foot": _("Un pacte n’a pas de force juridique. Sources et réponses sur la page."),
    }
