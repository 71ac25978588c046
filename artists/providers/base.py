"""What a provider is: what it declares of itself, what it can be asked, and how little it has to write for that.

A provider is one file with three parts in this order: fetch, map, class. It is listed in registry.py. It asks through
a Session only, maps with providers/reading.py, and raises nothing but ProviderError.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, ClassVar, Literal

from artists.providers.answers import ArtistRecord, ImageCandidate, ImageOffer, ReleaseGroup, SearchHit
from artists.providers.errors import NothingFound

Ability = Literal["search", "artist", "images", "release_groups", "name_lookup", "web_search"]
KeyNeed = Literal["none", "optional", "required"]
Tier = Literal["free", "free_key", "freemium", "paid"]


class Fault(StrEnum):
    """What an answer means that is no data, whatever its status says."""

    NOTHING = "nothing"
    AUTH = "auth"
    QUOTA = "quota"
    """Asked too often: the session waits and asks again, as after 429."""
    BROKEN = "broken"


Judge = Callable[[int, Any], Fault | None]
"""Status and JSON body (None where it is none) to the fault in it; None leaves it to the status."""


@dataclass(frozen=True, slots=True)
class ProviderSpec:
    """What the settings page, the registry, the session and the documentation need to know of a provider.

    `services` maps a short word to the base address of each host that it is asked at; the first is the one that a
    mirror replaces. `per_second` is the rate that the provider allows. `fields` are keys of artists/fields.py plus
    "members"; `images` are slots. `judge` reads errors that come inside an ordinary answer.
    """

    name: str
    label: str
    services: Mapping[str, str]
    per_second: float
    abilities: frozenset[Ability]
    key: KeyNeed = "none"
    key_parts: tuple[str, ...] = ("api_key",)
    """What a person has to type: one text, or the two halves of Spotify's."""
    tier: Tier = "free"
    help_url: str = ""
    mirror: bool = False
    fields: frozenset[str] = frozenset()
    images: frozenset[str] = frozenset()
    body_limit: int = 4 * 1024 * 1024
    timeout: float = 10
    headers: Mapping[str, str] = field(default_factory=dict)
    judge: Judge | None = None


@dataclass(frozen=True, slots=True)
class Lookup:
    """Whom to ask about: identifiers by provider name (the MBID under "musicbrainz"), and the name.

    `threshold`: how alike (0 to 100) a name that was found by name must be; 0 takes the first (providers.md 6).
    """

    name: str = ""
    ids: Mapping[str, str] = field(default_factory=dict)
    threshold: int = 60

    @property
    def mbid(self) -> str:
        return self.ids.get("musicbrainz", "")

    def own(self, provider: str) -> str:
        return self.ids.get(provider, "")


class Provider:
    """The questions; a provider overrides those that its spec declares. All raise ProviderError."""

    spec: ClassVar[ProviderSpec]

    def __init__(self, session: "Asking") -> None:
        self.session = session

    def search(self, name: str) -> list[SearchHit]:
        """Artists of about this name, best first; an empty list when there are none."""
        raise NothingFound(self.spec.name, "it cannot be searched")

    def artist(self, lookup: Lookup, languages: Sequence[str] = ("en",)) -> ArtistRecord:
        """Everything it says of one artist, in the first of the languages (BCP 47) that it has."""
        raise NothingFound(self.spec.name, "it describes no artists")

    def images(self, lookup: Lookup) -> list[ImageCandidate]:
        raise NothingFound(self.spec.name, "it has no pictures")

    def release_groups(self, lookup: Lookup) -> list[ReleaseGroup]:
        raise NothingFound(self.spec.name, "it lists no albums")

    def search_images(self, name: str, kind: ImageOffer) -> list[ImageCandidate]:
        """What the web shows for this name; only when a person asks, never in a refresh."""
        raise NothingFound(self.spec.name, "it does not search the web")

    def test(self) -> None:
        """Whether the key (or the address) works, by one cheap question. Returns, or raises ProviderError."""
        self.search("test")


class Asking:
    """What a provider sees of its session (session.py): JSON in, JSON out, or a ProviderError.

    The same question is asked once in the life of a session, so that text and pictures of one artist cost one call.
    """

    key: str

    def get(
        self,
        service: str,
        path: str,
        params: Mapping[str, str | int] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Any:
        """The JSON at `path` below the service's base address."""
        raise NotImplementedError

    def get_text(
        self,
        service: str,
        path: str,
        params: Mapping[str, str | int] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> str:
        """The same for what is no JSON."""
        raise NotImplementedError

    def post_form(
        self, service: str, path: str, form: Mapping[str, str], headers: Mapping[str, str] | None = None
    ) -> Any:
        """The JSON that answers a form, such as a request for a token. Never remembered."""
        raise NotImplementedError

    def official(self) -> "Asking | None":
        """The provider's own host ("official" among its services), where this session asks a mirror instead."""
        return None
