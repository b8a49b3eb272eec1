"""The archive of a project, looked at before anything of it is read. Nothing is ever unpacked to disk."""

from __future__ import annotations

import stat
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from tissage.core.messages import gettext_noop
from tissage.people.exchange.archives import check_archive
from tissage.people.exchange.errors import UnreadableFile

MOST_MEMBERS = 20_000
MOST_TEXT = 64 * 1024**2
"""The plain text of one source: a very long book is two megabytes."""
_BLOCK = 1 << 16
_NOT_A_PROJECT = gettext_noop(
    "« %(file)s » n’est pas un projet REFI-QDA lisible. Exportez-le à nouveau depuis votre logiciel, au format REFI-QDA (.qdpx)."
)


class Project:
    """An open project: its document, and the plain text of its sources by name."""

    def __init__(self, archive: zipfile.ZipFile, path: Path) -> None:
        self._archive, self._path = archive, path
        self._members = {member.filename.lower(): member for member in archive.infolist() if not member.is_dir()}
        documents = [name for name in self._members if name.endswith(".qde")]
        if len(documents) != 1:
            raise UnreadableFile(
                gettext_noop(
                    "« %(file)s » ne contient pas un seul projet (project.qde). Exportez-le à nouveau au format REFI-QDA (.qdpx)."
                ),
                file=path.name,
            )
        self._document = self._members[documents[0]]

    def document(self) -> Iterator[bytes]:
        """The blocks of `project.qde`."""
        with self._archive.open(self._document) as stream:
            while block := stream.read(_BLOCK):
                yield block

    def text(self, path: str) -> str | None:
        """The plain text an `internal://` path names; None when it is not in the archive or not readable as text."""
        scheme, _, name = path.partition("://")
        if scheme != "internal" or not name:
            return None
        name = name.lower().lstrip("/")
        member = self._members.get(f"sources/{name}") or self._members.get(name)
        if member is None or member.file_size > MOST_TEXT:
            return None
        with self._archive.open(member) as stream:
            return _decoded(stream)


def _decoded(stream: IO[bytes]) -> str | None:
    content = stream.read()
    encoding = "utf-16" if content.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        return None


@contextmanager
def open_project(path: Path) -> Iterator[Project]:
    """The project of an archive that was checked. Raises `UnreadableFile`: no archive, dangerous names or sizes, a damaged member."""
    check_archive(path)
    try:
        with zipfile.ZipFile(path) as archive:
            _check_members(archive)
            yield Project(archive, path)
    except (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError, EOFError, zlib.error):
        raise UnreadableFile(_NOT_A_PROJECT, file=path.name) from None


def _check_members(archive: zipfile.ZipFile) -> None:
    members = archive.infolist()
    if len(members) > MOST_MEMBERS:
        raise UnreadableFile(
            gettext_noop(
                "Ce projet contient plus de %(most)s fichiers : il n’est pas ouvert. Exportez-le sans ses sources sonores et images."
            ),
            most=MOST_MEMBERS,
        )
    seen = set()
    for member in members:
        name = member.orig_filename
        parts = name.replace("\\", "/").split("/")
        kind = stat.S_IFMT(member.external_attr >> 16)
        if "\0" in name or ".." in parts or name.startswith(("/", "\\")) or ":" in parts[0] or kind not in (0, stat.S_IFREG, stat.S_IFDIR):
            raise UnreadableFile(
                gettext_noop("Ce projet contient un fichier au chemin suspect (« %(name)s ») : il n’est pas ouvert."),
                name=name.replace("\0", "")[:80],
            )
        if name.lower() in seen:
            raise UnreadableFile(gettext_noop("Ce projet contient deux fois « %(name)s » : il n’est pas ouvert."), name=name[:80])
        seen.add(name.lower())
        if member.flag_bits & 1:
            raise UnreadableFile(gettext_noop("Ce projet est protégé par un mot de passe. Exportez-le sans mot de passe."))
