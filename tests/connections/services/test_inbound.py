"""What other programs say is looked into once, whatever the storm, and is never taken for a fact."""

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import TestCase
from django.utils import timezone

from artists.models import Artist, Library
from connections.hooks.inbound import READERS
from connections.models import ArtistLink, Connection, Notice, PathMapping
from connections.services import inbound
from connections.services.inbound import hear, inquire
from connections.tasks import inbound as tasks
from stillwater import events
from stillwater.models import Job, JobState
from tests.artists.services.music import artist_folder
from tests.builders import make_artist, make_library
from tests.connections.nonsense import MBID

pytestmark = pytest.mark.django_db


def say(program: str = "lidarr", **body: Any) -> int:
    return hear(program, READERS[program](body))


def lidarr(event: str = "Download", **artist: Any) -> int:
    return say(eventType=event, artist={"name": "Mara Field", "mbId": MBID, **artist})


def be_quiet(seconds: int = 11) -> None:
    """As if nobody had said anything for so long."""
    past = timedelta(seconds=seconds)
    for notice in Notice.objects.all():
        Notice.objects.filter(pk=notice.pk).update(first_at=notice.first_at - past, last_at=notice.last_at - past)


def tick() -> list[tuple[str, Any]]:
    """One minute goes by; what was told outside."""
    told: list[tuple[str, Any]] = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(inbound, "publish", lambda name, payload: told.append((name, payload)))
        with TestCase.captureOnCommitCallbacks(execute=True):
            tasks.tick()
    return told


@pytest.fixture
def music(tmp_path: Path) -> Path:
    root = tmp_path / "music"
    root.mkdir()
    make_library("Music", root)
    return root


