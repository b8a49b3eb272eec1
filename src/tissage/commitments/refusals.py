"""A refusal in the language of the screen."""

from __future__ import annotations

from django.utils.translation import gettext

from tissage.core.messages import Explained, Message


def said(error: Exception) -> str:
    """What an operation or a file reader refused, for whoever asked."""
    return translated(error.message) if isinstance(error, Explained) else str(error)


def translated(message: Message) -> str:
    values = {
        name: ", ".join(gettext(one) for one in value.split(", ")) if isinstance(value, str) and value else value
        for name, value in message.values.items()
    }
    return " ".join(gettext(template) % values for template in message.templates)
