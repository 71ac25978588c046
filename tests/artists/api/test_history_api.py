"""The history over REST: what it lists, at any place and time, and the way back."""

import pytest
from django.test import Client

from artists.models import Artist, MetadataChange
from artists.services.editing import set_field
from stillwater.models import User
from stillwater.services.preferences import change_preference
from tests.builders import make_artist

pytestmark = pytest.mark.django_db
URL = "/api/v1/history"


@pytest.fixture
def artist() -> Artist:
    artist = make_artist("Mara Field", biography="Old.")
    set_field(artist, "biography", "New.")
    return artist


class TestList:
    @pytest.mark.parametrize(
        ("query", "total"),
        [
            ("from=0001-01-01T00:00:00%2B14:00", 1), ("from=9999-12-31T23:59:59-14:00", 0), ("from=9999-12-31", 0),
            ("to=0001-01-01T00:00:00%2B14:00", 0), ("to=9999-12-31T23:59:59-14:00", 1), ("to=9999-12-31", 1),
            ("artist_id=none-of-ours", 0), ("source=manual", 1), ("source=man*", 1), ("source=provider:*", 0),
            ("field=biography&field=genres", 1), ("field=genres", 0),
        ],
    )  # fmt: skip
    def test_what_it_finds(self, admin_client: Client, artist: Artist, query: str, total: int) -> None:
        response = admin_client.get(f"{URL}?{query}")
        assert (response.status_code, response.json()["total"]) == (200, total)

    @pytest.mark.parametrize("query", ["from=yesterday", "to=2026-02-30", "limit=many"])
    def test_what_it_refuses(self, admin_client: Client, query: str) -> None:
        assert admin_client.get(f"{URL}?{query}").status_code == 400

    def test_without_a_limit_a_page_is_as_long_as_the_caller_likes_it(
        self, admin_client: Client, administrator: User, artist: Artist
    ) -> None:
        change_preference(administrator, "page_size", "120")
        for path in (URL, f"/api/v1/artists/{artist.pk}/history"):
            limits = {asked: admin_client.get(f"{path}?limit={asked}").json()["limit"] for asked in ("", 9, 10, 501)}
            assert limits == {"": 120, 9: 120, 10: 10, 501: 120}


class TestRevert:
    def test_under_htmx_it_answers_with_the_new_entry(self, admin_client: Client, artist: Artist) -> None:
        change = MetadataChange.objects.get(field="biography")
        response = admin_client.post(f"{URL}/{change.pk}/revert", headers={"HX-Request": "true"})
        page = response.content.decode()
        assert response.status_code == 200
        assert "Biography" in page
        assert "<del>New.</del>" in page
        assert "<ins>Old.</ins>" in page
