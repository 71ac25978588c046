"""Odd artist folders: names, links, leftovers and namesakes."""

import os

from artists.sample.deeds import closed, dressed, folder, link, only_a_picture, without
from artists.sample.disk import write
from artists.sample.nfos import good
from artists.sample.profiles import Profile
from artists.sample.report import Oddity
from artists.sample.scenes import Case, Deed, Scene, folder_case, nfo_case

_FUTURE = 4_102_444_800  # the year 2100
_SHARED_MBID = "0f0f0f0f-1e1e-4d2d-8c3c-4b4b5a5a6969"


def _case(number: int, folder: str, what: str, expected: str, deed: Deed, seal: Deed | None = None) -> Case:
    return Case(Oddity(number, folder, what, expected), deed, seal)


_NAMES = (
    folder_case(38, "Halt.", "a name that ends in a dot", "found under this very name"),
    folder_case(38, "Halt...", "a name that ends in dots", "found under this very name"),
    folder_case(38, "Trailing ", "a name that ends in a space", "found under this very name"),
    folder_case(38, " Leading", "a name that begins with a space", "found under this very name"),
    folder_case(38, ".38 Special", "a name that begins with a dot", "reported, not silently hidden"),
    folder_case(38, "...And Then the Ferries", "a name that begins with dots", "reported, not silently hidden"),
    folder_case(38, "!!!", "punctuation only", "found"),
    folder_case(38, "Line\nBreak", "a line break in the name", "found; one line in every log"),
    folder_case(38, "<script>alert(1)", "markup in the name", "shown as text"),
    folder_case(39, "Sj\u00f6m\u00e4rke", "composed letters", "not confused with its twin"),
    folder_case(39, "Sjo\u0308ma\u0308rke", "the same name in decomposed letters", "reported beside its twin"),
    folder_case(40, b"Caf\xe9 Noir", "a name in Latin-1", "found; its bytes are kept"),
    folder_case(40, b"\xff\xfe\x80", "bytes that are no text at all", "found; its bytes are kept"),
    folder_case(43, "Moths_Looms", "a slash replaced by an underscore", "not renamed to and fro"),
    folder_case(43, "Ferries, The", "the article at the end", "known as The Ferries at most"),
    folder_case(43, "CON", "a name that Windows reserves", "found"),
    folder_case(43, "aux.h", "another one", "found"),
    folder_case(44, "長" * 85, "255 bytes of Japanese", "found; a longer name is refused clearly"),
    folder_case(44, "l" * 255, "255 Latin letters", "found; a longer name is refused clearly"),
    folder_case(51, "4711", "a number for a name", "found as text"),
    nfo_case(
        43, "MOTHS LOOMS", "the NFO gives another name", "a finding, no rename", lambda p: _renamed(p, "Moths/Looms")
    ),
)

_SYSTEM = (
    *(
        Case(Oddity(41, name, what, "no artist"), only_a_picture)
        for name, what in (
            ("#recycle", "the bin of a Synology"),
            ("@eaDir", "the index of a Synology"),
            (".Trash-1000", "the bin of a desktop"),
            ("lost+found", "the file system's own"),
            ("$RECYCLE.BIN", "the bin of Windows"),
            ("System Volume Information", "Windows' own"),
            (".AppleDouble", "macOS leftovers"),
        )
    ),
    *(
        Case(Oddity(42, name, what, "excluded"), only_a_picture)
        for name, what in (
            ("Various Artists", "a collection of many"),
            ("VA", "the same, shortened"),
            ("[unknown]", "nobody in particular"),
            ("Unknown Artist", "nobody in particular"),
        )
    ),
)


def _crumbs(scene: Scene) -> None:
    scene.dress()
    for name in ("._artist.nfo", "._folder.jpg", ".DS_Store"):
        scene.put(name, b"\0\x05\x16\x07\0\x02\0\0Mac OS X")


def _deep(scene: Scene) -> None:
    scene.dress()
    os.makedirs(scene.at(os.sep.join(letter * 200 for letter in "abcdefgh")))


def _future(scene: Scene) -> None:
    for name in ("artist.nfo", "folder.jpg", "."):
        os.utime(scene.at(name), (_FUTURE, _FUTURE))


def _file(scene: Scene) -> None:
    write(scene.path, b"ID3", scene.when)


_PLACES = (
    _case(41, "Apple Crumbs", "._ files beside the real ones", "the crumbs are ignored", _crumbs),
    _case(44, "Long Way Down", "albums within albums, 1,600 bytes deep", "no crash", _deep),
    _case(45, "Linked Artist", "the folder is a link to another artist", "skipped", link("", b"Halt.")),
    _case(45, "Ouroboros", "the folder is a link to itself", "skipped", link("", b"Ouroboros")),
    _case(45, "Way Out", "the folder is a link out of the library", "skipped", link("", b"..")),
    _case(45, "Loop", "an album is a link to its artist", "no endless descent", without("", link("Again", b"."))),
    _case(45, "Nested", "an album is a link to the library", "no endless descent", without("", link("All", b".."))),
    _case(46, "Closed", "the folder may not be read", "state kept (root reads it anyway)", dressed, closed("")),
    _case(46, "Empty", "nothing in it", "found, with all its gaps", folder("")),
    _case(46, "Not A Folder.mp3", "a file among the artists", "no artist", _file),
    _case(47, "From The Future", "times in the year 2100", "looked at in full", dressed, _future),
)


def _leftover(folder: str, what: str, expected: str, name: str, *, with_target: bool) -> Case:
    def make(scene: Scene) -> None:
        scene.dress(*(() if with_target else ("artist.nfo",)))
        scene.put(name, good(scene.profile))

    return _case(49, folder, what, expected, make)


_LEFTOVERS = (
    _leftover(
        "Stale Temp", "artist.nfo.tmp beside the real one", "swept or ignored", "artist.nfo.tmp", with_target=True
    ),
    _leftover("Stale Backup", "artist.nfo.bak beside the real one", "ignored", "artist.nfo.bak", with_target=True),
    _leftover("Orphaned Backup", "artist.nfo.bak alone", "may be put back", "artist.nfo.bak", with_target=False),
    _leftover("Tombstone", "folder.jpg.removing", "swept or ignored", "folder.jpg.removing", with_target=True),
    _leftover(
        "Renumbering", "fanart_renumber_0.jpg.tmp", "swept or ignored", "fanart_renumber_0.jpg.tmp", with_target=True
    ),
)


def _renamed(profile: Profile, name: str) -> bytes:
    return good(profile).replace(f"<name>{profile.name}<".encode(), f"<name>{name}<".encode())


def _identified(profile: Profile) -> bytes:
    return good(profile).replace(profile.mbid.encode(), _SHARED_MBID.encode())


_IDENTITIES = (
    nfo_case(51, "Rowan Vale", "a name borne by two", "two artists", lambda p: _renamed(p, "Rowan Vale")),
    nfo_case(51, "Rowan Vale (2)", "the other bearer", "two artists", lambda p: _renamed(p, "Rowan Vale")),
    nfo_case(51, "Merged One", "an identifier in two folders", "both kept, reported", _identified),
    nfo_case(51, "Merged Two", "the same identifier", "both kept, reported", _identified),
)

CASES = (*_NAMES, *_SYSTEM, *_PLACES, *_LEFTOVERS, *_IDENTITIES)
