"""Artists whose folder is not where it was: told by our own renaming, the MusicBrainz id, or the very same NFO."""

import os
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

from artists.folders.storable import on_disk
from artists.models import Artist, FileSnapshot
from artists.services.places import owning_library
from artists.services.scanner.identity import KnownArtist, Sight, pairs
from artists.services.scanner.inspection import Inspected
from artists.services.scanner.visiting import Visit, chunks, known_artists
from artists.services.scanner.walking import is_gone, list_root

LookedInto = Sequence[tuple[Sight, Inspected]]
Look = Callable[[Visit, Sequence[Sight]], LookedInto]


def follow_moves(visits: Sequence[Visit], looked_into: LookedInto) -> None:
    """Give folders without an artist the one whose folder is gone and which we renamed to it, whose NFO named the
    same MusicBrainz id, or was byte for byte the same. Only where neither side has a second candidate.
    """
    well = [each for each in visits if each.is_well]
    homes = {artist.pk: each for each in well for artist in each.vanished}
    gone = {artist.pk: artist for artist in known_artists(Artist.objects.filter(missing_since__isnull=False))}
    gone |= {artist.pk: artist for each in well for artist in each.vanished}
    marks = _marks(gone)
    for number, mark_of in enumerate((path_of, mbid_of, digest_of)):
        free = [(sight, mark_of(folder)) for sight, folder in looked_into if sight.artist is None]
        left = [(artist, marks[pk][number]) for pk, artist in gone.items()]
        for sight, artist in pairs(free, left):
            sight.artist = gone.pop(artist.pk)
            home = homes.get(artist.pk)
            if home is not None:
                home.vanished.remove(artist)
    _note_leavers(visits, homes)


def make_room(visits: Sequence[Visit], looked_into: LookedInto, look: Look) -> list[tuple[Sight, Inspected]]:
    """A namesake may have moved into a folder whose artist lives elsewhere now: the MusicBrainz ids tell.

    Where a folder without an artist names the id of an artist whose own folder by now names another one, the artist
    goes with its id. Returns the folders that lost their artist that way, looked into.
    """
    well = [each for each in visits if each.is_well]
    living = {sight.artist.pk: (each, sight) for each in well for sight in each.sights if sight.artist is not None}
    free = [((sight, folder), mbid_of(folder)) for sight, folder in looked_into if sight.artist is None]
    wanted = {mbid for _, mbid in free} - {""}
    owners = Artist.objects.filter(musicbrainz_id__in=wanted).order_by().values_list("pk", "nfo_hash", "musicbrainz_id")
    left: list[tuple[Sight, Inspected]] = []
    for (newcomer, found), (pk, digest) in pairs(free, [((pk, known), mbid) for pk, known, mbid in owners]):
        if pk not in living:
            continue
        each, old = living[pk]
        there = look(each, [old])
        if there and _is_another(there[0][1], found, digest):
            newcomer.artist, old.artist = old.artist, None
            left += there
    return left


def homeless(found: Sequence[Inspected], scanned: Collection[str]) -> list[tuple[Inspected, tuple[int, str]]]:
    """New folders whose MusicBrainz id one artist has that is known from a server only, or whose own folder is gone
    for certain from a library that is not being scanned; with the artist's key and old path.

    `scanned`: the roots of those that are, where `follow_moves` has decided.
    """
    mbids = {mbid_of(folder) for folder in found} - {""}
    if not mbids:
        return []
    artists = Artist.objects.filter(musicbrainz_id__in=mbids).order_by().values_list("pk", "path", "musicbrainz_id")
    roots: dict[str, bool] = {}
    free = [
        ((pk, path), mbid)
        for pk, path, mbid in artists
        if not path or (os.path.dirname(path) not in scanned and _has_left(path, roots))
    ]
    return pairs([(folder, mbid_of(folder)) for folder in found], free)


def path_of(folder: Inspected) -> str:
    return folder.path


def mbid_of(folder: Inspected) -> str:
    nfo = folder.facts.nfo
    return str(nfo.values.get("musicbrainz_id", "")) if nfo else ""


def digest_of(folder: Inspected) -> str:
    nfo = folder.facts.nfo
    return nfo.digest if nfo and nfo.state == "ok" else ""


def _is_another(there: Inspected, newcomer: Inspected, known_digest: str) -> bool:
    """Whether the folder of an artist holds somebody else by now, since the newcomer's holds the artist.

    Without an NFO there the newcomer's must be the very file that we know. One that cannot be read says nothing.
    """
    nfo = there.facts.nfo
    if nfo is None:
        return bool(known_digest) and digest_of(newcomer) == known_digest
    return nfo.state == "ok" and mbid_of(there) not in ("", mbid_of(newcomer))


def _marks(gone: Mapping[int, KnownArtist]) -> dict[int, tuple[str, str, str]]:
    """By artist: where a renaming of ours that was cut off led, the MusicBrainz id, the hash of the NFO."""
    marks: dict[int, tuple[str, str, str]] = {}
    for some in chunks(sorted(gone)):
        renamed = _renamed([gone[pk] for pk in some])
        rows = Artist.objects.filter(pk__in=some).order_by().values_list("pk", "musicbrainz_id", "nfo_hash")
        marks |= {pk: (renamed.get(pk, ""), mbid, digest) for pk, mbid, digest in rows}
    return marks


def _renamed(artists: Iterable[KnownArtist]) -> dict[int, str]:
    """The other end of each artist's last renaming (operations.py keeps it before anything moves)."""
    paths = {artist.pk: artist.path for artist in artists}
    moves = FileSnapshot.objects.filter(operation__artist_id__in=paths).exclude(moved_to="").order_by("pk")
    ends: dict[int, str] = {}
    for pk, old, new in moves.values_list("operation__artist_id", "path", "moved_to"):
        if pk is not None and paths[pk] in (old, new):
            ends[pk] = new if paths[pk] == old else old
    return ends


def _has_left(path: str, roots: dict[str, bool]) -> bool:
    """The folder is not there, although the one that held it shows what it holds. `roots`: what is known of those."""
    root = os.path.dirname(path)
    if root not in roots:
        listing, library = list_root(root), owning_library(path)
        known = library.root_device if library is not None else ""
        roots[root] = bool(listing.names) and known in ("", listing.device)
    return roots[root] and is_gone(on_disk(path))


def _note_leavers(visits: Iterable[Visit], homes: dict[int, Visit]) -> None:
    for each in visits:
        for sight in each.sights:
            home = homes.get(sight.artist.pk) if sight.artist else None
            if home is not None and home is not each and sight.artist is not None:
                home.left.append(sight.artist.pk)
