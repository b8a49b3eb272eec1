"""The one service worker of the site: it answers for pages that a device kept, and stands at the root so that team pages may use it too."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from django.contrib.auth.decorators import login_not_required
from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe


@lru_cache(maxsize=1)
def _script() -> bytes:
    path = finders.find("voices/js/sw.js")
    assert isinstance(path, str)
    return Path(path).read_bytes()


@login_not_required
@require_safe
def service_worker(request: HttpRequest) -> HttpResponse:
    """The script alone holds nothing of anybody: it is the same for all, and public like every static file."""
    return HttpResponse(_script(), content_type="text/javascript; charset=utf-8", headers={"Service-Worker-Allowed": "/"})
