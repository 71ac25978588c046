"""What holds back NFO files and pictures: another program that writes them too, or a switch of a server."""

from artists.models import Artist
from artists.services.gates import Axis
from connections.clients.registry import KINDS
from connections.conflicts.contract import ledger_body
from connections.conflicts.verdict import WORDS, Conflicts, Refusal
from connections.models import Connection
from connections.services.ledger import conflicts
from stillwater.errors import WriteBlocked

_SWITCH = {"nfo": "feature_nfo_write", "image": "feature_image_write"}
_READERS = tuple(name for name, kind in KINDS.items() if "images" in kind.spec.capabilities)
"""Kinds that read what we write into the folders; Lidarr does not."""


def written_by_others(axis: Axis, artist: Artist) -> WriteBlocked | None:
    """The guard of the conflict ledger. An artist without a folder has no file that anybody could overwrite."""
    if not artist.path:
        return None
    found = conflicts()
    refusal = found.refusal(axis, artist.path)
    return _blocked(refusal, found) if refusal else None


def switched_off(axis: Axis, artist: Artist) -> WriteBlocked | None:
    """A server that is itself switched off decides nothing."""
    off = Connection.objects.filter(enabled=True, type__in=_READERS, links__artist=artist.pk, **{_SWITCH[axis]: False})
    connection = off.first()
    if connection is None:
        return None
    reason = f"writing {WORDS[axis]} is switched off for artists of {connection.name}"
    return _blocked(Refusal(axis, (reason,)), conflicts())


def _blocked(refusal: Refusal, found: Conflicts) -> WriteBlocked:
    """`error` is the contract's code; people read the reason, and a line for each further one."""
    body = {
        "error": f"{refusal.kind}_write_blocked",
        "axis": refusal.kind,
        "reason": refusal.reason,
        "details": list(refusal.lines),
        "ledger": ledger_body(found),
    }
    return WriteBlocked(refusal.reason, extra=body)
