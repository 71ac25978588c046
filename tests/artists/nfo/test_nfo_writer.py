"""How an artist.nfo is written, and what of an existing one stays."""

from datetime import timedelta, timezone

import pytest

from artists.nfo.reader import read_nfo
from artists.nfo.writer import NfoNotMergeable, same_but_for_stamp, write_nfo
from tests.artists.nfo.files import FULL, FULL_VALUES, MBID, NOON, OTHER_MBID, artist_file

STAMP = '  <stillwater version="1" written="2026-03-01T12:00:00Z"/>\n'


def written(values: dict[str, object], existing: bytes | None = None, *, lock_data: bool = False) -> str:
    return write_nfo(values, existing=existing, lock_data=lock_data, written=NOON).decode("utf-8")


def lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines()]


class TestNewFile:
    def test_the_smallest_file(self) -> None:
        assert written({"name": "Ann"}) == (
            f'<?xml version="1.0" encoding="UTF-8"?>\n<artist>\n  <name>Ann</name>\n{STAMP}</artist>\n'
        )

    def test_every_field_stands_in_its_place(self) -> None:
        expected = FULL[: FULL.index(b"  <album>")].decode() + "</artist>\n"
        shuffled = dict(reversed(FULL_VALUES.items()))
        assert written(shuffled, lock_data=True) == expected

    def test_blank_values_are_left_out(self) -> None:
        blank = {"name": "Ann", "born": "", "died": "  ", "biography": None, "genres": ["", " "], "moods": []}
        assert written(blank) == written({"name": "Ann"})

    def test_lockdata_is_written_only_when_true(self) -> None:
        assert "<lockdata>true</lockdata>" in written({"name": "Ann"}, lock_data=True)
        assert "lockdata" not in written({"name": "Ann"})

    @pytest.mark.parametrize("kind", ["group", "orchestra", "choir", "Group"])
    def test_a_group_has_no_gender(self, kind: str) -> None:
        assert "gender" not in written({"name": "Ann", "type": kind, "gender": "female"})

    def test_origin_has_no_element_of_ours(self) -> None:
        assert "Pécs" not in written({"name": "Ann", "origin": "Pécs"})

    def test_text_is_escaped(self) -> None:
        assert "<name>A &amp; &lt;B&gt; \"C\" 'D'</name>" in written({"name": "A & <B> \"C\" 'D'"})

    def test_characters_that_xml_forbids_are_dropped(self) -> None:
        text = written({"name": "A\x00n\x1fn\ud800\ufffe", "genres": ["R\x0bock", "\x01"]})
        assert "<name>Ann</name>" in text
        assert text.count("<genre>") == 1

    def test_line_ends_are_lf(self) -> None:
        text = written(
            {"name": "Ann", "biography": "One\r\ntwo\rthree"}, b"<artist>\r\n<x>a\r\nb</x>\r\n</artist>\r\nhttp://a\r\n"
        )
        assert "\r" not in text
        assert "<biography>One\ntwo\nthree</biography>" in text

    def test_the_moment_is_written_in_utc(self) -> None:
        local = NOON.astimezone(timezone(timedelta(hours=5, minutes=30)))
        assert write_nfo({"name": "Ann"}, existing=None, lock_data=False, written=local).decode() == written(
            {"name": "Ann"}
        )

    def test_an_empty_file_is_no_obstacle(self) -> None:
        assert written({"name": "Ann"}, b"  \n") == written({"name": "Ann"})


