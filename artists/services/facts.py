"""The facts of an artist that follow from its own values; derived at the moment that a value changes."""

from collections.abc import Callable, Iterable
from pathlib import PurePath

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
    derived = {column: fact(artist) for column, fact in _FACTS.items()}
    derived["search_text"] = search_text(artist, names)
    changed = [column for column, value in derived.items() if getattr(artist, column) != value]
    for column in changed:
        setattr(artist, column, derived[column])
    return changed


def search_text(artist: Artist, aliases: Iterable[str]) -> str:
    """Every name once, folded; a line break keeps a search from matching across two names.

    The column is part of an index, whose entries PostgreSQL holds to 2,700 bytes: aliases beyond that are not searched.
    """
    names = dict.fromkeys(search_key(name) for name in (artist.name, artist.sort_name, *aliases) if name)
    return "\n".join(names).encode()[:MAX_SEARCHED_BYTES].decode(errors="ignore")


def folder_name(artist: Artist) -> str:
    """The last part of the folder's path as the disk spells it; blank without a folder."""
    return PurePath(on_disk(artist.path)).name if artist.path else ""


def _aliases(artist: Artist) -> Iterable[str]:
    return [alias.alias for alias in artist.aliases.all()] if artist.pk else ()


def _similarity(artist: Artist) -> float:
    folder = folder_name(artist)
    return round(folder_similarity(folder, artist.name, artist.sort_name), 4) if folder else 1.0


def _fits(artist: Artist) -> bool:
    folder = folder_name(artist)
    return not folder or directory_name_fits(folder, artist.name)


_FACTS: dict[str, Callable[[Artist], object]] = {
    "name_key": lambda artist: identity_key(artist.name)[:MAX_KEY],
    "folder_key": lambda artist: identity_key(folder_name(artist))[:MAX_KEY],
    "folder_similarity": _similarity,
    "folder_fits": _fits,
    "biography_junk": lambda artist: is_junk(artist.biography),
    "name_script": lambda artist: dominant_script(artist.name),
}
