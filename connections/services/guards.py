"""What holds back NFO files and pictures: another program that writes them too, or a switch of a server."""

from collections.abc import Mapping, Sequence

from artists.models import Artist
from artists.services.gates import Axis
from connections.clients.registry import KINDS
from connections.conflicts.contract import ledger_body
from connections.conflicts.verdict import WORDS, Conflicts, Refusal
from connections.models import ArtistLink, Connection
from connections.services.ledger import conflicts
from stillwater.errors import WriteBlocked

_SWITCH = {"nfo": "feature_nfo_write", "image": "feature_image_write"}
_READERS = tuple(name for name, kind in KINDS.items() if "images" in kind.spec.capabilities)
"""Kinds that read what we write into the folders; Lidarr does not."""


def written_by_others(axis: Axis, artists: Sequence[Artist]) -> Mapping[int, WriteBlocked]:
    """The guard of the conflict ledger. An artist without a folder has no file that anybody could overwrite."""
    placed = [artist for artist in artists if artist.path]
    if not placed:
        return {}
    found = conflicts()
    refused = {artist.pk: refusal for artist in placed if (refusal := found.refusal(axis, artist.path))}
    return {key: _blocked(refusal, found) for key, refusal in refused.items()}


def switched_off(axis: Axis, artists: Sequence[Artist]) -> Mapping[int, WriteBlocked]:
    """A server that is itself switched off decides nothing."""
    off = list(Connection.objects.filter(enabled=True, type__in=_READERS, **{_SWITCH[axis]: False}))
    if not off:
        return {}
    found, refused = conflicts(), dict[int, WriteBlocked]()
    for connection in reversed(off):
        reason = f"writing {WORDS[axis]} is switched off for artists of {connection.name}"
        block = _blocked(Refusal(axis, (reason,)), found)
        of_it = connection.links.filter(artist__in=[artist.pk for artist in artists])
        refused |= dict.fromkeys(of_it.values_list("artist_id", flat=True), block)
    return refused


def require_quiet(link: ArtistLink) -> None:
    """Raises WriteBlocked for a server that would write a picture which it is sent into the artist's folder of ours.

    So does one that takes a picture off: the file of ours would go. Without a folder there is nothing to harm.
    """
    if not link.artist.path:
        return
    found = conflicts()
    refusal = found.refusal_of(link.connection_id, "image", link.artist.path)
    if refusal is not None:
        raise _blocked(refusal, found)


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
