"""Takes over the artists of a server's library: who is known is linked, who is new is added, nobody is taken away."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone

from artists.models import Artist, Library, Membership
from artists.services.bulk import ArtistUpdate, bulk_apply
from artists.services.scanner.conditions import Conditions
from artists.services.scanner.inserting import insert_without_folders
from connections.clients.base import ServerArtist, ServerLibrary
from connections.matching import NO_NAME, Known, Match, Register
from connections.models import ArtistLink, Connection
from connections.services.access import client_of
from connections.services.discovery import require_import
from connections.services.newcomers import is_name, new_artists
from connections.services.paths import Places, keep_inferred
from stillwater.errors import Conflict
from stillwater.events import publish
from stillwater.progress import Progress, no_progress

AT_ONCE = 250
"""Artists of one batch: its rows are saved in transactions of some 50 ms."""
MOST_TOLD = 50


@dataclass
class Populated:
    """How many were new, how many known ones were met, and who was left out with the reason."""

    new: int = 0
    met: int = 0
    linked: int = 0
    left_out: dict[str, str] = field(default_factory=dict)
    skipped: int = 0
    mappings: int = 0

    def as_plain(self) -> dict[str, object]:
        return {
            "new_artists": self.new, "met": self.met, "linked": self.linked, "skipped": self.skipped,
            "left_out": self.left_out, "path_mappings": self.mappings, "message": self.words(),
        }  # fmt: skip

    def words(self) -> str:
        said = f"{self.new} new artists, {self.met} known"
        return f"{said}, {self.skipped} left out" if self.skipped else said


def populate(library: Library, *, progress: Progress = no_progress) -> Populated:
    """Meet everybody in the server's list. An artist who is not in it keeps the link and the library (bug 38): the
    server may be scanning. Stopped anywhere, a second run goes on. Raises Conflict, or ClientError where it fails.
    """
    connection = connection_of(library)
    require_import(connection)
    client = client_of(connection)
    there = library_there(client.libraries(), library)
    run = _Run(library, connection, Places.of(connection))
    for some in _batches(client.artists(there)):
        run.take(some)
        progress(run.done, None, run.result.words())
    run.result.mappings = keep_inferred(connection, run.pairs)
    if run.result.new:
        publish("artist.new", {"count": run.result.new, "message": f"{run.result.new} new artists"})
    publish("library.changed", {"library_id": library.pk})
    return run.result


class _Run:
    def __init__(self, library: Library, connection: Connection, places: Places) -> None:
        self.library, self.connection, self.places = library, connection, places
        self.register = Register.of(_everybody(connection))
        self.members = set(Membership.objects.filter(library=library).order_by().values_list("artist_id", flat=True))
        self.conditions = Conditions.current()
        self.group: UUID = uuid4()
        self.result = Populated()
        self.pairs: list[tuple[str, str]] = []
        self.done = 0

    def take(self, found: Sequence[ServerArtist]) -> None:
        matches = [self._match(each) for each in found]
        new = [match for match in matches if match.how == "new"]
        rows = new_artists(self.library, self.conditions, [(match.found, _path(match)) for match in new])
        with transaction.atomic():
            self._require_standing()
            for match, pk in zip(new, insert_without_folders(rows), strict=True):
                _known(match).pk = pk
            self._link([match for match in matches if match.links])
            self._join(matches)
        self._adopt([match for match in matches if match.adopts])
        self._count(matches)
        if new:
            publish("artists.scanned", {"artist_ids": [_known(match).pk for match in new]})

    def _match(self, found: ServerArtist) -> Match:
        if not is_name(found.name):
            return Match(found, "skipped", reason=NO_NAME)
        local = self.places.local(found.path) if found.path else ""
        return self.register.match(found, local, folder=self.places.artist_folder(local))

    def _require_standing(self) -> None:
        """The library may have been removed meanwhile, and its connection."""
        if not Library.objects.filter(pk=self.library.pk, connection_id=self.connection.pk).exists():
            raise Conflict("the library was removed meanwhile")

    def _link(self, matches: Sequence[Match]) -> None:
        """What another import links at the same moment stays as that one has it."""
        now = timezone.now()
        moved = [match for match in matches if match.moves]
        ArtistLink.objects.filter(
            connection=self.connection, artist_id__in=[_known(each).pk for each in moved]
        ).delete()
        ArtistLink.objects.bulk_create(
            (
                ArtistLink(
                    artist_id=_known(match).pk,
                    connection=self.connection,
                    platform_artist_id=match.found.id,
                    updated_at=now,
                )
                for match in matches
                if _known(match).item == match.found.id
            ),
            ignore_conflicts=True,
        )

    def _join(self, matches: Sequence[Match]) -> None:
        joining = {_known(match).pk for match in matches if match.artist is not None} - self.members
        source = self.library.source
        Membership.objects.bulk_create(
            (Membership(artist_id=pk, library=self.library, source=source) for pk in sorted(joining)),
            ignore_conflicts=True,
        )
        self.members |= joining

    def _adopt(self, matches: Sequence[Match]) -> None:
        """Who has no MBID learns it; locks are obeyed, and the history keeps it."""
        wanted = {_known(match).pk: match for match in matches}
        rows = Artist.objects.in_bulk(wanted)
        updates = [
            ArtistUpdate(row, {"musicbrainz_id": wanted[pk].found.mbid}, seen={"musicbrainz_id": ""})
            for pk, row in rows.items()
        ]
        if updates:
            bulk_apply(updates, source="import", group=self.group, summary=f"Read from {self.connection.name}")
        for match in matches:
            self.register.learn(_known(match), match.found.mbid)

    def _count(self, matches: Sequence[Match]) -> None:
        self.done += len(matches)
        for match in matches:
            if match.artist is None:
                self.result.skipped += 1
                if len(self.result.left_out) < MOST_TOLD:
                    self.result.left_out[match.found.name] = match.reason
                continue
            self.result.new += match.how == "new"
            self.result.met += match.how != "new"
            self.result.linked += match.links
            if match.how in ("link", "mbid") and match.found.path and match.artist.path:
                self.pairs.append((match.found.path, match.artist.path))


def connection_of(library: Library) -> Connection:
    connection = Connection.objects.filter(pk=library.connection_id or 0).first()
    if connection is None:
        raise Conflict("this library comes from no server")
    return connection


def library_there(libraries: Sequence[ServerLibrary], library: Library) -> ServerLibrary:
    """The server's own of a library of ours. Raises Conflict."""
    for there in libraries:
        if there.external_id == library.external_id:
            return there
    raise Conflict("the server has no such library any more; nothing was changed")


def _everybody(connection: Connection) -> Iterator[Known]:
    """In the order of their keys, so that equal questions get equal answers."""
    items = dict(ArtistLink.objects.filter(connection=connection).values_list("artist_id", "platform_artist_id"))
    rows = Artist.objects.order_by("pk").values_list("pk", "musicbrainz_id", "name_key", "path")
    for pk, mbid, name_key, path in rows.iterator(chunk_size=2000):
        yield Known(pk, mbid, name_key, path, items.get(pk, ""))


def _batches(found: Iterable[ServerArtist]) -> Iterator[list[ServerArtist]]:
    walk = iter(found)
    while some := list(islice(walk, AT_ONCE)):
        yield some


def _known(match: Match) -> Known:
    if match.artist is None:
        raise ValueError("nobody was matched")
    return match.artist


def _path(match: Match) -> str:
    return _known(match).path
