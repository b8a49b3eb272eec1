"""A backup is one file: database, files, secret and keys, each with its checksum. Made and restored while running.

Photos of sheets are left out: each has a day on which it is gone, and a backup would keep it longer. A restore keeps those that are
still on this machine, and forgets the others.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import os
import shutil
import sqlite3
import subprocess
import tarfile
import tempfile
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.db import connection

import tissage
from tissage.people.exchange.kept_files import PHOTOS
from tissage.voices.operations.photos import drop_lost_photos

FORMAT = 1
HOME_FILES = ("secret-key.txt", "keys.json", "demo-accounts.txt")
DUMP_NAMES = {"sqlite": "database.sqlite3", "postgresql": "database.pgdump"}


class BackupRefused(Exception):
    """Why a backup cannot be made or restored, in words for whoever runs the command."""


def make_backup(path: Path, *, now: dt.datetime) -> dict[str, Any]:
    """Writes the backup, readable by its owner only. Appears whole or not at all; gives its manifest."""
    if path.exists():
        raise BackupRefused(f"{path} existe déjà. Donnez un autre nom, ou déplacez ce fichier.")
    if not path.parent.is_dir():
        raise BackupRefused(f"Le dossier {path.parent} n’existe pas.")
    with tempfile.TemporaryDirectory(dir=path.parent, prefix=".tissage-backup-") as folder:
        stage = Path(folder)
        dump_database(stage / DUMP_NAMES[connection.vendor])
        for name in HOME_FILES:
            if (settings.TISSAGE_HOME / name).is_file():
                shutil.copy2(settings.TISSAGE_HOME / name, stage / name)
        if settings.TISSAGE_FILES.is_dir():
            shutil.copytree(settings.TISSAGE_FILES, stage / "files", ignore=without_photos)
        members = {str(member.relative_to(stage)): checksum(member) for member in sorted(stage.rglob("*")) if member.is_file()}
        manifest: dict[str, Any] = {
            "format": FORMAT,
            "tissage": tissage.__version__,
            "engine": connection.vendor,
            "made_at": now.isoformat(),
            "members": members,
        }
        (stage / "manifest.json").write_text(json.dumps(manifest, indent=1), encoding="utf-8")
        archive = stage / "archive.tar.gz"
        with (
            os.fdopen(os.open(archive, os.O_WRONLY | os.O_CREAT, 0o600), "wb") as raw,
            tarfile.open(fileobj=raw, mode="w:gz", compresslevel=3) as tar,
        ):
            for name in ["manifest.json", *members]:
                tar.add(stage / name, arcname=name)
        archive.rename(path)
    return manifest


def restore_backup(path: Path) -> dict[str, Any]:
    """Puts a backup back: checked whole before anything is touched. What was there is replaced."""
    if not path.is_file():
        raise BackupRefused(f"{path} n’existe pas.")
    home = settings.TISSAGE_HOME
    home.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=home, prefix=".restore-") as folder:
        stage = Path(folder)
        manifest = unpack(path, stage)
        restore_database(stage / DUMP_NAMES[connection.vendor])
        for name in HOME_FILES:
            if (stage / name).is_file():
                shutil.copy2(stage / name, home / name)
                (home / name).chmod(0o600)
        if (photos := settings.TISSAGE_FILES / PHOTOS).is_dir():
            (stage / "files").mkdir(exist_ok=True, mode=0o700)
            shutil.move(photos, stage / "files" / PHOTOS)
        replace_folder(stage / "files", settings.TISSAGE_FILES)
    connection.close()
    call_command("migrate", interactive=False, verbosity=0)
    drop_lost_photos()
    call_command("createcachetable", verbosity=0)
    return manifest


def without_photos(folder: str, names: list[str]) -> list[str]:
    """What `copytree` leaves out of the files."""
    return [PHOTOS] if Path(folder) == settings.TISSAGE_FILES and PHOTOS in names else []


def unpack(path: Path, stage: Path) -> dict[str, Any]:
    """Extracts and checks every member; refuses a file that is not a backup, is damaged, or comes from another engine."""
    try:
        with tarfile.open(path, "r:gz") as tar:
            tar.extractall(stage, filter="data")
        manifest: dict[str, Any] = json.loads((stage / "manifest.json").read_text(encoding="utf-8"))
    except (tarfile.TarError, OSError, EOFError, ValueError) as error:
        raise BackupRefused(f"{path} n’est pas une sauvegarde de Tissage, ou elle est abîmée ({error}).") from error
    if manifest.get("format") != FORMAT:
        raise BackupRefused(f"Format de sauvegarde {manifest.get('format')} inconnu : il faut une version plus récente de Tissage.")
    if manifest["engine"] != connection.vendor:
        raise BackupRefused(
            f"Cette sauvegarde vient de {manifest['engine']}, cette installation utilise {connection.vendor}. Donnez le même DATABASE_URL."
        )
    for name, expected in manifest["members"].items():
        if not (stage / name).is_file() or checksum(stage / name) != expected:
            raise BackupRefused(f"La sauvegarde est abîmée : {name} ne correspond pas à sa somme de contrôle. Rien n’a été touché.")
    return manifest


def dump_database(target: Path) -> None:
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:  # a copy of the live file may be torn; VACUUM INTO is a consistent one
            cursor.execute("VACUUM INTO %s", [str(target)])
        return
    run_postgres_program("pg_dump", "--format=custom", f"--file={target}", "--no-owner")


def restore_database(dump: Path) -> None:
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        source = sqlite3.connect(dump)
        try:
            source.backup(connection.connection)
        finally:
            source.close()
        return
    connection.close()
    run_postgres_program(
        "pg_restore", "--clean", "--if-exists", "--no-owner", "--single-transaction", f"--dbname={postgres_name()}", str(dump)
    )


def postgres_name() -> str:
    return str(connection.settings_dict["NAME"])


def run_postgres_program(name: str, *arguments: str) -> None:
    database = connection.settings_dict
    given = {"PGHOST": database["HOST"], "PGPORT": database["PORT"], "PGUSER": database["USER"], "PGPASSWORD": database["PASSWORD"]}
    environment = {**os.environ, "PGDATABASE": postgres_name(), **{key: str(value) for key, value in given.items() if value}}
    try:
        done = subprocess.run([name, *arguments], env=environment, capture_output=True, text=True, check=False)
    except FileNotFoundError as error:
        raise BackupRefused(f"Le programme {name} manque. Installez les outils clients de PostgreSQL.") from error
    if done.returncode != 0:
        raise BackupRefused(f"{name} a échoué : {done.stderr.strip()}")


def replace_folder(new: Path, old: Path) -> None:
    """Puts `new` (maybe absent) in the place of `old`."""
    if old.exists():
        shutil.rmtree(old)
    if new.exists():
        shutil.move(new, old)
    else:
        old.mkdir(parents=True, mode=0o700)


def checksum(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
