"""The artist list: what it shows, what its address means, and what it costs."""

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries
from pytest_django.fixtures import DjangoCaptureOnCommitCallbacks

from artists.models import Artist
from artists.services.facts import derive
from stillwater.services.preferences import preference_of
from tests.builders import make_artist, make_image, make_library

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


def searchable(name: str, **values: object) -> Artist:
    artist = make_artist(name, **values)
    derive(artist)
    artist.save()
    return artist


def names(client: Client, query: str = "") -> list[str]:
    response = client.get(reverse("artists:index") + query)
    return [row.artist.name for row in response.context["rows"]]


class TestList:
    def test_shows_the_artists_by_name(self, admin_client: Client) -> None:
        for name in ("Wren Alder", "Ida Marsh"):
            make_artist(name)
        assert names(admin_client) == ["Ida Marsh", "Wren Alder"]

    def test_htmx_gets_the_results_alone(self, admin_client: Client) -> None:
        make_artist()
        page = admin_client.get(reverse("artists:index"), headers=HTMX).content.decode()
        assert page.lstrip().startswith('<div id="artist-results"')

    def test_searches_without_accents(self, admin_client: Client) -> None:
        searchable("Brígida Quarwick")
        searchable("Ida Marsh")
        assert names(admin_client, "?search=brigida") == ["Brígida Quarwick"]

    @pytest.mark.parametrize(
        ("value", "expected"), [("%2By", ["Locked One"]), ("-y", ["Open One"]), ("+y", ["Locked One"])]
    )
    def test_a_filter_is_written_in_the_address(self, admin_client: Client, value: str, expected: list[str]) -> None:
        make_artist("Open One")
        make_artist("Locked One", locked=True, locked_at="2026-01-01T00:00:00Z")
        assert names(admin_client, f"?filter_locked={value}") == expected

    def test_each_filter_is_a_chip_that_leads_to_the_list_without_it(self, admin_client: Client) -> None:
        make_artist()
        listing = admin_client.get(
            reverse("artists:index") + "?filter_missing_mbid=%2By&filter_excluded=-y&search=mara"
        ).context["listing"]
        assert [(chip.state, chip.url) for chip in listing.chips] == [
            ("on", "?search=mara&filter_excluded=-y"),
            ("off", "?search=mara&filter_missing_mbid=%2By"),
        ]

    def test_a_heading_sorts_turns_round_and_goes_back(self, admin_client: Client) -> None:
        index = reverse("artists:index")
        first = admin_client.get(index).context["listing"].headings["health_score"].url
        second = admin_client.get(index + first).context["listing"].headings["health_score"].url
        third = admin_client.get(index + second).context["listing"].headings["health_score"].url
        assert (first, second, third) == ("?sort=health_score", "?sort=health_score&order=desc", "?")

    def test_a_page_beyond_the_end_is_the_last_one(self, admin_client: Client) -> None:
        make_artist()
        assert names(admin_client, "?page=9") == ["Mara Field"]

    def test_the_filter_panel_counts_each_option(self, admin_client: Client) -> None:
        make_artist(locked=True, locked_at="2026-01-01T00:00:00Z")
        groups = admin_client.get(reverse("artists:index") + "?panel=1&filter_locked=-y").context["groups"]
        locked = next(tri for _label, tris in groups for tri in tris if tri.name == "filter_locked")
        assert (locked.value, locked.count) == ("-y", 1)

    def test_a_library_that_is_left_out_is_a_chip_too(self, admin_client: Client) -> None:
        make_artist()
        library = make_library("Attic")
        query = f"?filter_library_{library.pk}=-y"
        listing = admin_client.get(reverse("artists:index") + query).context["listing"]
        assert [(chip.text, chip.state, chip.url) for chip in listing.chips] == [("not Attic", "off", "?")]

    def test_removing_a_filter_leaves_the_panel_open(self, admin_client: Client) -> None:
        make_artist()
        listing = admin_client.get(reverse("artists:index") + "?panel=1&filter_locked=-y").context["listing"]
        assert [chip.url for chip in listing.chips] == ["?panel=1"]
        assert (listing.query, listing.trail) == ("?filter_locked=-y", "?filter_locked=-y")

    def test_costs_as_many_queries_for_thirty_artists_as_for_three(
        self, admin_client: Client, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        library = make_library()
        address = reverse("artists:index")

        def add(count: int) -> None:
            for number in range(count):
                artist = make_artist(f"Artist {Artist.objects.count()} {number}", library=library)
                make_image(artist)

        add(3)
        admin_client.get(address)
        with django_assert_num_queries(15, exact=False) as few:
            admin_client.get(address)
        add(27)
        with django_assert_num_queries(len(few)):
            admin_client.get(address)


class TestEmptyStates:
    def test_without_a_library_the_next_step_is_a_music_folder(self, admin_client: Client) -> None:
        assert "Choose a music folder" in admin_client.get(reverse("artists:index")).content.decode()

    def test_none_that_match_is_another_thing_than_none(self, admin_client: Client) -> None:
        make_artist()
        page = admin_client.get(reverse("artists:index") + "?search=nobody-at-all").content.decode()
        assert "No artist is called that" in page
        assert "Choose a music folder" not in page


class TestView:
    def test_the_grid_is_kept_for_the_person(self, admin_client: Client, administrator: object) -> None:
        make_artist()
        response = admin_client.post(reverse("artists:view"), {"view": "grid", "query": "sort=health_score"})
        assert response["Location"] == reverse("artists:index") + "?sort=health_score"
        assert admin_client.get(reverse("artists:index")).context["view"] == "grid"
        assert preference_of(administrator, "artists_view") == "grid"

    def test_an_unknown_view_is_refused(self, admin_client: Client) -> None:
        assert admin_client.post(reverse("artists:view"), {"view": "cloud"}).status_code == 400


class TestBulk:
    def test_locks_the_ticked_artists(self, admin_client: Client) -> None:
        artists = [make_artist(f"Artist {number}") for number in range(3)]
        admin_client.post(reverse("artists:bulk"), {"action": "lock", "ids": [artists[0].pk, artists[2].pk]})
        assert list(Artist.objects.filter(locked=True)) == [artists[0], artists[2]]

    def test_nothing_ticked_never_means_everything(self, admin_client: Client) -> None:
        make_artist()
        assert admin_client.post(reverse("artists:bulk"), {"action": "exclude"}).status_code == 400
        assert not Artist.objects.filter(is_excluded=True).exists()

    def test_many_are_asked_about_with_the_numbers_first(self, admin_client: Client) -> None:
        posted = self._everything(admin_client, 60, already=5)
        response = admin_client.post(reverse("artists:bulk"), posted)
        assert (response.context["total"], response.context["changing"]) == (60, 55)
        assert Artist.objects.filter(locked=True).count() == 5

    def test_once_confirmed_all_that_match_change_in_the_background(
        self, admin_client: Client, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
    ) -> None:
        posted = self._everything(admin_client, 60)
        with django_capture_on_commit_callbacks(execute=True):
            admin_client.post(reverse("artists:bulk"), posted | {"confirmed": "1"})
        assert Artist.objects.filter(locked=True).count() == 60

    def test_another_number_than_the_person_saw_is_asked_about(self, admin_client: Client) -> None:
        posted = self._everything(admin_client, 3)
        make_artist("One more")
        response = admin_client.post(reverse("artists:bulk"), posted)
        assert response.context["chosen"].has_moved
        assert not Artist.objects.filter(locked=True).exists()

    def test_artists_that_need_nothing_do_not_stop_the_others(self, admin_client: Client) -> None:
        posted = self._everything(admin_client, 3, already=1)
        response = admin_client.post(reverse("artists:bulk"), posted, headers=HTMX)
        assert "2 locked, 1 needed nothing" in response["HX-Trigger"]
        assert "selection:clear" in response["HX-Trigger"]

    @staticmethod
    def _everything(client: Client, count: int, already: int = 0) -> dict[str, str]:
        for number in range(count):
            locked = {"locked": True, "locked_at": "2026-01-01T00:00:00Z"} if number < already else {}
            make_artist(f"Artist {number:02}", **locked)
        token = client.get(reverse("artists:index")).context["selection"]
        return {"action": "lock", "all_matching": "1", "selection": token}
