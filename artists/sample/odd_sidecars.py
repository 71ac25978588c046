"""What lies where artist.nfo should: folders, pipes, links, a hundred megabytes."""

import os

from artists.sample import nfos
from artists.sample.deeds import closed, folder, link, pipe, without
from artists.sample.report import Oddity
from artists.sample.scenes import Case, Deed, Scene

HUGE = 100 * 1024 * 1024


def _instead(number: int, folder: str, what: str, expected: str, deed: Deed, seal: Deed | None = None) -> Case:
    return Case(Oddity(number, folder, what, expected), without("artist.nfo", deed), seal)


def _huge(scene: Scene) -> None:
    scene.put("artist.nfo", nfos.good(scene.profile))
    os.truncate(scene.at("artist.nfo"), HUGE)  # a hole: nothing of it lies on disk


def _beside(scene: Scene) -> None:
    scene.put("artist.nfo", nfos.good(scene.profile))
    scene.put("Artist.NFO", nfos.sparse(scene.profile))


def _good(scene: Scene) -> None:
    scene.put("artist.nfo", nfos.good(scene.profile))


_NFO = "artist.nfo"
CASES = (
    _instead(8, "Huge", "100 MB", "refused by size", _huge),
    _instead(17, "Folder For Nfo", "artist.nfo is a folder", "treated as no file", folder(_NFO)),
    _instead(17, "Pipe", "artist.nfo is a pipe", "never opened", pipe(_NFO)),
    _instead(17, "Dangling", "artist.nfo points nowhere", "no file, no crash", link(_NFO, b"gone.nfo")),
    _instead(17, "Endless", "artist.nfo points to /dev/zero", "never opened", link(_NFO, b"/dev/zero")),
    _instead(17, "Ring", "artist.nfo points to itself", "no crash", link(_NFO, b"artist.nfo")),
    _instead(17, "Sealed", "artist.nfo may not be read", "values kept (root reads it anyway)", _good, closed(_NFO)),
    _instead(18, "Two Spellings", "Artist.NFO beside artist.nfo", "the exact name wins, the other reported", _beside),
)
