"""What providers say, in one shape for all: frozen, text only, blank where nothing was said.

Facts about the fields: providers.md 2 to 5. These are all that crosses from a provider to the merge.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

ImageOffer = Literal["thumb", "fanart", "logo", "hdlogo", "banner", "widethumb"]
SLOT_OF_OFFER: Mapping[ImageOffer, str] = {
    "thumb": "thumb",
    "fanart": "fanart",
    "logo": "logo",
    "hdlogo": "logo",
    "banner": "banner",
    "widethumb": "thumb",
}
"""Which slot of an artist each kind of offered picture fits."""


@dataclass(frozen=True, slots=True)
class AliasRecord:
    """Another name. `locale` is a BCP 47 tag with hyphens, or blank; `primary` is MusicBrainz' own word."""

    name: str
    sort_name: str = ""
    locale: str = ""
    primary: bool = False
    kind: str = ""


@dataclass(frozen=True, slots=True)
class MemberRecord:
    """One member of a group; dates as the provider writes them. `aliases` serve the choice of a readable name."""

    name: str
    mbid: str = ""
    sort_name: str = ""
    instruments: tuple[str, ...] = ()
    date_joined: str = ""
    date_left: str = ""
    is_active: bool = True
    is_original: bool = False
    aliases: tuple[AliasRecord, ...] = ()


@dataclass(frozen=True, slots=True)
class ArtistRecord:
    """One provider's answer about one artist.

    `ids` maps a provider's name to the identifier that this answer names for it (musicbrainz, discogs, …); `asked_id`
    is the MBID that was asked for where MusicBrainz answered with the surviving one of a merge.
    `members_authoritative`: an empty list of members is a statement, not a gap.
    """

    provider: str
    provider_id: str
    name: str
    sort_name: str = ""
    type: str = ""
    gender: str = ""
    disambiguation: str = ""
    origin: str = ""
    biography: str = ""
    biography_language: str = ""
    genres: tuple[str, ...] = ()
    styles: tuple[str, ...] = ()
    moods: tuple[str, ...] = ()
    years_active: str = ""
    born: str = ""
    formed: str = ""
    died: str = ""
    disbanded: str = ""
    members: tuple[MemberRecord, ...] = ()
    members_authoritative: bool = False
    similar_artists: tuple[str, ...] = ()
    aliases: tuple[AliasRecord, ...] = ()
    ids: Mapping[str, str] = field(default_factory=dict)
    urls: Mapping[str, str] = field(default_factory=dict)
    asked_id: str = ""


@dataclass(frozen=True, slots=True)
class SearchHit:
    """One artist that a search found; `score` is 0 to 100."""

    provider: str
    provider_id: str
    name: str
    sort_name: str = ""
    type: str = ""
    disambiguation: str = ""
    origin: str = ""
    score: int = 0
    musicbrainz_id: str = ""
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ImageCandidate:
    """One picture that a provider offers. Sizes in pixels, 0 where it did not say."""

    provider: str
    kind: ImageOffer
    url: str
    likes: int = 0
    width: int = 0
    height: int = 0
    language: str = ""
    preview_url: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class ReleaseGroup:
    """One album, EP or single. `first_release_date` as the provider writes it: YYYY, YYYY-MM or YYYY-MM-DD."""

    provider_id: str
    title: str
    primary_type: str = ""
    secondary_types: tuple[str, ...] = ()
    first_release_date: str = ""
