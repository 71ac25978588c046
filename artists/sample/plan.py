"""What each artist of a library gets, file by file: pure, the same seed gives the same plan."""

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from artists.sample import words
from artists.sample.chance import seeded
from artists.sample.names import PERSONS, ArtistName, NameBook, same_name_key
from artists.sample.pictures_of import Placed, pictures_of
from artists.sample.profiles import Album, Profile, make_profile, mbid_of
from artists.sample.recipes import Recipe

_FORBIDDEN = str.maketrans(dict.fromkeys('/\\:*?"<>|', "_"))

ANOTHER = 5_000_000
"""Far from the numbers of this library: an identifier that none of its artists has."""


@dataclass(frozen=True, slots=True)
class ArtistPlan:
    """One artist folder to be: `folders` are the albums that lie in it."""

    number: int
    folder: str
    profile: Profile
    nfo: str
    pictures: tuple[Placed, ...]
    folders: tuple[Album, ...]
    tags: str
    tagged_mbid: str
    """Whom the audio files name, which may be known to them alone."""


@dataclass(frozen=True, slots=True)
class Role:
    """A recipe with the name and the folder that were cast for it."""

    recipe: Recipe
    named: ArtistName
    folder: str
    namesake: bool


def plan_library(seed: int, recipes: Iterable[Recipe], *, light: bool = False) -> Iterator[ArtistPlan]:
    """Plans one after the other; light ones have neither album folders nor a wordmark of their own."""
    for number, role in enumerate(cast(seed, recipes)):
        yield _plan(seed, number, role, light)


def cast(seed: int, recipes: Iterable[Recipe]) -> list[Role]:
    """Names and folders for all recipes; no two folders differ by case or composition alone."""
    book, folders, roles = NameBook(), set[str](), list[Role]()
    for number, recipe in enumerate(recipes):
        twin = recipe.twin and bool(roles) and not roles[-1].namesake
        named = roles[-1].named if twin else book.draw(seeded(seed, "name", number), recipe.wish)
        if twin:
            roles[-1] = Role(roles[-1].recipe, named, roles[-1].folder, namesake=True)
        folder = _unused(_folder(seed, number, recipe.folder, named), folders)
        folders.add(same_name_key(folder))
        roles.append(Role(recipe, named, folder, namesake=twin))
    return roles


def _plan(seed: int, number: int, role: Role, light: bool) -> ArtistPlan:
    recipe = role.recipe
    mbid = mbid_of(seed, number - 1 if recipe.same_mbid and number else number)
    disambiguation = disambiguation_of(seed, number, role.named) if role.namesake else ""
    profile = make_profile(seed, number, role.named, recipe.known, mbid=mbid, disambiguation=disambiguation)
    pictures = tuple(pictures_of(seed, number, recipe, profile, light=light))
    albums = () if light else profile.albums
    tagged = mbid_of(seed, number + ANOTHER) if recipe.tags == "other" else mbid
    return ArtistPlan(number, role.folder, profile, recipe.nfo, pictures, albums, recipe.tags, tagged)


def disambiguation_of(seed: int, number: int, named: ArtistName) -> str:
    """What tells this artist apart from its namesake."""
    genre = seeded(seed, "disambiguation", number).choice(words.GENRES).lower()
    noun = "artist" if named.kind in PERSONS else named.kind
    return f"{genre} {noun} no. {number + 1}, {named.country}"


def _folder(seed: int, number: int, style: str, named: ArtistName) -> str:
    name = named.name.translate(_FORBIDDEN)
    if style == "other":
        return words.title(seeded(seed, "folder", number)).translate(_FORBIDDEN) + " (rips)"
    if style == "article" and name.startswith("The "):
        return f"{name[4:]}, The"
    if style in ("article", "spelled"):
        return _spelled_plainly(name)
    return name


def _spelled_plainly(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().strip()
    return (plain if len(plain) > 2 else name).replace(" ", "_") + ("" if " " in name else " [artist]")


def _unused(folder: str, taken: set[str]) -> str:
    copy, candidate = 1, folder
    while same_name_key(candidate) in taken:
        copy += 1
        candidate = f"{folder} ({copy})"
    return candidate
