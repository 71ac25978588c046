"""Adds and removes an artist's other names."""

from artists.models import Alias, Artist
from artists.services.collections import COLLECTIONS, Row
from artists.services.operations import operation
from artists.services.permission import MANUAL
from artists.services.values import one_line
from stillwater.errors import Invalid, NotFound
from stillwater.models import User


def add_alias(
    artist: Artist, alias: str, *, origin: str = "", source: str = MANUAL, actor: User | None = None
) -> Alias:
    """Add a name; one that is there already, whatever its case, is returned as it is.

    `origin` is where the alias is from, as the contract's `source` has it. Raises Invalid; Locked when an automatic
    `source` meets a locked artist.
    """
    name = one_line(alias)
    if not name or len(name) > 500:
        raise Invalid("alias must have 1 to 500 characters", "alias")
    known = _named(artist, name)
    if known is not None:
        return known
    row: Row = {"alias": name, "source": one_line(origin)[:40]}

    def with_alias(stored: Artist) -> list[Row]:
        rows = COLLECTIONS["aliases"].read(stored)
        return rows if _named(stored, name) else [*rows, row]

    with operation(artist, source=source, summary=f"Added the alias {name}", actor=actor) as change:
        change.revise("aliases", with_alias)
    added = _named(artist, name)
    if added is None:
        raise Invalid(change.refused.get("aliases", "the alias was not added"))
    return added


def remove_alias(artist: Artist, alias_id: int, *, actor: User | None = None) -> None:
    """Raises NotFound for an alias that is not this artist's."""
    alias = artist.aliases.filter(pk=alias_id).first()
    if alias is None:
        raise NotFound("alias not found")
    row: Row = {"alias": alias.alias, "source": alias.source}

    def without_alias(stored: Artist) -> list[Row]:
        return [each for each in COLLECTIONS["aliases"].read(stored) if each != row]

    with operation(artist, summary=f"Removed the alias {alias.alias}", actor=actor) as change:
        change.revise("aliases", without_alias)


def _named(artist: Artist, name: str) -> Alias | None:
    folded = name.casefold()
    return next((alias for alias in artist.aliases.all() if alias.alias.casefold() == folded), None)
