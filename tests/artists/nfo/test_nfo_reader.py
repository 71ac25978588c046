"""What a plain artist.nfo says."""

from artists.nfo.document import NfoAlbum, NfoDocument, NfoStamp
from artists.nfo.reader import read_nfo
from tests.artists.nfo.files import FULL, FULL_VALUES, NOON, OTHER_MBID, artist_file


def document_of(raw: bytes) -> NfoDocument:
    reading = read_nfo(raw)
    assert reading.state == "ok", reading.error
    assert reading.document is not None
    return reading.document


class TestFields:
    def test_every_field_is_read(self) -> None:
        assert document_of(FULL).values() == {**FULL_VALUES, "origin": ""}

    def test_a_good_file_has_no_error_and_no_notes(self) -> None:
        reading = read_nfo(FULL)
        assert (reading.state, reading.error, reading.notes) == ("ok", "", ())

    def test_present_names_the_fields_that_say_something(self) -> None:
        assert document_of(FULL).present == frozenset(FULL_VALUES)

    def test_an_absent_element_is_not_present(self) -> None:
        assert document_of(artist_file("<name>Ann</name>")).present == {"name"}

    def test_a_blank_element_is_not_present(self) -> None:
        raw = artist_file("<name>Ann</name><born/><genre> </genre><biography>\n</biography><type>&#160;</type>")
        assert document_of(raw).present == {"name"}

    def test_an_origin_that_another_program_wrote_is_read(self) -> None:
        assert document_of(artist_file("<origin>Pécs</origin>")).origin == "Pécs"

    def test_text_is_trimmed(self) -> None:
        assert document_of(artist_file("<name>\n  Ann \t</name>")).name == "Ann"

    def test_dates_stay_the_text_that_stands_there(self) -> None:
        for text in ("1965", "c. 1965", "1965 in London", "0000-00-00", "1999-02-31", "Present"):
            assert document_of(artist_file(f"<born>{text}</born>")).born == text

    def test_an_unknown_element_is_no_trouble(self) -> None:
        assert document_of(artist_file("<name>Ann</name><instruments>harp</instruments>")).present == {"name"}

    def test_an_element_deeper_down_is_not_a_field(self) -> None:
        assert document_of(artist_file("<extra><name>Not her</name></extra>")).name == ""


class TestLockdata:
    def test_true_one_and_yes_lock_in_any_case_and_padding(self) -> None:
        for text in ("true", "True", "TRUE", "1", "yes", "YES", "  true\n"):
            assert document_of(artist_file(f"<lockdata>{text}</lockdata>")).lock_data, text

    def test_anything_else_does_not(self) -> None:
        for text in ("", "false", "0", "no", "truely"):
            assert not document_of(artist_file(f"<lockdata>{text}</lockdata>")).lock_data, text

    def test_it_is_no_field(self) -> None:
        assert document_of(artist_file("<lockdata>true</lockdata>")).present == frozenset()


class TestAlbums:
    def test_albums_are_read_in_order(self) -> None:
        raw = artist_file("<album><title>A</title><year>1999</year></album><album><title>B</title></album>")
        assert document_of(raw).albums == (NfoAlbum("A", "1999"), NfoAlbum("B"))

    def test_the_release_group_is_read(self) -> None:
        assert document_of(FULL).albums == (NfoAlbum("River", "1999", OTHER_MBID),)

    def test_an_empty_album_is_skipped(self) -> None:
        assert document_of(artist_file("<album><title/></album><album/>")).albums == ()


class TestStamp:
    def test_our_own_stamp_is_read(self) -> None:
        assert document_of(FULL).stamp == NfoStamp("1", NOON)

    def test_a_file_of_others_has_none(self) -> None:
        assert document_of(artist_file("<name>Ann</name>")).stamp is None

    def test_an_unreadable_moment_is_none(self) -> None:
        stamp = document_of(artist_file('<stillwater version="9" written="yesterday"/>')).stamp
        assert stamp == NfoStamp("9", None)
