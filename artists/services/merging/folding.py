"""The rows of a merge: everything of the loser is kept as it was, then becomes the survivor's or goes; and back."""

import os
from collections.abc import Iterable, Iterator
from typing import Any

from django.apps import apps
from django.db import models
from django.utils import timezone

from artists.models import (
    AlbumTags,
    Alias,
    AllowedFile,
    Artist,
    ArtistImage,
    BandMember,
    FieldTrace,
    ForeignFile,
    Membership,
    Merge,
    MetadataChange,
    MusicBrainzSnapshot,
    Operation,
    ProviderRecord,
)
from artists.services.adopting import adopt, adopted_models, join_adopted
from artists.services.change import Change
from artists.services.collections import column_of, plain
from artists.services.places import folder_of
from stillwater.errors import Conflict

_KEPT: tuple[type[models.Model], ...] = (Alias, BandMember, ArtistImage, FieldTrace, MusicBrainzSnapshot)

join_adopted(AllowedFile, "content_hash")
join_adopted(ForeignFile, "file_name")
join_adopted(Membership, "library")
join_adopted(ProviderRecord, "provider")
join_adopted(AlbumTags, "folder")


def fold(record: Merge) -> None:
    """Within the transaction of the operation: the loser's row is gone afterwards, its history is the survivor's."""
    loser, survivor = record.loser_number, record.survivor_number
    record.rows = list(_rows_of(loser))
    record.finished_at = timezone.now()
    record.save(update_fields=["rows", "finished_at"])
    Merge.objects.filter(survivor_number=survivor, loser_number=loser, finished_at=None).update(
        finished_at=record.finished_at
    )
    adopt(survivor, loser)
    moved = Operation.objects.filter(artist_id=loser)
    moved.filter(merged_with=None).update(merged_with=record)
    moved.update(artist_id=survivor)
    MetadataChange.objects.filter(artist_id=loser).update(artist_id=survivor)
    Artist.objects.filter(pk=loser).delete()


def bring_back(record: Merge) -> None:
    """The other way round: each row as it was, under its old key. Raises Conflict when the folder has another owner."""
    loser = record.loser_number
    for row in record.rows:
        if row["model"] == Artist._meta.label and row["values"]["path"]:
            _refuse_taken(row["values"]["path"])
    for row in record.rows:
        _instance(row).save_base(raw=True)
    came = Operation.objects.filter(merged_with_id__in=_chain(record))
    MetadataChange.objects.filter(operation__in=came).update(artist_id=loser)
    came.update(artist_id=loser)
    Operation.objects.filter(merged_with=record).update(merged_with=None)
    Artist.objects.filter(pk=loser).update(dirty_since=timezone.now(), folder_stamp="")


def count_albums(change: Change) -> None:
    """A step for `change.after_files`: the visible folders below the artist's, after albums came or went."""
    folder = folder_of(change.artist)
    if folder is not None and folder.is_dir():
        albums = sum(not entry.name.startswith(".") and entry.is_dir() for entry in os.scandir(folder))
        change.set_facts(folder_album_count=albums)


def _chain(record: Merge) -> set[int]:
    """This merge and those by which others had become part of the loser before."""
    merges, artists = {record.pk}, {record.loser_number}
    earlier = Merge.objects.filter(pk__lt=record.pk).exclude(finished_at=None).filter(operation__undone_at=None)
    for older in earlier.order_by("-pk").values("pk", "survivor_number", "loser_number"):
        if older["survivor_number"] in artists:
            merges.add(older["pk"])
            artists.add(older["loser_number"])
    return merges


def _rows_of(artist_id: int) -> Iterator[dict[str, Any]]:
    """The artist first: the others point at it."""
    yield from _plain_rows(Artist.objects.filter(pk=artist_id))
    for model in (*_KEPT, *adopted_models()):
        yield from _plain_rows(model._default_manager.filter(artist_id=artist_id))


def _plain_rows(rows: Iterable[models.Model]) -> Iterator[dict[str, Any]]:
    for row in rows:
        values = {name: plain(getattr(row, name)) for name in _columns(type(row))}
        yield {"model": row._meta.label, "values": values}


def _instance(row: dict[str, Any]) -> models.Model:
    model: type[models.Model] = apps.get_model(row["model"])
    fields = {field.attname: field.name for field in model._meta.concrete_fields}
    values = {name: row["values"][name] for name in _columns(model) if name in row["values"]}
    return model(**{name: column_of(model, fields[name]).to_python(value) for name, value in values.items()})


def _columns(model: type[models.Model]) -> list[str]:
    return [field.attname for field in model._meta.concrete_fields if not field.generated]


def _refuse_taken(path: str) -> None:
    if Artist.objects.filter(path=path).exists():
        raise Conflict("another artist has the folder by now")
