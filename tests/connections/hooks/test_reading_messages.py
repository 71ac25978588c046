"""What the messages of Lidarr, Emby and Jellyfin mean to us (files-and-platforms 3.4)."""

from typing import Any

import pytest

from connections.hooks.heard import Deed, Nonsense, Subject
from connections.hooks.inbound import emby, jellyfin, lidarr

MBID = "f59c5520-5f46-4d2c-b2c4-822eabf53419"
OTHER = "a74b1b7f-71a5-4011-9441-d0b5e4122711"


def from_lidarr(event: str, **artist: Any) -> Any:
    return lidarr({"eventType": event, "artist": {"id": 1, "name": "Mara Field", "mbId": MBID, **artist}})


def from_emby(event: str, **item: Any) -> Any:
    return emby({"Event": event, "Item": {"Id": "55", "Name": "Tides", "Type": "MusicAlbum", **item}})


def from_jellyfin(event: str, **fields: Any) -> Any:
    return jellyfin({"NotificationType": event, "ItemType": "MusicAlbum", "Name": "Tides", "Artist": "Mara", **fields})


class TestLidarr:
    @pytest.mark.parametrize("event", ["ArtistAdd", "ArtistAdded", "Download", "AlbumImport", "Rename"])
    def test_what_brings_files_looks_for_an_artist_that_we_lack(self, event: str) -> None:
        assert from_lidarr(event).deed is Deed.SEARCH

    @pytest.mark.parametrize("event", ["Grab", "Retag", "ArtistDelete", "AlbumDelete"])
    def test_what_concerns_one_that_we_have_looks_at_it(self, event: str) -> None:
        assert from_lidarr(event).deed is Deed.LOOK

    @pytest.mark.parametrize(
        "event", ["Test", "DownloadFailure", "ImportFailure", "Health", "HealthRestored", "ApplicationUpdate", "New"]
    )
    def test_what_changes_no_file_asks_for_nothing(self, event: str) -> None:
        assert from_lidarr(event).deed is Deed.NOTHING

    def test_the_artist_is_known_by_id_name_and_folder(self) -> None:
        (subject,) = from_lidarr(
            "Download", mbId=None, foreignArtistId=MBID.upper(), path="/music/Mara Field/"
        ).subjects
        assert subject == Subject(MBID, "Mara Field", "/music/Mara Field")

    @pytest.mark.parametrize(
        ("event", "ours"),
        [("ArtistAdd", "lidarr.artist.add"), ("Download", "lidarr.download"), ("Rename", ""), ("Grab", "")],
    )
    def test_the_house_has_names_of_its_own_for_it(self, event: str, ours: str) -> None:
        assert from_lidarr(event).event == ours


class TestEmby:
    def test_an_album_of_several_artists_is_about_each(self) -> None:
        message = from_emby("library.new", ProviderIds={"MusicBrainzAlbumArtist": f"{MBID}/{OTHER}"})
        assert message.subjects == (Subject(MBID), Subject(OTHER))
        assert (message.deed, message.event) == (Deed.SEARCH, "emby.artist.update")

    def test_without_ids_the_keys_of_the_server_tell_who(self) -> None:
        message = from_emby("item.updated", ArtistItems=[{"Id": "77", "Name": "Mara Field"}])
        assert message.subjects == (Subject(name="Mara Field", item_id="77"),)
        assert message.deed is Deed.LOOK

    def test_an_artist_is_its_own_subject(self) -> None:
        message = from_emby("item.updated", Type="MusicArtist", Name="Mara", ProviderIds={"MusicBrainzArtist": MBID})
        assert message.subjects == (Subject(MBID, "Mara", item_id="55"),)

    def test_films_are_none_of_our_business(self) -> None:
        assert from_emby("library.new", Type="Movie", ArtistItems=[{"Name": "x"}]).deed is Deed.NOTHING

    def test_a_changed_library_is_searched(self) -> None:
        assert (emby({"Event": "library.changed"}).deed, emby({"Event": "library.changed"}).event) == (
            Deed.EVERYTHING,
            "emby.library.scan",
        )

    @pytest.mark.parametrize("event", ["system.notificationtest", "playback.start", "user.authenticated", "item.rate"])
    def test_what_concerns_no_artist_asks_for_nothing(self, event: str) -> None:
        assert from_emby(event, ProviderIds={"MusicBrainzAlbumArtist": MBID}).deed is Deed.NOTHING


class TestJellyfin:
    def test_an_album_names_its_artist_by_id(self) -> None:
        message = from_jellyfin("ItemAdded", Provider_musicbrainzalbumartist=MBID)
        assert (message.subjects, message.deed) == ((Subject(MBID),), Deed.SEARCH)
        assert message.event == "jellyfin.artist.update"

    def test_or_by_name(self) -> None:
        assert from_jellyfin("ItemUpdated").subjects == (Subject(name="Mara"),)

    def test_a_changed_library_is_searched(self) -> None:
        assert jellyfin({"NotificationType": "LibraryChanged"}).deed is Deed.EVERYTHING

    @pytest.mark.parametrize("event", ["Test", "PlaybackStart", "UserUpdated", "TaskCompleted", "Generic"])
    def test_what_concerns_no_artist_asks_for_nothing(self, event: str) -> None:
        assert from_jellyfin(event).deed is Deed.NOTHING


@pytest.mark.parametrize("reader", [lidarr, emby, jellyfin])
@pytest.mark.parametrize("body", [{}, [], None, 7, {"eventType": 3, "Event": [], "NotificationType": {}}])
def test_a_message_without_an_event_is_nonsense(reader: Any, body: object) -> None:
    with pytest.raises(Nonsense, match="is required"):
        reader(body)


def test_a_message_about_nobody_asks_for_nothing() -> None:
    assert lidarr({"eventType": "Download"}).deed is Deed.NOTHING
    assert lidarr({"eventType": "Download", "artist": {"name": "\0", "mbId": "not one"}}).deed is Deed.NOTHING


def test_of_a_list_without_end_only_the_beginning_is_read() -> None:
    many = [{"Name": f"Artist {number}"} for number in range(5000)]
    assert len(from_emby("library.new", ArtistItems=many).subjects) == 20
