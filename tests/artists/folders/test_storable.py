"""Names that are no UTF-8 can be stored, shown and found again."""

import json
import os
import random

import pytest

from artists.folders.storable import on_disk, storable


@pytest.mark.parametrize("name", ["Björk", "100% Pure", "50%", "%", "椎名林檎", "/music/AC_DC", ""])
def test_ordinary_names_are_stored_as_they_are(name):
    assert storable(name) == name
    assert on_disk(name) == name


def test_a_byte_that_is_no_text_is_shown_by_its_number():
    name = os.fsdecode(b"Bj\xf6rk")
    assert storable(name) == "Bj%F6rk"
    assert os.fsencode(on_disk("Bj%F6rk")) == b"Bj\xf6rk"


def test_a_name_that_looks_like_an_escape_comes_back_unchanged():
    assert storable("Bj%F6rk") == "Bj%25F6rk"
    assert on_disk("Bj%25F6rk") == "Bj%F6rk"


def test_any_bytes_make_the_whole_round():
    chance = random.Random(5)
    pieces = [b"%", b"%25", b"%F6", b"\xf6", b"\xc3\xb6", b"2", b"5", b"e", b"E9", b"\x80", b"\xff", b"a", b"/"]
    seen = {}
    for _ in range(5000):
        raw = b"".join(chance.choices(pieces, k=chance.randrange(1, 9)))
        stored = storable(os.fsdecode(raw))
        json.dumps(stored, ensure_ascii=False).encode("utf-8")
        assert os.fsencode(on_disk(stored)) == raw
        assert seen.setdefault(stored, raw) == raw
