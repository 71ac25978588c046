"""Before anything is written: what each root lists, who lives where, who moved, and whether it is safe to go on."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from django.db.models import QuerySet

from artists.folders.storable import on_disk
from artists.models import Artist, Library
from artists.services.scanner.identity import KnownArtist, Sight, pairs, sights
from artists.services.scanner.inspection import Inspected
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
    members = Artist.objects.filter(memberships__library=library, path__startswith=f"{library.path}/")
    known = [artist._replace(is_member=True) for artist in _known(members)]
    found, vanished = sights(library.path, listing.names, known)
    seen = Visit(library, listing, len(known), found, vanished)
    _adopt_by_path(seen.strangers)
    seen.judge()
    return seen


def follow_moves(visits: Sequence[Visit], looked_into: Sequence[tuple[Sight, Inspected]]) -> None:
    """Give folders without an artist the one whose folder is gone and whose NFO named the same MusicBrainz id,
    or was byte for byte the same. Only where neither side has a second candidate.
    """
    well = [each for each in visits if each.is_well]
    homes = {artist.pk: each for each in well for artist in each.vanished}
    gone = {artist.pk: artist for each in well for artist in each.vanished}
    gone |= {artist.pk: artist for artist in _known(Artist.objects.filter(missing_since__isnull=False))}
    marks = {
        pk: (mbid, digest)
        for some in _chunks(sorted(gone))
        for pk, mbid, digest in Artist.objects.filter(pk__in=some).values_list("pk", "musicbrainz_id", "nfo_hash")
    }
    for number, mark_of in enumerate((mbid_of, digest_of)):
        free = [(sight, mark_of(folder)) for sight, folder in looked_into if sight.artist is None]
        left = [(artist, marks[pk][number]) for pk, artist in gone.items()]
        for sight, artist in pairs(free, left):
            sight.artist = gone.pop(artist.pk)
            home = homes.get(artist.pk)
            if home is not None:
                home.vanished.remove(artist)
    _note_leavers(visits, homes)


def mbid_of(folder: Inspected) -> str:
    nfo = folder.facts.nfo
    return str(nfo.values.get("musicbrainz_id", "")) if nfo else ""


def digest_of(folder: Inspected) -> str:
    nfo = folder.facts.nfo
    return nfo.digest if nfo and nfo.state == "ok" else ""


def without_folder(found: Sequence[Inspected]) -> list[tuple[Inspected, int]]:
    """Folders whose MusicBrainz id one artist has that is known from a server only."""
    mbids = {mbid_of(folder) for folder in found} - {""}
    artists = Artist.objects.filter(path="", musicbrainz_id__in=mbids).values_list("pk", "musicbrainz_id")
    return pairs([(folder, mbid_of(folder)) for folder in found], list(artists) if mbids else [])


def _adopt_by_path(strangers: Sequence[Sight]) -> None:
    """Artists that kept their path when their library was removed; without a stamp, so that they are taken in."""
    by_path = {sight.path: sight for sight in strangers}
    for some in _chunks(list(by_path)):
        for artist in _known(Artist.objects.filter(path__in=some)):
            by_path[artist.path].artist = artist._replace(stamp="")


def _note_leavers(visits: Iterable[Visit], homes: dict[int, Visit]) -> None:
    for each in visits:
        for sight in each.sights:
            home = homes.get(sight.artist.pk) if sight.artist else None
            if home is not None and home is not each and sight.artist is not None:
                home.left.append(sight.artist.pk)


def _known(artists: QuerySet[Artist]) -> list[KnownArtist]:
    rows = artists.order_by().values_list("pk", "path", "folder_stamp", "missing_since")
    return [KnownArtist(pk, path, stamp, missing is not None) for pk, path, stamp, missing in rows]


def _chunks(items: Sequence[Key]) -> Iterator[list[Key]]:
    for start in range(0, len(items), _AT_ONCE):
        yield list(items[start : start + _AT_ONCE])
