"""What the API prints of an artist, its members and its images; used by more than one router."""

from collections.abc import Iterable
from datetime import datetime

from ninja import Schema
from pydantic import BaseModel

from artists.fields import IMAGE_KINDS
from artists.models import Artist, ArtistImage, BandMember, ProviderRecord
from artists.queries.at_hand import images_of, memberships_of, records_of


class ArtistOut(BaseModel):
    """The contract's artist, in its order. What is not known is blank or left out.

    Not ninja's Schema, which fetches every value through a function of its own: a list of 50 takes a fifth less.
    """

    id: str
    name: str
    sort_name: str
    type: str
    gender: str
    origin: str
    disambiguation: str
    musicbrainz_id: str
    audiodb_id: str
    discogs_id: str
    wikidata_id: str
    deezer_id: str
    spotify_id: str
    genres: list[str]
    styles: list[str]
    moods: list[str]
    years_active: str
    born: str
    formed: str
    died: str
    disbanded: str
    biography: str
    path: str
    library_id: str
    nfo_exists: bool
    thumb_exists: bool = False
    fanart_exists: bool = False
    fanart_count: int = 0
    logo_exists: bool = False
    banner_exists: bool = False
    thumb_low_res: bool = False
    fanart_low_res: bool = False
    logo_low_res: bool = False
    banner_low_res: bool = False
    thumb_placeholder: str = ""
    fanart_placeholder: str = ""
    logo_placeholder: str = ""
    banner_placeholder: str = ""
    health_score: float
    is_excluded: bool
    exclusion_reason: str
    is_classical: bool
    locked: bool
    lock_source: str
    locked_at: datetime | None
    locked_fields: list[str]
    audiodb_id_fetched_at: datetime | None = None
    discogs_id_fetched_at: datetime | None = None
    wikidata_id_fetched_at: datetime | None = None
    lastfm_fetched_at: datetime | None = None
    metadata_sources: dict[str, str]
    last_scanned_at: datetime | None
    created_at: datetime
    updated_at: datetime

    @classmethod
    def of(cls, artist: Artist) -> "ArtistOut":
        """Takes three more queries where images, memberships and provider records are not at hand."""
        return cls.model_validate(artist_values(artist))


_COLUMNS = tuple(
    name for name in ArtistOut.model_fields if name != "id" and name in {f.name for f in Artist._meta.concrete_fields}
)
_FETCHED = {
    "audiodb": "audiodb_id_fetched_at",
    "discogs": "discogs_id_fetched_at",
    "wikidata": "wikidata_id_fetched_at",
    "lastfm": "lastfm_fetched_at",
}


def artist_values(artist: Artist) -> dict[str, object]:
    """The fields of ArtistOut."""
    memberships, images = memberships_of(artist), images_of(artist)
    values: dict[str, object] = {name: getattr(artist, name) for name in _COLUMNS}
    values["id"] = str(artist.pk)
    values["library_id"] = str(memberships[0].library_id) if memberships else ""
    for kind in IMAGE_KINDS:
        values |= _image_values(kind, [image for image in images if image.kind == kind and image.exists])
    return values | _fetched(records_of(artist))


def _image_values(kind: str, images: list[ArtistImage]) -> dict[str, object]:
    first = min(images, key=lambda image: image.slot, default=None)
    values: dict[str, object] = {
        f"{kind}_exists": first is not None,
        f"{kind}_low_res": first is not None and first.low_res,
        f"{kind}_placeholder": first.placeholder if first else "",
    }
    return values | {"fanart_count": len(images)} if kind == "fanart" else values


def _fetched(records: Iterable[ProviderRecord]) -> dict[str, object]:
    return {_FETCHED[record.provider]: record.fetched_at for record in records if record.provider in _FETCHED}


class MemberOut(Schema):
    """Somebody who plays or played in the group."""

    id: str
    artist_id: str
    member_name: str
    member_mbid: str
    instruments: list[str]
    vocal_type: str
    date_joined: str
    date_left: str
    is_original_member: bool
    sort_order: int
    created_at: datetime
    updated_at: datetime

    @classmethod
    def of(cls, member: BandMember) -> "MemberOut":
        names = (name for name in cls.model_fields if name not in ("id", "artist_id"))
        values = {name: getattr(member, name) for name in names}
        return cls(id=str(member.pk), artist_id=str(member.artist_id), **values)


class ArtistImageOut(Schema):
    """One picture of an artist, with what is known of its file."""

    id: str
    artist_id: str
    image_type: str
    slot_index: int
    exists: bool
    file_name: str
    file_format: str
    width: int
    height: int
    size: int
    low_res: bool
    placeholder: str
    phash: str
    source: str
    last_written_at: datetime | None
    locked: bool

    @classmethod
    def of(cls, image: ArtistImage) -> "ArtistImageOut":
        return cls(
            id=str(image.pk),
            artist_id=str(image.artist_id),
            image_type=image.kind,
            slot_index=image.slot,
            exists=image.exists,
            file_name=image.file_name,
            file_format=image.format,
            width=image.width,
            height=image.height,
            size=image.bytes,
            low_res=image.low_res,
            placeholder=image.placeholder,
            phash=image.perceptual_hash,
            source=image.source,
            last_written_at=image.last_written_at,
            locked=image.locked,
        )
