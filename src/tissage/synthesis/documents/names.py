"""What the files of a synthesis are called, and what they are."""

from __future__ import annotations

from django.utils.text import slugify

from tissage.synthesis.queries import SynthesisDocument

CONTENT_TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def file_name(document: SynthesisDocument, extension: str) -> str:
    """« synthese-val-des-tisserands-v2-2026-11-22.pdf »: ASCII, with the version or « travail », and the day."""
    version = f"v{document.version}" if document.version else "travail"
    public = "-public" if document.audience == "public" else ""
    day = (document.frozen_on or document.made_on).isoformat()
    return f"synthese-{slugify(document.territory) or 'territoire'}-{version}{public}-{day}.{extension}"
