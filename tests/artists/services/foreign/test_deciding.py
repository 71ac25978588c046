"""Pictures of other programs are allowed, reported again, removed and brought back."""

from pathlib import Path

import pytest

from artists.models import AllowedFile, Artist, ForeignFile, Library
from artists.queries.foreign_files import listed_files
from artists.services.foreign.deciding import allow, delete, dismiss, forbid
from artists.services.foreign.examining import examine
from artists.services.merging.merging import merge
from artists.services.scanner.scanning import scan_libraries
from artists.services.undo import undo
from stillwater.errors import Conflict, Invalid
from tests.artists.services.music import artist_folder, picture, put

pytestmark = pytest.mark.django_db

LOGO = picture(400, 155)


@pytest.fixture
def folders(library: Library) -> list[Path]:
    """Two artists; another program has put the same logo to both."""
    made = [artist_folder(Path(library.path), name, number=n) for n, name in enumerate(("Mara Field", "Olaf Berg"))]
    scan_libraries()
    for folder in made:
        put(folder / "logo.png", LOGO)
    scan_libraries()
    examine(workers=1)
    return made


def of(name: str) -> ForeignFile:
    return listed_files().get(artist__name=name)


def again() -> list[str]:
    scan_libraries()
    examine(workers=1)
    return list(listed_files().order_by("artist__name").values_list("artist__name", flat=True))


class TestAllowing:
    def test_with_its_artist_leaves_that_of_others(self, folders: list[Path]) -> None:
        entry = allow(of("Mara Field"), note="from the band")
        assert (entry.scope, entry.note) == ("artist", "from the band")
        assert again() == ["Olaf Berg"]

    def test_everywhere_lets_all_of_them_go(self, folders: list[Path]) -> None:
        assert allow(of("Mara Field"), everywhere=True).scope == "global"
        assert again() == []

    def test_twice_is_no_mistake(self, folders: list[Path]) -> None:
        file = of("Mara Field")
        assert allow(file) == allow(file)

    def test_the_same_bytes_under_another_name_are_allowed_too(self, folders: list[Path]) -> None:
        allow(of("Mara Field"), everywhere=True)
        put(folders[0] / "banner.jpg", LOGO)
        assert again() == []

    def test_other_bytes_under_the_same_name_are_reported(self, folders: list[Path]) -> None:
        allow(of("Mara Field"), everywhere=True)
        put(folders[0] / "logo.png", picture(420, 160), age=9)
        assert again() == ["Mara Field"]

    def test_a_file_that_was_not_looked_at_cannot_be_allowed(self, folders: list[Path]) -> None:
        file = of("Mara Field")
        file.content_hash = ""
        with pytest.raises(Invalid):
            allow(file)

    def test_all_at_once_leaves_what_could_not_be_looked_at(self, folders: list[Path]) -> None:
        ForeignFile.objects.filter(artist__name="Olaf Berg").update(content_hash="", unreadable=True)
        assert dismiss() == 1
        assert AllowedFile.objects.get().scope == "global"
        assert ForeignFile.objects.get().artist.name == "Olaf Berg"

    def test_off_the_list_again_it_is_reported_where_it_lies(self, folders: list[Path]) -> None:
        dismiss()
        Artist.objects.get(name="Mara Field").images.filter(kind="logo").update(content_hash=hash_of())
        forbid(AllowedFile.objects.get())
        assert list(listed_files().values_list("artist__name", flat=True)) == ["Mara Field"]


class TestRemoving:
    def test_the_file_goes_the_slot_is_empty_and_the_history_tells(self, folders: list[Path]) -> None:
        made = delete(of("Mara Field"))
        assert made is not None
        assert "logo.png" in made.summary
        assert not (folders[0] / "logo.png").exists()
        assert not made.artist.images.filter(kind="logo", exists=True).exists()
        assert again() == ["Olaf Berg"]

    def test_undo_brings_back_the_bytes_and_the_slot(self, folders: list[Path]) -> None:
        made = delete(of("Mara Field"))
        assert made is not None
        undo(made.pk)
        assert (folders[0] / "logo.png").read_bytes() == LOGO
        assert made.artist.images.get(kind="logo", exists=True).file_name == "logo.png"

    def test_the_file_behind_it_takes_its_slot(self, folders: list[Path]) -> None:
        put(folders[0] / "logo-white.png", picture(410, 155))
        scan_libraries()
        delete(of("Mara Field"))
        assert Artist.objects.get(name="Mara Field").images.get(kind="logo").file_name == "logo-white.png"

    def test_one_that_is_gone_already_is_no_mistake(self, folders: list[Path]) -> None:
        (folders[0] / "logo.png").unlink()
        assert delete(of("Mara Field")) is None
        assert again() == ["Olaf Berg"]

    def test_other_bytes_that_lie_there_by_now_are_left_and_looked_at(self, folders: list[Path]) -> None:
        newer = picture(420, 160)
        file = of("Mara Field")
        put(folders[0] / "logo.png", newer)
        with pytest.raises(Conflict):
            delete(file)
        assert (folders[0] / "logo.png").read_bytes() == newer
        assert of("Mara Field").content_hash != file.content_hash


def test_what_is_known_of_the_loser_of_a_merge_is_the_survivors(library: Library, folders: list[Path]) -> None:
    mara, olaf = Artist.objects.order_by("name")
    allow(of("Olaf Berg"))
    put(folders[1] / "extra.jpg", picture(33, 33))
    again()
    (folders[1] / "folder.jpg").unlink()
    (folders[1] / "logo.png").unlink()
    (folders[1] / "artist.nfo").unlink()
    Artist.objects.filter(pk=olaf.pk).update(musicbrainz_id="")
    again()
    olaf.refresh_from_db()
    merge(mara, [olaf], override=True)
    assert set(mara.allowed_files.values_list("content_hash", flat=True)) == {hash_of()}
    assert set(mara.foreign_files.values_list("file_name", flat=True)) == {"logo.png", "extra.jpg"}


def hash_of() -> str:
    return AllowedFile.objects.values_list("content_hash", flat=True)[0]
