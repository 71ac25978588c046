"""Fakes find acts in one way, and acts with a fault make them fail."""

import pytest

from artists.demo.lookups import act_by_id, act_by_mbid, act_named, acts_named
from artists.demo.replies import Misbehave
from artists.demo.world import faulty_acts
from tests.artists.providers.acts import MBID, MERGED, ODA, QUILLFEN, WORLD

FAULTY = next(act for act in faulty_acts() if act.fault == "503")
MISTAKEN = next(act for act in faulty_acts() if act.fault == "wrong artist")


def test_an_act_is_found_by_its_identifiers_old_and_new():
    assert act_by_mbid(WORLD, MBID) is QUILLFEN
    assert act_by_mbid(WORLD, MERGED) is QUILLFEN
    assert act_by_id(WORLD, "discogs", "9900001") is QUILLFEN
    assert act_by_mbid(WORLD, "nobody") is None


def test_by_name_only_the_whole_name_counts():
    assert act_named(WORLD, "quillfen HARBOR") is QUILLFEN
    assert act_named(WORLD, "QFH") is QUILLFEN
    assert act_named(WORLD, "Quillfen") is None


def test_a_search_finds_parts_of_a_name_and_no_faulty_acts():
    assert acts_named(WORLD, "Brackwell") == [ODA]
    assert acts_named(WORLD, "Fault") == []


@pytest.mark.parametrize("find", [lambda: act_by_mbid(WORLD, FAULTY.mbid), lambda: acts_named(WORLD, FAULTY.name)])
def test_an_act_with_a_fault_misbehaves_however_it_is_found(find):
    with pytest.raises(Misbehave) as wish:
        find()
    assert wish.value.fault == "503"


def test_the_wrong_artist_is_somebody_elses_answer():
    assert act_by_mbid(WORLD, MISTAKEN.mbid) is QUILLFEN