class TestStorms:
    def test_a_thousand_messages_about_one_event_are_one_piece_of_work(self) -> None:
        artist = make_artist("Mara Field", musicbrainz_id=MBID)
        for _ in range(1000):
            lidarr()
        be_quiet()
        told = tick() + tick()
        assert [payload for name, payload in told if name == "artists.scanned"] == [{"artist_ids": [artist.pk]}]
        assert [payload["times"] for name, payload in told if name == "lidarr.download"] == [1000]
        assert Job.objects.filter(kind="inquire").count() == 1
        assert not Notice.objects.exists()

    def test_nothing_happens_while_they_still_come(self) -> None:
        make_artist("Mara Field", musicbrainz_id=MBID)
        lidarr()
        assert tick() == []

    def test_but_no_storm_holds_it_up_for_ever(self) -> None:
        make_artist("Mara Field", musicbrainz_id=MBID)
        lidarr()
        be_quiet(61)
        lidarr()
        assert [name for name, _ in tick()] == ["artists.scanned", "lidarr.download"]

    def test_programs_that_speak_of_the_same_artist_cause_one_look(self) -> None:
        artist = make_artist("Mara Field", musicbrainz_id=MBID)
        lidarr()
        say("jellyfin", NotificationType="ItemAdded", ItemType="MusicAlbum", Provider_musicbrainzalbumartist=MBID)
        be_quiet()
        assert inquire().artists == 1
        assert artist.pk

    def test_a_flood_of_subjects_becomes_one_search(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(inbound, "MOST_NOTICES", 5)
        for number in range(50):
            lidarr(mbId="", name=f"Artist {number}")
        assert Notice.objects.count() == 6
        assert Notice.objects.get(subject="").times == 45


class TestReplaysAndOrder:
    def test_a_replay_changes_nothing(self) -> None:
        make_artist("Mara Field", musicbrainz_id=MBID)
        before = list(Artist.objects.values())
        for _ in range(3):
            lidarr()
            be_quiet()
            tick()
        after = list(Artist.objects.values())
        assert [drop_clock(row) for row in after] == [drop_clock(row) for row in before]

    @pytest.mark.parametrize("order", [("ArtistAdd", "ArtistDelete"), ("ArtistDelete", "ArtistAdd")])
    def test_the_order_of_messages_makes_no_difference(self, music: Path, order: tuple[str, str]) -> None:
        artist_folder(music, "Mara Field")
        for event in order:
            lidarr(event)
        be_quiet()
        tick()
        assert Artist.objects.get().name == "Mara Field"

    def test_an_artist_that_another_program_deleted_stays(self, music: Path) -> None:
        folder = artist_folder(music, "Mara Field")
        make_artist("Mara Field", musicbrainz_id=MBID, path=str(folder))
        lidarr("ArtistDelete")
        be_quiet()
        tick()
        assert Artist.objects.count() == 1

    def test_two_workers_that_looked_at_once_tell_it_once(self) -> None:
        lidarr()
        seen = list(Notice.objects.all())
        assert [inbound.close(seen), inbound.close(seen)] == [1, 0]

    def test_what_is_said_while_somebody_looks_is_looked_into_again(self) -> None:
        make_artist("Mara Field", musicbrainz_id=MBID)
        lidarr()
        seen = list(Notice.objects.all())
        lidarr()
        assert inbound.close(seen) == 0
        assert Notice.objects.get().times == 2


class TestLooking:
    def test_an_unknown_artist_is_searched_for_on_disk(self, music: Path) -> None:
        artist_folder(music, "Mara Field")
        lidarr("ArtistAdd")
        be_quiet()
        told = tick()
        assert Artist.objects.get().name == "Mara Field"
        assert [name for name, _ in told] == ["lidarr.artist.add"]
        assert not Notice.objects.exists()

    def test_a_scan_that_runs_already_is_waited_for(self, music: Path) -> None:
        running = Job.objects.create(kind="scan", key="scan", state=JobState.RUNNING, heartbeat_at=timezone.now())
        lidarr("ArtistAdd")
        be_quiet()
        tick()
        assert Notice.objects.exists()
        Job.objects.filter(pk=running.pk).update(state=JobState.DONE)
        tick()
        assert not Notice.objects.exists()

    def test_what_is_new_in_a_known_folder_is_found(self, music: Path) -> None:
        folder = artist_folder(music, "Mara Field")
        artist = make_artist("Mara Field", musicbrainz_id=MBID, path=str(folder))
        (folder / "artist.nfo").write_text("<artist><name>Mara Field</name><biography>New.</biography></artist>")
        lidarr()
        be_quiet()
        tick()
        artist.refresh_from_db()
        assert artist.biography == "New."

    def test_a_folder_that_is_gone_has_its_library_searched(self, music: Path) -> None:
        artist_folder(music, "Somebody")
        make_artist("Mara Field", musicbrainz_id=MBID, path=str(music / "Mara Field"))
        lidarr("ArtistDelete")
        be_quiet()
        tick()
        assert Job.objects.get(kind="scan").params == {"library_id": Library.objects.get().pk}

    def test_a_library_that_changed_is_searched_once(self, music: Path) -> None:
        for _ in range(20):
            say("emby", Event="library.changed")
        be_quiet()
        told = tick()
        assert Job.objects.filter(kind="scan").count() == 1
        assert told == [("emby.library.scan", {"times": 20})]

    def test_of_two_artists_with_one_name_neither_is_guessed(self) -> None:
        make_artist("Mara Field")
        make_artist("Mara Field")
        lidarr("Grab", mbId="")
        be_quiet()
        assert inquire().artists == 0

    def test_a_folder_of_the_server_is_known_by_its_mapping(self, music: Path) -> None:
        folder = artist_folder(music, "Mara Field")
        artist = make_artist("Somebody", path=str(folder))
        there = Connection.objects.create(name="Lidarr", type="lidarr", url="http://lidarr")
        PathMapping.objects.create(connection=there, server_path="/data", local_path=str(music))
        lidarr("Grab", mbId="", name="", path="/data/Mara Field")
        be_quiet()
        (told,) = [payload for name, payload in tick() if name == "artists.scanned"]
        assert told == {"artist_ids": [artist.pk]}

    def test_the_item_of_a_linked_server_is_known_by_its_key(self) -> None:
        artist = make_artist("Mara Field")
        emby = Connection.objects.create(name="Emby", type="emby", url="http://emby")
        ArtistLink.objects.create(artist=artist, connection=emby, platform_artist_id="77")
        album = {"Type": "MusicAlbum", "ArtistItems": [{"Id": "77", "Name": "another spelling"}]}
        say("emby", Event="item.updated", Item=album)
        be_quiet()
        (told,) = [payload for name, payload in tick() if name == "emby.artist.update"]
        assert told["artist_id"] == str(artist.pk)

    def test_the_rules_look_too(self) -> None:
        artist = make_artist("Mara Field", musicbrainz_id=MBID)
        lidarr()
        be_quiet()
        with TestCase.captureOnCommitCallbacks(execute=True):
            tasks.tick()
        artist.refresh_from_db()
        assert artist.rules_evaluated_at is not None
        assert "lidarr.download" not in [row.name for row in events.after(0)]


def drop_clock(row: dict[str, Any]) -> str:
    return json.dumps({k: v for k, v in row.items() if not k.endswith("_at")}, default=str)
