"""The tags of album folders become stored evidence: read once, kept when they cannot be read, never overruled."""

from pathlib import Path

import pytest

from artists.models import AlbumTags, Artist
from artists.queries.evidence import tag_evidence
from artists.sample.audio import WRITERS, flac
from artists.services import album_tags
from artists.services.album_tags import read_album_tags
from artists.tags import albums
from artists.tags.track import VARIOUS_ARTISTS, TrackTags
from stillwater.progress import Cancelled
from tests.builders import make_artist

MBID = "7d1e0c52-3b64-4f8a-9a17-52c0b6e4d901"
OTHER = "0a1b2c3d-0000-4000-8000-000000000002"


def put_album(folder: Path, title: str, mbid: str = "", *, name: str = "01.flac", artist: str = "Mara Field") -> Path:
    path = folder / title / name
    path.parent.mkdir(parents=True, exist_ok=True)
    tags = {"albumartist": artist, "artist": artist, "album": title, "date": "1999"}
    path.write_bytes(WRITERS[path.suffix](tags | ({"musicbrainz_albumartistid": mbid} if mbid else {})))
    return path


def facts(artist: Artist) -> tuple[int, str, int, str]:
    artist.refresh_from_db()
    return artist.tag_albums, artist.tag_mbid, artist.tag_mbid_albums, artist.tag_mbids


def test_every_album_is_read_and_the_artist_knows_what_they_say(artist: Artist, folder: Path) -> None:
    put_album(folder, "One", MBID)
    put_album(folder, "Two", f"{MBID}/{OTHER}")
    put_album(folder, "Three")
    result = read_album_tags()
    assert (result.artists, result.albums, result.unreadable) == (1, 3, 0)
    row = artist.album_tags.get(folder="Two")
    assert (row.album_artist, row.album_artist_mbids, row.album, row.year) == (
        "Mara Field",
        [MBID, OTHER],
        "Two",
        "1999",
    )
    assert facts(artist) == (3, MBID, 2, f"{OTHER} {MBID}")


def test_files_that_did_not_change_are_not_opened_again(
    artist: Artist, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put_album(folder, "One", MBID)
    (folder / "Bad").mkdir()
    (folder / "Bad" / "01.flac").write_bytes(b"fLaC")
    read_album_tags()
    monkeypatch.setattr(albums, "read_tags", lambda path: pytest.fail(f"{path} was opened"))
    assert read_album_tags().albums == 0


def test_a_changed_file_is_read_anew(artist: Artist, folder: Path) -> None:
    put_album(folder, "One", MBID)
    read_album_tags()
    put_album(folder, "One", OTHER + "/" + MBID)
    assert read_album_tags().albums == 1
    assert artist.album_tags.get().album_artist_mbids == [OTHER, MBID]


def test_a_file_that_became_unreadable_leaves_what_is_known(artist: Artist, folder: Path) -> None:
    path = put_album(folder, "One", MBID)
    read_album_tags()
    path.write_bytes(b"fLaC")
    assert read_album_tags().unreadable == 1
    row = artist.album_tags.get()
    assert row.problem
    assert row.album_artist_mbids == [MBID]
    assert facts(artist)[1] == MBID


def test_what_could_not_be_reached_is_looked_at_again(
    artist: Artist, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put_album(folder, "One", MBID)
    with monkeypatch.context() as patched:
        patched.setattr(albums, "read_tags", lambda path: TrackTags(problem="no", unreachable=True))
        read_album_tags()
        assert facts(artist)[0] == 0
    read_album_tags()
    assert artist.album_tags.get().problem == ""
    assert facts(artist)[1] == MBID


def test_an_artist_s_folder_that_cannot_be_listed_leaves_everything(artist: Artist, folder: Path) -> None:
    put_album(folder, "One", MBID)
    read_album_tags()
    folder.rename(folder.with_name("elsewhere"))
    assert read_album_tags().unreadable == 1
    assert facts(artist) == (1, MBID, 1, MBID)


def test_an_album_that_is_gone_is_no_evidence_any_more(artist: Artist, folder: Path) -> None:
    put_album(folder, "One", MBID).unlink()
    put_album(folder, "Two", MBID)
    read_album_tags()
    assert list(artist.album_tags.values_list("folder", flat=True)) == ["Two"]


def test_a_second_file_speaks_when_the_first_names_nobody_and_discs_speak_for_their_album(
    artist: Artist, folder: Path
) -> None:
    (folder / "One").mkdir()
    (folder / "One" / "00.flac").write_bytes(flac({}))
    put_album(folder, "One", MBID, name="01.mp3")
    put_album(folder / "Two", "CD 1", MBID)
    read_album_tags()
    assert facts(artist)[:3] == (2, MBID, 2)


def test_links_are_not_followed(artist: Artist, folder: Path, tmp_path: Path) -> None:
    outside = put_album(tmp_path / "outside", "One", MBID)
    (folder / "Linked").symlink_to(outside.parent)
    (folder / "Two").mkdir()
    (folder / "Two" / "01.flac").symlink_to(outside)
    read_album_tags()
    assert not AlbumTags.objects.exists()


def test_a_cancelled_run_goes_on_where_it_was(
    artist: Artist, folder: Path, library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(album_tags, "AT_ONCE", 1)
    second = make_artist("Anna", library=library, path=str(folder.with_name("Anna")))
    put_album(folder, "One", MBID)
    put_album(folder.with_name("Anna"), "One", OTHER)

    def stop(_done: int, _total: int | None, _message: str = "") -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        read_album_tags(progress=stop, workers=1)
    assert facts(artist)[1] == MBID
    assert read_album_tags(workers=1).albums == 1
    assert facts(second)[1] == OTHER


class TestEvidence:
    def test_tells_who_is_named_by_how_many_albums(self, artist: Artist, folder: Path) -> None:
        for title, mbid in (("One", MBID), ("Two", MBID), ("Three", OTHER), ("Four", "")):
            put_album(folder, title, mbid)
        read_album_tags()
        evidence = tag_evidence([artist.pk])[artist.pk]
        assert (evidence.albums, dict(evidence.claims), evidence.best) == (4, {MBID: 2, OTHER: 1}, MBID)
        assert evidence.in_conflict
        assert not evidence.denied

    def test_compilations_say_nothing(self, artist: Artist, folder: Path) -> None:
        put_album(folder, "Night Bus", VARIOUS_ARTISTS, artist="Various Artists")
        put_album(folder, "Day Bus", OTHER, artist="Various Artists")
        read_album_tags()
        assert tag_evidence([artist.pk]) == {}
        assert facts(artist) == (0, "", 0, "")

    def test_a_stored_id_that_no_album_names_is_denied(self, artist: Artist, folder: Path) -> None:
        Artist.objects.update(musicbrainz_id=MBID)
        put_album(folder, "One", OTHER)
        read_album_tags()
        assert tag_evidence([artist.pk])[artist.pk].denied

    def test_two_ids_named_equally_often_have_no_best(self, artist: Artist, folder: Path) -> None:
        put_album(folder, "One", OTHER)
        put_album(folder, "Two", MBID)
        read_album_tags()
        assert tag_evidence([artist.pk])[artist.pk].best == ""
