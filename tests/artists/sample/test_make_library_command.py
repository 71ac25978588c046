"""`manage.py make_library`: the thin door to the sample libraries."""

import io
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command


def test_it_builds_and_says_how_much(tmp_path: Path) -> None:
    told = io.StringIO()
    call_command("make_library", str(tmp_path / "new"), "--artists", "3", "--seed", "5", "--light", stdout=told)
    assert told.getvalue().startswith("3 artists, 12 files, ")
    assert len(list((tmp_path / "new").glob("*/artist.nfo"))) == 3


def test_oddities_are_listed_in_plain_letters(tmp_path: Path) -> None:
    told = io.StringIO()
    call_command("make_library", str(tmp_path / "new"), "--flavour", "oddities", stdout=told)
    assert r"'Caf\udce9 Noir'" in told.getvalue()
    assert told.getvalue().isascii()


def test_a_foreign_folder_ends_in_an_error(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(CommandError, match="not empty"):
        call_command("make_library", str(tmp_path))
