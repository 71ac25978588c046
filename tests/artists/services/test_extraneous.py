"""Pictures that no player looks for are removed by name, with a way back, and nothing else ever is."""

from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from artists.models import Artist, ForeignFile, Library
from artists.services.extraneous import remove_extraneous_files
from artists.services.scanner.scanning import scan_libraries
from artists.services.undo import undo
from stillwater.errors import Invalid, Locked, NotFound
from tests.artists.services.music import artist_folder, picture, put

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(library: Library) -> Path:
    """Mara Field's, with two strangers."""
    found = artist_folder(Path(library.path), "Mara Field")
    for name in ("cover-old.jpg", "scan.png"):
        put(found / name, picture(30, 30))
    scan_libraries()
    return found


@pytest.fixture
def mara(folder: Path) -> Artist:
    return Artist.objects.get()


def lying_in(folder: Path) -> set[str]:
    return {each.name for each in folder.iterdir()}


class TestRemoving:
    def test_the_ticked_ones_go_and_the_facts_follow(self, mara: Artist, folder: Path) -> None:
        remove_extraneous_files(mara, ["scan.png"])
        assert lying_in(folder) == {"artist.nfo", "folder.jpg", "cover-old.jpg"}
        mara.refresh_from_db()
        assert mara.extraneous_files == ["cover-old.jpg"]

    def test_without_names_all_of_them_go(self, mara: Artist, folder: Path) -> None:
        remove_extraneous_files(mara)
        assert lying_in(folder) == {"artist.nfo", "folder.jpg"}

    def test_undo_brings_them_back_and_the_facts_too(self, mara: Artist, folder: Path) -> None:
        made = remove_extraneous_files(mara).operation
        assert made is not None
        undo(made.pk)
        assert {"cover-old.jpg", "scan.png"} <= lying_in(folder)
        scan_libraries()
        mara.refresh_from_db()
        assert mara.extraneous_files == ["cover-old.jpg", "scan.png"]

    def test_one_of_another_program_is_no_longer_reported(self, mara: Artist, folder: Path) -> None:
        ForeignFile.objects.create(artist=mara, file_name="scan.png", content_hash="ab")
        remove_extraneous_files(mara, ["scan.png"])
        assert not ForeignFile.objects.exists()


class TestRefusals:
    @pytest.mark.parametrize("name", ["folder.jpg", "artist.nfo", "../Mara Field/scan.png", "nothing.jpg", ""])
    def test_what_a_player_looks_for_or_lies_elsewhere_is_never_removed(
        self, mara: Artist, folder: Path, name: str
    ) -> None:
        before = lying_in(folder)
        with pytest.raises(Invalid):
            remove_extraneous_files(mara, ["scan.png", name])
        assert lying_in(folder) == before

    def test_none_at_all_is_said(self, mara: Artist) -> None:
        with pytest.raises(NotFound):
            remove_extraneous_files(mara, [])

    def test_a_locked_artist_is_left_alone_by_rules(self, mara: Artist, folder: Path) -> None:
        Artist.objects.update(locked=True, locked_at="2026-01-01T00:00:00Z")
        with pytest.raises(Locked):
            remove_extraneous_files(mara, source="rule:extraneous_images")
        assert "scan.png" in lying_in(folder)


class TestPage:
    def address(self, artist: Artist) -> str:
        return reverse("artists:remove_extraneous", args=[artist.pk])

    def test_the_page_offers_them_with_a_tick_each(self, admin_client: Client, mara: Artist) -> None:
        text = admin_client.get(f"/artists/{mara.pk}").content.decode()
        assert 'name="name" value="scan.png" checked' in text

    def test_the_section_comes_anew_with_the_way_back(self, admin_client: Client, mara: Artist, folder: Path) -> None:
        answer = admin_client.post(self.address(mara), {"name": "scan.png"}, headers={"HX-Request": "true"})
        assert "scan.png" not in answer.content.decode()
        assert "Removed 1 file." in answer.headers["HX-Trigger"]
        assert f"/artists/{mara.pk}/undo/{mara.operations.get().pk}" in answer.headers["HX-Trigger"]

    def test_a_plain_form_comes_back_to_the_page(self, admin_client: Client, mara: Artist, folder: Path) -> None:
        answer = admin_client.post(self.address(mara), {"name": ["scan.png", "cover-old.jpg"]}, follow=True)
        assert "Removed 2 files." in answer.content.decode()
        assert lying_in(folder) == {"artist.nfo", "folder.jpg"}

    def test_a_refusal_stands_above_the_ticks(self, admin_client: Client, mara: Artist) -> None:
        answer = admin_client.post(self.address(mara), {"name": "folder.jpg"}, headers={"HX-Request": "true"})
        assert answer.status_code == 400
        assert "are removed here, not folder.jpg" in answer.content.decode()
