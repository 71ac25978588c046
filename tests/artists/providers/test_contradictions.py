"""Namesakes are never mixed: an answer about somebody else is recognised (users-and-risks.md 1, bugs 18 to 24)."""

import pytest

from artists.providers.answers import AliasRecord
from artists.providers.base import Lookup
from artists.providers.contradictions import contradiction, survivor_of
from tests.artists.providers.answers import MBID, OTHER_MBID, record

BY_ID = Lookup("Nicole", {"musicbrainz": MBID, "discogs": "1"})
BY_NAME = Lookup("Nicole", {})


class TestIdentifiers:
    def test_another_mbid_is_another_artist_however_equal_the_name(self) -> None:
        said = record("lastfm", name="Nicole", ids={"musicbrainz": OTHER_MBID})
        assert "another artist" in contradiction(said, BY_ID, ["Nicole"])

    def test_the_same_mbid_is_the_artist_whatever_it_is_called_there(self) -> None:
        said = record("audiodb", name="Something Else", ids={"musicbrainz": MBID.upper()})
        assert contradiction(said, BY_ID, ["Nicole"]) == ""


class TestNames:
    @pytest.mark.parametrize(
        ("theirs", "ours"),
        [
            ("The Quillfen Harbor", "Quillfen Harbor"),
            ("Ringo Sheena", "Sheena, Ringo"),
            ("QUILLFEN", "quillfen (band)"),
        ],
    )
    def test_what_is_nearly_equal_passes(self, theirs: str, ours: str) -> None:
        assert contradiction(record("genius", name=theirs), BY_NAME, [ours]) == ""

    def test_what_is_not_is_told_with_its_likeness(self) -> None:
        said = contradiction(record("genius", name="Nicola Conte Jazz Combo"), BY_NAME, ["Nicole"])
        assert said.startswith("it answers about Nicola Conte Jazz Combo, a name only ")

    def test_an_alias_on_either_side_is_enough(self) -> None:
        assert contradiction(record("genius", name="QFH"), BY_NAME, ["Quillfen Harbor", "QFH"]) == ""
        said = record("genius", name="QFH", aliases=(AliasRecord("Quillfen Harbor"),))
        assert contradiction(said, BY_NAME, ["Quillfen Harbor"]) == ""

    def test_names_in_different_scripts_need_an_identifier(self) -> None:
        assert contradiction(record("discogs", name="椎名林檎"), BY_ID, ["Ringo Sheena"]) == ""
        assert "cannot be compared" in contradiction(record("discogs", name="椎名林檎"), BY_NAME, ["Ringo Sheena"])

    def test_a_threshold_of_0_accepts_every_name(self) -> None:
        assert contradiction(record("genius", name="Anybody"), BY_NAME, ["Nicole"], 0) == ""


class TestMergedEntries:
    def test_the_survivor_of_a_merge_is_followed(self) -> None:
        said = record("musicbrainz", provider_id=OTHER_MBID, asked_id=MBID)
        assert survivor_of(said, ["Quillfen Harbor"]) == OTHER_MBID

    def test_an_entry_of_somebody_else_is_no_survivor(self) -> None:
        said = record("musicbrainz", provider_id=OTHER_MBID, asked_id=MBID, name="Pale Turbine")
        assert survivor_of(said, ["Quillfen Harbor"]) == ""

    def test_nothing_was_merged_where_the_asked_one_answers(self) -> None:
        assert survivor_of(record("musicbrainz", provider_id=MBID, asked_id=MBID.upper()), ["x"]) == ""
