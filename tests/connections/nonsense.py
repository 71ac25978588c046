"""Bodies that no program should send: mutations of real messages, from a seed."""

import json
import random
from collections.abc import Iterator
from typing import Any

MBID = "f59c5520-5f46-4d2c-b2c4-822eabf53419"
REAL: dict[str, dict[str, Any]] = {
    "lidarr": {"eventType": "Download", "artist": {"id": 1, "name": "Mara Field", "path": "/m/Mara", "mbId": MBID}},
    "emby": {
        "Event": "library.new",
        "Item": {
            "Id": "5", "Name": "Tides", "Type": "MusicAlbum", "ProviderIds": {"MusicBrainzAlbumArtist": MBID},
            "ArtistItems": [{"Id": "7", "Name": "Mara Field"}],
        },
    },
    "jellyfin": {
        "NotificationType": "ItemAdded", "ItemType": "MusicAlbum", "Artist": "Mara Field",
        "Provider_musicbrainzalbumartist": MBID,
    },
}  # fmt: skip
_ODD: list[Any] = [
    None, True, -1, 10**40, 1e308, "", " ", "\0", "\ud800", "x" * 5000, "../../etc/passwd", "'; DROP TABLE x; --",
    "<script>alert(1)</script>", [], [[]], {}, {"a": {"b": [None]}}, ["\udfff"], MBID.upper() + "/" + "0" * 36, "٣",
]  # fmt: skip
_RAW = [
    b"", b"{", b"null", b"[]", b'"text"', b"\xff\xfe{}", b"{" * 4000, b"[" * 60_000, b'{"a": 1e999}', b"--x\r\n\r\n",
    b"9" * 6000, b"\0", b'{"eventType"}', b"NaN", b"{} {}",
]  # fmt: skip


def bodies(program: str, count: int = 500) -> Iterator[bytes]:
    """So many, the same in every run: real messages with parts replaced, removed or buried, and plain rubbish."""
    chance = random.Random(f"nonsense {program}")
    for number in range(count):
        if number % 10 == 0:
            yield chance.choice(_RAW)
        elif number % 10 == 1:
            whole = json.dumps(REAL[program]).encode()
            yield whole[: chance.randrange(len(whole))]
        else:
            yield json.dumps(_mutated(REAL[program], chance)).encode()


def _mutated(value: Any, chance: random.Random) -> Any:
    if chance.random() < 0.25:
        return chance.choice(_ODD)
    if isinstance(value, dict):
        return {key: _mutated(each, chance) for key, each in value.items() if chance.random() > 0.1}
    if isinstance(value, list):
        return [_mutated(each, chance) for each in value] * chance.choice([0, 1, 40])
    return value
