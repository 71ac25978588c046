"""The strange files that a robust reader survives; the numbers are those of files-and-platforms.md 6."""

import codecs

import pytest

from artists.nfo.document import NfoDocument
from artists.nfo.reader import NfoReading, read_nfo
from tests.artists.nfo.files import FULL, MBID, OTHER_MBID, artist_file


def read(raw: bytes) -> NfoDocument:
    reading = read_nfo(raw)
    assert reading.document is not None, reading.error
    return reading.document


def refused(raw: bytes, state: str) -> NfoReading:
    reading = read_nfo(raw)
    assert reading.state == state
    assert reading.document is None
    assert reading.error
    return reading


class TestEncoding:
    @pytest.mark.parametrize("marks", [1, 2, 3])
    def test_1_a_utf8_mark_however_often(self, marks: int) -> None:
        assert read(codecs.BOM_UTF8 * marks + FULL) == read(FULL)

    @pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32"])
    def test_2_utf16_with_and_without_a_mark(self, encoding: str) -> None:
        raw = FULL.decode().replace("UTF-8", "UTF-16").encode(encoding)
        assert read(raw) == read(FULL)
        assert any("utf-" in note for note in read_nfo(raw).notes)

    def test_2_utf16_cut_in_the_middle_of_a_character(self) -> None:
        assert read(artist_file("<name>Zoë</name>", after="\n", encoding="utf-16") + b"\x00").name == "Zoë"

    @pytest.mark.parametrize("charset", ["windows-1252", "ISO-8859-1", "us-ascii"])
    def test_3_western_bytes_as_declared(self, charset: str) -> None:
        raw = artist_file(
            "<name>Zoë – €</name>", before=f'<?xml version="1.0" encoding="{charset}"?>', encoding="cp1252"
        )
        assert read(raw).name == "Zoë – €"

    def test_3_other_declared_charsets(self) -> None:
        for charset, name in (
            ("windows-1251", "Мария"),
            ("shift_jis", "坂本"),
            ("ISO-8859-2", "Łukasz"),
            ("GBK", "王菲"),
        ):
            declaration = f"<?xml version='1.0' encoding='{charset}'?>"
            assert read(artist_file(f"<name>{name}</name>", before=declaration, encoding=charset)).name == name

    def test_3_western_bytes_declared_as_utf8_are_read_and_noted(self) -> None:
        raw = artist_file("<name>Zoë</name>", before='<?xml version="1.0" encoding="UTF-8"?>', encoding="latin-1")
        assert read(raw).name == "Zoë"
        assert read_nfo(raw).notes == ("decoded as windows-1252",)

    def test_3_utf8_bytes_declared_as_latin1_are_utf8(self) -> None:
        raw = artist_file("<name>Zoë</name>", before='<?xml version="1.0" encoding="ISO-8859-1"?>')
        assert read(raw).name == "Zoë"

    @pytest.mark.parametrize("charset", ["klingon", "idna", "unicode_escape", "rot13", "utf-8-sig", "undefined"])
    def test_3_an_unknown_charset_falls_back(self, charset: str) -> None:
        raw = artist_file("<name>Zoë</name>", before=f'<?xml version="1.0" encoding="{charset}"?>', encoding="latin-1")
        assert read(raw).name == "Zoë"


