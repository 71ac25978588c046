"""Every write to an artist passes one place: locks hold, history is kept, files and rows go together."""

from pathlib import Path
from uuid import uuid4

import pytest

from artists.models import Artist, FileSnapshot, MetadataChange, Operation
from artists.services import file_changes
from artists.services.bulk import ArtistUpdate, bulk_apply
from artists.services.operations import operation
from stillwater.errors import Gone, Invalid, Locked, StillwaterError
from stillwater.files import DiskFull
from stillwater.models import Event
from tests.builders import make_artist, make_image

pytestmark = pytest.mark.django_db
AUTOMATIC = ["scan", "import", "provider:wikipedia", "rule:bio_exists"]


class TestFields:
    def test_a_change_is_stored_with_its_history(self, artist: Artist, administrator) -> None:
        with operation(artist, summary="Typed", actor=administrator) as change:
            change.set("biography", "New words. ")
        assert Artist.objects.get().biography == "New words."
        recorded = MetadataChange.objects.get()
        assert (recorded.field, recorded.old_value, recorded.new_value) == ("biography", "Old words.", "New words.")
        assert recorded.source == "manual"
        assert recorded.operation.actor == administrator
        assert change.changed == {"biography": ("Old words.", "New words.")}
        assert artist.biography == "New words."

    def test_an_equal_value_is_no_operation(self, artist: Artist) -> None:
        before = artist.updated_at
        with operation(artist) as change:
            change.set("biography", "Old words.")
        assert not Operation.objects.exists()
        assert change.operation is None
        assert Artist.objects.get().updated_at == before

    def test_the_source_of_a_value_is_noted_and_goes_with_the_value(self, artist: Artist) -> None:
        with operation(artist, source="provider:lastfm") as change:
            change.set("genres", "Folk, Jazz")
            change.set("biography", "From elsewhere", origin="provider:wikipedia")
        artist.refresh_from_db()
        assert artist.metadata_sources == {"genres": "lastfm", "biography": "wikipedia"}
        assert set(MetadataChange.objects.values_list("field", "source")) == {
            ("genres", "provider:lastfm"),
            ("biography", "provider:wikipedia"),
        }
        with operation(artist) as change:
            change.set("genres", [])
        assert "genres" not in Artist.objects.get().metadata_sources

    def test_a_change_asks_for_a_new_evaluation_and_is_announced(
        self, artist: Artist, django_capture_on_commit_callbacks
    ) -> None:
        Artist.objects.update(dirty_since=None)
        with django_capture_on_commit_callbacks(execute=True), operation(artist) as change:
            change.set("name", "Mära Field")
        artist.refresh_from_db()
        assert artist.dirty_since is not None
        assert artist.search_text == "mara field"
        assert Event.objects.get(name="artist.updated").payload == {
            "artist_id": str(artist.pk),
            "artist_name": "Mära Field",
            "fields": ["name"],
            "source": "manual",
        }

    def test_a_deleted_artist_is_not_written_blind(self, artist: Artist) -> None:
        Artist.objects.filter(pk=artist.pk).delete()
        with pytest.raises(Gone), operation(artist) as change:
            change.set("biography", "x")
        assert not Artist.objects.exists()

    def test_what_another_process_changed_meanwhile_is_kept(self, artist: Artist) -> None:
        with operation(artist) as change:
            Artist.objects.update(origin="Leipzig")
            change.set("biography", "Mine")
        artist.refresh_from_db()
        assert (artist.origin, artist.biography) == ("Leipzig", "Mine")

    @pytest.mark.parametrize(
        ("key", "value"),
        [("musicbrainz_id", "abc"), ("type", "duo"), ("name", " "), ("name", "-"), ("born", "soon"), ("nonsense", "x")],
    )
    def test_a_persons_bad_value_is_refused(self, artist: Artist, key: str, value: str) -> None:
        with pytest.raises(Invalid), operation(artist) as change:
            change.set(key, value)
        assert not Operation.objects.exists()

    def test_a_providers_bad_value_is_left_out_and_the_rest_lands(self, artist: Artist) -> None:
        with operation(artist, source="provider:discogs") as change:
            change.set("musicbrainz_id", "abc")
            change.set("origin", "Leipzig")
        assert change.refused == {"musicbrainz_id": "musicbrainz_id must be a UUID"}
        assert Artist.objects.get().origin == "Leipzig"


