"""Long work of the worker. Each task calls one function and takes an id."""

from __future__ import annotations

from django_tasks import task

from .exchange.extract_uploads import read_extract, write_extract
from .models import BookingImport

State = BookingImport.State


@task()
def read_booking_extract(import_id: int) -> None:
    found = BookingImport.objects.select_related("plan__territory", "plan__framework", "made_by").filter(pk=import_id, state=State.RECEIVED)
    if (reading := found.first()) is not None:
        read_extract(reading)


@task()
def write_booking_extract(import_id: int) -> None:
    found = BookingImport.objects.select_related("plan__territory", "plan__framework", "made_by").filter(pk=import_id, state=State.APPLYING)
    if (reading := found.first()) is not None:
        write_extract(reading)