class TestMarkup:
    def test_4_html_entities(self) -> None:
        raw = artist_file("<biography>Caf&eacute;&nbsp;&mdash;&hellip; &lt;3 &amp; &zeta;</biography>")
        assert read(raw).biography == "Café\u00a0—… <3 & ζ"

    def test_4_a_bare_ampersand_and_an_unknown_entity_stay_text(self) -> None:
        assert (
            read(artist_file("<name>Salt & Pepper &c; &nosuch; R&B&</name>")).name == "Salt & Pepper &c; &nosuch; R&B&"
        )

    def test_4_a_bare_less_than_sign_stays_text(self) -> None:
        assert read(artist_file("<name>I <3 U <- < 4 <! ]]></name>")).name == "I <3 U <- < 4 <! ]]>"

    def test_4_html_line_breaks(self) -> None:
        assert read(artist_file("<biography>One<br>two<br />three</biography>")).biography == "One\ntwo\nthree"

    def test_4_very_many_html_line_breaks_are_no_depth(self) -> None:
        assert read(artist_file(f"<biography>{'x<br>' * 200}</biography>")).biography.count("x") == 200

    def test_4_html_inside_keeps_its_text(self) -> None:
        assert read(artist_file("<biography><p>A <b>bold</b> <!-- c -->one</p></biography>")).biography == "A bold one"

    def test_4_damaged_elsewhere_keeps_what_is_whole(self) -> None:
        reading = read_nfo(artist_file("<name>Ann</name><x>y</z><born>1970</born>"))
        assert reading.document is not None
        assert (reading.document.name, reading.document.born) == ("Ann", "1970")
        assert reading.notes == ("recovered from damaged xml",)

    def test_4_an_element_left_open_does_not_swallow_its_neighbours_as_text(self) -> None:
        document = read(artist_file("<born>1970</born><name>Ann<sortname>Ann</sortname><type>solo</type>"))
        assert (document.name, document.born) == ("", "1970")

    def test_5_control_characters_are_dropped(self) -> None:
        raw = artist_file("<name>A\x00n\x0bn\x1f&#0;&#x1F;&#xD800;\ufffe</name>", encoding="utf-8")
        assert read(raw).name == "Ann"
        assert "dropped characters that xml does not allow" in read_nfo(raw).notes

    def test_an_element_with_an_illegal_name_is_skipped(self) -> None:
        document = read(artist_file("<name>Ann</name><1st>one</1st><born>1970</born>"))
        assert document.present == {"name", "born"}

    def test_text_before_the_root_is_ignored(self) -> None:
        assert read(artist_file("<name>Ann</name>", before="\n\n<?xml version='1.0'?>\n")).name == "Ann"
        assert read(artist_file("<name>Ann</name>", before="hello ")).name == "Ann"


class TestTail:
    @pytest.mark.parametrize(
        "after", ["\nhttps://musicbrainz.org/artist/x?a=1&b=2", " http://a.example\n", "\x00\x00", "&"]
    )
    def test_6_an_address_after_the_root(self, after: str) -> None:
        assert read(artist_file("<name>Ann</name>", after=after)).name == "Ann"
        assert read_nfo(artist_file("<name>Ann</name>", after=after)).notes

    def test_6_only_an_address(self) -> None:
        refused(b"https://musicbrainz.org/artist/x\n", "url_only")
        refused("\ufeffhttps://musicbrainz.org/artist/x\n".encode("utf-16"), "url_only")

    def test_7_nothing(self) -> None:
        for raw in (b"", b" \r\n\t", codecs.BOM_UTF8, codecs.BOM_UTF8 * 2 + b"\n", b"\0" * 512, codecs.BOM_UTF16_LE):
            refused(raw, "empty")

    def test_7_truncated_anywhere_gives_no_values(self) -> None:
        whole = FULL.rindex(b"</artist>") + len(b"</artist>")
        for length in range(FULL.index(b"<artist>") + 8, whole):
            assert read_nfo(FULL[:length]).state == "broken", length

    def test_7_not_xml_at_all(self) -> None:
        refused(b"Ann is a singer.", "broken")
        refused(b"\x89PNG\r\n\x1a\n\x00\x00", "broken")

    def test_13_a_wrong_root(self) -> None:
        reading = refused(b"<album><title>River</title></album>", "wrong_root")
        assert reading.error == "the root element is album, not artist"
        refused(b"<html><body>404</body></html>", "wrong_root")
        refused(b"<artists><artist><name>Ann</name></artist></artists>", "wrong_root")

    def test_13_two_roots(self) -> None:
        refused(artist_file("<name>Ann</name>") + artist_file("<name>Ben</name>"), "wrong_root")
        refused(artist_file("<name>Ann</name>") + b"<url>http://a.example</url>", "wrong_root")


