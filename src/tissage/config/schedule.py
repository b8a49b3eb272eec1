"""What the house does by the clock. Each act may run at any time, twice, or late; none needs to know when it last ran."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from tissage.agenda.operations.balances import settle_sensitive_years
from tissage.agenda.operations.registrations import forget_registrations
from tissage.agenda.operations.report_reminders import remind_reports
from tissage.commitments.operations.evidence import propose_evidence_everywhere
from tissage.commitments.operations.spaces import delete_stray_space_files
from tissage.network.operations.documents import delete_stray_documents
from tissage.network.operations.reviews import send_reviews
from tissage.people.operations import seal_journal, send_reminders
from tissage.plan.operations.articles import delete_stray_pictures
from tissage.plan.operations.booking_imports import purge_readings
from tissage.plan.operations.extract_files import delete_old_extracts
from tissage.plan.operations.workbook.files import delete_old_workbooks
from tissage.voices.operations.batches import delete_old_import_files, purge_hidden_rows
from tissage.voices.operations.photos import delete_old_photos
from tissage.voices.operations.recordings import delete_stray_recordings
from tissage.voices.queries.suggesters import forget_withdrawn_vectors

CACHE_TABLE = str(settings.CACHES["default"]["LOCATION"])


@dataclass(frozen=True, slots=True)
class Act:
    name: str
    every: dt.timedelta
    run: Callable[[dt.datetime], object]


def forget_expired(*, now: dt.datetime) -> int:
    """Takes expired rows out of the cache table, which keeps them until it is full: nothing of an address outlives its minutes."""
    with connection.cursor() as cursor:
        moment = connection.ops.adapt_datetimefield_value(now)
        cursor.execute(f"DELETE FROM {connection.ops.quote_name(CACHE_TABLE)} WHERE expires < %s", [moment])
        return int(cursor.rowcount)


def ask_in_the_morning(*, now: dt.datetime) -> int:
    """Review mails leave on working days between nine and eleven, local time."""
    here = timezone.localtime(now)
    return send_reviews(now=now) if here.weekday() < 5 and 9 <= here.hour < 11 else 0


def remind_in_the_morning(*, now: dt.datetime) -> int:
    """Reminders leave between seven and nine, local time: a late start of the day's process still sends them, a night one does not."""
    return send_reminders(now=now) if 7 <= timezone.localtime(now).hour < 9 else 0


def remind_of_reports(*, now: dt.datetime) -> int:
    """Letters about dates to tell leave in the morning too."""
    return remind_reports(now=now) if 7 <= timezone.localtime(now).hour < 9 else 0


SCHEDULE = [
    Act("seal the journal", dt.timedelta(minutes=5), lambda now: seal_journal(now=now)),
    Act("purge rows of undone and abandoned batches", dt.timedelta(hours=1), lambda now: purge_hidden_rows(now=now)),
    Act("delete old import files", dt.timedelta(hours=12), lambda now: delete_old_import_files(now=now)),
    Act("purge what stopped readings of extracts left", dt.timedelta(hours=1), lambda now: purge_readings(now=now)),
    Act("delete old accounting extracts", dt.timedelta(hours=12), lambda now: delete_old_extracts(now=now)),
    Act("delete old workbooks of plans", dt.timedelta(hours=12), lambda now: delete_old_workbooks(now=now)),
    Act("delete photos of sheets whose day has come", dt.timedelta(hours=1), lambda now: delete_old_photos(now=now)),
    Act("delete recordings that no question has any more", dt.timedelta(hours=24), lambda now: delete_stray_recordings(now=now)),
    Act("delete documents that nothing knows any more", dt.timedelta(hours=24), lambda now: delete_stray_documents(now=now)),
    Act("delete files of spaces that nothing knows any more", dt.timedelta(hours=24), lambda now: delete_stray_space_files(now=now)),
    Act("delete pictures of articles that no article has any more", dt.timedelta(hours=24), lambda now: delete_stray_pictures(now=now)),
    Act("forget registrations whose day has come", dt.timedelta(hours=6), lambda now: forget_registrations(now=now)),
    Act("forget kept vectors of what was withdrawn", dt.timedelta(hours=24), lambda now: forget_withdrawn_vectors()),
    Act("ask organisations whether their services are still right", dt.timedelta(hours=1), lambda now: ask_in_the_morning(now=now)),
    Act("propose evidence from what is known", dt.timedelta(hours=24), lambda now: propose_evidence_everywhere(now=now)),
    Act("remind people of what waits for them", dt.timedelta(hours=1), lambda now: remind_in_the_morning(now=now)),
    Act("remind who carries a date to tell how it went", dt.timedelta(hours=1), lambda now: remind_of_reports(now=now)),
    Act("settle what sensitive activities let out of a year", dt.timedelta(hours=24), lambda now: settle_sensitive_years(now=now)),
    Act("forget ended sessions", dt.timedelta(hours=24), lambda now: call_command("clearsessions")),
    Act("forget what the cache no longer answers with", dt.timedelta(minutes=10), lambda now: forget_expired(now=now)),
    Act("forget old task results", dt.timedelta(hours=24), lambda now: call_command("prune_db_task_results", verbosity=0)),
]


def due(last_runs: dict[str, dt.datetime], now: dt.datetime) -> list[Act]:
    """The acts whose time has come; one that never ran since the start is due."""
    return [act for act in SCHEDULE if act.name not in last_runs or now - last_runs[act.name] >= act.every]
