"""What floor 4 hears from below and answers: artists that changed are evaluated at once."""

from collections.abc import Iterable

from artists.row_extras import join_row_extra
from rules.row_extras import finding_counts
from rules.services.evaluation import evaluate
from stillwater import events
from stillwater.events import Payload


def join() -> None:
    """Called once at start-up by rules/apps.py."""
    events.subscribe("artist.updated", _changed)
    events.subscribe("artists.scanned", _changed)
    events.subscribe("images.fingerprinted", _changed)
    join_row_extra("findings", finding_counts)


def _changed(payload: Payload) -> None:
    keys = [int(key) for key in _named(payload) if str(key).isdigit()]
    if keys:
        evaluate(artists=keys)


def _named(payload: Payload) -> Iterable[object]:
    """One artist or many, whichever spelling the event has."""
    return payload.get("artist_ids") or ([payload["artist_id"]] if payload.get("artist_id") else [])
