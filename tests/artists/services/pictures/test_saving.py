"""A picture goes into a slot under every name of the profile, whole or not at all, and can be taken back."""

import io
from collections.abc import Sequence
from pathlib import Path

import pytest
from PIL import Image

from artists.imaging.provenance import is_ours
from artists.models import Artist, Operation, PlatformProfile
from artists.sample import odd_encodings as odd
from artists.services import file_changes
from artists.services.gates import join_guard, leave_guard
from artists.services.pictures.saving import Origin, save_picture
from artists.services.profiles import activate_profile
from artists.services.scanner.scanning import scan_libraries
from artists.services.thumbnails import thumbnail
from artists.services.undo import undo
from stillwater.errors import Invalid, Locked, Unavailable, WriteBlocked
from stillwater.files import DiskFull
from tests.builders import make_artist, make_image

pytestmark = pytest.mark.django_db
PROVIDER = Origin("fanarttv", "https://example.org/1.jpg", mode="auto")
UPLOAD = Origin("upload")


def jpeg(*parts: object, size: tuple[int, int] = (600, 600)) -> bytes:
    return odd.saved(odd.scene(size, *parts), "JPEG")


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


class TestOneSlot:
    def test_the_file_and_its_facts_are_there_at_once(self, mara: Artist, folder: Path) -> None:
        saved = save_picture(mara, "thumb", jpeg(size=(1000, 1000)), PROVIDER, source="provider:fanarttv")
        assert (saved.names, names(folder)) == (("folder.jpg",), ["folder.jpg"])
        row = mara.images.get()
        assert (row.width, row.height, row.low_res, row.source, row.locked) == (1000, 1000, False, "fanarttv", False)
        assert (row.fingerprinted, len(row.content_hash), len(row.perceptual_hash)) == (True, 64, 16)
        assert is_ours((folder / "folder.jpg").read_bytes())

    def test_a_scan_afterwards_finds_what_the_row_says_already(self, mara: Artist) -> None:
        save_picture(mara, "thumb", jpeg(), PROVIDER, source="provider:fanarttv")
        before = mara.images.values().get()
        scan_libraries()
        assert mara.images.values().get() == before

    def test_a_picture_that_a_person_chose_is_locked_and_survives_automatic_writers(
        self, mara: Artist, folder: Path
    ) -> None:
        save_picture(mara, "thumb", jpeg("by hand"), UPLOAD)
        chosen = (folder / "folder.jpg").read_bytes()
        with pytest.raises(Locked):
            save_picture(mara, "thumb", jpeg("better"), PROVIDER, source="provider:fanarttv")
        assert (folder / "folder.jpg").read_bytes() == chosen
        save_picture(mara, "thumb", jpeg("changed my mind"), UPLOAD)
        assert (folder / "folder.jpg").read_bytes() != chosen

    def test_other_formats_and_spellings_of_the_same_name_go(self, mara: Artist, folder: Path) -> None:
        for name in ("folder.png", "Folder.JPG", "folder.jpeg", "folder.webp", "artist.jpg", "folder.txt"):
            (folder / name).write_bytes(b"was here")
        save_picture(mara, "thumb", jpeg(), UPLOAD)
        assert names(folder) == ["artist.jpg", "folder.jpg", "folder.txt"]

    def test_every_name_of_the_profile_is_written_with_the_extension_of_the_bytes(
        self, mara: Artist, folder: Path
    ) -> None:
        profile = PlatformProfile.objects.get(pk="custom")
        profile.image_naming = {**profile.image_naming, "thumb": ["folder.jpg", "poster.jpg"]}
        profile.save()
        activate_profile(profile)
        saved = save_picture(mara, "thumb", odd.saved(odd.scene(), "PNG"), UPLOAD)
        assert saved.names == ("folder.png", "poster.png")
        assert (folder / "folder.png").read_bytes() == (folder / "poster.png").read_bytes()

    def test_taking_it_back_restores_the_bytes_the_twins_and_the_rows(self, mara: Artist, folder: Path) -> None:
        (folder / "folder.png").write_bytes(odd.saved(odd.scene(), "PNG"))
        scan_libraries()
        before = mara.images.values().get()
        was = {path.name: path.read_bytes() for path in folder.iterdir()}
        saved = save_picture(mara, "thumb", jpeg("new"), UPLOAD)
        assert saved.change.operation is not None
        undo(saved.change.operation.pk)
        assert {path.name: path.read_bytes() for path in folder.iterdir()} == was
        assert mara.images.values().get() | {"locked": False} == before

    def test_a_disk_that_refuses_leaves_the_old_picture_and_no_trace(
        self, mara: Artist, folder: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        save_picture(mara, "thumb", jpeg("old"), UPLOAD)
        was, row = (folder / "folder.jpg").read_bytes(), mara.images.values().get()

        def refuse(path: Path, *_more: object, **_options: object) -> None:
            raise DiskFull(path)

        monkeypatch.setattr(file_changes, "write_file", refuse)
        with pytest.raises(DiskFull):
            save_picture(mara, "thumb", jpeg("new"), UPLOAD)
        assert ((folder / "folder.jpg").read_bytes(), mara.images.values().get()) == (was, row)
        assert Operation.objects.count() == 1

    def test_a_guard_holds_back_every_writer(self, mara: Artist, folder: Path) -> None:
        def guard(axis: str, artists: Sequence[Artist]) -> dict[int, WriteBlocked]:
            return {each.pk: WriteBlocked("another server writes pictures") for each in artists if axis == "image"}

        join_guard(guard)
        try:
            with pytest.raises(WriteBlocked):
                save_picture(mara, "thumb", jpeg(), UPLOAD)
        finally:
            leave_guard(guard)
        assert names(folder) == []

    def test_an_unknown_kind_is_refused_and_the_words_of_providers_are_known(self, mara: Artist) -> None:
        with pytest.raises(Invalid, match="thumb, fanart, logo, banner"):
            save_picture(mara, "clearart", jpeg(), UPLOAD)
        assert save_picture(mara, "hdlogo", odd.grey_with_alpha(), UPLOAD).kind == "logo"

    def test_a_folder_that_cannot_be_read_is_no_empty_folder(self, mara: Artist, folder: Path) -> None:
        folder.rmdir()
        folder.write_bytes(b"a file where the folder was")
        with pytest.raises(Unavailable):
            save_picture(mara, "thumb", jpeg(), UPLOAD)


class TestFanart:
    def test_further_backdrops_follow_the_last_one_as_the_profile_counts(self, mara: Artist, folder: Path) -> None:
        for number in range(3):
            save_picture(mara, "fanart", jpeg(number, size=(1280, 720)), UPLOAD)
        assert names(folder) == ["fanart.jpg", "fanart1.jpg", "fanart2.jpg"]
        activate_profile(PlatformProfile.objects.get(pk="emby"))
        save_picture(mara, "fanart", jpeg("fourth", size=(1280, 720)), UPLOAD)
        assert "backdrop4.jpg" in names(folder)
        assert list(mara.images.values_list("slot", flat=True)) == [0, 1, 2, 3]

    def test_a_gap_in_the_numbers_overwrites_nobody(self, mara: Artist, folder: Path) -> None:
        for name in ("fanart.jpg", "fanart2.jpg"):
            (folder / name).write_bytes(jpeg(name, size=(1280, 720)))
        scan_libraries()
        was = (folder / "fanart2.jpg").read_bytes()
        save_picture(mara, "fanart", jpeg("third", size=(1280, 720)), UPLOAD)
        assert names(folder) == ["fanart.jpg", "fanart2.jpg", "fanart3.jpg"]
        assert (folder / "fanart2.jpg").read_bytes() == was

    def test_one_that_is_replaced_keeps_its_number(self, mara: Artist, folder: Path) -> None:
        for number in range(3):
            save_picture(mara, "fanart", jpeg(number, size=(1280, 720)), UPLOAD)
        save_picture(mara, "fanart", odd.saved(odd.scene((1280, 720), "png"), "PNG"), UPLOAD, slot=1)
        assert names(folder) == ["fanart.jpg", "fanart1.png", "fanart2.jpg"]
        with pytest.raises(Invalid):
            save_picture(mara, "fanart", jpeg(), UPLOAD, slot=7)


class TestWithoutFolder:
    def test_an_artist_of_a_server_has_its_pictures_in_the_data_folder(self, settings) -> None:
        artist = make_artist(path="")
        save_picture(artist, "thumb", jpeg(), PROVIDER, source="provider:fanarttv")
        place = settings.STILLWATER_DATA / "cache" / "images" / str(artist.pk) / "folder.jpg"
        assert place.is_file()
        small = Image.open(io.BytesIO(thumbnail(artist.images.get(), 64)))
        assert small.size == (64, 64)

    def test_a_row_without_a_file_is_no_picture_in_the_way(self, mara: Artist) -> None:
        make_image(mara, "fanart", exists=False, file_name="fanart.jpg")
        assert save_picture(mara, "fanart", jpeg(size=(1280, 720)), UPLOAD).names == ("fanart.jpg",)
