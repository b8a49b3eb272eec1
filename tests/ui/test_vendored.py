"""Every file written by others is known: its version, its licence, its checksum."""

import hashlib
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FOLDERS = ("src/tissage/ui/static/vendor", "src/tissage/ui/fonts", "tests/vendor")
LICENCES = {"0BSD", "MIT", "MPL-2.0", "OFL-1.1"}
MANIFEST = tomllib.loads((ROOT / "src/tissage/ui/vendored.toml").read_text(encoding="utf-8"))
PACKAGES = MANIFEST["package"]


def test_the_manifest_and_the_folders_list_the_same_files() -> None:
    listed = sorted(path for package in PACKAGES for path in package["files"])
    present = sorted(file.relative_to(ROOT).as_posix() for folder in FOLDERS for file in (ROOT / folder).rglob("*") if file.is_file())
    assert listed == present


@pytest.mark.parametrize("package", PACKAGES, ids=lambda package: str(package["name"]))
def test_a_vendored_package_is_what_the_manifest_says(package: dict[str, dict[str, str]]) -> None:
    measured = {path: hashlib.sha256((ROOT / path).read_bytes()).hexdigest() for path in package["files"]}
    assert measured == package["files"]


@pytest.mark.parametrize("package", PACKAGES, ids=lambda package: str(package["name"]))
def test_a_vendored_package_names_its_version_licence_and_origin(package: dict[str, str]) -> None:
    registry, _, name = package["origin"].partition(":")
    assert registry in {"npm", "pypi"}
    assert name
    assert package["version"].count(".") == 2
    assert package["licence"] in LICENCES


@pytest.mark.parametrize("package", PACKAGES, ids=lambda package: str(package["name"]))
def test_a_vendored_package_carries_its_licence(package: dict[str, dict[str, str]]) -> None:
    assert [path for path in package["files"] if Path(path).name.startswith("LICENSE")]
