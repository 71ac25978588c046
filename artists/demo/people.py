"""Who plays in a group, and what else an act is called: facts of the demo's world that no artist.nfo tells."""

from dataclasses import dataclass
from random import Random
from uuid import UUID

from artists.sample.chance import seeded
from artists.sample.names import ArtistName, NameBook, Wish

_INSTRUMENTS = ("guitar", "bass guitar", "drums (drum set)", "keyboard", "lead vocals", "violin", "clarinet")


@dataclass(frozen=True, slots=True)
class Person:
    """A member of a group; `left` is blank while they play."""

    name: str
    mbid: str
    instrument: str
    joined: str
    sort_name: str = ""
    left: str = ""


def members_of(seed: int, number: int, named: ArtistName, began: str, ended: str) -> tuple[Person, ...]:
    """Two to five people for a group; nobody for anything else."""
    if named.kind != "group":
        return ()
    chance, book = seeded(seed, "members", number), NameBook()
    return tuple(
        _person(chance, book, named.script, began, ended, founder=place < 2) for place in range(chance.randrange(2, 6))
    )


def _person(chance: Random, book: NameBook, script: str, began: str, ended: str, *, founder: bool) -> Person:
    drawn = book.draw(chance, Wish(script=script, kind="person"))
    joined = began if founder else str(int(began) + chance.randrange(1, 4))
    left = ended if founder or chance.random() < 0.7 else str(int(joined) + 3)
    return Person(drawn.name, invented_mbid(chance), chance.choice(_INSTRUMENTS), joined, drawn.sort_name, left)


def aliases_of(seed: int, number: int, named: ArtistName) -> tuple[str, ...]:
    """A third of those whose name has several words are known by its initials, too."""
    words = named.name.removeprefix("The ").split()
    chance = seeded(seed, "alias", number)
    if len(words) < 2 or named.script != "latin" or chance.random() > 1 / 3:
        return ()
    return ("".join(word[0] for word in words if word[0].isalnum()).upper() + f" {chance.randrange(10, 100)}",)


def localised_of(seed: int, number: int, named: ArtistName) -> dict[str, str]:
    """Names in other scripts: what is not in Latin letters has an English one, some others have a Japanese one."""
    chance = seeded(seed, "localised", number)
    if named.script != "latin":
        return {"en": NameBook().draw(chance, Wish(script="latin", kind=named.kind)).name}
    if chance.random() < 0.1:
        return {"ja": NameBook().draw(chance, Wish(script="japanese", kind=named.kind)).name}
    return {}


def merged_from_of(seed: int, number: int) -> tuple[str, ...]:
    """One act in twenty has swallowed another entry, whose identifier still leads to it."""
    chance = seeded(seed, "merged", number)
    return (invented_mbid(chance),) if chance.random() < 0.05 else ()


def invented_mbid(chance: Random) -> str:
    return str(UUID(int=chance.getrandbits(128), version=4))
