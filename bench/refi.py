"""REFI-QDA project of 100,000 criteria out and in, beside the bare writing and reading of as many elements in a zip."""

from __future__ import annotations

import os
import tempfile
import time
import xml.etree.ElementTree as ET
import zipfile
from pathlib import Path

from bench.base import show, size, territory_of


def bare_write(path: Path, rows: list[tuple[object, ...]]) -> None:
    """The same words and codes as elements, one after another, and the texts beside them: no identifier, no description."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        root = ET.Element("Project")
        for number, (_, component, sense) in enumerate(rows):
            selection = ET.SubElement(root, "PlainTextSelection", guid=str(number), startPosition=str(number), endPosition=str(number))
            for code in (component, sense):
                if code:
                    ET.SubElement(ET.SubElement(selection, "Coding", guid=str(number)), "CodeRef", targetGUID=str(code))
        archive.writestr("project.qde", ET.tostring(root, encoding="utf-8"))
        archive.writestr("sources/a.txt", "\n".join(str(text) for text, _, _ in rows))


def bare_read(path: Path) -> int:
    with zipfile.ZipFile(path) as archive:
        archive.read("sources/a.txt").decode()
        with archive.open("project.qde") as stream:
            return sum(element.tag == "Coding" for _, element in ET.iterparse(stream))


def main() -> None:
    from django.core.management import call_command

    from tissage.voices.models import Criterion

    rows = size(100_000)
    territory = territory_of(rows)
    with tempfile.TemporaryDirectory() as folder, open(os.devnull, "w") as silence:
        path, bare = Path(folder) / "out.qdpx", Path(folder) / "bare.zip"

        def timed(act: object, *arguments: object, **options: object) -> float:
            start = time.perf_counter()
            act(*arguments, **options)  # type: ignore[operator]
            return time.perf_counter() - start

        words = list(Criterion.objects.filter(territory=territory).values_list("text", "component", "sense"))
        written = timed(bare_write, bare, words)
        out = timed(call_command, "export_refi_qda", territory.slug, str(path), stdout=silence, stderr=silence)
        show(f"QDPX of {rows} ({path.stat().st_size / 1e6:.0f} MB)", out, written, "bare ElementTree and zip")
        read = timed(bare_read, bare)
        into = timed(
            call_command, "import_refi_qda", str(path), territory=f"retour-{os.getpid()}", json=True, stdout=silence, stderr=silence
        )
        show(f"import of that project ({rows / into:.0f} criteria/s)", into, read, "bare iterparse")
        again = timed(
            call_command, "import_refi_qda", str(path), territory=f"retour-{os.getpid()}", json=True, stdout=silence, stderr=silence
        )
        show("the same project again (nothing to change)", again)
    assert Criterion.objects.live().filter(territory__slug=f"retour-{os.getpid()}").count() == rows


if __name__ == "__main__":
    main()
