"""Fixes that write artist.nfo."""

from uuid import UUID

from artists.models import Artist, Operation
from artists.services.writeback import create_nfo
from stillwater.models import User


def write_nfo(artist: Artist, *, actor: User | None, group: UUID | None) -> Operation | None:
    """Write the missing artist.nfo from what is stored. Raises what create_nfo raises; an existing one stays."""
    return create_nfo(artist, source="rule:nfo_exists", actor=actor, group=group)
