"""What providers say of who an artist is: its names, its other names, and what it is called at each of them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from artists.fields import IDENTIFIER_FIELDS
from artists.matching.languages import member_name, preferred_name
from artists.providers.answers import ArtistRecord, MemberRecord
from artists.providers.outcomes import Outcome

MOST_ALIASES = 60
"""Of one refresh. Some artists have hundreds of transcriptions, and each is searched."""


@dataclass(frozen=True, slots=True)
class Identifier:
    """An artist's key at a provider, and which provider's answer names it."""

    value: str
    origin: str


@dataclass(frozen=True, slots=True)
class OtherName:
    name: str
    origin: str


def identifiers(outcomes: Mapping[str, Outcome]) -> dict[str, Identifier]:
    """Provider to identifier: its own answer first, then what the others say, MusicBrainz before all."""
    records = _records(outcomes)
    found: dict[str, Identifier] = {}
    for record in records:
        if record.provider_id:
            found[record.provider] = Identifier(record.provider_id, record.provider)
    for record in sorted(records, key=lambda each: each.provider != "musicbrainz"):
        for provider, value in record.ids.items():
            if value:
                found.setdefault(provider, Identifier(value, record.provider))
    return found


def field_of(provider: str) -> str:
    """The artist's field that holds the provider's identifier; '' where there is none."""
    key = f"{provider}_id"
    return key if key in IDENTIFIER_FIELDS else ""


def called(record: ArtistRecord, languages: Sequence[str], *, romanise: bool = True) -> tuple[str, str]:
    """Name and sort name for readers of these languages, of what MusicBrainz calls the artist."""
    naming = preferred_name(record.name, record.sort_name or record.name, record.aliases, languages, romanise=romanise)
    return naming.name, naming.sort_name


def readable_members(
    members: Sequence[MemberRecord], languages: Sequence[str], *, romanise: bool = True
) -> tuple[MemberRecord, ...]:
    """The members under the names that readers of these languages know."""
    return tuple(
        replace(
            each, name=member_name(each.name, each.sort_name or each.name, each.aliases, languages, romanise=romanise)
        )
        for each in members
    )


def other_names(outcomes: Mapping[str, Outcome], name: str, known: Sequence[str], former: str = "") -> list[OtherName]:
    """Names worth keeping as aliases, each once: the `former` one first, MusicBrainz' primary ones, then the rest.

    `name` is what the artist is called now, `known` what else it is known by already.
    """
    seen = {each.casefold() for each in (name, *known)}
    found: list[OtherName] = []
    for other, origin in ((former, "musicbrainz"), *_all_names(outcomes)):
        if other and other.casefold() not in seen:
            seen.add(other.casefold())
            found.append(OtherName(other, origin))
    return found[:MOST_ALIASES]


def _all_names(outcomes: Mapping[str, Outcome]) -> Iterator[tuple[str, str]]:
    for record in sorted(_records(outcomes), key=lambda each: each.provider != "musicbrainz"):
        if record.provider == "musicbrainz":
            yield record.name, record.provider
        for alias in sorted(record.aliases, key=lambda each: not each.primary):
            yield alias.name, record.provider


def _records(outcomes: Mapping[str, Outcome]) -> list[ArtistRecord]:
    return [outcome.record for outcome in outcomes.values() if outcome.record is not None]
