"""Everything that is true in the demo's world: the acts that the sample library is about, and how they are found."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import cached_property

from artists.demo.people import Person, aliases_of, localised_of, members_of, merged_from_of
from artists.sample.chance import seeded
from artists.sample.plan import cast, disambiguation_of
from artists.sample.profiles import Album, Known, make_profile, mbid_of
from artists.sample.recipes import Recipe

FAULTS = (
    "timeout", "reset", "429", "429 silent", "quota", "500", "503", "html", "cut", "drip", "empty", "wrong artist",
)  # fmt: skip
"""Acts named "Fault 503" and so on make every fake fail in that way (F9)."""

PICTURE_FAULTS = ("silhouette", "html", "cut", "mislabelled")
"""Acts named "Picture cut" and so on: everything about them is fine but their pictures."""


@dataclass(frozen=True, slots=True)
class Act:
    """One artist of this world. `ids` by provider; `localised` maps a locale to the name in that script.

    `fault`: asked about this act, a fake misbehaves. `merged_from`: identifiers that MusicBrainz answers with this
    act's. `pictures`: how many of each offer there are; `picture_fault`: what is wrong with all of them.
    """

    mbid: str
    name: str
    sort_name: str
    kind: str = "group"
    gender: str = ""
    disambiguation: str = ""
    place: str = ""
    country: str = ""
    country_code: str = ""
    genres: tuple[str, ...] = ()
    styles: tuple[str, ...] = ()
    moods: tuple[str, ...] = ()
    began: str = ""
    ended: str = ""
    biography: str = ""
    albums: tuple[Album, ...] = ()
    members: tuple[Person, ...] = ()
    aliases: tuple[str, ...] = ()
    localised: dict[str, str] = field(default_factory=dict)
    ids: dict[str, str] = field(default_factory=dict)
    merged_from: tuple[str, ...] = ()
    pictures: dict[str, int] = field(default_factory=dict)
    fault: str = ""
    picture_fault: str = ""

    @property
    def is_person(self) -> bool:
        return self.kind in ("person", "solo", "character")


@dataclass(frozen=True)
class World:
    """The acts, and what every fake needs to find one of them."""

    acts: tuple[Act, ...]

    @cached_property
    def by_mbid(self) -> dict[str, Act]:
        known = {act.mbid: act for act in self.acts}
        return known | {old: act for act in self.acts for old in act.merged_from}

    @cached_property
    def by_id(self) -> dict[tuple[str, str], Act]:
        return {(provider, key): act for act in self.acts for provider, key in act.ids.items()}

    @cached_property
    def _names(self) -> list[tuple[Act, tuple[str, ...]]]:
        return [
            (act, tuple(map(folded, (act.name, act.sort_name, *act.aliases, *act.localised.values()))))
            for act in self.acts
        ]

    def named(self, text: str, limit: int = 25) -> list[Act]:
        """Acts that a full text search would find: equal names first, then those that share a word."""
        wanted = folded(text)
        words = set(wanted.split())
        scored = [(score, act) for act, names in self._names if (score := _score(wanted, words, names))]
        return [act for _, act in sorted(scored, key=lambda pair: (-pair[0], pair[1].mbid))][:limit]


def folded(text: str) -> str:
    """As search engines compare: without case and accents."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    return " ".join("".join(letter for letter in apart if not unicodedata.combining(letter)).split())


def _score(wanted: str, words: set[str], names: tuple[str, ...]) -> int:
    if wanted in names:
        return 100
    return max(int(60 * len(words & set(name.split())) / max(1, len(words))) for name in names)


def world_of(seed: int, recipes: Iterable[Recipe]) -> World:
    """The whole truth about the artists of a sample library, of which the library itself knows only a part."""
    acts = []
    for number, role in enumerate(cast(seed, recipes)):
        mbid = mbid_of(seed, number - 1 if role.recipe.same_mbid and number else number)
        profile = make_profile(seed, number, role.named, Known(), mbid=mbid, disambiguation="")
        told_apart = disambiguation_of(seed, number, role.named) if role.namesake else ""
        acts.append(
            Act(
                mbid=mbid,
                name=profile.name,
                sort_name=profile.sort_name,
                kind=profile.kind,
                gender=profile.gender,
                disambiguation=told_apart,
                place=role.named.place,
                country=role.named.country,
                genres=profile.genres,
                styles=profile.styles,
                moods=profile.moods,
                began=profile.began,
                ended=profile.ended,
                biography=profile.biography,
                albums=profile.albums,
                members=members_of(seed, number, role.named, profile.began, profile.ended),
                aliases=aliases_of(seed, number, role.named),
                localised=localised_of(seed, number, role.named),
                merged_from=merged_from_of(seed, number),
                ids={**profile.ids, "lastfm": profile.name, "genius": str(40_000 + number)},
                pictures=_pictures(seed, number),
            )
        )
    return World((*acts, *faulty_acts(), *acts_with_faulty_pictures()))


def faulty_acts() -> tuple[Act, ...]:
    return tuple(
        Act(
            mbid=f"fa017000-0000-4000-8000-{number:012x}",
            name=f"Fault {fault}",
            sort_name=f"Fault {fault}",
            ids={
                "audiodb": str(900 + number), "discogs": str(800 + number), "deezer": str(700 + number),
                "wikidata": f"Q{600 + number}", "spotify": f"{number:022}", "genius": str(500 + number),
                "lastfm": f"Fault {fault}",
            },
            fault=fault,
        )
        for number, fault in enumerate(FAULTS)
    )  # fmt: skip


def acts_with_faulty_pictures() -> tuple[Act, ...]:
    return tuple(
        Act(
            mbid=f"91c70000-0000-4000-8000-{number:012x}",
            name=f"Picture {fault}",
            sort_name=f"Picture {fault}",
            kind="choir",
            ids={"audiodb": str(1900 + number), "discogs": str(1800 + number), "deezer": str(1700 + number)},
            pictures={"thumb": 1, "fanart": 1},
            picture_fault=fault,
        )
        for number, fault in enumerate(PICTURE_FAULTS)
    )


def with_act(world: World, mbid: str, **changes: object) -> World:
    """The same world in which one act is told otherwise (tests)."""
    return World(tuple(replace(act, **changes) if act.mbid == mbid else act for act in world.acts))  # type: ignore[arg-type]


def _pictures(seed: int, number: int) -> dict[str, int]:
    chance = seeded(seed, "offers", number)
    return {"thumb": chance.randrange(1, 4), "fanart": chance.randrange(1, 5), "logo": 1, "banner": 1}
