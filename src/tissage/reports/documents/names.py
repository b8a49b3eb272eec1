"""What the files of a year are called, and what they are."""

from __future__ import annotations

from django.utils.text import slugify

from .book import Book

CONTENT_TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "zip": "application/zip",
}


def slug_of(book: Book) -> str:
    """« rapport-d-activite-2025 »."""
    return slugify(book.title.replace("’", " ")) or f"{book.kind}-{book.data.facts.year}"


def file_name(book: Book, extension: str) -> str:
    """« 012-rapport-d-activite-2025-sormont-v1.pdf »: ASCII, its number first, « projet » for a draft."""
    number = f"{book.number:03d}-" if book.number else ""
    version = f"v{book.version}" if book.version else "projet"
    return f"{number}{slug_of(book)}-{slugify(book.data.facts.territory) or 'territoire'}-{version}.{extension}"
