"""Letters to people who have no account here. A server that refuses one is written down without the address or the words of the letter."""

from __future__ import annotations

import logging
from typing import Any

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import translation

logger = logging.getLogger(__name__)


def write_quietly(name: str, *, to: str, **context: Any) -> None:
    """Sends `agenda/mail/<name>.txt` (first line: the subject) once what it tells of is stored. Nothing of it enters a log."""
    with translation.override(settings.LANGUAGE_CODE):
        text = render_to_string(f"agenda/mail/{name}.txt", {**context, "origin": settings.TISSAGE_ORIGIN}).strip()
    subject, _newline, body = text.partition("\n")
    one_line = " ".join(subject.split())

    def send() -> None:
        try:
            send_mail(f"Tissage · {one_line}", body.strip() + "\n", settings.DEFAULT_FROM_EMAIL, [to])
        except Exception as fault:  # a refusal names the address: its kind alone is kept
            logger.error("A letter « %s » did not leave: %s", name, type(fault).__name__)

    transaction.on_commit(send)
