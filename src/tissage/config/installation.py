"""An installation: its data folder, its secret, its database, its reference data; and what may be wrong with it."""

from __future__ import annotations

import datetime as dt
import os
import secrets
import shutil
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from tissage.frameworks.models import FrameworkVersion
from tissage.frameworks.operations import load_shipped_frameworks
from tissage.people.cipher import ensure_key_ring
from tissage.people.operations import verify_journal
from tissage.people.triggers import Guard

LEAST_FREE_BYTES = 500 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Trouble:
    """What is wrong with an installation, and how to mend it. `blocking` ones keep the site from serving."""

    what: str
    remedy: str
    blocking: bool = True


def prepare(home: Path, *, now: dt.datetime) -> list[str]:
    """Prepares the data folder: secret, keys, database, reference data. Gives what was done; run again, it is nothing new."""
    done = []
    home.mkdir(parents=True, exist_ok=True)
    if make_secret(home):
        done.append("clé secrète créée")
    if ensure_key_ring(home):
        done.append("trousseau de clés créé")
    settings.TISSAGE_FILES.mkdir(parents=True, exist_ok=True, mode=0o700)
    if pending_migrations():
        call_command("migrate", interactive=False, verbosity=0)
        done.append("base de données préparée")
    call_command("createcachetable", verbosity=0)
    if not FrameworkVersion.objects.exists():
        done.append("référentiels chargés")
    load_shipped_frameworks(now=now)
    return done


def make_secret(home: Path) -> bool:
    """Writes a random secret once, readable by its owner only; False when there is one already."""
    path = home / "secret-key.txt"
    if path.exists() or os.environ.get("TISSAGE_SECRET_KEY"):
        return False
    write_private(path, secrets.token_urlsafe(50) + "\n")
    settings.SECRET_KEY = path.read_text(encoding="utf-8").strip()
    return True


def write_private(path: Path, text: str) -> None:
    """Writes a file that only its owner may read, from the first byte."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as stream:
        stream.write(text)
    path.chmod(0o600)


def pending_migrations() -> list[str]:
    executor = MigrationExecutor(connection)
    return [str(migration) for migration, _ in executor.migration_plan(executor.loader.graph.leaf_nodes())]


def troubles() -> Iterator[Trouble]:
    """Everything that is wrong with this installation, each with its remedy."""
    yield from folder_troubles(settings.TISSAGE_HOME)
    try:
        connection.ensure_connection()
    except DatabaseError as error:
        yield Trouble(f"La base de données ne répond pas : {error}", "Vérifiez DATABASE_URL, ou lancez « tissage init ».")
        return
    if pending := pending_migrations():
        yield Trouble(f"La base de données attend {len(pending)} changement(s) de structure.", "Lancez « tissage init ».")
        return
    if "cache" not in connection.introspection.table_names():
        yield Trouble("La table du cache manque.", "Lancez « tissage init ».")
    if not FrameworkVersion.objects.published().exists():
        yield Trouble("Aucun référentiel n’est chargé.", "Lancez « tissage init ».")
    if not all(guard.is_in_place(connection) for guard in Guard.everywhere):
        yield Trouble("Des déclencheurs manquent : le journal ou une version figée n’est plus protégé.", "Lancez « tissage migrate ».")
    for fault in verify_journal():
        yield Trouble(f"Le journal a été altéré : {fault}", "Restaurez une sauvegarde et prévenez la coordination.", blocking=False)
    yield from service_troubles()


def folder_troubles(home: Path) -> Iterator[Trouble]:
    if not home.is_dir():
        yield Trouble(f"Le dossier de données {home} n’existe pas.", "Lancez « tissage init », ou corrigez TISSAGE_HOME.")
        return
    if not os.access(home, os.W_OK):
        yield Trouble(f"Le dossier de données {home} n’est pas modifiable par ce compte.", "Changez son propriétaire ou TISSAGE_HOME.")
    if settings.SECRET_KEY == settings.UNSET_SECRET:
        yield Trouble("La clé secrète manque.", "Lancez « tissage init ».")
    for name in ("secret-key.txt", "keys.json", "demo-accounts.txt", "tissage.sqlite3"):
        path = home / name
        if path.exists() and stat.S_IMODE(path.stat().st_mode) & 0o077:
            yield Trouble(f"D’autres comptes de la machine peuvent lire {path}.", f"chmod 600 {path}", blocking=False)
    if shutil.disk_usage(home).free < LEAST_FREE_BYTES:
        yield Trouble("Il reste moins de 500 Mo sur le disque.", "Libérez de la place avant un import ou une sauvegarde.", blocking=False)


def service_troubles() -> Iterator[Trouble]:
    if settings.PRODUCTION and not settings.EMAIL_HOST:
        yield Trouble(
            "Aucun serveur de courrier : les invitations s’écrivent sur la console.", "Donnez TISSAGE_EMAIL_HOST.", blocking=False
        )
    if settings.PRODUCTION and connection.vendor == "sqlite":
        yield Trouble(
            "SQLite en production convient à une petite équipe.",
            "Pour plusieurs territoires, donnez DATABASE_URL=postgres://…",
            blocking=False,
        )
