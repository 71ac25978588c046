"""What the worker does by the clock on floor 1."""

from django.contrib.sessions.models import Session
from django.utils import timezone
from django_q.models import Schedule

from stillwater import events, jobs, schedule
from stillwater.services import throttle

TICK = "stillwater.tasks.tick"


def tick() -> None:
    """Every minute: lost jobs, old events, old attempts, old sessions, and what the higher floors joined."""
    schedule.note_tick()
    jobs.sweep()
    events.sweep()
    throttle.sweep()
    Session.objects.filter(expire_date__lt=timezone.now()).delete()
    schedule.run_ticks()


def schedule_tick() -> None:
    """Make sure that the worker knows of the tick; called at every start."""
    Schedule.objects.update_or_create(
        name="tick",
        defaults={
            "func": TICK,
            "schedule_type": Schedule.MINUTES,
            "minutes": 1,
            "repeats": -1,
            "next_run": timezone.now(),
        },
    )
