"""The second and every later look: what changed is taken over, what is absent clears nothing, locks hold."""

import hashlib
import os
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from artists.imaging.headers import ImageHeader
from artists.imaging.source import Failure
from artists.models import Artist, Library, MetadataChange, PlatformProfile
from artists.services.fingerprints import take_fingerprints
from artists.services.scanner import inspection, looking
from artists.services.scanner.scanning import scan_artist, scan_libraries
from artists.services.scanner.walking import FolderListing
from tests.artists.services.music import A_YEAR_AGO, artist_folder, many, nfo, picture, put

pytestmark = pytest.mark.django_db


@pytest.fixture
def root(library: Library) -> Path:
    return Path(library.path)


@pytest.fixture
def mara(root: Path) -> Artist:
    """Scanned once, with a biography, a genre and a thumbnail."""
    artist_folder(root, "Mara Field", biography="She plays.", genre="Folk", born="1970")
    scan_libraries()
    return Artist.objects.get()


def rewrite(root: Path, content: bytes) -> None:
    put(root / "Mara Field" / "artist.nfo", content, age=500)


def again(artist: Artist) -> Artist:
    scan_libraries()
    artist.refresh_from_db()
    return artist


def _forbidden(*_args: Any) -> Any:
    raise AssertionError("an unchanged folder must not be opened")


