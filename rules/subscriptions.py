"""What floor 4 hears from below and answers: artists that changed are evaluated at once; and what it offers them."""

from collections.abc import Iterable, Mapping, Sequence

from artists.row_extras import join_row_extra
from artists.services.adopting import join_adopted
from rules import bulk_kinds, tasks
from rules.models import Violation
from rules.queries.findings import badge_count, counts_of_artists
from rules.services.neighbours import evaluate_changed
from rules.services.rules import follow_settings
from rules.services.snapshots import record_snapshot
from rules.services.violations import dismiss_orphans
from stillwater import events
from stillwater.events import Payload
from stillwater.numbers import whole_number
from stillwater.schedule import join_tick
from stillwater.shell import join_count


def join() -> None:
    """Called once at start-up by rules/apps.py."""
    events.subscribe("artist.updated", _changed)
    events.subscribe("artists.scanned", _changed)
    events.subscribe("artists.updated", _changed_by_others)
    events.subscribe("images.fingerprinted", _changed)
    events.subscribe("artists.tagged", _changed)
    events.subscribe("mbids.checked", _changed)
    events.subscribe("library.removed", _left_alone)
    events.subscribe("scan.completed", _remember)
    events.subscribe("settings.changed", _set)
    join_tick(tasks.tick)
    join_adopted(Violation, "rule")
    join_count("open_findings", badge_count)
    join_row_extra("findings", _findings)
    bulk_kinds.join()


def _changed(payload: Payload) -> None:
    keys = _named(payload)
    if keys:
        evaluate_changed(keys)


def _changed_by_others(payload: Payload) -> None:
    """A scan tells of what it changed by `artists.scanned`, once the pictures are noted too."""
    if payload.get("source") != "scan":
        _changed(payload)


def _remember(_payload: Payload) -> None:
    record_snapshot()


def _left_alone(payload: Payload) -> None:
    dismiss_orphans(_named(payload))


def _set(payload: Payload) -> None:
    follow_settings(payload.get("keys", ()))


def _findings(ids: Sequence[int]) -> Mapping[int, object]:
    return counts_of_artists(ids)


def _named(payload: Payload) -> list[int]:
    """One artist or many, whichever spelling the event has."""
    given: Iterable[object] = payload.get("artist_ids") or [payload.get("artist_id", "")]
    return [key for key in map(whole_number, map(str, given)) if key is not None]