class TestRoundTrip:
    def test_what_is_written_is_read_back(self) -> None:
        document = read_nfo(written(FULL_VALUES, lock_data=True).encode()).document
        assert document is not None
        assert document.values() == {**FULL_VALUES, "origin": ""}
        assert document.lock_data

    def test_writing_the_same_values_again_changes_nothing_but_the_moment(self) -> None:
        later = write_nfo(FULL_VALUES, existing=FULL, lock_data=True, written=NOON + timedelta(days=1))
        assert later != FULL
        assert same_but_for_stamp(later, FULL)
        assert write_nfo(FULL_VALUES, existing=later, lock_data=True, written=NOON) == FULL

    def test_other_changes_are_more_than_the_stamp(self) -> None:
        assert not same_but_for_stamp(FULL, FULL.replace(b"1999", b"2000"))
        assert not same_but_for_stamp(FULL, FULL.replace(b' version="1"', b' version="2"'))


class TestMerge:
    def test_our_elements_are_replaced_wherever_they_stood_and_however_spelled(self) -> None:
        existing = artist_file(
            "<x/><Genre>Old</Genre><NAME>Old</NAME><y/><genre>Older</genre><LockData>true</LockData>"
        )
        assert written({"name": "Ann", "genres": ["Folk"]}, existing) == (
            '<?xml version="1.0" encoding="UTF-8"?>\n<artist>\n  <name>Ann</name>\n  <genre>Folk</genre>\n'
            f"{STAMP}  <x/>\n  <y/>\n</artist>\n"
        )

    def test_unlocking_removes_lockdata(self) -> None:
        assert "lockdata" not in written(FULL_VALUES, FULL, lock_data=False)

    def test_a_value_that_was_cleared_leaves_the_file(self) -> None:
        assert "biography" not in written({**FULL_VALUES, "biography": ""}, FULL)

    def test_a_key_that_is_missing_leaves_what_the_file_says(self) -> None:
        text = written({"name": "Ben"}, FULL, lock_data=True)
        assert text.encode() == FULL.replace("<name>Ágnes Vale".encode(), b"<name>Ben")

    def test_albums_thumbs_and_fanart_stay(self) -> None:
        inside = '<fanart url="u"><thumb preview="p?a=1&amp;b=2">f</thumb></fanart><thumb aspect="x">t</thumb>'
        text = written({"name": "Ann"}, artist_file(inside + "<album><title>A</title></album>"))
        assert lines(text)[4:] == [
            '<fanart url="u">',
            '<thumb preview="p?a=1&amp;b=2">f</thumb>',
            "</fanart>",
            '<thumb aspect="x">t</thumb>',
            "<album>",
            "<title>A</title>",
            "</album>",
            "</artist>",
        ]

    def test_unknown_elements_keep_attributes_subtrees_comments_and_order(self) -> None:
        kept = (
            '<lockedfields>Name|Foo</lockedfields><!-- by hand --><x a="&quot;1&amp;" b="2">t<i>u</i> v<j/></x>'
            "<?pi do?><z><![CDATA[a & b]]></z><rating>7</rating>"
        )
        text = written({"name": "Ann"}, artist_file(kept))
        assert "".join(lines(text)[4:-1]) == kept

    def test_comments_and_instructions_around_the_root_stay(self) -> None:
        existing = artist_file(
            "", before='<?xml version="1.0"?><!-- a --><?xml-stylesheet href="s"?>', after="<!-- z -->"
        )
        text = written({"name": "Ann"}, existing)
        assert lines(text)[1] == '<!-- a --><?xml-stylesheet href="s"?>'
        assert text.endswith("</artist>\n<!-- z -->\n")

    def test_the_address_after_the_root_stays(self) -> None:
        existing = artist_file("<name>Old</name>", after="\nhttps://musicbrainz.org/artist/x?a=1&b=2\n")
        text = written({"name": "Ann"}, existing)
        assert text.endswith("</artist>\nhttps://musicbrainz.org/artist/x?a=1&b=2\n")
        assert written({"name": "Ann"}, text.encode()) == text

    def test_kodis_spelling_of_the_mbid_is_kept_in_step_where_it_stands(self) -> None:
        existing = artist_file(f"<musicBrainzArtistID>{MBID}</musicBrainzArtistID>")
        text = written({"musicbrainz_id": OTHER_MBID}, existing)
        assert f"<musicbrainzartistid>{OTHER_MBID}</musicbrainzartistid>" in text
        assert f"<musicBrainzArtistID>{OTHER_MBID}</musicBrainzArtistID>" in text
        assert MBID not in text
        assert written({"musicbrainz_id": OTHER_MBID}, text.encode()) == text

    def test_kodis_spelling_is_not_added(self) -> None:
        assert "musicBrainzArtistID" not in written(FULL_VALUES, FULL)

    def test_an_origin_of_others_is_kept_in_step(self) -> None:
        text = written({"name": "Ann", "origin": "Graz"}, artist_file("<origin>Pécs</origin>"))
        assert "<origin>Graz</origin>" in text
        assert "Pécs" not in text

    def test_the_namespace_of_the_root_is_ours_too_and_foreign_ones_stay(self) -> None:
        existing = b'<artist xmlns="urn:k" xmlns:d="urn:d"><name>Old</name><d:name>Other</d:name></artist>'
        text = written({"name": "Ann"}, existing)
        assert lines(text)[1:3] == ['<artist xmlns="urn:k" xmlns:d="urn:d">', "<name>Ann</name>"]
        assert "<d:name>Other</d:name>" in text
        assert "Old" not in text

    def test_an_undeclared_prefix_stays_as_it_was(self) -> None:
        assert '<x:note x:a="1">n</x:note>' in written({"name": "Ann"}, artist_file('<x:note x:a="1">n</x:note>'))

    def test_an_element_with_an_illegal_name_goes_and_the_rest_stays(self) -> None:
        text = written({"name": "Ann"}, artist_file("<a>1</a><2nd>two</2nd><b>3</b>"))
        assert lines(text)[4:-1] == ["<a>1</a>", "<b>3</b>"]

    def test_a_repaired_file_is_merged(self) -> None:
        text = written({"name": "Ann"}, artist_file("<name>Old</name><note>R&B &eacute;</note>"))
        assert "<note>R&amp;B é</note>" in text

    def test_a_utf16_file_becomes_utf8(self) -> None:
        existing = artist_file("<note>Zoë</note>", before='<?xml version="1.0" encoding="utf-16"?>', encoding="utf-16")
        text = written({"name": "Ann"}, existing)
        assert text.startswith('<?xml version="1.0" encoding="UTF-8"?>\n<artist>')
        assert "<note>Zoë</note>" in text

    def test_bytes_that_no_charset_knows_stay_apart(self) -> None:
        text = written({"name": "Ann"}, b"<artist><note>a\x81b \x8dc \xe9</note></artist>")
        assert "<note>a\x81b \x8dc é</note>" in text

    def test_the_root_is_spelled_as_players_expect(self) -> None:
        assert "<artist>" in written({"name": "Ann"}, b"<ARTIST><x/></ARTIST>")


class TestNotMergeable:
    @pytest.mark.parametrize(
        ("existing", "reason"),
        [
            (b"<artist><name>Ann</name>", "the file ends before the artist element is closed"),
            (b"https://musicbrainz.org/artist/x", "the file holds a web address and no values"),
            (b"<!DOCTYPE a><artist/>", "a document type declaration is not allowed"),
            (b"<album/>", "the root element is album, not artist"),
            (b"<artist>" + b" " * 1_048_576 + b"</artist>", "larger than 1024 KiB"),
            (b"<artist><a><b></a><c/></artist>", "the file is damaged and cannot be kept as it is"),
            (b"<?<?xml version='1.0'?><artist/>", "the file is damaged and cannot be kept as it is"),
            (b"notes of mine <artist/>", "the file is damaged and cannot be kept as it is"),
        ],
    )
    def test_a_file_that_would_lose_something_is_refused_with_the_reason(self, existing: bytes, reason: str) -> None:
        with pytest.raises(NfoNotMergeable) as refusal:
            written({"name": "Ann"}, existing)
        assert refusal.value.message == reason
