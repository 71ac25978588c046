"""A run over many artists: each tier linked and refreshed, the traps left to a person, nobody asked twice."""

from pathlib import Path
from uuid import uuid4

import pytest

from artists.models import AlbumTags, Artist, Identification, IdentityState, Operation
from artists.providers.errors import NotAnswering
from artists.services.undo import undo_group
from stillwater.progress import Cancelled
from tests.artists.providers.answers import MBID, OTHER_MBID
from tests.artists.services.identifying.conftest import Catalogue, Run, outcome
from tests.builders import make_artist, make_library

pytestmark = pytest.mark.django_db

ALBUMS = ("Lamp Weather", "Slow Ferries", "Night Harbor")


@pytest.fixture
def catalogue() -> Catalogue:
    return Catalogue({MBID: ("Quillfen Harbor", ALBUMS)})


def tagged(artist: Artist, mbid: str, *titles: str) -> None:
    for title in titles:
        AlbumTags.objects.create(
            artist=artist, folder=title, album=title, was_read=True, album_artist_mbids=[mbid] if mbid else []
        )


def with_albums(name: str, *titles: str) -> Artist:
    artist = make_artist(name)
    tagged(artist, "", *titles)
    return artist


def test_tags_link_without_a_request_and_the_refresh_follows(run: Run, catalogue: Catalogue) -> None:
    artist = make_artist("Quillfen")
    tagged(artist, MBID, *ALBUMS)
    result = run(catalogue)
    row = outcome(artist)
    assert (artist.musicbrainz_id, row.state, row.tier) == (MBID, IdentityState.LINKED, "tags")
    assert row.refreshed_at
    assert catalogue.questions == [("artist", MBID)], "only the refresh asked"
    assert result.message == "1 linked"


def test_a_servers_entry_links(run: Run, catalogue: Catalogue) -> None:
    emby = make_library("Emby", source="emby")
    make_artist("quillfen harbor", library=emby, musicbrainz_id=MBID, discogs_id="9900001")
    artist = make_artist("Quillfen Harbor")
    run(catalogue)
    assert outcome(artist).tier == "connection"
    assert (artist.musicbrainz_id, artist.discogs_id) == (MBID, "9900001")


def test_albums_tell_namesakes_apart(run: Run) -> None:
    catalogue = Catalogue({OTHER_MBID: ("Quillfen Harbor", ("Polka Hour",)), MBID: ("Quillfen Harbor", ALBUMS)})
    one, other = with_albums("Quillfen Harbor", *ALBUMS), with_albums("Quillfen Harbor", "Polka Hour")
    run(catalogue)
    assert (outcome(one).tier, outcome(other).tier) == ("album", "album")
    assert (one.musicbrainz_id, other.musicbrainz_id) == (MBID, OTHER_MBID)


def test_namesakes_without_albums_wait_for_a_person(run: Run, catalogue: Catalogue) -> None:
    one, other = make_artist("Quillfen Harbor"), make_artist("Quillfen Harbor")
    run(catalogue)
    assert (outcome(one).state, outcome(other).state) == (IdentityState.QUEUED, IdentityState.QUEUED)
    assert one.musicbrainz_id == other.musicbrainz_id == ""


def test_a_lone_name_is_linked_and_marked(run: Run, catalogue: Catalogue) -> None:
    artist = make_artist("Quillfen Harbor")
    run(catalogue)
    row = outcome(artist)
    assert (row.tier, row.machine_picked, artist.musicbrainz_id) == ("name", True, MBID)


def test_when_no_album_fits_the_name_is_still_looked_at(run: Run, catalogue: Catalogue) -> None:
    artist = with_albums("Quillfen Harbor", "Polka Hour")
    run(catalogue)
    row = outcome(artist)
    assert (row.state, row.tier) == (IdentityState.QUEUED, "name")
    assert row.candidates[0]["album_comparison"]["local_only"] == ["Polka Hour"]


def test_folders_stand_in_for_tags(run: Run, catalogue: Catalogue, tmp_path: Path) -> None:
    for title in ALBUMS[:2]:
        (tmp_path / "Quillfen Harbor" / f"2007 - {title}").mkdir(parents=True)
    artist = make_artist("Quillfen Harbor", path=str(tmp_path / "Quillfen Harbor"))
    run(catalogue)
    assert outcome(artist).tier == "album"


def test_an_identity_that_another_artist_has_is_left_to_a_person(run: Run, catalogue: Catalogue) -> None:
    make_artist("QFH", musicbrainz_id=MBID)
    artist = make_artist("Quillfen Harbor")
    run(catalogue)
    assert outcome(artist).reason == "QFH has this MusicBrainz ID already"
    assert artist.musicbrainz_id == ""


