"""A photo of a sheet as it comes from a phone, made small and bare: no place, no date, no device is kept with it."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import IO

from django.utils.translation import gettext
from PIL import Image, ImageOps

LONGEST_SIDE = 2400
"""Pixels: handwriting on an A0 sheet stays readable, and the file stays under a megabyte."""
MOST_BYTES = 20 * 1024 * 1024
MOST_PIXELS = 60_000_000
"""What is unpacked in memory at most: 180 MB. Phones make 12 to 50 millions."""
FORMATS = ("JPEG", "PNG", "WEBP")
QUALITY = 82
CONTENT_TYPE = "image/jpeg"


class PhotoRefused(ValueError):
    """Why this file is not taken, in words for whoever chose it."""


@dataclass(frozen=True, slots=True)
class CleanPhoto:
    """A JPEG without metadata, upright; `width` and `height` in pixels."""

    content: bytes
    width: int
    height: int


def clean_photo(stream: IO[bytes], size: int) -> CleanPhoto:
    """Reads a photo whatever its name says, turns it upright, makes it at most 2,400 pixels long, and drops everything but the picture.

    Raises `PhotoRefused` on a file that is no JPEG, PNG or WebP, is damaged, too heavy, or would unpack to too many pixels.
    """
    if size > MOST_BYTES:
        raise PhotoRefused(gettext("La photo pèse plus de 20 Mo. Prenez-la dans une taille plus petite."))
    try:
        with Image.open(stream, formats=FORMATS) as opened:
            if opened.width * opened.height > MOST_PIXELS:
                raise PhotoRefused(_too_large())
            opened.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))  # a JPEG is unpacked near its final size at once
            upright = ImageOps.exif_transpose(opened)
            upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
            bare = Image.new("RGB", upright.size, "white")  # a picture of its own: no comment, profile or place comes along
            bare.paste(upright, mask=upright.convert("RGBA").getchannel("A") if upright.mode in ("RGBA", "LA", "P", "PA") else None)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise PhotoRefused(_too_large()) from error
    except (OSError, ValueError, SyntaxError, EOFError) as error:
        if isinstance(error, PhotoRefused):
            raise
        raise PhotoRefused(
            gettext(
                "Ce fichier n’est pas une photo qui se lit ici. Attendu : JPEG, PNG ou WebP. "
                "Sur un iPhone, choisissez « Le plus compatible » dans Réglages, Appareil photo, Formats."
            )
        ) from error
    written = io.BytesIO()
    bare.save(written, "JPEG", quality=QUALITY, optimize=True)
    return CleanPhoto(written.getvalue(), *bare.size)


def _too_large() -> str:
    return gettext("Cette image est trop grande à déplier (plus de 60 millions de points). Prenez-la dans une taille plus petite.")
