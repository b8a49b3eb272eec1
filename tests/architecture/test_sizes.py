"""A room wants splitting when a file outgrows about 400 lines."""

from pathlib import Path

from django.conf import settings

LIMIT = 400


def test_no_file_outgrows_its_room():
    source = Path(settings.PACKAGE)
    long = {
        str(path.relative_to(source)): count
        for path in [*source.rglob("*.py"), *source.rglob("*.html"), *source.rglob("*.css"), *source.rglob("*.typ")]
        if "vendor" not in path.parts
        and "migrations" not in path.parts
        and (count := len(path.read_text(encoding="utf-8").splitlines())) > LIMIT
    }
    assert long == {}
