"""An answer counts for the artist that was asked for, and for nobody else."""

import pytest

from artists.providers.base import Lookup
from artists.providers.errors import NotAnswering, NothingFound
from artists.providers.evidence import (
    is_mbid,
    require_answer_about,
    require_like_name,
    require_no_namesake,
)
from tests.artists.providers.acts import MBID, SOLO_MBID

OURS = Lookup("Quillfen Harbor", {"musicbrainz": MBID})


def test_an_mbid_is_known_by_its_form():
    assert is_mbid(MBID)
    assert is_mbid(MBID.upper())
    assert not is_mbid("9900001")
    assert not is_mbid(f"{MBID}/..")


def test_an_answer_about_another_identifier_says_nothing():
    require_answer_about("fanarttv", MBID, MBID.upper())
    require_answer_about("fanarttv", MBID, "")
    with pytest.raises(NotAnswering):
        require_answer_about("fanarttv", MBID, SOLO_MBID)


def test_a_namesake_is_nothing_found():
    require_no_namesake("lastfm", OURS, MBID)
    require_no_namesake("lastfm", OURS, "")
    require_no_namesake("lastfm", Lookup("Quillfen Harbor"), SOLO_MBID)
    with pytest.raises(NothingFound):
        require_no_namesake("lastfm", OURS, SOLO_MBID)


def test_a_name_must_be_as_alike_as_the_threshold_says():
    require_like_name("discogs", OURS, "The Quillfen Harbour")
    require_like_name("discogs", Lookup("Quillfen Harbor", threshold=0), "Somebody Else")
    with pytest.raises(NothingFound):
        require_like_name("discogs", OURS, "Quiet Herons")
