"""Lets artist.nfo follow what a run stored: at its end, or after it was killed before the file could follow."""

from collections.abc import Sequence
from itertools import groupby
from uuid import UUID

from artists.models import Operation
from artists.services.rows import CUT_OFF
from artists.services.writeback import NFO_FOLLOWS, renew_nfo
from stillwater.errors import StillwaterError

NFO_RULE = "rule:nfo_exists"
"""Whom the history names for the file that a run of fixes writes: no other rule counts as taken back with it."""


def catch_up(group: UUID, artist_id: int | None = None) -> int:
    """Bring artist.nfo up to date where operations of this run left it behind, of all artists or of one.

    One write for each artist, whatever the run did to it. Returns how many files were written.
    """
    behind = Operation.objects.filter(group=group, warning__in=(CUT_OFF, NFO_FOLLOWS), undone_at=None)
    if artist_id is not None:
        behind = behind.filter(artist=artist_id)
    rows = behind.select_related("artist", "actor").order_by("artist_id", "pk")
    return sum(_finish(list(made)) for _artist, made in groupby(list(rows), key=lambda each: each.artist_id))


def _finish(made: Sequence[Operation]) -> bool:
    """The last of the operations tells why the file could not follow."""
    last = made[-1]
    if last.artist is None:
        return False
    source = NFO_RULE if last.warning == NFO_FOLLOWS else last.source
    warning, followed = "", None
    try:
        followed = renew_nfo(last.artist, source=source, actor=last.actor, group=last.group)
    except StillwaterError as problem:
        warning = f"artist.nfo was not updated: {problem.message}"[:500]
    Operation.objects.filter(pk__in=[each.pk for each in made[:-1]]).update(warning="")
    Operation.objects.filter(pk=last.pk).update(warning=warning)
    return followed is not None
