"""Finishes what a killed process left half done: fields that were saved before artist.nfo could follow."""

from uuid import UUID

from artists.models import Operation
from artists.services.rows import CUT_OFF
from artists.services.writeback import renew_nfo
from stillwater.errors import StillwaterError


def catch_up(group: UUID) -> int:
    """Bring artist.nfo up to date where an operation of this run was cut off; returns how many files were written."""
    cut_off = Operation.objects.filter(group=group, warning=CUT_OFF, undone_at=None).select_related("artist", "actor")
    return sum(_finish(made) for made in list(cut_off))


def _finish(made: Operation) -> bool:
    if made.artist is None:
        return False
    try:
        followed = renew_nfo(made.artist, source=made.source, actor=made.actor, group=made.group)
    except StillwaterError as problem:
        made.warning, followed = f"artist.nfo was not updated: {problem.message}"[:500], None
    else:
        made.warning = ""
    made.save(update_fields=["warning"])
    return followed is not None
