"""Lists an artist's albums in its artist.nfo; those that it lists already stay as somebody wrote them."""

from collections.abc import Sequence
from uuid import UUID

from artists.matching.albums import album_key
from artists.models import Artist, Operation
from artists.nfo.document import NfoAlbum
from artists.nfo.reader import read_nfo
from artists.providers.answers import ReleaseGroup
from artists.services.change import Change
from artists.services.nfo_disk import digest_of
from artists.services.nfo_news import take_in_news
from artists.services.operations import operation
from artists.services.permission import MANUAL
from artists.services.places import require_nfo_path
from artists.services.writeback import existing_nfo, merged_nfo, write_in
from stillwater.errors import Conflict
from stillwater.models import User


def list_albums(
    artist: Artist,
    groups: Sequence[ReleaseGroup],
    *,
    source: str = MANUAL,
    actor: User | None = None,
    group: UUID | None = None,
) -> Operation | None:
    """Add those of these albums that artist.nfo does not list; None where it lists them all.

    Raises Conflict where there is no artist.nfo, WriteBlocked, NfoNotMergeable, Locked for automatic sources.
    """

    def add(change: Change) -> None:
        path = require_nfo_path(change.artist)
        existing = existing_nfo(path)
        if existing is None:
            raise Conflict("there is no artist.nfo to list albums in")
        document = read_nfo(existing).document
        missing = missing_albums(document.albums if document else (), groups)
        if missing:
            change.summary = f"Listed {len(missing)} album{'' if len(missing) == 1 else 's'} in artist.nfo"
            write_in(change, path, merged_nfo(change, existing, missing), based_on=digest_of(existing))

    with operation(artist, source=source, actor=actor, group=group) as change:
        change.before_rows(take_in_news)
        change.after_rows(add)
    return change.operation


def missing_albums(listed: Sequence[NfoAlbum], groups: Sequence[ReleaseGroup]) -> list[NfoAlbum]:
    """Those of the groups that are listed neither by identifier nor by title, the oldest first, undated ones last."""
    ids = {album.release_group_id.casefold() for album in listed if album.release_group_id}
    titles = {album_key(album.title) for album in listed}
    found: dict[str, NfoAlbum] = {}
    for each in sorted(groups, key=lambda each: (each.first_release_date or "9999", each.title)):
        key = album_key(each.title)
        if each.provider_id.casefold() not in ids and key not in titles:
            found.setdefault(key, NfoAlbum(each.title, _year(each.first_release_date), each.provider_id))
    return list(found.values())


def _year(date: str) -> str:
    return date[:4] if date[:4].isdecimal() else ""