class TestUnchanged:
    def test_nothing_in_an_unchanged_folder_is_opened(self, mara: Artist, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(inspection, "read_header", _forbidden)
        monkeypatch.setattr(inspection, "read_file", _forbidden)
        result = scan_libraries()
        assert (result.new_artists, result.updated_artists, result.total_directories) == (0, 0, 1)

    def test_a_change_to_the_nfo_does_not_open_the_pictures(
        self, mara: Artist, root: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(inspection, "read_header", _forbidden)
        rewrite(root, nfo("Mara Field", biography="She sings."))
        assert again(mara).biography == "She sings."

    def test_the_number_of_queries_does_not_grow_with_the_library(self, root: Path) -> None:
        counts = []
        for size in (10, 40):
            many(root, size)
            scan_libraries()
            with CaptureQueriesContext(
                connection,
            ) as queries:
                scan_libraries()
            counts.append(len(queries))
        assert counts[0] == counts[1]

    def test_a_file_rewritten_in_place_is_noticed(self, mara: Artist, root: Path) -> None:
        folder_time = (root / "Mara Field").stat().st_mtime_ns
        rewrite(root, nfo("Mara Field", biography="She sings."))
        os.utime(root / "Mara Field", ns=(folder_time, folder_time))
        assert again(mara).biography == "She sings."

    def test_a_young_file_is_looked_at_again(self, mara: Artist, root: Path) -> None:
        (root / "Mara Field" / "artist.nfo").write_bytes(nfo("Mara Field", biography="She sings."))
        assert again(mara).folder_stamp == ""

    def test_another_profile_has_every_folder_looked_into(self, mara: Artist, root: Path) -> None:
        put(root / "Mara Field" / "portrait.jpg", picture())
        assert again(mara).extraneous_files == ["portrait.jpg"]
        PlatformProfile.objects.update(is_active=False)
        names = {"thumb": ["portrait.jpg"], "fanart": ["fanart.jpg"], "logo": ["logo.png"], "banner": ["banner.jpg"]}
        PlatformProfile.objects.create(id="mine", name="Mine", is_active=True, image_naming=names)
        assert again(mara).extraneous_files == []


class TestNfo:
    def test_an_absent_or_blank_element_clears_nothing(self, mara: Artist, root: Path) -> None:
        rewrite(root, nfo("Mara Field", biography="", style="Drone"))
        again(mara)
        assert (mara.biography, mara.genres, mara.born, mara.styles) == ("She plays.", ["Folk"], "1970", ["Drone"])

    def test_a_changed_value_is_taken_over_and_kept_in_the_history(self, mara: Artist, root: Path) -> None:
        rewrite(root, nfo("Mara Field", biography="She sings."))
        again(mara)
        change = MetadataChange.objects.get(field="biography")
        assert (change.old_value, change.new_value, change.source) == ("She plays.", "She sings.", "scan")

    def test_what_a_person_typed_stays_while_the_file_is_the_same(self, mara: Artist, root: Path) -> None:
        Artist.objects.update(biography="Typed by hand.")
        put(root / "Mara Field" / "logo.png", picture())
        assert again(mara).biography == "Typed by hand."

    def test_our_own_file_is_not_imported(self, mara: Artist, root: Path) -> None:
        written = nfo("Mara Field", genre="Mood As Genre")
        digest = hashlib.sha256(written).hexdigest()
        Artist.objects.update(nfo_written_hash=digest, nfo_hash=digest)
        rewrite(root, written)
        assert again(mara).genres == ["Folk"]

    def test_a_locked_field_is_left_alone(self, mara: Artist, root: Path) -> None:
        Artist.objects.update(locked_fields=["biography"])
        rewrite(root, nfo("Mara Field", biography="She sings.", genre="Drone"))
        again(mara)
        assert (mara.biography, mara.genres) == ("She plays.", ["Drone"])

    def test_a_locked_artist_keeps_its_values_and_its_folder_is_noted_all_the_same(
        self, mara: Artist, root: Path
    ) -> None:
        Artist.objects.update(locked=True, locked_at=timezone.now(), lock_source="user")
        rewrite(root, nfo("Mara Field", biography="She sings."))
        put(root / "Mara Field" / "stray.jpg", picture())
        again(mara)
        assert (mara.biography, mara.extraneous_files) == ("She plays.", ["stray.jpg"])

    def test_lockdata_does_not_lock_again_after_a_person_unlocked(self, mara: Artist, root: Path) -> None:
        rewrite(root, nfo("Mara Field", lockdata="true"))
        assert not again(mara).locked

    @pytest.mark.parametrize("half", [b"", b"<artist><name>Mara Field</name><biography>She"])
    def test_a_half_written_file_changes_nothing_but_its_state(self, mara: Artist, root: Path, half: bytes) -> None:
        whole = (root / "Mara Field" / "artist.nfo").read_bytes()
        rewrite(root, half)
        again(mara)
        assert mara.nfo_state in ("empty", "broken")
        assert (mara.biography, mara.genres) == ("She plays.", ["Folk"])
        put(root / "Mara Field" / "artist.nfo", whole)
        assert again(mara).nfo_state == "ok"

    def test_a_file_that_may_not_be_read_leaves_values_and_is_looked_at_again(
        self, mara: Artist, root: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def refuse(*_args: Any) -> bytes:
            raise PermissionError(13, "Permission denied")

        rewrite(root, nfo("Mara Field", biography="She sings."))
        with monkeypatch.context() as patch:
            patch.setattr(inspection, "read_file", refuse)
            again(mara)
        assert (mara.nfo_exists, mara.nfo_state, mara.biography) == (True, "unreadable", "She plays.")
        assert again(mara).biography == "She sings."

    def test_a_removed_file_takes_no_value_with_it(self, mara: Artist, root: Path) -> None:
        (root / "Mara Field" / "artist.nfo").unlink()
        again(mara)
        assert (mara.nfo_exists, mara.nfo_state, mara.biography) == (False, "missing", "She plays.")


class TestPictures:
    def test_a_replaced_picture_has_its_new_size_at_once(self, mara: Artist, root: Path) -> None:
        mara.images.update(fingerprinted=True, content_hash="ab" * 32, perceptual_hash="0" * 16, placeholder="data:x")
        put(root / "Mara Field" / "folder.jpg", picture(1000, 1000), age=9)
        again(mara)
        image = mara.images.get()
        assert (image.width, image.fingerprinted, image.content_hash) == (1000, False, "")
        assert mara.dirty_since is not None

    def test_a_picture_that_is_gone_for_sure_no_longer_exists_but_its_row_stays(self, mara: Artist, root: Path) -> None:
        mara.images.update(locked=True)
        (root / "Mara Field" / "folder.jpg").unlink()
        again(mara)
        image = mara.images.get()
        assert (image.exists, image.locked, image.width) == (False, True, 600)

    def test_a_picture_that_comes_back_exists_again(self, mara: Artist, root: Path) -> None:
        (root / "Mara Field" / "folder.jpg").unlink()
        again(mara)
        put(root / "Mara Field" / "folder.jpg", picture())
        again(mara)
        assert mara.images.get().exists

    def test_a_picture_that_cannot_be_read_keeps_its_facts(
        self, mara: Artist, root: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        put(root / "Mara Field" / "folder.jpg", picture(1000, 1000), age=9)
        with monkeypatch.context() as patch:
            trouble = ImageHeader(failure=Failure.UNREACHABLE, error="the file cannot be read (input/output error)")
            patch.setattr(inspection, "read_header", lambda _path: trouble)
            again(mara)
        image = mara.images.get()
        assert (image.exists, image.width, image.problem) == (True, 600, trouble.error)
        again(mara)
        image.refresh_from_db()
        assert (image.width, image.problem) == (1000, "")

    def test_nor_does_one_stay_unreadable_whose_fingerprint_was_taken_before(
        self, mara: Artist, root: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        take_fingerprints(workers=1)
        put(root / "Mara Field" / "folder.jpg", picture(), age=9)
        with monkeypatch.context() as patch:
            trouble = ImageHeader(failure=Failure.UNREACHABLE, error="the file cannot be read (permission denied)")
            patch.setattr(inspection, "read_header", lambda _path: trouble)
            again(mara)
        put(root / "Mara Field" / "folder.jpg", picture())
        again(mara)
        assert mara.images.get().problem == ""

    def test_a_folder_that_cannot_be_listed_is_left_as_it_is(
        self, mara: Artist, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        with monkeypatch.context() as patch:
            patch.setattr(looking, "list_folder", lambda _path: FolderListing(problem="the folder cannot be read: no"))
            again(mara)
        assert (mara.nfo_exists, mara.missing_since, mara.images.get().exists) == (True, None, True)
        assert mara.scan_note == "the folder cannot be read: no"
        assert again(mara).scan_note == ""


class TestExclusion:
    def test_a_decision_by_hand_stays(self, root: Path) -> None:
        (root / "VA").mkdir()
        scan_libraries()
        Artist.objects.update(is_excluded=False, exclusion_reason="", exclusion_by_hand=True)
        put(root / "VA" / "folder.jpg", picture())
        scan_libraries()
        assert not Artist.objects.get().is_excluded


class TestOneFolder:
    def test_one_artist_can_be_looked_at_alone(self, mara: Artist, root: Path) -> None:
        rewrite(root, nfo("Mara Field", biography="She sings."))
        assert scan_artist(mara)
        mara.refresh_from_db()
        assert mara.biography == "She sings."

    def test_looking_again_finds_nothing_new(self, mara: Artist) -> None:
        assert not scan_artist(mara)

    def test_a_folder_that_is_not_there_is_left_to_the_scan_of_its_library(self, mara: Artist, root: Path) -> None:
        (root / "Mara Field").rename(root / ".hidden")
        assert not scan_artist(mara)
        mara.refresh_from_db()
        assert mara.missing_since is None


def test_the_files_of_the_tests_are_old_enough_to_be_trusted() -> None:
    assert timezone.now().timestamp() - 10 > A_YEAR_AGO


@pytest.mark.parametrize(
    ("key", "stored", "stated", "kept"),
    [
        ("born", "1965-03-02", "0000-00-00", True),
        ("died", "1999", "unknown", True),
        ("disbanded", "2001-05", "Present", True),
        ("gender", "female", "n/a", True),
        ("born", "1965-03-02", "c. 1964 in London", False),
        ("gender", "female", "Non-Binary", False),
        ("gender", "", "agender", False),
        ("born", "long ago", "before the war", False),
    ],
)
def test_what_nobody_understands_replaces_nothing_that_is_understood(
    root: Path, key: str, stored: str, stated: str, kept: bool
) -> None:
    folder = artist_folder(root, "Mara Field")
    scan_libraries()
    Artist.objects.update(**{key: stored})
    put(folder / "artist.nfo", nfo("Mara Field", **{key: stated}), age=9)
    scan_libraries()
    artist = Artist.objects.get()
    assert getattr(artist, key) == (stored if kept else stated.replace("Non-B", "non-b"))
    assert ("that can be read; what is stored stays" in artist.scan_note) == kept


def test_a_scan_that_could_read_no_folder_says_so(root: Path, mara: Artist, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(looking, "list_folder", lambda _path: FolderListing(problem="permission denied"))
    assert scan_libraries().message == "1 folder: 1 could not be read"
