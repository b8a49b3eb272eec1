"""Work done in the background: freezing a large version."""

from django.utils import timezone
from django_tasks import task

from .operations import continue_freezing_lines


@task()
def continue_freezing(synthesis_id: int) -> None:
    continue_freezing_lines(synthesis_id=synthesis_id, now=timezone.now())
