"""One audio file's tags, in every format, and every way in which a file may be wrong."""

import os
from pathlib import Path

import mutagen
import pytest

from artists.sample.audio import WRITERS
from artists.tags import reading
from artists.tags.reading import read_tags
from artists.tags.track import TrackTags, track_tags

ONE = "7d1e0c52-3b64-4f8a-9a17-52c0b6e4d901"
TWO = "0a1b2c3d-0000-4000-8000-000000000002"
FULL = {
    "albumartist": "Quillfen Harbor",
    "artist": "Oda Brackwell",
    "album": "Lamp Weather",
    "title": "Pier",
    "date": "2007-05-11",
    "musicbrainz_albumartistid": ONE,
    "musicbrainz_artistid": TWO,
    "musicbrainz_releasegroupid": TWO,
    "musicbrainz_albumid": ONE,
}


def put(folder: Path, suffix: str = ".flac", **changes: str) -> Path:
    path = folder / f"track{suffix}"
    path.write_bytes(WRITERS[suffix](FULL | changes))
    return path


@pytest.mark.parametrize("suffix", sorted(WRITERS))
def test_the_tags_are_read_from_every_format(tmp_path: Path, suffix: str) -> None:
    assert read_tags(put(tmp_path, suffix)) == TrackTags(
        album_artist="Quillfen Harbor",
        artist="Oda Brackwell",
        album="Lamp Weather",
        title="Pier",
        year="2007",
        album_artist_mbids=(ONE,),
        artist_mbids=(TWO,),
        release_group_id=TWO,
        album_id=ONE,
    )


@pytest.mark.parametrize("suffix", sorted(WRITERS))
@pytest.mark.parametrize(
    "joined", [f"{ONE}/{TWO}", f"{ONE}; {TWO}", f"{ONE.upper()};{TWO};{ONE}", f"x{TWO[1:]}/{ONE} {TWO}"]
)
def test_several_identifiers_in_one_field_come_apart(tmp_path: Path, suffix: str, joined: str) -> None:
    assert read_tags(put(tmp_path, suffix, musicbrainz_albumartistid=joined)).album_artist_mbids == (ONE, TWO)


def test_ape_and_asf_spellings_mean_the_same() -> None:
    ape = {"Album Artist": ["A"], "MUSICBRAINZ_ALBUMARTISTID": [ONE], "Year": ["1999"]}
    asf = {"WM/AlbumArtist": ["A"], "MusicBrainz/Album Artist Id": [ONE], "WM/Year": ["1999"]}
    assert track_tags(ape) == track_tags(asf) == TrackTags(album_artist="A", album_artist_mbids=(ONE,), year="1999")


def test_a_name_beside_the_extension_does_not_matter(tmp_path: Path) -> None:
    disguised = put(tmp_path, ".mp3").rename(tmp_path / "track.flac")
    assert read_tags(disguised).album_artist == "Quillfen Harbor"


def test_the_track_s_artist_counts_only_where_no_album_artist_contradicts() -> None:
    assert TrackTags(artist="A", artist_mbids=(ONE,)).claimed_mbids == (ONE,)
    assert TrackTags(artist="A", album_artist="A", artist_mbids=(ONE,)).claimed_mbids == (ONE,)
    assert TrackTags(artist="A", album_artist="B", artist_mbids=(ONE,)).claimed_mbids == ()


@pytest.mark.parametrize("suffix", sorted(WRITERS))
def test_a_file_cut_off_anywhere_is_unreadable_or_silent_and_never_an_exception(tmp_path: Path, suffix: str) -> None:
    whole = WRITERS[suffix](FULL)
    path = tmp_path / f"cut{suffix}"
    for length in range(0, len(whole), 7):
        path.write_bytes(whole[:length])
        found = read_tags(path)
        assert found.problem or found.album_artist in ("", "Quillfen Harbor")


@pytest.mark.parametrize("suffix", sorted(WRITERS))
def test_damaged_bytes_are_never_an_exception(tmp_path: Path, suffix: str) -> None:
    whole = WRITERS[suffix](FULL)
    path = tmp_path / f"odd{suffix}"
    for place in range(0, min(len(whole), 300)):
        for value in (0x00, 0xFF):
            path.write_bytes(whole[:place] + bytes([value]) + whole[place + 1 :])
            assert isinstance(read_tags(path), TrackTags)


def test_a_page_that_pretends_to_be_music_is_no_audio_file(tmp_path: Path) -> None:
    path = tmp_path / "track.mp3"
    path.write_bytes(b"<!DOCTYPE html><html></html>" * 20)
    assert read_tags(path).problem


def test_a_header_that_wants_the_whole_of_a_huge_file_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading._Bounded, "_left", 4096)
    path = tmp_path / "huge.mp3"
    path.write_bytes(b"ID3\x04\x00\x00\x00\x04\x00\x00")
    os.truncate(path, 200_000)
    assert "larger than" in read_tags(path).problem


def test_a_missing_file_a_folder_and_a_pipe_are_answers(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.mp3")
    assert read_tags(tmp_path / "none.mp3").unreachable
    assert read_tags(tmp_path / "pipe.mp3").problem == "this is not a regular file"
    assert read_tags(tmp_path).problem
    assert read_tags("a\0b.mp3").problem


def test_no_link_is_followed(tmp_path: Path) -> None:
    link = tmp_path / "link.flac"
    link.symlink_to(put(tmp_path))
    assert read_tags(link).problem == "this is a link, which is not followed"


def test_a_file_is_left_exactly_as_it_was(tmp_path: Path) -> None:
    path = put(tmp_path)
    before = path.read_bytes(), path.stat().st_mtime_ns
    read_tags(path)
    assert (path.read_bytes(), path.stat().st_mtime_ns) == before


def test_no_writer_of_the_sample_makes_more_than_two_kibibytes(tmp_path: Path) -> None:
    assert all(len(write(FULL)) < 2048 for write in WRITERS.values())
    assert isinstance(mutagen.File(put(tmp_path)), mutagen.FileType)
