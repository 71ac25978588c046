"""The rows that hang on an artist (members, aliases, images by kind) as plain lists that can be put back."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from artists.fields import IMAGE_KINDS
from artists.models import Alias, Artist, ArtistImage, BandMember

Row = dict[str, Any]

_MEMBER_COLUMNS = (
    "member_name", "member_mbid", "instruments", "vocal_type", "date_joined", "date_left", "is_original_member",
)  # fmt: skip
_ALIAS_COLUMNS = ("alias", "source")
_IMAGE_COLUMNS = tuple(
    field.attname for field in ArtistImage._meta.concrete_fields if field.attname not in ("id", "artist_id", "kind")
)


@dataclass(frozen=True, slots=True)
class Collection:
    """How one kind of row is read as a list of plain dicts, and replaced by such a list."""

    read: Callable[[Artist], list[Row]]
    replace: Callable[[Artist, Sequence[Row]], None]


def plain(value: object) -> Any:
    """A value as JSON holds it: moments become text."""
    return DjangoJSONEncoder().default(value) if hasattr(value, "isoformat") else value


def column_of(model: type[models.Model], name: str) -> "models.Field[Any, Any]":
    """A stored column of a model, as Django describes it."""
    field = model._meta.get_field(name)
    if not isinstance(field, models.Field):
        raise TypeError(f"{name} is no column")
    return field


def _row(instance: models.Model, columns: Sequence[str]) -> Row:
    return {column: plain(getattr(instance, column)) for column in columns}


def _typed(model: type[models.Model], row: Mapping[str, Any], columns: Sequence[str]) -> Row:
    """Plain values back in the types of the columns; a column that is not given keeps its default."""
    return {column: column_of(model, column).to_python(row[column]) for column in columns if column in row}


def _read_members(artist: Artist) -> list[Row]:
    return [_row(member, _MEMBER_COLUMNS) for member in artist.members.all()]


def _replace_members(artist: Artist, rows: Sequence[Row]) -> None:
    """Wholesale, in the order given (behaviour.md 1, band member)."""
    artist.members.all().delete()
    BandMember.objects.bulk_create(
        BandMember(artist=artist, sort_order=number, **_typed(BandMember, row, _MEMBER_COLUMNS))
        for number, row in enumerate(rows)
    )


def _read_aliases(artist: Artist) -> list[Row]:
    return [_row(alias, _ALIAS_COLUMNS) for alias in artist.aliases.all()]


def _replace_aliases(artist: Artist, rows: Sequence[Row]) -> None:
    """Rows that stay keep their ids, which clients know."""
    wanted = list(rows)
    for alias in list(artist.aliases.all()):
        row = _row(alias, _ALIAS_COLUMNS)
        if row in wanted:
            wanted.remove(row)
        else:
            alias.delete()
    Alias.objects.bulk_create(Alias(artist=artist, **_typed(Alias, row, _ALIAS_COLUMNS)) for row in wanted)


def _images(kind: str) -> Collection:
    def read(artist: Artist) -> list[Row]:
        return [_row(image, _IMAGE_COLUMNS) for image in artist.images.filter(kind=kind).order_by("slot")]

    def replace(artist: Artist, rows: Sequence[Row]) -> None:
        artist.images.filter(kind=kind).exclude(slot__in=[row["slot"] for row in rows]).delete()
        for row in rows:
            values = _typed(ArtistImage, row, _IMAGE_COLUMNS)
            artist.images.update_or_create(kind=kind, slot=values.pop("slot"), defaults=values)

    return Collection(read, replace)


COLLECTIONS: dict[str, Collection] = {
    "members": Collection(_read_members, _replace_members),
    "aliases": Collection(_read_aliases, _replace_aliases),
    **{f"images.{kind}": _images(kind) for kind in IMAGE_KINDS},
}
