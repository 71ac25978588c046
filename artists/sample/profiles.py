"""What is known of one invented artist: the facts its NFO may tell."""

import string
import uuid
from dataclasses import dataclass
from random import Random

from artists.sample import words
from artists.sample.biographies import JUNK, SHORT, biography
from artists.sample.chance import album_count, seeded
from artists.sample.names import PERSONS, ArtistName

_THIS_YEAR = 2025


@dataclass(frozen=True, slots=True)
class Album:
    """One release: its title, year and MusicBrainz release group."""

    title: str
    year: int
    release_group: str


@dataclass(frozen=True, slots=True)
class Profile:
    """All facts of one artist; empty text means that nothing is known. `ids` maps provider to identifier."""

    name: str
    sort_name: str
    kind: str
    gender: str
    disambiguation: str
    mbid: str
    ids: dict[str, str]
    origin: str
    genres: tuple[str, ...]
    styles: tuple[str, ...]
    moods: tuple[str, ...]
    years_active: str
    began: str
    ended: str
    biography: str
    albums: tuple[Album, ...]


@dataclass(frozen=True, slots=True)
class Known:
    """Which facts a profile has: `biography` is full, none, short or junk; `albums` None leaves it to Zipf."""

    mbid: bool = True
    origin: bool = True
    provider_ids: bool = True
    biography: str = "full"
    albums: int | None = None


def mbid_of(seed: int, number: int) -> str:
    """The MusicBrainz identifier invented for artist `number`."""
    return _uuid(seeded(seed, "mbid", number))


def make_profile(seed: int, number: int, named: ArtistName, known: Known, *, mbid: str, disambiguation: str) -> Profile:
    """The facts of artist `number`; pure: the same arguments give the same profile."""
    chance = seeded(seed, "profile", number)
    year = chance.randrange(1958, 2019)
    albums = _albums(chance, year, album_count(chance) if known.albums is None else known.albums)
    ended = str(chance.randrange(year + 3, _THIS_YEAR)) if chance.random() < 0.2 else ""
    genres = tuple(chance.sample(words.GENRES, chance.randrange(1, 4)))
    styles = tuple(chance.sample(words.STYLES, chance.randrange(1, 3)))
    moods = tuple(chance.sample(words.MOODS, chance.randrange(0, 3)))
    facts = {"year": str(year), "genre": genres[0].lower(), "style": styles[0].lower(), "title": words.title(chance)}
    facts |= {"name": named.name, "place": named.place, "country": named.country, "mood": "/".join(moods[:1]) or "calm"}
    if albums:
        facts["title"] = albums[0].title
    person = named.kind in PERSONS
    return Profile(
        name=named.name,
        sort_name=named.sort_name,
        kind=named.kind,
        gender=named.gender,
        disambiguation=disambiguation,
        mbid=mbid if known.mbid else "",
        ids=_provider_ids(chance) if known.provider_ids else {},
        origin=f"{named.place}, {named.country}" if known.origin else "",
        genres=genres,
        styles=styles,
        moods=moods,
        years_active=f"{year}-{ended or 'present'}",
        began=_day(chance, year - chance.randrange(18, 30)) if person else str(year),
        ended=_day(chance, int(ended)) if person and ended else ended,
        biography=_biography(chance, known.biography, named.kind, facts),
        albums=albums,
    )


def _biography(chance: Random, wanted: str, kind: str, facts: dict[str, str]) -> str:
    full = biography(chance, kind, facts | {"mood": facts["mood"].lower()})
    return {"full": full, "none": "", "short": chance.choice(SHORT), "junk": chance.choice(JUNK)}[wanted]


def _albums(chance: Random, first_year: int, count: int) -> tuple[Album, ...]:
    titles = dict.fromkeys(words.title(chance) for _ in range(count))
    years = sorted(chance.randrange(first_year, min(first_year + 30, _THIS_YEAR)) for _ in titles)
    return tuple(Album(title, year, _uuid(chance)) for title, year in zip(titles, years, strict=True))


def _provider_ids(chance: Random) -> dict[str, str]:
    return {
        "audiodb": str(chance.randrange(111_000, 199_999)),
        "discogs": str(chance.randrange(10_000, 9_999_999)),
        "wikidata": f"Q{chance.randrange(100_000, 99_999_999)}",
        "deezer": str(chance.randrange(1_000, 99_999_999)),
        "spotify": "".join(chance.choices(string.ascii_letters + string.digits, k=22)),
    }


def _day(chance: Random, year: int) -> str:
    return f"{year}-{chance.randrange(1, 13):02}-{chance.randrange(1, 29):02}"


def _uuid(chance: Random) -> str:
    return str(uuid.UUID(int=chance.getrandbits(128), version=4))
