"""The artist page: its sections, what each of them changes, and the way there and back without scripts."""

from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from artists.models import Artist, MetadataChange
from tests.builders import make_artist, make_image, make_library

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def artist(tmp_path: Path) -> Artist:
    """Mara Field, whose folder lies in a library."""
    music = tmp_path / "music"
    (music / "Mara Field").mkdir(parents=True)
    return make_artist(library=make_library(path=music), path=str(music / "Mara Field"))


def post(client: Client, name: str, *args: object, htmx: bool = True, **data: object) -> tuple[int, str]:
    response = client.post(reverse(f"artists:{name}", args=args), data, headers=HTMX if htmx else {})
    return response.status_code, response.content.decode()


class TestPage:
    def test_shows_name_facts_and_folder(self, admin_client: Client, artist: Artist) -> None:
        page = admin_client.get(reverse("artists:detail", args=[artist.pk])).content.decode()
        for expected in ("<h1>Mara Field</h1>", 'id="field-born"', 'id="folder"', artist.path):
            assert expected in page

    def test_an_unknown_artist_is_not_found(self, admin_client: Client) -> None:
        assert admin_client.get(reverse("artists:detail", args=[999])).status_code == 404

    def test_a_person_is_not_asked_when_it_was_formed(self, admin_client: Client) -> None:
        context = admin_client.get(reverse("artists:detail", args=[make_artist(type="person").pk])).context
        keys = [field.key for field in context["about"]]
        assert "born" in keys
        assert "formed" not in keys

    def test_a_value_that_should_not_be_there_is_shown_all_the_same(self, admin_client: Client) -> None:
        person = make_artist(type="person", formed="1994")
        context = admin_client.get(reverse("artists:detail", args=[person.pk])).context
        assert "formed" in [field.key for field in context["about"]]

    def test_only_identifiers_that_can_be_part_of_an_address_become_links(self, admin_client: Client) -> None:
        odd = make_artist(discogs_id="123", deezer_id='"><script>', spotify_id="../../evil")
        context = admin_client.get(reverse("artists:detail", args=[odd.pk])).context
        assert context["links"] == [("Discogs", "https://www.discogs.com/artist/123")]

    def test_the_neighbours_are_those_of_the_list_one_came_from(self, admin_client: Client) -> None:
        anna, carla = make_artist("Anna", type="group"), make_artist("Carla", type="group")
        make_artist("Berta", type="person")
        address = reverse("artists:detail", args=[anna.pk]) + "?filter_type_group=%2By"
        neighbours = admin_client.get(address).context["neighbours"]
        assert neighbours.previous == ""
        assert neighbours.next == reverse("artists:detail", args=[carla.pk]) + "?filter_type_group=%2By"

    def test_namesakes_are_each_others_neighbours(self, admin_client: Client) -> None:
        first, second = make_artist("Anna"), make_artist("Anna")
        neighbours = admin_client.get(reverse("artists:detail", args=[second.pk])).context["neighbours"]
        assert (neighbours.previous, neighbours.next) == (reverse("artists:detail", args=[first.pk]), "")

    def test_a_slot_without_a_picture_says_so(self, admin_client: Client, artist: Artist) -> None:
        make_image(artist, low_res=True, width=300, height=300)
        slots = admin_client.get(reverse("artists:detail", args=[artist.pk])).context["slots"]
        assert [(slot.kind, slot.picture is not None) for slot in slots] == [
            ("thumb", True), ("logo", False), ("banner", False), ("fanart", False),
        ]  # fmt: skip

    def test_more_rows_cost_no_more_queries(
        self, admin_client: Client, artist: Artist, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        address = reverse("artists:detail", args=[artist.pk])
        self._fill(artist, 1)
        admin_client.get(address)
        with django_assert_num_queries(30, exact=False) as few:
            admin_client.get(address)
        self._fill(artist, 4)
        with django_assert_num_queries(len(few)):
            admin_client.get(address)

    @staticmethod
    def _fill(artist: Artist, count: int) -> None:
        for number in range(count):
            artist.aliases.create(alias=f"Alias {number}")
            artist.members.create(member_name=f"Member {number}")
            make_image(artist, "fanart", slot=artist.images.count())


class TestNames:
    def test_an_alias_is_added_and_the_next_can_be_typed(self, admin_client: Client, artist: Artist) -> None:
        status, page = post(admin_client, "add_alias", artist.pk, alias=" M. Field ")
        assert (status, artist.aliases.get().alias) == (200, "M. Field")
        assert "data-focus-here" in page

    def test_a_blank_alias_comes_back_with_the_reason(self, admin_client: Client, artist: Artist) -> None:
        status, page = post(admin_client, "add_alias", artist.pk, alias="   ")
        assert status == 422
        assert 'aria-invalid="true"' in page

    def test_without_scripts_the_whole_page_comes_back_with_the_reason(
        self, admin_client: Client, artist: Artist
    ) -> None:
        status, page = post(admin_client, "add_alias", artist.pk, htmx=False, alias="")
        assert status == 422
        assert "<h1>Mara Field</h1>" in page

    def test_without_scripts_a_change_leads_back_to_its_place(self, admin_client: Client, artist: Artist) -> None:
        response = admin_client.post(reverse("artists:add_alias", args=[artist.pk]), {"alias": "M. Field"})
        assert response["Location"] == reverse("artists:detail", args=[artist.pk]) + "#aliases"

    def test_an_alias_is_removed(self, admin_client: Client, artist: Artist) -> None:
        alias = artist.aliases.create(alias="M. Field")
        assert post(admin_client, "remove_alias", artist.pk, alias.pk)[0] == 200
        assert not artist.aliases.exists()

    def test_an_alias_of_another_artist_stays(self, admin_client: Client, artist: Artist) -> None:
        other = make_artist("Ida Marsh").aliases.create(alias="I. Marsh")
        assert post(admin_client, "remove_alias", artist.pk, other.pk)[0] == 404


class TestMembers:
    def test_a_member_is_added_behind_the_others(self, admin_client: Client, artist: Artist) -> None:
        artist.members.create(member_name="Wren Alder")
        post(admin_client, "add_member", artist.pk, member_name="Ida Marsh", instruments="drums, vocals")
        assert [(each.member_name, each.instruments) for each in artist.members.all()] == [
            ("Wren Alder", []),
            ("Ida Marsh", ["drums", "vocals"]),
        ]

    def test_one_of_two_namesakes_is_removed(self, admin_client: Client, artist: Artist) -> None:
        artist.members.create(member_name="Ida Marsh", date_joined="1990")
        later = artist.members.create(member_name="Ida Marsh", date_joined="2004", sort_order=1)
        post(admin_client, "remove_member", artist.pk, later.pk)
        assert artist.members.get().date_joined == "1990"

    def test_locked_members_cannot_be_added_to(self, admin_client: Client, artist: Artist) -> None:
        post(admin_client, "lock_members", artist.pk)
        status, page = post(admin_client, "add_member", artist.pk, member_name="Ida Marsh")
        assert status == 409
        assert not artist.members.exists()
        assert "Add a member" not in page

    def test_all_are_cleared(self, admin_client: Client, artist: Artist) -> None:
        artist.members.create(member_name="Ida Marsh")
        assert post(admin_client, "clear_members", artist.pk)[0] == 200
        assert not artist.members.exists()


class TestFolder:
    def test_it_is_renamed_on_disk(self, admin_client: Client, artist: Artist) -> None:
        assert post(admin_client, "rename", artist.pk, new_dirname="Field, Mara")[0] == 200
        artist.refresh_from_db()
        assert Path(artist.path).name == "Field, Mara"
        assert Path(artist.path).is_dir()

    @pytest.mark.parametrize(
        ("name", "status", "reason"),
        [
            ("a/b", 422, "Windows and network shares"),
            ("Mara Field", 422, "already has this name"),
            ("Taken", 409, "already exists"),
        ],
    )
    def test_what_is_refused_stays_in_the_form_with_its_reason(
        self, admin_client: Client, artist: Artist, name: str, status: int, reason: str
    ) -> None:
        Path(artist.path).with_name("Taken").mkdir()
        answered, page = post(admin_client, "rename", artist.pk, new_dirname=name)
        assert answered == status
        assert reason in page
        assert f'value="{name}"' in page
        assert Path(artist.path).is_dir()


class TestStanding:
    def test_lock_and_unlock(self, admin_client: Client, artist: Artist) -> None:
        assert "Unlock" in post(admin_client, "lock", artist.pk)[1]
        artist.refresh_from_db()
        assert artist.locked
        post(admin_client, "unlock", artist.pk)
        artist.refresh_from_db()
        assert not artist.locked

    def test_what_somebody_else_did_already_is_no_error(self, admin_client: Client, artist: Artist) -> None:
        post(admin_client, "lock", artist.pk)
        assert post(admin_client, "lock", artist.pk)[0] == 200

    def test_exclude_and_include(self, admin_client: Client, artist: Artist) -> None:
        assert "Include again" in post(admin_client, "exclude", artist.pk)[1]
        post(admin_client, "include", artist.pk)
        artist.refresh_from_db()
        assert not artist.is_excluded

    def test_the_neighbours_stay_after_a_change(self, admin_client: Client, artist: Artist) -> None:
        head = admin_client.get(reverse("artists:header", args=[artist.pk]) + "?sort=health_score", headers=HTMX)
        assert "?sort=health_score" in head.content.decode()


class TestNfo:
    def test_it_is_written_for_the_first_time(self, admin_client: Client, artist: Artist) -> None:
        assert post(admin_client, "create_nfo", artist.pk)[0] == 200
        assert "Mara Field" in (Path(artist.path) / "artist.nfo").read_text()

    def test_the_file_is_compared_with_what_is_stored(self, admin_client: Client, artist: Artist) -> None:
        (Path(artist.path) / "artist.nfo").write_text("<artist><name>Mara Feld</name></artist>")
        page = admin_client.get(reverse("artists:nfo", args=[artist.pk])).content.decode()
        assert "<del>Mara Feld</del>" in page
        assert "<ins>Mara Field</ins>" in page

    def test_a_broken_file_is_replaced_and_can_be_restored_from_what_was_kept(
        self, admin_client: Client, artist: Artist
    ) -> None:
        file = Path(artist.path) / "artist.nfo"
        file.write_text("no xml at all")
        post(admin_client, "replace_nfo", artist.pk)
        assert "<name>Mara Field</name>" in file.read_text()
        snapshots = admin_client.get(reverse("artists:nfo", args=[artist.pk])).context["snapshots"]
        assert len(snapshots) == 1


class TestHistory:
    def test_a_change_is_taken_back(self, admin_client: Client, artist: Artist) -> None:
        post(admin_client, "change_field", artist.pk, "born", value="1985-10-22")
        change = MetadataChange.objects.get(field="born")
        status, page = post(admin_client, "revert", artist.pk, change.pk)
        artist.refresh_from_db()
        assert (status, artist.born) == (200, "")
        assert "taken back" in page

    def test_a_change_of_another_artist_is_not_found(self, admin_client: Client, artist: Artist) -> None:
        other = make_artist("Ida Marsh")
        post(admin_client, "change_field", other.pk, "born", value="1985-10-22")
        change = MetadataChange.objects.get(field="born")
        assert post(admin_client, "revert", artist.pk, change.pk)[0] == 404
        other.refresh_from_db()
        assert other.born == "1985-10-22"

    def test_all_changes_have_a_page(self, admin_client: Client, artist: Artist) -> None:
        post(admin_client, "change_field", artist.pk, "origin", value="Leipzig")
        page = admin_client.get(reverse("artists:history", args=[artist.pk])).content.decode()
        assert "Leipzig" in page
        assert "<h1>History</h1>" in page