class TestLocks:
    @pytest.mark.parametrize("source", AUTOMATIC)
    def test_a_locked_field_stays_and_the_others_land(self, artist: Artist, source: str) -> None:
        Artist.objects.update(locked_fields=["biography", "members"])
        with operation(artist, source=source) as change:
            change.set("biography", "Robot words")
            change.set("members", [{"member_name": "Someone"}])
            change.set("origin", "Leipzig")
        artist.refresh_from_db()
        assert (artist.biography, artist.origin, artist.members.count()) == ("Old words.", "Leipzig", 0)
        assert change.refused == {"biography": "field is locked", "members": "field is locked"}

    @pytest.mark.parametrize("source", AUTOMATIC)
    def test_a_locked_artist_stays_whole(self, artist: Artist, folder: Path, source: str) -> None:
        Artist.objects.update(locked=True, locked_at=artist.created_at)
        with operation(artist, source=source) as change:
            change.set("biography", "Robot words")
            change.set("aliases", [{"alias": "Robot", "source": ""}])
        artist.refresh_from_db()
        assert (artist.biography, artist.aliases.count()) == ("Old words.", 0)
        with pytest.raises(Locked), operation(artist, source=source) as change:
            change.write_file(folder / "logo.png", b"picture")
        assert not (folder / "logo.png").exists()
        assert not Operation.objects.exists()

    @pytest.mark.parametrize("source", AUTOMATIC)
    def test_a_locked_image_stays(self, artist: Artist, folder: Path, source: str) -> None:
        make_image(artist, "thumb", locked=True)
        (folder / "folder.jpg").write_bytes(b"mine")
        with pytest.raises(Locked), operation(artist, source=source) as change:
            change.write_file(folder / "folder.jpg", b"robot's")
        with pytest.raises(Locked), operation(artist, source=source) as change:  # noqa: PT012
            change.write_file(folder / "artist.jpg", b"robot's")
            change.after_files(lambda change: change.set("images.thumb", []))
        assert (folder / "folder.jpg").read_bytes() == b"mine"
        assert not (folder / "artist.jpg").exists()
        assert artist.images.get().locked
        assert not Operation.objects.exists()

    def test_a_person_may_edit_a_locked_artist_but_no_locked_field(self, artist: Artist) -> None:
        Artist.objects.update(locked=True, locked_at=artist.created_at, locked_fields=["biography"])
        with operation(artist) as change:
            change.set("origin", "Leipzig")
        with pytest.raises(Locked, match="field is locked"), operation(artist) as change:  # noqa: PT012
            change.set("disambiguation", "singer")
            change.set("biography", "x")
        artist.refresh_from_db()
        assert (artist.origin, artist.disambiguation, artist.biography) == ("Leipzig", "", "Old words.")

    def test_the_scanners_bulk_path_obeys_the_same_locks(self, artist: Artist) -> None:
        locked = make_artist("Locked", locked=True, locked_at=artist.created_at)
        Artist.objects.filter(pk=artist.pk).update(locked_fields=["biography"])
        updates = [
            ArtistUpdate(artist, {"biography": "File", "origin": "Leipzig", "nfo_hash": "ab"}),
            ArtistUpdate(locked, {"biography": "File", "nfo_exists": True}),
        ]
        assert bulk_apply(updates, source="scan", group=uuid4()) == 2
        artist.refresh_from_db()
        locked.refresh_from_db()
        assert (artist.biography, artist.origin, artist.nfo_hash) == ("Old words.", "Leipzig", "ab")
        assert (locked.biography, locked.nfo_exists) == ("", True)
        assert MetadataChange.objects.get().field == "origin"


