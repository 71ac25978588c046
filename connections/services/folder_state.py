"""Where a server that takes no metadata has an artist's folder, beside where it is, and what it has of merged ones."""

from collections.abc import Iterator
from dataclasses import dataclass

from artists.models import Merge
from connections.clients.base import Server
from connections.clients.errors import NoSuchItem
from connections.models import ArtistLink
from connections.services.access import client_of
from connections.services.paths import server_path
from stillwater.errors import Invalid

_LINK = ArtistLink._meta.label


@dataclass(frozen=True, slots=True)
class Leftover:
    """An item of an artist that became part of this one: the server would make its old folder anew."""

    name: str
    path: str


@dataclass(frozen=True, slots=True)
class FolderState:
    """`ours` as the server sees it; blank where no mapping says so, or without a folder."""

    link: ArtistLink
    theirs: str
    ours: str
    leftovers: tuple[Leftover, ...]

    @property
    def moved(self) -> bool:
        return bool(self.ours and self.theirs) and self.ours != self.theirs

    @property
    def differences(self) -> int:
        return self.moved + len(self.leftovers)


def folder_state(link: ArtistLink, *, insist: bool = False) -> FolderState:
    """Asks the server now; with `insist` also a silent one. Raises Invalid where it is off, ClientError."""
    if not link.connection.enabled:
        raise Invalid(f"{link.connection.name} is switched off", "connection_id")
    client, path = client_of(link.connection, insist=insist), link.artist.path
    theirs = client.artist(link.platform_artist_id).path.rstrip("/\\")
    ours = server_path(link.connection, path) if path else ""
    return FolderState(link, theirs, ours, tuple(_leftovers(link, client)))


def _leftovers(link: ArtistLink, client: Server) -> Iterator[Leftover]:
    """Of a server that has both, the survivor keeps its own item; what is gone there by now is none."""
    for item_id in sorted(_former_items(link)):
        try:
            there = client.artist(item_id)
        except NoSuchItem:
            continue
        yield Leftover(there.name, there.path)


def _former_items(link: ArtistLink) -> set[str]:
    """The items of all that became part of this artist, also by way of another, unless they are an artist's again."""
    items: set[str] = set()
    waiting, seen = {link.artist_id}, set[int]()
    while waiting:
        seen |= waiting
        merges = Merge.objects.filter(survivor_number__in=waiting, operation__undone_at=None).exclude(finished_at=None)
        found = list(merges.values_list("loser_number", "rows"))
        rows = (row["values"] for _loser, rows in found for row in rows if row["model"] == _LINK)
        items |= {row["platform_artist_id"] for row in rows if row["connection_id"] == link.connection_id}
        waiting = {loser for loser, _rows in found} - seen
    linked = ArtistLink.objects.filter(connection=link.connection, platform_artist_id__in=items)
    return items - set(linked.values_list("platform_artist_id", flat=True))
