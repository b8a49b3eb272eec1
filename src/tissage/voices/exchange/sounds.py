"""A question read aloud: which sound a file holds, by its first bytes and never by its name."""

from __future__ import annotations

from typing import IO

from django.utils.translation import gettext

MOST_BYTES = 2 * 1024 * 1024
"""Two minutes as phones record a voice."""
_MPEG = (b"\xff\xfb", b"\xff\xf3", b"\xff\xf2", b"\xff\xfa")


class SoundRefused(ValueError):
    """Why this file is not taken, in words for whoever chose it."""


def read_sound(stream: IO[bytes], size: int) -> tuple[bytes, str]:
    """The bytes of a sound and its content type. Raises `SoundRefused` on a file too heavy or of another kind."""
    if size > MOST_BYTES:
        raise SoundRefused(gettext("L’enregistrement pèse plus de 2 Mo. Lisez la question en moins de deux minutes."))
    content = stream.read(MOST_BYTES + 1)
    kind = sound_type(content[:16])
    if not kind:
        raise SoundRefused(gettext("Ce fichier n’est pas un son qui se lit ici. Attendu : WebM, Ogg, MP3, M4A ou WAV."))
    return content, kind


def sound_type(start: bytes) -> str:
    """The content type of a sound by the signature at its start; empty when it is none that browsers play."""
    if start[:4] == b"\x1aE\xdf\xa3":
        return "audio/webm"
    if start[:4] == b"OggS":
        return "audio/ogg"
    if start[:3] == b"ID3" or start[:2] in _MPEG:
        return "audio/mpeg"
    if start[4:8] == b"ftyp":
        return "audio/mp4"
    if start[:4] == b"RIFF" and start[8:12] == b"WAVE":
        return "audio/wav"
    return ""
