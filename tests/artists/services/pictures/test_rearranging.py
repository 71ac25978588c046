"""Backdrops are removed and put in order; numbers close up, bytes are never lost, and every step can be taken back."""

from pathlib import Path

import pytest

from artists.models import Artist, Operation, PlatformProfile
from artists.sample import odd_encodings as odd
from artists.services import file_changes
from artists.services.pictures.rearranging import permutation_of, rearrange_fanart, remove_pictures
from artists.services.pictures.saving import Origin, save_picture
from artists.services.profiles import activate_profile
from artists.services.scanner.scanning import scan_libraries
from artists.services.undo import undo
from stillwater.errors import Invalid, NotFound
from stillwater.files import DiskFull, write_file

pytestmark = pytest.mark.django_db


def content(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


@pytest.fixture
def three(mara: Artist, folder: Path) -> list[bytes]:
    """The bytes of fanart.jpg, fanart1.png and fanart2.jpg."""
    for number, form in enumerate(("JPEG", "PNG", "JPEG")):
        save_picture(mara, "fanart", odd.saved(odd.scene((640, 360), number), form), Origin("upload"))
    assert list(content(folder)) == ["fanart.jpg", "fanart1.png", "fanart2.jpg"]
    return list(content(folder).values())


class TestOrder:
    def test_the_files_are_numbered_anew_and_keep_their_formats(
        self, mara: Artist, folder: Path, three: list[bytes]
    ) -> None:
        rearrange_fanart(mara, permutation_of(mara, [1, 2, 0]))
        first, second, third = three
        assert content(folder) == {"fanart.png": second, "fanart1.jpg": third, "fanart2.jpg": first}
        assert list(mara.images.values_list("slot", "file_name", "format")) == [
            (0, "fanart.png", "png"), (1, "fanart1.jpg", "jpeg"), (2, "fanart2.jpg", "jpeg"),
        ]  # fmt: skip
        before = list(mara.images.values())
        scan_libraries()
        assert list(mara.images.values()) == before

    def test_taking_it_back_restores_names_and_bytes(self, mara: Artist, folder: Path, three: list[bytes]) -> None:
        was, rows = content(folder), list(mara.images.values("slot", "file_name", "content_hash"))
        done = rearrange_fanart(mara, [2, 1, 0])
        assert done.change.operation is not None
        undo(done.change.operation.pk)
        assert content(folder) == was
        assert list(mara.images.values("slot", "file_name", "content_hash")) == rows

    @pytest.mark.parametrize(
        ("profile", "gaps", "names"),
        [
            ("kodi", ("fanart.jpg", "fanart3.png", "fanart7.jpg"), ["fanart.jpg", "fanart1.png", "fanart2.jpg"]),
            (
                "emby",
                ("backdrop.jpg", "backdrop4.png", "backdrop9.jpg"),
                ["backdrop.jpg", "backdrop2.png", "backdrop3.jpg"],
            ),
            (
                "jellyfin",
                ("backdrop2.jpg", "backdrop3.png", "backdrop5.jpg"),
                ["backdrop.jpg", "backdrop2.png", "backdrop3.jpg"],
            ),
            ("plex", ("fanart.jpg", "fanart3.png", "fanart4.jpg"), ["fanart.jpg", "fanart2.png", "fanart3.jpg"]),
            ("custom", ("fanart.jpg", "fanart1.png", "fanart2.jpg"), ["fanart.jpg", "fanart2.png", "fanart3.jpg"]),
        ],
    )
    def test_all_in_their_own_order_repairs_the_numbers_of_each_profile(
        self, folder: Path, profile: str, gaps: tuple[str, ...], names: list[str]
    ) -> None:
        activate_profile(PlatformProfile.objects.get(pk=profile))
        for number, name in enumerate(gaps):
            form = "PNG" if name.endswith("png") else "JPEG"
            (folder / name).write_bytes(odd.saved(odd.scene((64, 36), number), form))
        was = content(folder)
        scan_libraries()
        artist = Artist.objects.get()
        assert artist.sequence_problem
        done = rearrange_fanart(artist, [0, 1, 2])
        assert content(folder) == dict(zip(names, was.values(), strict=True))
        assert Artist.objects.get().sequence_problem == ""
        assert scan_libraries().updated_artists == 0
        assert list(artist.images.order_by("slot").values_list("file_name", flat=True)) == names
        assert done.change.operation is not None
        undo(done.change.operation.pk)
        assert content(folder) == was

    @pytest.mark.parametrize("order", [[0, 1], [0, 1, 1], [0, 1, 3], [], [2, 1, 0, 0]])
    def test_anything_but_a_permutation_is_refused(self, mara: Artist, three: list[bytes], order: list[int]) -> None:
        with pytest.raises(Invalid):
            permutation_of(mara, order)

    @pytest.mark.parametrize("fails_at", [1, 2, 3])
    def test_a_disk_that_refuses_in_the_middle_loses_nothing(
        self, mara: Artist, folder: Path, three: list[bytes], monkeypatch: pytest.MonkeyPatch, fails_at: int
    ) -> None:
        was, rows, calls = content(folder), list(mara.images.values()), []

        def sometimes(path: Path, *more: object, **options: object) -> object:
            calls.append(path)
            if len(calls) == fails_at:
                raise DiskFull(path)
            return write_file(path, *more, **options)  # type: ignore[arg-type]

        monkeypatch.setattr(file_changes, "write_file", sometimes)
        with pytest.raises(DiskFull):
            rearrange_fanart(mara, [2, 1, 0] if fails_at < 3 else [1, 2, 0])
        assert (content(folder), list(mara.images.values())) == (was, rows)
        assert Operation.objects.count() == 3


class TestRemoval:
    def test_the_others_close_up(self, mara: Artist, folder: Path, three: list[bytes]) -> None:
        done = rearrange_fanart(mara, [0, 2])
        assert content(folder) == {"fanart.jpg": three[0], "fanart1.jpg": three[2]}
        assert (done.names, done.count) == (("fanart2.jpg", "fanart1.png"), 2) or set(done.names) == {
            "fanart1.png",
            "fanart2.jpg",
        }
        assert list(mara.images.values_list("slot", flat=True)) == [0, 1]

    def test_of_fanart_every_backdrop_goes_and_comes_back(self, mara: Artist, folder: Path, three: list[bytes]) -> None:
        was = content(folder)
        done = remove_pictures(mara, "fanart")
        assert (content(folder), mara.images.count()) == ({}, 0)
        assert done.change.operation is not None
        undo(done.change.operation.pk)
        assert (content(folder), mara.images.count()) == (was, 3)

    def test_a_single_picture_goes_in_every_format_and_spelling(self, mara: Artist, folder: Path) -> None:
        save_picture(mara, "thumb", odd.saved(odd.scene(), "JPEG"), Origin("upload"))
        for name in ("folder.png", "Folder.jpeg", "artist.nfo", "cover.jpg"):
            (folder / name).write_bytes(b"x")
        remove_pictures(mara, "thumb")
        assert list(content(folder)) == ["artist.nfo", "cover.jpg"]

    def test_what_is_not_there_cannot_be_removed(self, mara: Artist) -> None:
        with pytest.raises(NotFound):
            remove_pictures(mara, "banner")
