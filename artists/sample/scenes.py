"""One oddity in the making: the folder it happens in, and the ordinary files around it."""

import functools
import os
from collections.abc import Callable
from dataclasses import dataclass

from artists.sample.chance import seeded
from artists.sample.disk import write
from artists.sample.mosaics import bars, mosaic
from artists.sample.names import ArtistName
from artists.sample.nfos import good
from artists.sample.pool import encoded
from artists.sample.profiles import Known, Profile, make_profile, mbid_of
from artists.sample.report import Oddity

FIRST_NUMBER = 1_000_000
"""Numbers of odd artists start here, so that none shares an identifier with an ordinary one."""


@dataclass(frozen=True)
class Scene:
    """The folder `path` below `root`, the artist it belongs to, and the time its files get."""

    root: bytes
    path: bytes
    profile: Profile
    when: int

    def at(self, name: str | bytes) -> bytes:
        return os.path.join(self.path, os.fsencode(name))

    def put(self, name: str | bytes, content: bytes) -> None:
        os.makedirs(os.path.dirname(self.at(name)), exist_ok=True)
        write(self.at(name), content, self.when)

    def dress(self, *without: str) -> None:
        """The files of an ordinary artist, but for those named."""
        for name, content in (("artist.nfo", good(self.profile)), ("folder.jpg", thumb()), ("logo.png", logo())):
            if name not in without:
                self.put(name, content)


Deed = Callable[[Scene], None]


@dataclass(frozen=True)
class Case:
    """An oddity and how to make it; `seal` runs when all times are set, for what would bar the way."""

    oddity: Oddity
    make: Deed
    seal: Deed | None = None


def folder_case(number: int, folder: str | bytes, what: str, expected: str) -> Case:
    """The folder itself is odd; what lies in it is not."""
    return Case(Oddity(number, folder, what, expected), lambda scene: scene.dress())


def nfo_case(number: int, folder: str, what: str, expected: str, content: Callable[[Profile], bytes]) -> Case:
    def make(scene: Scene) -> None:
        scene.dress("artist.nfo")
        scene.put("artist.nfo", content(scene.profile))

    return Case(Oddity(number, folder, what, expected), make)


def files_case(number: int, folder: str, what: str, expected: str, files: Callable[[], dict[str, bytes]]) -> Case:
    """The named files replace or join the ordinary ones; they are made when the library is."""

    def make(scene: Scene) -> None:
        content = files()
        scene.dress(*content)
        for name, each in content.items():
            scene.put(name, each)

    return Case(Oddity(number, folder, what, expected), make)


def stage(root: bytes, case: Case, seed: int, place: int, when: int) -> Scene:
    """The scene of the case that stands at `place` in its list."""
    folder = os.fsencode(case.oddity.folder)
    name = folder.decode("utf-8", "replace").strip() or "Nameless"
    named = ArtistName(name, name, "group", "", "latin", "Halmere", "Iceland")
    number = FIRST_NUMBER + place
    profile = make_profile(seed, number, named, Known(albums=1), mbid=mbid_of(seed, number), disambiguation="")
    return Scene(root, os.path.join(root, folder), profile, when)


@functools.cache
def thumb() -> bytes:
    return encoded(mosaic(seeded("oddities", "thumb"), (600, 600)), "jpg")


@functools.cache
def logo() -> bytes:
    return encoded(bars(seeded("oddities", "logo"), (800, 310), 0.0), "png")
