"""Is everything up: the process, the database, the worker."""

import subprocess
from dataclasses import dataclass
from datetime import timedelta
from functools import cache

from django.conf import settings
from django.db import DatabaseError, connection
from django.utils import timezone

from stillwater import schedule
from stillwater.models import Job, JobState


@dataclass(frozen=True, slots=True)
class Readiness:
    """Each part says ok or why not."""

    database: str
    worker: str

    @property
    def is_ready(self) -> bool:
        return self.database == self.worker == "ok"


def readiness() -> Readiness:
    return Readiness(database=_database(), worker=worker_state())


@cache
def commit() -> str:
    """The commit that runs, where the source is a checkout; else `unknown`."""
    try:
        answer = subprocess.run(
            ["git", "rev-parse", "--short", "HEAD"],  # noqa: S607 - whichever git this machine has
            cwd=settings.BASE_DIR,
            capture_output=True,
            text=True,
            timeout=5,
            check=True,
        )
    except (OSError, subprocess.SubprocessError):
        return "unknown"
    return answer.stdout.strip()


def _database() -> str:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return "not answering"
    return "ok"


def worker_state() -> str:
    """`ok` or why not. A tick that was done lately proves the worker; so does a job that beats while all are busy."""
    recent = timezone.now() - timedelta(seconds=90)
    if schedule.is_on_time() or Job.objects.filter(state=JobState.RUNNING, heartbeat_at__gt=recent).exists():
        return "ok"
    return "not running"
