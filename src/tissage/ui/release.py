"""What this release of the front end is, and which files a page needs: for pages that a device keeps to open them without a network."""

from __future__ import annotations

import hashlib
import re
from functools import lru_cache
from pathlib import Path
from posixpath import dirname, join, normpath

from django.conf import settings
from django.contrib.staticfiles import finders
from django.http import HttpResponse
from django.templatetags.static import static

RELEASE_HEADER = "Tissage-Release"
# What one file asks for: `url("…")` in a style sheet, `import … from "./…"` in a module.
_ASKS = {".css": re.compile(r"""url\(["']?([^"')]+)["']?\)"""), ".js": re.compile(r"""(?:from|import)\s*["'](\.[^"']+)["']""")}


class MissingFile(LookupError):
    """A page says that it needs a static file that is not there: a mistake of ours."""


@lru_cache(maxsize=1)
def release() -> str:
    """Twelve hexadecimal signs that change whenever a static file of the project does. Read once a process."""
    total = hashlib.sha256()
    for path in sorted(Path(settings.PACKAGE).glob("*/static/**/*")):
        if path.is_file():
            total.update(path.as_posix().removeprefix(Path(settings.PACKAGE).as_posix()).encode() + b"\0" + path.read_bytes())
    return total.hexdigest()[:12]


@lru_cache(maxsize=32)
def files_of(*names: str) -> tuple[str, ...]:
    """Addresses of these static files and of every file that they ask for in turn: fonts of a style sheet, modules of a module."""
    found: dict[str, None] = {}
    waiting = list(names)
    while waiting:
        name = waiting.pop(0)
        if name in found:
            continue
        path = finders.find(name)
        if not isinstance(path, str):
            raise MissingFile(name)
        found[name] = None
        asks = _ASKS.get(Path(name).suffix)
        if asks is not None:
            wanted = asks.findall(Path(path).read_text(encoding="utf-8"))
            waiting += [normpath(join(dirname(name), one)) for one in wanted if not one.startswith(("data:", "#", "http"))]
    return tuple(static(name) for name in found)


def stamp(response: HttpResponse) -> HttpResponse:
    """Says of a page which release it belongs to, so that a device which kept it knows whether its files still fit."""
    response.headers[RELEASE_HEADER] = release()
    return response
