"""The comparison of a file with what is stored."""

from artists.nfo.diff import FieldDiff, nfo_diff
from artists.nfo.document import NfoDocument


def by_field(disk: NfoDocument | None, stored: dict[str, object]) -> dict[str, FieldDiff]:
    return {diff.field: diff for diff in nfo_diff(disk, stored)}


def test_sixteen_labelled_fields_in_their_order() -> None:
    assert [diff.label for diff in nfo_diff(None, {})] == [
        "Name", "Sort Name", "Type", "Gender", "Disambiguation", "MusicBrainz ID", "AudioDB ID", "Years Active",
        "Born", "Formed", "Died", "Disbanded", "Biography", "Genres", "Styles", "Moods",
    ]  # fmt: skip


def test_each_status() -> None:
    disk = NfoDocument(name="Ann", type="solo", born="1970")
    found = by_field(disk, {"name": "Ann", "type": "group", "gender": "female", "born": ""})
    assert found["name"].status == "unchanged"
    assert found["type"] == FieldDiff("type", "Type", "solo", "group", "changed")
    assert found["gender"] == FieldDiff("gender", "Gender", "", "female", "added")
    assert found["born"] == FieldDiff("born", "Born", "1970", "", "removed")
    assert found["died"].status == "unchanged"


def test_lists_are_joined_and_their_order_counts() -> None:
    found = by_field(NfoDocument(genres=("Folk", "Jazz")), {"genres": ["Jazz", "Folk"]})
    assert found["genres"] == FieldDiff("genres", "Genres", "Folk, Jazz", "Jazz, Folk", "changed")


def test_without_a_file_all_that_is_stored_is_added() -> None:
    found = by_field(None, {"name": "Ann", "genres": ["Folk"]})
    assert (found["name"].status, found["genres"].status) == ("added", "added")
    assert found["died"].status == "unchanged"


def test_a_value_that_is_stored_as_none_is_blank() -> None:
    assert by_field(NfoDocument(), {"born": None})["born"].status == "unchanged"
