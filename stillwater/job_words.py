"""Says in plain words what a job's row holds: how it stands, how far, how long it took, what came of it."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.contrib.humanize.templatetags.humanize import intcomma
from django.urls import reverse
from django.utils import timezone

from stillwater import jobs
from stillwater.models import Job, JobState

_STATES: dict[str, tuple[str, str]] = {
    JobState.QUEUED: ("off", "waiting"),
    JobState.RUNNING: ("running", "running"),
    JobState.DONE: ("good", "done"),
    JobState.FAILED: ("error", "failed"),
    JobState.CANCELLED: ("off", "cancelled"),
    JobState.TIMED_OUT: ("warning", "took too long"),
}
_UNTOLD = frozenset({"id", "status", "started_at", "completed_at", "message", "error"})
"""Parts of a result that the page shows elsewhere."""


@dataclass(frozen=True, slots=True)
class JobLine:
    """One job as the pages show it."""

    job: Job

    @property
    def label(self) -> str:
        return jobs.label(self.job.kind)

    @property
    def url(self) -> str:
        """Of the page that tells most of it."""
        return reverse(jobs.page(self.job.kind) or "stillwater:job", args=[self.job.pk])

    @property
    def level(self) -> str:
        return _STATES[self.job.state][0]

    @property
    def state(self) -> str:
        if self.job.is_active and self.job.cancel_requested:
            return "stopping"
        return _STATES[self.job.state][1]

    @property
    def count(self) -> str:
        done, total = self.job.done, self.job.total
        if total:
            return f"{intcomma(done)} of {intcomma(total)}"
        return str(intcomma(done)) if done else ""

    @property
    def took(self) -> str:
        """From its start to its end, or to now; blank before it began."""
        if self.job.started_at is None:
            return ""
        return duration((self.job.finished_at or timezone.now()) - self.job.started_at)

    @property
    def left(self) -> str:
        """How long it still takes at the pace since it began; blank where that says nothing.

        After a restart what was done before is counted too, so that there is no telling the pace.
        """
        job = self.job
        if job.state != JobState.RUNNING or job.started_at is None or job.attempts > 1:
            return ""
        if not job.total or not 0 < job.done < job.total:
            return ""
        return duration((timezone.now() - job.started_at) * (job.total - job.done) / job.done)

    @property
    def outcome(self) -> str:
        """One line on what came of it."""
        return self.job.error or self.job.message

    @property
    def can_repeat(self) -> bool:
        return self.job.state in (JobState.FAILED, JobState.CANCELLED, JobState.TIMED_OUT)

    @property
    def figures(self) -> list[tuple[str, str]]:
        """The numbers and texts of the result, named in words."""
        told = ((_words(key), _shown(value)) for key, value in self._result() if not isinstance(value, list))
        return [(name, text) for name, text in told if text]

    @property
    def lists(self) -> list[tuple[str, list[str]]]:
        """The lists of the result that hold anything."""
        return [
            (_words(key), [str(item) for item in value])
            for key, value in self._result()
            if isinstance(value, list) and value
        ]

    def _result(self) -> list[tuple[str, Any]]:
        return [(key, value) for key, value in self.job.result.items() if key not in _UNTOLD]


def duration(time: timedelta) -> str:
    """0.4 s, 12 s, 3 min 5 s, 2 h 10 min."""
    seconds = max(0.0, time.total_seconds())
    if seconds < 10:
        return f"{seconds:.1f} s"
    minutes, rest = divmod(round(seconds), 60)
    if not minutes:
        return f"{rest} s"
    hours, minutes_left = divmod(minutes, 60)
    return f"{hours} h {minutes_left} min" if hours else f"{minutes} min {rest} s"


def _words(key: str) -> str:
    return key.replace("_", " ").capitalize()


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int):
        return str(intcomma(value))
    return value if isinstance(value, str) else ""
