"""Letters: a subject and a text from a template, sent once what they tell of is stored. Those of this app are `people/mail/<name>.txt`."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import translation


def send_letter(name: str, *, to: str, language: str | None, **context: Any) -> None:
    """Sends `people/mail/<name>.txt` (first line: the subject) after the transaction. A mail server that fails is logged and loses nothing.

    Downstream apps name their own: `plan/mail/figures_link`.
    """
    path = f"{name}.txt" if "/" in name else f"people/mail/{name}.txt"
    with translation.override(language or settings.LANGUAGE_CODE):
        subject, _, body = render_to_string(path, {**context, "origin": settings.TISSAGE_ORIGIN}).strip().partition("\n")
    one_line = " ".join(subject.split())  # a name with a line break in it is no second header, and stops no letter
    transaction.on_commit(
        lambda: send_mail(f"Tissage · {one_line}", body.strip() + "\n", settings.DEFAULT_FROM_EMAIL, [to]) and None, robust=True
    )