class TestMusicBrainzId:
    @pytest.mark.parametrize("tag", ["musicBrainzArtistID", "MusicBrainzArtistId", "musicbrainzartistid"])
    def test_10_any_case_of_the_tag(self, tag: str) -> None:
        assert read(artist_file(f"<{tag}>{MBID}</{tag}>")).musicbrainz_id == MBID

    @pytest.mark.parametrize(
        "text",
        [
            MBID.upper(),
            f" https://musicbrainz.org/artist/{MBID}?tab=tags ",
            f"{MBID}/{OTHER_MBID}",
            f"{MBID};{OTHER_MBID}",
            f"none; {MBID}",
        ],
    )
    def test_10_the_first_valid_id_in_plain_form(self, text: str) -> None:
        assert read(artist_file(f"<musicbrainzartistid>{text}</musicbrainzartistid>")).musicbrainz_id == MBID

    @pytest.mark.parametrize("text", ["12345", MBID[:-1], MBID + "0", MBID.replace("-", ""), "Ann"])
    def test_10_an_invalid_id_is_dropped_and_noted(self, text: str) -> None:
        reading = read_nfo(artist_file(f"<musicbrainzartistid>{text}</musicbrainzartistid>"))
        assert reading.document is not None
        assert "musicbrainz_id" not in reading.document.present
        assert reading.notes == ("dropped an invalid musicbrainz id",)

    def test_10_an_invalid_spelling_does_not_hide_the_valid_one(self) -> None:
        inside = f"<musicbrainzartistid>{MBID}</musicbrainzartistid><musicBrainzArtistID>?</musicBrainzArtistID>"
        assert read(artist_file(inside)).musicbrainz_id == MBID


class TestLists:
    def test_11_genres_split_on_the_spaced_slash_alone(self) -> None:
        inside = "".join(f"<genre>{text}</genre>" for text in ("Rock / Pop", "A; B", "C, D", "AC/DC", " / Soul / "))
        assert read(artist_file(inside)).genres == ("Rock", "Pop", "A; B", "C, D", "AC/DC", "/ Soul /")

    def test_12_clear_empties_what_came_before(self) -> None:
        genres = '<genre>Rock</genre><genre clear="true">Folk</genre><genre>Jazz</genre>'
        document = read(artist_file(genres + '<style>Old</style><style clear="true"/>'))
        assert (document.genres, document.styles) == (("Folk", "Jazz"), ())
        assert "styles" not in document.present

    def test_12_an_urlencoded_text_is_undone(self) -> None:
        assert read(artist_file('<name urlencoded="yes">Zo%C3%AB+V</name>')).name == "Zoë V"

    def test_12_cdata(self) -> None:
        assert read(artist_file("<biography><![CDATA[R&B <b>x</b> &eacute;]]> end</biography>")).biography == (
            "R&B <b>x</b> &eacute; end"
        )

    def test_12_cdata_survives_the_repair_of_the_rest(self) -> None:
        document = read(artist_file("<name>A & B</name><biography><![CDATA[R&B &eacute; <br>]]></biography>"))
        assert (document.name, document.biography) == ("A & B", "R&B &eacute; <br>")

    def test_12_of_repeated_scalars_the_last_that_is_not_blank_wins(self) -> None:
        assert read(artist_file("<name>One</name><name>Two</name><name/><name> </name>")).name == "Two"

    def test_12_tags_in_any_case(self) -> None:
        assert read(b"<Artist><NAME>Ann</NAME><SortName>A</SortName></Artist>").sort_name == "A"

    def test_12_a_default_or_prefixed_namespace(self) -> None:
        assert read(b'<artist xmlns="urn:kodi"><name>Ann</name></artist>').name == "Ann"
        assert read(b'<k:artist xmlns:k="urn:kodi"><k:name>Ann</k:name></k:artist>').name == "Ann"

    def test_12_an_element_of_a_foreign_namespace_is_not_ours(self) -> None:
        assert read(b'<artist xmlns:d="urn:d"><name>Ann</name><d:name>Other</d:name></artist>').name == "Ann"

    def test_12_an_undeclared_prefix_is_no_trouble(self) -> None:
        assert read(artist_file('<name>Ann</name><x:note x:a="1">n</x:note>')).name == "Ann"

    def test_12_windows_line_ends(self) -> None:
        assert read(FULL.replace(b"\n", b"\r\n")) == read(FULL)

    def test_14_a_blanked_biography_is_not_present(self) -> None:
        assert read(artist_file("<name>Ann</name><biography></biography>")).present == {"name"}

    def test_16_unknown_locked_fields_are_accepted(self) -> None:
        assert read(artist_file("<lockdata> True </lockdata><lockedfields>Foo|Bar</lockedfields>")).lock_data