class TestBulk:
    def test_query_count_does_not_grow_with_the_artists(self, django_assert_num_queries) -> None:
        artists = [make_artist(f"Artist {number}") for number in range(40)]
        updates = [ArtistUpdate(artist, {"name": f"{artist.name}!", "nfo_hash": "ab"}) for artist in artists]
        with django_assert_num_queries(7):
            assert bulk_apply(updates, source="scan", group=uuid4()) == 40
        assert Artist.objects.get(name="Artist 7!").search_text == "artist 7!\nartist 7"
        assert artists[7].name == "Artist 7!"
        assert Operation.objects.count() == 40

    def test_equal_values_and_deleted_artists_are_passed_by(self) -> None:
        here, gone = make_artist("Here", origin="Leipzig"), make_artist("Gone")
        Artist.objects.filter(pk=gone.pk).delete()
        updates = [ArtistUpdate(here, {"origin": "Leipzig"}), ArtistUpdate(gone, {"origin": "Leipzig"})]
        assert bulk_apply(updates, source="scan", group=uuid4()) == 0
        assert not Operation.objects.exists()

    def test_facts_that_no_rule_asks_for_do_not_ask_for_an_evaluation(self) -> None:
        artist = make_artist(dirty_since=None)
        bulk_apply([ArtistUpdate(artist, {"nfo_hash": "ab", "folder_stamp": "cd"})], source="scan", group=uuid4())
        artist.refresh_from_db()
        assert (artist.nfo_hash, artist.dirty_since) == ("ab", None)


class TestFiles:
    def test_bytes_are_kept_before_they_are_replaced(self, artist: Artist, folder: Path, settings) -> None:
        path = folder / "folder.jpg"
        path.write_bytes(b"old picture")
        with operation(artist) as change:
            change.write_file(path, b"new picture")
        snapshot = FileSnapshot.objects.get()
        kept = settings.STILLWATER_DATA / "snapshots" / snapshot.content_hash[:2] / snapshot.content_hash
        assert (kept.read_bytes(), kept.stat().st_mode & 0o777) == (b"old picture", 0o600)
        assert path.read_bytes() == b"new picture"
        assert change.written[path].size == 11

    def test_when_the_files_fail_the_fields_stay_and_the_operation_warns(
        self, artist: Artist, folder: Path, monkeypatch
    ) -> None:
        def full(path, *_args, **_options):
            raise DiskFull(path)

        monkeypatch.setattr(file_changes, "write_file", full)
        with operation(artist) as change:
            change.set("biography", "New words.")
            change.write_file(folder / "artist.nfo", b"<artist/>")
        assert "disk is full" in change.warning
        assert Operation.objects.get().warning == change.warning
        assert Artist.objects.get().biography == "New words."
        assert not FileSnapshot.objects.exists()

    def test_an_operation_of_files_alone_fails_as_a_whole(self, artist: Artist, folder: Path, monkeypatch) -> None:
        (folder / "folder.png").write_bytes(b"old")
        real = file_changes.write_file

        def full_at_the_second(path, data, **options):
            if path.name == "poster.jpg":
                raise DiskFull(path)
            return real(path, data, **options)

        monkeypatch.setattr(file_changes, "write_file", full_at_the_second)
        with pytest.raises(DiskFull), operation(artist) as change:  # noqa: PT012
            change.write_file(folder / "folder.jpg", b"new")
            change.remove_file(folder / "folder.png")
            change.write_file(folder / "poster.jpg", b"new")
            change.after_files(lambda change: change.set_facts(extraneous_files=["wrong"]))
        assert [path.name for path in folder.iterdir()] == ["folder.png"]
        assert (folder / "folder.png").read_bytes() == b"old"
        assert not Operation.objects.exists()
        assert Artist.objects.get().extraneous_files == []

    def test_files_elsewhere_are_refused(self, artist: Artist, folder: Path, tmp_path: Path) -> None:
        (tmp_path / "music-evil").mkdir()
        for path in (tmp_path / "music-evil" / "x.jpg", Path("/etc/x"), folder / ".." / ".." / "x"):
            with pytest.raises(StillwaterError), operation(artist) as change:
                change.write_file(path, b"x")
            assert not path.exists()

    def test_a_file_that_cannot_be_read_is_not_overwritten(self, artist: Artist, folder: Path) -> None:
        (folder / "folder.jpg").mkdir()
        with pytest.raises(Invalid), operation(artist) as change:
            change.write_file(folder / "folder.jpg", b"x")
        assert (folder / "folder.jpg").is_dir()
        assert not Operation.objects.exists()
