"""Chance, with a seed: bytes that nobody wrote on purpose, and names that nobody bears."""

import random

from artists.nfo.reader import read_nfo
from artists.nfo.writer import NfoNotMergeable, clean, same_but_for_stamp, write_nfo
from tests.artists.nfo.files import FULL, NOON

STATES = {"ok", "empty", "url_only", "wrong_root", "broken", "hostile", "too_large"}
FRAGMENTS = [
    b"<", b">", b"&", b"</artist>", b"<artist>", b"<!--", b"-->", b"<![CDATA[", b"]]>", b"<?", b"<name>", b"</name>",
    b"\x00", b"\xff\xfe", b"\xef\xbb\xbf", b"\xe9", b"&#0;", b"&nbsp;", b"<!DOCTYPE a>", b"'", b'"', b"/>", b"<x:y ",
    b"http://a.example ", b" encoding='utf-16' ", b"<1a>", b"</1a>", b"<br>", b"\x1b", b"&#xFFFFFF;", b"xmlns='u'",
]  # fmt: skip
ALPHABETS = (
    "abc XYZ-'\"&<>/;!?#%.",
    "äßéŁøñ Ωλ Жщ אב عر 漢字 かな 한 ไทย",
    "\x00\x01\x0b\x1f\x7f\x85\u2028\ufeff\ufffe\uffff\ud800\udfff",
    "😀𝄞\U0010ffff\u0301\u200d ",
    "]]><![CDATA[<!--&amp;&#65;</name>",
    "\t\n\r ",
)


def mutated(chance: random.Random, *, at_most: int = 8) -> bytes:
    """FULL, in one of three encodings, with up to `at_most` cuts, copies, flips and insertions."""
    raw = bytearray(FULL.decode().encode(chance.choice(("utf-8", "utf-8", "utf-16", "cp1252"))))
    for _ in range(chance.randint(1, at_most)):
        place, other = sorted((chance.randrange(len(raw) + 1), chance.randrange(len(raw) + 1)))
        match chance.randrange(4):
            case 0:
                del raw[place : min(other, place + 60)]
            case 1:
                raw[place:place] = raw[place:other]
            case 2:
                raw[place:place] = chance.choice(FRAGMENTS) * chance.choice((1, 1, 3, 100))
            case _:
                raw[place : place + 1] = bytes([chance.randrange(256)])
    return bytes(raw)


def fuzzed_name(chance: random.Random) -> str:
    alphabet = "".join(chance.sample(ALPHABETS, chance.randint(1, 3)))
    return "".join(chance.choices(alphabet, k=chance.randint(1, 40)))


def test_500_mutations_are_read_without_raising() -> None:
    chance = random.Random(20)
    for number in range(500):
        reading = read_nfo(mutated(chance))
        assert reading.state in STATES, number
        assert (reading.document is not None) == (reading.state == "ok"), number
        assert bool(reading.error) == (reading.state != "ok"), number


def test_500_mutations_are_merged_stably_or_refused() -> None:
    chance = random.Random(21)
    values: dict[str, object] = {"name": "Ann", "genres": ["Folk"]}
    merged = 0
    for number in range(500):
        try:
            first = write_nfo(values, existing=mutated(chance, at_most=1), lock_data=True, written=NOON)
        except NfoNotMergeable:
            continue
        merged += 1
        document = read_nfo(first).document
        assert document is not None, number
        assert (document.name, document.genres) == ("Ann", ("Folk",)), number
        assert same_but_for_stamp(write_nfo(values, existing=first, lock_data=True, written=NOON), first), number
    assert merged > 50


def test_500_fuzzed_names_round_trip() -> None:
    chance = random.Random(22)
    for number in range(500):
        name = fuzzed_name(chance)
        raw = write_nfo({"name": name, "biography": name}, existing=None, lock_data=False, written=NOON)
        document = read_nfo(raw).document
        assert document is not None, number
        assert document.name == document.biography == clean(name), number
        assert write_nfo({"name": document.name, "biography": name}, existing=raw, lock_data=False, written=NOON) == raw
