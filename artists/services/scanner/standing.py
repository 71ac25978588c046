"""Whether what a scan has seen still holds when it is saved: people edit, rename and remove meanwhile."""

from collections.abc import Sequence

from artists.models import Artist, Library

_OVERTAKEN_BY = ("nfo_hash", "nfo_written_hash")


class LibraryChanged(Exception):
    """The library was removed, or given another folder, while it was being scanned."""

    message = "the library was removed or given another folder while it was scanned"


def require_standing(library: Library) -> None:
    """Asked inside the transaction that is about to tie rows to the library. Raises LibraryChanged."""
    if Library.objects.select_for_update().filter(pk=library.pk, path=library.path).first() is None:
        raise LibraryChanged


def seen_before(artist_ids: Sequence[int]) -> dict[int, dict[str, object]]:
    """By artist, what is stored just before its NFO is read: an edit that writes the file in between changes it."""
    rows = Artist.objects.filter(pk__in=artist_ids).order_by().values("pk", *_OVERTAKEN_BY) if artist_ids else ()
    return {row.pop("pk"): row for row in rows}
