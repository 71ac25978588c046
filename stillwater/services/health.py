"""Is everything up: the process, the database, the worker."""

import subprocess
from dataclasses import dataclass
from datetime import timedelta
from functools import cache

from django.conf import settings
from django.db import DatabaseError, connection
from django.utils import timezone
from django_q.models import Schedule

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
    return Readiness(database=_database(), worker=_worker())


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


def _worker() -> str:
    """The cluster moves its minute tick on as long as it lives; a job that beats proves it too."""
    recent = timezone.now() - timedelta(seconds=90)
    if Job.objects.filter(state=JobState.RUNNING, heartbeat_at__gt=recent).exists():
        return "ok"
    return "ok" if Schedule.objects.filter(name="tick", next_run__gt=recent).exists() else "not running"
