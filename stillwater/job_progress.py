"""The progress of a running job: saves now and then, publishes, keeps the heartbeat alive, raises `Cancelled`."""

import logging
import threading
from datetime import timedelta
from types import TracebackType
from typing import Self

from django.db import DatabaseError, close_old_connections, connection
from django.utils import timezone

from stillwater import events
from stillwater.models import Job, JobState
from stillwater.progress import Cancelled

logger = logging.getLogger(__name__)

SAVE_EVERY = timedelta(milliseconds=700)
HEARTBEAT_SECONDS = 10.0


class JobProgress:
    """Called by a verb between items. A thread keeps the heartbeat while one item takes long."""

    def __init__(self, row: Job, *, label: str, deadline: timedelta, quiet: bool = False) -> None:
        self.row = row
        self._label, self._quiet = label, quiet
        self.timed_out = False
        self._ends = timezone.now() + deadline
        self._saved = timezone.now() - SAVE_EVERY
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._beat, name=f"heartbeat-{row.pk}", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop.set()

    def __call__(self, done: int, total: int | None, message: str = "") -> None:
        now = timezone.now()
        if now > self._ends:
            self.timed_out = True
            raise Cancelled
        if now - self._saved < SAVE_EVERY and done != total:
            return
        self._saved = now
        self._save(done, total, message)

    def _save(self, done: int, total: int | None, message: str) -> None:
        self.row.done, self.row.total, self.row.message = done, total, message[:500]
        mine = Job.objects.filter(pk=self.row.pk, state=JobState.RUNNING, attempts=self.row.attempts)
        if not mine.filter(cancel_requested=False).update(
            done=done, total=total, message=self.row.message, heartbeat_at=timezone.now()
        ):
            raise Cancelled
        events.publish(
            "operation.progress",
            {
                "job_id": str(self.row.pk),
                "kind": self.row.kind,
                "label": self._label,
                "state": JobState.RUNNING,
                "done": done,
                "total": total,
                "message": self.row.message,
                "quiet": self._quiet,
            },
        )

    def _beat(self) -> None:
        while not self._stop.wait(HEARTBEAT_SECONDS):
            try:
                Job.objects.filter(pk=self.row.pk, state=JobState.RUNNING, attempts=self.row.attempts).update(
                    heartbeat_at=timezone.now()
                )
                close_old_connections()
            except DatabaseError:  # a heart that stops at the first busy moment has the job begun a second time
                logger.exception("a heartbeat of job %s was missed", self.row.pk)
                connection.close()
        connection.close()
