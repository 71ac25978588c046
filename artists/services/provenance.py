"""Stores what came of asking providers: the trace of each field, when each was asked, what MusicBrainz says; and the
difference between MusicBrainz and what is stored here."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from artists.models import Artist, FieldTrace, MusicBrainzSnapshot, ProviderRecord
from artists.providers.answers import ArtistRecord
from artists.providers.identity import field_of
from artists.providers.merge import FieldResult
from artists.providers.outcomes import Kind, Outcome
from artists.services.values import as_text

STAYS = "the value here stays"
"""How a trace begins that tells why nothing was taken."""

SNAPSHOT_FIELDS = (
    "name", "sort_name", "type", "gender", "disambiguation", "genres", "born", "formed", "died", "disbanded",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class MusicBrainzDiff:
    """A field that is not the same here and at MusicBrainz; lists are text with commas. `source`: of our value."""

    field: str
    ours: str
    theirs: str
    source: str


def remember_asking(
    artist: Artist,
    outcomes: Mapping[str, Outcome],
    results: Iterable[FieldResult],
    kept: Mapping[str, str],
    now: datetime | None = None,
) -> None:
    """Store traces, dates and snapshots of one refresh. `kept`: field to why its value was left as it is."""
    moment = now or timezone.now()
    with transaction.atomic():
        _store_traces(artist, results, kept, moment)
        _store_records(artist, outcomes, moment)
        musicbrainz = outcomes.get("musicbrainz")
        if musicbrainz is not None and musicbrainz.record is not None:
            _store_snapshot(artist, musicbrainz.record, moment)


def traced_fields(artist: Artist) -> frozenset[str]:
    """The fields (and `images.<kind>`) about which providers were asked; no query where `traces` are prefetched."""
    return frozenset(trace.field for trace in artist.traces.all())


def musicbrainz_diffs(artist: Artist) -> list[MusicBrainzDiff]:
    """Fields that both sides fill and fill differently, in the order of the fields; case and order of tags aside."""
    said = {snapshot.field: snapshot.value for snapshot in artist.musicbrainz_snapshots.all()}
    return [
        MusicBrainzDiff(key, as_text(ours), as_text(said[key]), artist.metadata_sources.get(key, ""))
        for key in SNAPSHOT_FIELDS
        if key in said and said[key] and (ours := getattr(artist, key)) and _comparable(ours) != _comparable(said[key])
    ]


def musicbrainz_fetched_at(artist: Artist) -> datetime | None:
    """When MusicBrainz last answered for this artist."""
    record = artist.provider_records.filter(provider="musicbrainz").first()
    return record.fetched_at if record else None


def _store_traces(artist: Artist, results: Iterable[FieldResult], kept: Mapping[str, str], moment: datetime) -> None:
    FieldTrace.objects.bulk_create(
        (_trace(artist, result, kept.get(result.field, ""), moment) for result in results),
        update_conflicts=True,
        unique_fields=["artist", "field"],
        update_fields=["asked_at", "winner", "why", "said"],
    )


def _trace(artist: Artist, result: FieldResult, kept: str, moment: datetime) -> FieldTrace:
    why = f"{STAYS}: {kept}" if kept else result.why
    said: list[dict[str, Any]] = [asdict(each) for each in result.said]
    return FieldTrace(
        artist=artist, field=result.field, asked_at=moment, winner=result.winner, why=why[:200], said=said
    )


def _store_records(artist: Artist, outcomes: Mapping[str, Outcome], moment: datetime) -> None:
    """Only who answered was asked. A key from an earlier answer stays when a provider finds nothing today."""
    for kind, columns in ((Kind.ANSWERED, ["external_id", "fetched_at"]), (Kind.NOTHING, ["fetched_at"])):
        ProviderRecord.objects.bulk_create(
            (
                ProviderRecord(artist=artist, provider=name, external_id=_external_id(outcome), fetched_at=moment)
                for name, outcome in outcomes.items()
                if outcome.kind is kind
            ),
            update_conflicts=True,
            unique_fields=["artist", "provider"],
            update_fields=columns,
        )


def _external_id(outcome: Outcome) -> str:
    """Blank where the artist has a column for it."""
    return "" if outcome.record is None or field_of(outcome.provider) else outcome.record.provider_id[:200]


def _store_snapshot(artist: Artist, record: ArtistRecord, moment: datetime) -> None:
    """Wholesale: what MusicBrainz no longer says is no longer what it says."""
    artist.musicbrainz_snapshots.all().delete()
    MusicBrainzSnapshot.objects.bulk_create(
        MusicBrainzSnapshot(artist=artist, field=key, value=_stored(getattr(record, key)), fetched_at=moment)
        for key in SNAPSHOT_FIELDS
        if getattr(record, key)
    )


def _stored(value: str | tuple[str, ...]) -> str | list[str]:
    return value if isinstance(value, str) else list(value)


def _comparable(value: str | list[str]) -> str | frozenset[str]:
    return value.strip().casefold() if isinstance(value, str) else frozenset(each.casefold() for each in value)
