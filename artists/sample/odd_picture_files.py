"""Folders with odd picture files: how they are named and what they are instead of files."""

from artists.sample import odd_encodings as odd
from artists.sample.deeds import folder, link, pipe, second_name, without
from artists.sample.report import Oddity
from artists.sample.scenes import Case, Deed, files_case, thumb


def _fanart(*names: str) -> dict[str, bytes]:
    return {name: odd.saved(odd.scene((1280, 720), name), "JPEG") for name in names}


_NAMES = (
    files_case(
        30,
        "Twins",
        "folder.jpg, Folder.JPG, folder.jpeg and folder.png",
        "always the same one is picked",
        lambda: (
            dict.fromkeys(("folder.jpg", "Folder.JPG", "folder.jpeg"), thumb())
            | {"folder.png": odd.saved(odd.scene(), "PNG")}
        ),
    ),
    files_case(
        30,
        "Loud",
        "Folder.JPG alone",
        "found whatever its case",
        lambda: {"folder.jpg": thumb(), "Fanart.JPG": odd.photo()},
    ),
    files_case(
        33,
        "Gaps",
        "fanart numbers with gaps",
        "all three found, the gap reported",
        lambda: _fanart("fanart.jpg", "fanart3.jpg", "fanart7.jpg"),
    ),
    files_case(
        33,
        "Numbers",
        "fanart01, fanart-2, (1) and a number too large",
        "what is no number is ignored",
        lambda: _fanart("fanart.jpg", "fanart01.jpg", "fanart-2.jpg", "fanart (1).jpg", f"fanart{'9' * 30}.jpg"),
    ),
    files_case(
        33,
        "Extra",
        "an extrafanart folder",
        "not taken for an album, no crash",
        lambda: _fanart("fanart.jpg", "extrafanart/fanart1.jpg"),
    ),
    files_case(
        34,
        "Same Twice",
        "fanart.jpg and backdrop.jpg with the same bytes",
        "found by content",
        lambda: dict.fromkeys(("fanart.jpg", "backdrop.jpg"), odd.photo()),
    ),
)


def _placed(number: int, name: str, what: str, expected: str, file: str, deed: Deed) -> Case:
    return Case(Oddity(number, name, what, expected), without(file, deed))


_THUMB = "folder.jpg"
_LINKS = (
    _placed(
        31,
        "Borrowed",
        "the thumb is another artist's",
        "a write replaces the link",
        _THUMB,
        link(_THUMB, b"../Bom/folder.jpg"),
    ),
    _placed(31, "Lost Link", "the thumb points nowhere", "no picture, no crash", _THUMB, link(_THUMB, b"gone.jpg")),
    _placed(
        31,
        "Outside Link",
        "the thumb is /etc/hostname",
        "no picture, nothing written there",
        _THUMB,
        link(_THUMB, b"/etc/hostname"),
    ),
    _placed(
        31,
        "Hard Link",
        "the thumb is another's by hard link",
        "a write leaves the other alone",
        _THUMB,
        second_name(_THUMB, b"Bom/folder.jpg"),
    ),
    _placed(32, "Folder For Fanart", "fanart.jpg is a folder", "skipped", "", folder("fanart.jpg")),
    _placed(32, "Pipe For Picture", "the thumb is a pipe", "never opened", _THUMB, pipe(_THUMB)),
)

CASES = (*_NAMES, *_LINKS)
