"""A profile may want its further names as links: one file on the disk, relative, and a copy where no link can be."""

import errno
import os
from pathlib import Path

import pytest

from artists.models import Artist, PlatformProfile
from artists.sample import odd_encodings as odd
from artists.services.pictures.rearranging import rearrange_fanart, remove_pictures
from artists.services.pictures.saving import Origin, save_picture
from artists.services.profiles import activate_profile
from artists.services.scanner.scanning import scan_libraries
from artists.services.undo import undo
from stillwater.files import linking
from tests.artists.services.pictures.test_at_once import backdrop, names
from tests.artists.services.pictures.test_saving import jpeg

pytestmark = pytest.mark.django_db
UPLOAD = Origin("upload")


@pytest.fixture(autouse=True)
def profile(db: None) -> PlatformProfile:
    custom = PlatformProfile.objects.get(pk="custom")
    custom.image_naming = {
        **custom.image_naming,
        "thumb": ["folder.jpg", "poster.jpg"],
        "fanart": ["fanart.jpg", "backdrop.jpg"],
    }
    custom.use_symlinks = True
    custom.save()
    return activate_profile(custom)


def test_the_second_name_leads_to_the_first(mara: Artist, folder: Path) -> None:
    saved = save_picture(mara, "thumb", jpeg(), UPLOAD)
    assert saved.names == ("folder.jpg", "poster.jpg")
    assert os.readlink(folder / "poster.jpg") == "folder.jpg"
    before = mara.images.values().get()
    scan_libraries()
    assert mara.images.values().get() == before


def test_another_format_takes_the_links_along_and_an_undo_brings_them_back(mara: Artist, folder: Path) -> None:
    save_picture(mara, "thumb", jpeg(), UPLOAD)
    was = (folder / "folder.jpg").read_bytes()
    saved = save_picture(mara, "thumb", odd.saved(odd.scene(), "PNG"), UPLOAD)
    assert (names(folder), os.readlink(folder / "poster.png")) == (["folder.png", "poster.png"], "folder.png")
    assert saved.change.operation is not None
    undo(saved.change.operation.pk)
    assert (names(folder), os.readlink(folder / "poster.jpg")) == (["folder.jpg", "poster.jpg"], "folder.jpg")
    assert (folder / "folder.jpg").read_bytes() == was


def test_both_go_together(mara: Artist, folder: Path) -> None:
    save_picture(mara, "thumb", jpeg(), UPLOAD)
    remove_pictures(mara, "thumb")
    assert names(folder) == []


def test_backdrops_are_always_copies_and_copies_follow(mara: Artist, folder: Path) -> None:
    for number in range(3):
        save_picture(mara, "fanart", backdrop(number), UPLOAD)
    assert not any(path.is_symlink() for path in folder.iterdir())
    save_picture(mara, "fanart", odd.saved(odd.scene((640, 360)), "PNG"), UPLOAD, slot=1)
    assert (folder / "fanart2.png").read_bytes() == (folder / "backdrop2.png").read_bytes()
    rearrange_fanart(mara, [2, 1])
    assert names(folder) == ["backdrop.jpg", "backdrop2.png", "fanart.jpg", "fanart2.png"]
    assert (folder / "fanart.jpg").read_bytes() == (folder / "backdrop.jpg").read_bytes()


def test_a_disk_that_knows_no_links_gets_copies(mara: Artist, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_given: object, **_options: object) -> None:
        raise OSError(errno.EOPNOTSUPP, "not supported")

    monkeypatch.setattr(linking.os, "symlink", refuse)
    save_picture(mara, "thumb", jpeg(), UPLOAD)
    assert not (folder / "poster.jpg").is_symlink()
    assert (folder / "poster.jpg").read_bytes() == (folder / "folder.jpg").read_bytes()


@pytest.mark.parametrize("there", [True, False])
def test_a_link_that_leads_out_of_the_folder_is_replaced_and_put_back_as_a_link(
    mara: Artist, folder: Path, tmp_path: Path, there: bool
) -> None:
    elsewhere = tmp_path / "elsewhere.jpg"
    if there:
        elsewhere.write_bytes(jpeg("somebody else's"))
    (folder / "folder.jpg").symlink_to(elsewhere)
    saved = save_picture(mara, "thumb", jpeg("new"), UPLOAD)
    assert not (folder / "folder.jpg").is_symlink()
    assert elsewhere.exists() == there
    assert saved.change.operation is not None
    undo(saved.change.operation.pk)
    assert os.readlink(folder / "folder.jpg") == str(elsewhere)
    assert not there or elsewhere.read_bytes() == jpeg("somebody else's")
