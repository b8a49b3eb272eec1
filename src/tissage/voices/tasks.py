"""Long work of the worker: reading, writing and cleaning imports. Each task calls one function and takes an id."""

from __future__ import annotations

from django.utils import timezone
from django_tasks import task

from .exchange.uploads import apply_batch, read_batch
from .models import Batch
from .operations.batches import purge_batch


@task()
def read_import(batch_id: int) -> None:
    batch = Batch.objects.select_related("territory").filter(pk=batch_id, state=Batch.State.PREVIEW).first()
    if batch is not None:
        read_batch(batch)


@task()
def write_import_batch(batch_id: int) -> None:
    batch = Batch.objects.select_related("territory").filter(pk=batch_id, state=Batch.State.WAITING).first()
    if batch is not None:
        apply_batch(batch)


@task()
def purge_import(batch_id: int) -> None:
    purge_batch(batch=Batch.objects.get(pk=batch_id), now=timezone.now())
