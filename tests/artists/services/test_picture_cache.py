"""The picture cache: what it holds, what is cleared and swept, and what never goes."""

import os
import time
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from artists.models import Artist
from artists.services.picture_cache import Cleared, cache_stats, clear_cache, sweep_picture_cache
from artists.services.pictures.places import picture_path
from artists.services.pictures.saving import Origin, save_picture
from artists.services.thumbnails import thumbnail
from artists.services.undo import undo
from stillwater.models import Option
from tests.artists.services.music import picture
from tests.builders import make_artist

pytestmark = pytest.mark.django_db
A_DAY_AGO = time.time() - 24 * 3600
MEGABYTE = 1024 * 1024


@pytest.fixture
def mara() -> Artist:
    """Known from a server only, with a thumbnail that lies in our data folder."""
    artist = make_artist()
    save_picture(artist, "thumb", picture(), Origin("upload"))
    return artist


def lay(data: Path, *parts: str, size: int = 100, age: float = 0) -> Path:
    path = data.joinpath(*parts)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"x" * size)
    os.utime(path, (A_DAY_AGO - age, A_DAY_AGO - age))
    return path


def path_of(artist: Artist) -> Path:
    return picture_path(artist.images.get())


class TestStats:
    def test_an_empty_cache_is_empty(self) -> None:
        stats = cache_stats()
        assert (stats.size_bytes, stats.file_count, stats.artist_count) == (0, 0, 0)

    def test_thumbnails_and_pictures_of_artists_without_a_folder_count(self, mara: Artist, settings: Any) -> None:
        lay(settings.STILLWATER_DATA, "thumbs", "ab", "ab-64.webp", size=7)
        stats, size = cache_stats(), path_of(mara).stat().st_size
        assert (stats.size_bytes, stats.file_count, stats.artist_count) == (size + 7, 2, 1)
        assert stats.in_use_bytes == size

    def test_bytes_kept_for_undoing_do_not(self, mara: Artist) -> None:
        before = cache_stats()
        save_picture(mara, "thumb", picture(700, 700), Origin("upload"))
        save_picture(mara, "thumb", picture(), Origin("upload"))
        assert (cache_stats().file_count, cache_stats().size_bytes) == (before.file_count, before.size_bytes)


class TestClearing:
    def test_what_can_be_made_again_goes_and_the_picture_in_use_stays(self, mara: Artist, settings: Any) -> None:
        lay(settings.STILLWATER_DATA, "thumbs", "ab", "ab-64.webp", size=7)
        left_over = lay(settings.STILLWATER_DATA, "cache", "images", str(mara.pk), "old.jpg", size=5)
        assert clear_cache() == Cleared(2, 12)
        assert path_of(mara).exists()
        assert not left_over.exists()
        assert thumbnail(mara.images.get(), 64)

    def test_what_an_operation_may_be_about_to_use_stays(self, mara: Artist, settings: Any) -> None:
        young = lay(settings.STILLWATER_DATA, "cache", "images", str(mara.pk), "new.jpg")
        os.utime(young)
        assert clear_cache() == Cleared(0, 0)

    def test_a_replaced_picture_can_still_be_brought_back(self, mara: Artist) -> None:
        was = path_of(mara).read_bytes()
        saved = save_picture(mara, "thumb", picture(700, 700), Origin("upload"))
        clear_cache()
        assert saved.change.operation is not None
        undo(saved.change.operation.pk)
        assert path_of(mara).read_bytes() == was


class TestLimit:
    @pytest.fixture(autouse=True)
    def _one_megabyte(self) -> None:
        Option.objects.create(key="cache.image.max_size_mb", value="1")

    def test_the_longest_unused_go_first_and_never_the_one_in_use(self, mara: Artist, settings: Any) -> None:
        os.utime(path_of(mara), (1, 1))
        oldest = lay(settings.STILLWATER_DATA, "cache", "images", "99", "a.jpg", size=MEGABYTE // 2, age=50)
        older = lay(settings.STILLWATER_DATA, "thumbs", "ab", "ab-64.webp", size=MEGABYTE // 2, age=40)
        newer = lay(settings.STILLWATER_DATA, "thumbs", "ab", "cd-64.webp", size=MEGABYTE // 4, age=30)
        assert sweep_picture_cache() == 1
        assert [path.exists() for path in (path_of(mara), oldest, older, newer)] == [True, False, True, True]

    def test_a_thumbnail_that_was_shown_is_used(self, mara: Artist, settings: Any) -> None:
        thumbnail(mara.images.get(), 64)
        shown = next((settings.STILLWATER_DATA / "thumbs").glob("*/*"))
        os.utime(shown, (1, 1))
        thumbnail(mara.images.get(), 64)
        assert shown.stat().st_mtime > A_DAY_AGO

    def test_pictures_in_use_may_need_more_than_the_limit_and_it_is_said(
        self, admin_client: Client, mara: Artist
    ) -> None:
        path_of(mara).write_bytes(b"x" * (MEGABYTE + 1))
        assert sweep_picture_cache() == 0
        assert "more than the limit" in admin_client.get("/settings/picture-cache").content.decode()


class TestDoors:
    def test_rest_tells_and_clears(self, admin_client: Client, mara: Artist, settings: Any) -> None:
        lay(settings.STILLWATER_DATA, "thumbs", "ab", "ab-64.webp", size=7)
        body = admin_client.get("/api/v1/settings/cache/stats").json()
        assert (body["file_count"], body["artist_count"]) == (2, 1)
        headers = {"X-CSRF-Token": admin_client.cookies["csrf_token"].value}
        answer = admin_client.delete("/api/v1/settings/cache", headers=headers)
        assert answer.json() == {"files_deleted": 1, "bytes_freed": 7}

    def test_the_page_clears_in_place_and_as_a_plain_form(self, admin_client: Client, settings: Any) -> None:
        lay(settings.STILLWATER_DATA, "thumbs", "ab", "ab-64.webp", size=7)
        answer = admin_client.post("/settings/picture-cache/clear", headers={"HX-Request": "true"})
        assert "1 file deleted" in answer.headers["HX-Trigger"]
        assert "0 files deleted" in admin_client.post("/settings/picture-cache/clear", follow=True).content.decode()

    def test_the_settings_of_pictures_lead_there(self, admin_client: Client) -> None:
        text = admin_client.get("/settings/images").content.decode()
        assert 'name="cache.image.max_size_mb"' in text
        assert 'href="/settings/picture-cache"' in text

    @pytest.mark.parametrize("path", ["/settings/picture-cache", "/api/v1/settings/cache/stats"])
    def test_it_is_for_administrators(self, operator_client: Client, path: str) -> None:
        assert operator_client.get(path).status_code == 403
