"""Before anything is written: what each root lists, who lives where, who moved, and whether it is safe to go on."""

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar

from django.conf import settings
from django.db.models import QuerySet

from artists.folders.storable import on_disk, storable
from artists.models import Artist, Library
from artists.services.scanner.identity import KnownArtist, Sight, sights
from artists.services.scanner.removal import why_stop
from artists.services.scanner.walking import RootListing, list_root

Key = TypeVar("Key", int, str)

_AT_ONCE = 500


@dataclass(slots=True)
class Visit:
    """One library in one scan. `problem`: why nothing of it may be touched. `left`: artists that moved elsewhere."""

    library: Library
    listing: RootListing
    known: int = 0
    sights: list[Sight] = field(default_factory=list)
    vanished: list[KnownArtist] = field(default_factory=list)
    left: list[int] = field(default_factory=list)
    problem: str = ""

    @property
    def root(self) -> str:
        return on_disk(self.library.path)

    @property
    def strangers(self) -> list[Sight]:
        return [sight for sight in self.sights if sight.artist is None]

    @property
    def other_device(self) -> bool:
        return self.library.root_device not in ("", self.listing.device)

    @property
    def is_well(self) -> bool:
        """The root shows what is really there, however much of it has moved."""
        return bool(self.sights) and not self.other_device

    def judge(self) -> None:
        """Decide whether the scan may go on in this library."""
        self.problem = self.listing.problem or why_stop(
            known=self.known,
            vanished=len(self.vanished),
            listed=len(self.sights),
            other_device=self.other_device,
        )


def visit(library: Library) -> Visit:
    """List the root and find the artists of its folders; two queries, and some more for folders without one."""
    listing = list_root(library.path)
    if listing.problem:
        return Visit(library, listing, problem=listing.problem)
    listing = _without_data_folder(library, listing)
    members = Artist.objects.filter(memberships__library=library, path__startswith=f"{library.path}/")
    known = [artist._replace(is_member=True) for artist in known_artists(members)]
    found, vanished = sights(library.path, listing.names, known)
    seen = Visit(library, listing, len(known), found, vanished)
    _adopt_by_path(seen.strangers)
    seen.judge()
    return seen


def _without_data_folder(library: Library, listing: RootListing) -> RootListing:
    """Our own data is no artist, wherever somebody has put it since the library was added."""
    data = os.path.realpath(settings.STILLWATER_DATA)
    name = os.path.basename(data)
    if name not in listing.names or os.path.dirname(data) != os.path.realpath(on_disk(library.path)):
        return listing
    note = f"{storable(name)}: Stillwater keeps its own data in this folder"
    names = tuple(each for each in listing.names if each != name)
    return replace(listing, names=names, notes=(*listing.notes, note))


def _adopt_by_path(strangers: Sequence[Sight]) -> None:
    """Artists that kept their path when their library was removed; without a stamp, so that they are taken in."""
    by_path = {sight.path: sight for sight in strangers}
    for some in chunks(list(by_path)):
        for artist in known_artists(Artist.objects.filter(path__in=some)):
            by_path[artist.path].artist = artist._replace(stamp="")


def known_artists(artists: QuerySet[Artist]) -> list[KnownArtist]:
    rows = artists.order_by().values_list("pk", "path", "folder_stamp", "missing_since")
    return [KnownArtist(pk, path, stamp, missing is not None) for pk, path, stamp, missing in rows]


def chunks(items: Sequence[Key]) -> Iterator[list[Key]]:
    for start in range(0, len(items), _AT_ONCE):
        yield list(items[start : start + _AT_ONCE])
