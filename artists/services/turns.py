"""One artist is changed by one process at a time: rows and files of two edits would end up mixed otherwise."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from django.conf import settings

from artists.models import Artist
from stillwater.files import exclusive

LOCKS = 64
"""Files that stand for all artists: two artists that share one wait for each other now and then."""


@contextmanager
def turns(*artists: Artist | None) -> Iterator[None]:
    """In one order for everybody, so that nobody waits for somebody who waits for him."""
    with ExitStack() as stack:
        for turn in sorted({_turn_of(artist) for artist in artists if artist is not None}):
            stack.enter_context(exclusive(turn))
        yield


def _turn_of(artist: Artist) -> Path:
    folder: Path = settings.STILLWATER_DATA / "locks"
    return folder / f"artists-{artist.pk % LOCKS:02}"
