"""Holds back NFO files and pictures of artists that a server knows, where its switch says so."""

from artists.models import Artist
from artists.services.gates import Axis
from connections.clients.registry import KINDS
from connections.models import Connection
from stillwater.errors import WriteBlocked

_SWITCH = {"nfo": "feature_nfo_write", "image": "feature_image_write"}
_WORDS = {"nfo": "NFO files", "image": "pictures"}
_READERS = tuple(name for name, kind in KINDS.items() if "images" in kind.spec.capabilities)
"""Kinds that read what we write into the folders; Lidarr does not."""


def switched_off(axis: Axis, artist: Artist) -> WriteBlocked | None:
    """A server that is itself switched off decides nothing."""
    off = Connection.objects.filter(enabled=True, type__in=_READERS, links__artist=artist.pk, **{_SWITCH[axis]: False})
    connection = off.first()
    if connection is None:
        return None
    reason = f"writing {_WORDS[axis]} is switched off for artists of {connection.name}"
    return WriteBlocked(reason, extra={"error": f"{axis}_write_blocked", "axis": axis, "reason": reason})
