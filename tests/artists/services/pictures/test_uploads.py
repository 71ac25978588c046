"""However many uploads arrive at once, no more of them are in memory than one picture may have bytes."""

import threading
from dataclasses import dataclass, field

import pytest

from artists.imaging.decoding import MAX_BYTES, Room
from artists.models import Artist
from artists.services.pictures import adding
from artists.services.pictures.adding import add_upload
from stillwater.errors import TooLarge


@dataclass
class Arriving:
    """Twenty uploads at once; how many are in memory at the same moment. `together`: so many wait for each other."""

    together: int
    now: int = 0
    most: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def __post_init__(self) -> None:
        self.meet = threading.Barrier(self.together)

    def read(self) -> bytes:
        with self.lock:
            self.now += 1
            self.most = max(self.most, self.now)
        return b""

    def add(self, *_given: object, **_options: object) -> None:
        self.meet.wait(20)
        with self.lock:
            self.now -= 1

    def run(self, size: int, monkeypatch: pytest.MonkeyPatch) -> int:
        monkeypatch.setattr(adding, "add_picture", self.add)
        file = Sent(self, size)
        threads = [threading.Thread(target=add_upload, args=(Artist(), "thumb", file)) for _ in range(20)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(60)
        return self.most


@dataclass
class Sent:
    arriving: Arriving
    size: int | None

    def read(self) -> bytes:
        return self.arriving.read()


@pytest.mark.parametrize(("size", "together"), [(MAX_BYTES, 1), (MAX_BYTES // 2, 2), (1024, 4)])
def test_as_many_are_read_as_there_is_room_for(size: int, together: int, monkeypatch: pytest.MonkeyPatch) -> None:
    assert Arriving(together).run(size, monkeypatch) == together


def test_without_the_room_they_all_are(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Room, "_fits", lambda _room, _bytes: True)
    assert Arriving(20).run(MAX_BYTES, monkeypatch) == 20


def test_one_that_is_too_large_is_refused_before_it_is_read() -> None:
    arriving = Arriving(1)
    with pytest.raises(TooLarge):
        add_upload(Artist(), "thumb", Sent(arriving, MAX_BYTES + 1))
    assert arriving.most == 0
