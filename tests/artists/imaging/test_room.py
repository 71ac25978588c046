"""However many pictures arrive at once, two are decoded at most, and the largest ones alone; every decode asks."""

import ast
import threading
from pathlib import Path

import pytest

from artists.imaging import decoding
from artists.imaging.decoding import MAX_PIXELS, Room, decoded
from artists.imaging.fingerprint import fingerprint_bytes
from artists.imaging.geometry import Box
from artists.imaging.headers import read_header_bytes
from artists.imaging.preparing import cropped, prepare
from artists.imaging.provenance import Provenance
from artists.imaging.thumbnails import thumbnail_bytes
from artists.sample import odd_encodings as odd
from stillwater.errors import Unavailable

HERE = Provenance("upload", "2026-11-28T12:00:00+00:00")
PICTURES = ("image", "opened", "picture")
TOP = Path(__file__).resolve().parents[3]


class Watched:
    """Counts who decodes at the same moment."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, together: int) -> None:
        self.now = self.most = 0
        self.lock, self.meet = threading.Lock(), threading.Barrier(together)
        self.real = decoding.decode
        monkeypatch.setattr(decoding, "decode", self.decode)

    def decode(self, *given: object, **options: object) -> object:
        with self.lock:
            self.now += 1
            self.most = max(self.most, self.now)
        self.meet.wait(20)  # nobody goes on before as many as may are here
        try:
            return self.real(*given, **options)  # type: ignore[arg-type]
        finally:
            with self.lock:
                self.now -= 1


def in_threads(count: int, work: object) -> None:
    threads = [threading.Thread(target=work) for _ in range(count)]  # type: ignore[arg-type]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert not any(thread.is_alive() for thread in threads)


@pytest.mark.parametrize(
    "work",
    [
        lambda data: prepare(data, "thumb", HERE),
        lambda data: cropped(data, "thumb", Box(0, 0, 10, 10), HERE),
        lambda data: thumbnail_bytes(data, 64),
        lambda data: fingerprint_bytes(data),
    ],
    ids=["prepare", "crop", "thumbnail", "fingerprint"],
)
def test_of_twenty_two_are_decoded_at_once(work, monkeypatch: pytest.MonkeyPatch) -> None:
    watched = Watched(monkeypatch, together=2)
    data = odd.saved(odd.scene((60, 60)), "PNG")
    in_threads(20, lambda: work(data))
    assert watched.most == 2


def test_without_the_room_they_all_are(monkeypatch: pytest.MonkeyPatch) -> None:
    watched = Watched(monkeypatch, together=20)
    monkeypatch.setattr(Room, "_fits", lambda _room, _pixels: True)
    data = odd.saved(odd.scene((60, 60)), "PNG")
    in_threads(20, lambda: prepare(data, "thumb", HERE))
    assert watched.most == 20


def test_the_largest_picture_is_decoded_alone() -> None:
    room, refused = Room(MAX_PIXELS, at_once=2, seconds=0), []

    def another() -> None:
        try:
            with room.place(1_000_000):
                pass
        except Unavailable as error:
            refused.append(error.status)

    with room.place(MAX_PIXELS):
        in_threads(1, another)
        with room.place(MAX_PIXELS):
            pass  # the same thread goes on with its own picture
    assert refused == [503]
    in_threads(1, another)
    assert refused == [503]


def test_a_place_is_given_back_when_the_picture_is_damaged() -> None:
    data = odd.saved(odd.scene((60, 60)), "PNG")[:-40]
    for _ in range(3):
        with pytest.raises(decoding.UnreadableImage), decoded(data, read_header_bytes(data)):
            raise AssertionError
    with decoding.room.place(MAX_PIXELS):
        pass


def test_no_code_decodes_past_the_room() -> None:
    """Pixels come from `decoded` alone (bug 55); the sample library draws its own."""
    found: list[str] = []
    for path in sorted(each for app in ("artists", "connections", "rules") for each in (TOP / app).rglob("*.py")):
        where = str(path.relative_to(TOP))
        if "/sample/" in where or "/demo/" in where or where == "artists/imaging/decoding.py":
            continue
        found += [f"{where}:{node.lineno}" for node in ast.walk(ast.parse(path.read_text())) if _decodes(node)]
    assert found == []


def _decodes(node: ast.AST) -> bool:
    if isinstance(node, ast.ImportFrom):
        return node.module == "artists.imaging.decoding" and any(name.name == "decode" for name in node.names)
    called = node.func if isinstance(node, ast.Call) else None
    if not isinstance(called, ast.Attribute) or not isinstance(called.value, ast.Name):
        return False
    return called.attr == "load" and called.value.id in PICTURES
