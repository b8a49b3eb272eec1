"""What a search engine reads of a page."""

from __future__ import annotations

import json
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

register = template.Library()
ESCAPED = {ord(sign): f"\\u{ord(sign):04X}" for sign in "<>&"}


@register.filter
def json_ld(value: dict[str, Any]) -> SafeString:
    """A block of data (schema.org), its angle brackets written so that no word of it can close the block."""
    text = json.dumps(value, ensure_ascii=False).translate(ESCAPED)
    return format_html('<script type="application/ld+json">{}</script>', mark_safe(text))
