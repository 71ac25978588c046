"""The facts of an artist that follow from its own values; derived at the moment that a value changes."""

from collections.abc import Iterable

from artists.folders.names import directory_name_fits
from artists.folders.storable import on_disk
from artists.matching.biographies import is_junk
from artists.matching.scripts import dominant_script
from artists.matching.similarity import folder_similarity, identity_key, search_key
from artists.models import Artist

MAX_SEARCHED_BYTES = 2400
MAX_KEY = 500
SOURCES_OF_FACTS = frozenset({"name", "sort_name", "path", "biography", "aliases"})
"""What the facts below follow from: other changes need no deriving."""


def derive(artist: Artist, aliases: Iterable[str] | None = None) -> list[str]:
    """Set the derived columns of an artist that is about to be saved; returns those that changed.

    `aliases` None asks the database for them; the scanner, which knows that a new artist has none, gives ().
    """
    names = aliases if aliases is not None else _aliases(artist)
    derived = derived_columns(artist.name, artist.sort_name, artist.path, artist.biography, names)
    changed = [column for column, value in derived.items() if getattr(artist, column) != value]
    for column in changed:
        setattr(artist, column, derived[column])
    return changed


def derived_columns(
    name: str, sort_name: str, path: str, biography: str, aliases: Iterable[str] = ()
) -> dict[str, object]:
    """The derived columns of an artist with these values; `path` in storable spelling, blank without a folder."""
    folder = last_part(path)
    return {
        "name_key": identity_key(name)[:MAX_KEY],
        "folder_key": identity_key(folder)[:MAX_KEY],
        "folder_similarity": round(folder_similarity(folder, name, sort_name), 4) if folder else 1.0,
        "folder_fits": not folder or directory_name_fits(folder, name),
        "biography_junk": is_junk(biography),
        "name_script": dominant_script(name),
        "search_text": search_text((name, sort_name, *aliases)),
    }


def search_text(spellings: Iterable[str]) -> str:
    """Every name once, folded; a line break keeps a search from matching across two names.

    The column is part of an index, whose entries PostgreSQL holds to 2,700 bytes: aliases beyond that are not searched.
    """
    names = dict.fromkeys(search_key(name) for name in spellings if name)
    return "\n".join(names).encode()[:MAX_SEARCHED_BYTES].decode(errors="ignore")


def folder_name(artist: Artist) -> str:
    """The last part of the folder's path as the disk spells it; blank without a folder."""
    return last_part(artist.path)


def last_part(path: str) -> str:
    return on_disk(path).rstrip("/").rpartition("/")[2]


def _aliases(artist: Artist) -> Iterable[str]:
    return [alias.alias for alias in artist.aliases.all()] if artist.pk else ()
