"""The letter that carries the frozen text to a list: the asks, the deadline, its link and the QR code of that link. The association's, and nobody else's."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from tissage.commitments.operations.contestants import Contact
from tissage.commitments.operations.sendings import Sent
from tissage.commitments.queries.replies import asks_of
from tissage.ui.glyphs import printable
from tissage.ui.press import set_pdf, standalone
from tissage.ui.qr import qr_svg

TEMPLATE = Path(str(files("tissage.commitments.documents"))) / "templates" / "ask_letter.typ"


def letter_pdf(sent: Sent, contact: Contact) -> bytes:
    """A4, PDF/UA-1, in the language of the set. Dated from the day of the sending, so that every list's letter bears the same day."""
    sending, ask_set = sent.sending, sent.sending.ask_set
    assert ask_set.space is not None
    assert ask_set.answer_deadline is not None
    with override(ask_set.language):
        name, deadline = ask_set.space.name, date_format(ask_set.answer_deadline, "j F Y")
        letter = {
            "language": ask_set.language,
            "title": ask_set.title,
            "from": name,
            "to": [line for line in (sending.contestant.name, contact.name, *contact.address.splitlines()) if line.strip()],
            "day": date_format(sending.sent_on, "j F Y"),
            "introduction": [line for line in ask_set.introduction.splitlines() if line.strip()],
            "same": _("Toutes les listes reçoivent ce même texte, le même jour, avec le même délai : réponses jusqu’au %(day)s.")
            % {"day": deadline},
            "answer_here": _("Répondre en ligne"),
            "scan": _(
                "Visez ce code avec un téléphone, ou tapez l’adresse. Pas de mot de passe ; rien n’est remis avant que vous ne le demandiez."
            ),
            "address": sent.link,
            "alternative": _("Code QR de l’adresse où répondre"),
            "paper": _(
                "Vous pouvez aussi répondre sur papier, à l’adresse de l’association. Les réponses seront publiées mot pour mot, sans classement ni recommandation ; une absence de réponse est montrée comme telle, jamais comme un non."
            ),
            "rule_title": _("Comment demandes et destinataires ont été choisis"),
            "rule": [line for line in f"{ask_set.selection_rule}\n{ask_set.neutrality_note}".splitlines() if line.strip()],
            "asks_title": _("Les demandes"),
            "met_when": _("Tenue quand :"),
            "checksum": _("Empreinte du texte (SHA-256) : %(hash)s") % {"hash": ask_set.text_sha256},
            "page_of": _("page {page} sur {pages}"),
            "categories": _categories(sent),
        }
    day = int(sending.at.timestamp())
    return set_pdf(TEMPLATE, day=day, letter={**_printable(letter), "qr": standalone(qr_svg(sent.link))})


def _categories(sent: Sent) -> list[dict[str, Any]]:
    found: dict[int, dict[str, Any]] = {}
    for ask in asks_of(sent.sending.ask_set):
        category = found.setdefault(ask.category_id, {"label": ask.category.label, "asks": []})
        category["asks"].append({"code": ask.code, "text": ask.text, "why": ask.rationale, "criterion": ask.success_criterion})
    return list(found.values())


def _printable(value: Any) -> Any:
    if isinstance(value, str):
        return printable(value)
    if isinstance(value, dict):
        return {name: _printable(one) for name, one in value.items()}
    return [_printable(one) for one in value] if isinstance(value, list) else value