def test_a_merged_id_in_the_tags_is_followed_and_the_history_says_so(run: Run, catalogue: Catalogue) -> None:
    catalogue.merged[OTHER_MBID] = MBID
    artist = make_artist("Quillfen Harbor")
    tagged(artist, OTHER_MBID, *ALBUMS)
    run(catalogue)
    outcome(artist)
    assert artist.musicbrainz_id == MBID
    assert f"MusicBrainz has merged {OTHER_MBID} into {MBID}" in Operation.objects.first().summary  # type: ignore[union-attr]


def test_a_stored_id_is_never_replaced(run: Run, catalogue: Catalogue) -> None:
    artist = make_artist("Quillfen Harbor", musicbrainz_id=OTHER_MBID)
    tagged(artist, MBID, *ALBUMS)
    run(catalogue)
    assert outcome(artist).reason == "it has a MusicBrainz ID"
    assert artist.musicbrainz_id == OTHER_MBID


def test_who_is_down_has_not_said_no(run: Run, catalogue: Catalogue) -> None:
    catalogue.down = NotAnswering("musicbrainz", "MusicBrainz did not answer")
    artist = make_artist("Quillfen Harbor")
    result = run(catalogue)
    assert (outcome(artist).state, outcome(artist).reason) == (IdentityState.FAILED, "MusicBrainz did not answer")
    assert result.message == "1 not asked"


def test_tags_identify_while_musicbrainz_is_down(run: Run, catalogue: Catalogue) -> None:
    catalogue.down = NotAnswering("musicbrainz", "did not answer")
    artist = make_artist("Quillfen Harbor")
    tagged(artist, MBID, *ALBUMS)
    run(catalogue)
    row = outcome(artist)
    assert (artist.musicbrainz_id, row.state) == (MBID, IdentityState.LINKED)
    assert "did not answer" in row.refresh_note


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({"locked": True, "locked_at": "2026-01-01T00:00:00Z"}, "artist is locked"),
        ({"is_excluded": True}, "artist is excluded"),
        ({"locked_fields": ["musicbrainz_id"]}, "field is locked"),
    ],
)
def test_locked_and_excluded_artists_are_skipped_with_the_reason(
    run: Run, catalogue: Catalogue, values: dict[str, object], reason: str
) -> None:
    artist = make_artist("Quillfen Harbor", **values)
    run(catalogue)
    assert (outcome(artist).state, outcome(artist).reason) == (IdentityState.SKIPPED, reason)
    assert catalogue.questions == []


@pytest.mark.parametrize("name", ["-", "_", "\u200b"])
def test_nobody_is_asked_about_what_is_no_name(run: Run, catalogue: Catalogue, name: str) -> None:
    artist = make_artist(name)
    run(catalogue)
    assert outcome(artist).state == IdentityState.UNMATCHED
    assert catalogue.questions == []


def test_who_was_declined_is_not_linked_by_the_next_run(run: Run, catalogue: Catalogue) -> None:
    artist = make_artist("Quillfen Harbor")
    Identification.objects.create(artist=artist, state=IdentityState.DECLINED, declined=[MBID])
    run(catalogue)
    assert outcome(artist).state == IdentityState.UNMATCHED
    assert artist.musicbrainz_id == ""


def test_a_run_is_taken_back_as_one(run: Run, catalogue: Catalogue) -> None:
    artist = make_artist("Quillfen Harbor", type="choir")
    result = run(catalogue)
    artist.refresh_from_db()
    assert (artist.musicbrainz_id, artist.type) == (MBID, "group")
    undo_group(result.run)
    artist.refresh_from_db()
    assert (artist.musicbrainz_id, artist.type) == ("", "choir")


@pytest.mark.parametrize("stop_at", range(1, 9))
def test_a_run_that_stopped_goes_on_without_asking_anything_twice(run: Run, catalogue: Catalogue, stop_at: int) -> None:
    catalogue.known[OTHER_MBID] = ("Oda Brackwell", ALBUMS)
    for name in ("Quillfen Harbor", "Nobody", "Oda Brackwell"):
        with_albums(name, *ALBUMS)
    calls = []

    def stopping(done: int, total: int | None, message: str = "") -> None:
        calls.append((done, total))
        if len(calls) == stop_at:
            raise Cancelled

    run_id = uuid4()
    with pytest.raises(Cancelled):
        run(catalogue, run_id, progress=stopping)
    result = run(catalogue, run_id, progress=lambda done, total, message="": calls.append((done, total)))
    assert {total for _, total in calls} == {3}
    assert calls[-1] == (3, 3)
    assert result.processed == 3
    assert len(catalogue.questions) == len(set(catalogue.questions))
    assert set(Artist.objects.values_list("musicbrainz_id", flat=True)) == {MBID, "", OTHER_MBID}
