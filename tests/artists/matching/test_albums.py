"""Albums on disk against albums that a provider lists."""

import pytest

from artists.matching.albums import album_key, compare_albums


@pytest.mark.parametrize(
    "written",
    ["Lamp Weather", "lamp weather", "2007 - Lamp Weather", "(2007) Lamp Weather", "Lamp Weather (2007)",
     "[2007] Lamp Weather [FLAC]", "Lamp Weather (Remaster)", "Lamp: Weather!"],
)  # fmt: skip
def test_years_editions_and_punctuation_do_not_tell_albums_apart(written: str) -> None:
    assert album_key(written) == "lamp weather"


def test_a_title_that_is_a_year_stays_one() -> None:
    assert album_key("1999") == "1999"
    assert album_key("2001 (2009)") == "2001"


def test_the_share_is_of_what_lies_on_the_disk() -> None:
    overlap = compare_albums(["2007 - Lamp Weather", "Demos", "Lamp Weather"], ["Lamp Weather", "Tide Tables", "Dew"])
    assert overlap.matches == ("2007 - Lamp Weather",)
    assert (overlap.local_only, overlap.remote_only) == (("Demos",), ("Tide Tables", "Dew"))
    assert (overlap.local_count, overlap.remote_count, overlap.percent) == (2, 3, 50)


def test_without_albums_here_nothing_is_shown() -> None:
    assert compare_albums([], ["Dew"]).percent == 0
