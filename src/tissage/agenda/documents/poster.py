"""The poster of an anonymous questionnaire on A4, and the same as slips to cut: a QR code, the address, what is kept and what is not."""

from __future__ import annotations

import datetime as dt
from importlib.resources import files
from pathlib import Path

from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tissage.agenda.models import FeedbackForm
from tissage.ui.glyphs import printable
from tissage.ui.press import mark, set_pdf, standalone
from tissage.ui.qr import qr_svg

TEMPLATE = Path(str(files("tissage.agenda.documents"))) / "templates" / "poster.typ"
SLIPS = 8
"""Slips on a page."""


def poster_pdf(form: FeedbackForm, *, day: dt.date, slips: bool = False) -> bytes:
    """One A4 page. The title is the one anybody may read: a poster hangs in the street."""
    address = settings.TISSAGE_ORIGIN.rstrip("/") + reverse("opinions:answer", args=[form.token])
    paper = {
        "language": (get_language() or "fr").split("-")[0],
        "title": printable(_("Votre avis : %(title)s") % {"title": form.activity.public_title}),
        "activity": printable(form.activity.public_title),
        "lead": printable(form.activity.lead.name),
        "question": _("Comment c’était ?"),
        "how": _("Scannez, répondez, c’est tout. Une minute."),
        "promise": _("Sans compte, sans nom, sans adresse. Nous ne gardons que vos réponses et la semaine."),
        "qr": standalone(qr_svg(address)) if "xmlns" not in qr_svg(address) else qr_svg(address),
        "alt": _("Code QR qui ouvre le questionnaire"),
        "address": address,
        "mark": mark(),
        "slips": SLIPS if slips else 0,
    }
    return set_pdf(TEMPLATE, day=int(dt.datetime(day.year, day.month, day.day, tzinfo=dt.UTC).timestamp()), paper=paper)
