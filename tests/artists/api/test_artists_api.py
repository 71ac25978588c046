"""The REST operations of artists answer what the contract says."""

import json
from pathlib import Path

import pytest
from django.test import Client

from artists.models import Artist, MetadataChange, PlatformProfile, ProviderRecord
from artists.services.editing import set_field, set_members
from tests.builders import make_artist, make_image, make_library

pytestmark = pytest.mark.django_db
V1 = "/api/v1"
MBID = "2cbb0d4e-8a57-4b0b-9a31-6d0f6a1d9e11"


@pytest.fixture
def api(admin_client: Client) -> Client:
    """A signed-in browser that sends the token which guards against forgery."""
    token = admin_client.get(f"{V1}/health").cookies["csrf_token"].value
    admin_client.defaults["HTTP_X_CSRF_TOKEN"] = token
    return admin_client


@pytest.fixture
def artist(tmp_path: Path) -> Artist:
    folder = tmp_path / "music" / "Mara Field"
    folder.mkdir(parents=True)
    return make_artist(library=make_library(path=folder.parent), path=str(folder), biography="Old.", genres=["Folk"])


def send(client: Client, method: str, path: str, body: object = None, **headers: str):
    return client.generic(
        method, f"{V1}{path}", json.dumps(body) if body is not None else "", content_type="application/json", **headers
    )


class TestReading:
    def test_the_list_has_every_field_of_the_contract(self, api: Client, artist: Artist) -> None:
        make_image(artist, "fanart", 1, low_res=True, placeholder="data:x")
        make_image(artist, "thumb", exists=False)
        ProviderRecord.objects.create(artist=artist, provider="lastfm", fetched_at=artist.created_at)
        body = api.get(f"{V1}/artists").json()
        assert {key: body[key] for key in ("total", "page", "page_size")} == {"total": 1, "page": 1, "page_size": 50}
        found = body["artists"][0]
        assert found["id"] == str(artist.pk)
        assert found["library_id"] == str(artist.libraries.get().pk)
        assert (found["fanart_exists"], found["fanart_count"], found["fanart_low_res"]) == (True, 1, True)
        assert (found["fanart_placeholder"], found["thumb_exists"]) == ("data:x", False)
        assert "lastfm_fetched_at" in found
        assert "locked_at" not in found
        assert list(found)[:4] == ["id", "name", "sort_name", "type"]

    @pytest.mark.parametrize("path", ["/artists", "/artists/locked"])
    @pytest.mark.parametrize("query", ["sort=biography", "order=up"])
    def test_an_order_that_is_none_is_refused(self, api: Client, path: str, query: str) -> None:
        assert api.get(f"{V1}{path}?{query}").status_code == 400

    def test_of_an_unknown_artist_no_field_is_known(self, api: Client) -> None:
        for way in ("display", "edit"):
            answer = api.get(f"{V1}/artists/7/fields/nonsense/{way}")
            assert (answer.status_code, answer.json()) == (404, {"error": "artist not found"})

    def test_one_artist_comes_with_its_members(self, api: Client, artist: Artist) -> None:
        set_members(artist, [{"member_name": "Ada", "instruments": ["oboe"]}])
        body = api.get(f"{V1}/artists/{artist.pk}").json()
        assert body["artist"]["genres"] == ["Folk"]
        assert body["members"][0]["member_name"] == "Ada"
        for unknown in ("0", "abc", "9" * 30):
            answer = api.get(f"{V1}/artists/{unknown}")
            assert (answer.status_code, answer.json()) == (404, {"error": "artist not found"})

    def test_locked_artists_are_listed_and_paged(self, api: Client, artist: Artist) -> None:
        send(api, "POST", f"/artists/{artist.pk}/lock")
        make_artist("Open")
        assert [each["name"] for each in api.get(f"{V1}/artists/locked").json()["artists"]] == ["Mara Field"]
        assert api.get(f"{V1}/artists/locked?page=2").json()["page"] == 2

    def test_bad_ids_are_a_bad_request(self, api: Client) -> None:
        assert api.get(f"{V1}/artists?ids=a%20b").status_code == 400

    def test_the_badge_is_html(self, api: Client, artist: Artist) -> None:
        answer = api.get(f"{V1}/artists/badge")
        assert answer.headers["Content-Type"].startswith("text/html")
        assert ">1<" in answer.content.decode()


class TestFields:
    def test_change_read_and_clear(self, api: Client, artist: Artist) -> None:
        path = f"/artists/{artist.pk}/fields/genres"
        answer = send(api, "PATCH", path, {"value": "Folk, Jazz"})
        assert answer.json() == {"status": "updated", "field": "genres", "value": "Folk, Jazz", "warning": ""}
        assert api.get(f"{V1}{path}/display").json() == {"field": "genres", "value": "Folk, Jazz"}
        assert api.get(f"{V1}{path}/edit").json()["value"] == "Folk, Jazz"
        assert send(api, "DELETE", path).json() == {"status": "cleared", "field": "genres", "warning": ""}
        assert Artist.objects.get().genres == []
        assert MetadataChange.objects.filter(source="manual", operation__actor__username="maria").count() == 2

    def test_a_form_body_works_too(self, api: Client, artist: Artist) -> None:
        answer = api.generic(
            "PATCH", f"{V1}/artists/{artist.pk}/fields/origin", "value=Leipzig",
            content_type="application/x-www-form-urlencoded",
        )  # fmt: skip
        assert answer.json()["value"] == "Leipzig"

    @pytest.mark.parametrize(
        ("field", "value", "error"),
        [("nonsense", "x", "unknown field"), ("name", "  ", "name must not be blank"),
         ("musicbrainz_id", "x", "musicbrainz_id must be a UUID"),
         ("musicbrainz_id", f"https://musicbrainz.org/release/{MBID}", "musicbrainz_id must be a UUID")],
    )  # fmt: skip
    def test_what_is_wrong_is_said(self, api: Client, artist: Artist, field: str, value: str, error: str) -> None:
        answer = send(api, "PATCH", f"/artists/{artist.pk}/fields/{field}", {"value": value})
        assert (answer.status_code, answer.json()["error"]) == (400, error)

    @pytest.mark.parametrize(
        "typed", [f"https://musicbrainz.org/artist/{MBID}", f" beta.MusicBrainz.org/artist/{MBID}/tags"]
    )
    def test_the_page_of_an_artist_at_musicbrainz_stands_for_its_id(
        self, api: Client, artist: Artist, typed: str
    ) -> None:
        answer = send(api, "PATCH", f"/artists/{artist.pk}/fields/musicbrainz_id", {"value": typed})
        assert (answer.status_code, answer.json()["value"]) == (200, MBID)

    def test_refusals(self, api: Client, artist: Artist) -> None:
        path = f"/artists/{artist.pk}/fields"
        assert send(api, "DELETE", f"{path}/name").json() == {"error": "name cannot be cleared"}
        assert api.get(f"{V1}{path}/locked/display").status_code == 400
        assert send(api, "PATCH", f"{path}/origin", {}).status_code == 400
        send(api, "POST", f"/artists/{artist.pk}/field-locks/biography")
        answer = send(api, "PATCH", f"{path}/biography", {"value": "x"})
        assert (answer.status_code, answer.json()) == (409, {"error": "field is locked"})

    def test_htmx_gets_the_fragments_of_the_page(self, api: Client, artist: Artist) -> None:
        path = f"/artists/{artist.pk}/fields/biography"
        for method, suffix, body in (("GET", "/display", None), ("GET", "/edit", None), ("PATCH", "", {"value": "N"})):
            answer = send(api, method, path + suffix, body, HTTP_HX_REQUEST="true")
            assert 'id="field-biography"' in answer.content.decode()


class TestLocks:
    def test_locking_twice_is_a_conflict(self, api: Client, artist: Artist) -> None:
        path = f"/artists/{artist.pk}/lock"
        assert send(api, "DELETE", path).status_code == 409
        answer = send(api, "POST", path)
        assert (answer.json()["locked"], answer.json()["lock_source"]) == (True, "user")
        assert send(api, "POST", path).status_code == 409
        assert send(api, "DELETE", path).json()["locked"] is False

    def test_field_and_image_locks(self, api: Client, artist: Artist) -> None:
        path = f"/artists/{artist.pk}/field-locks"
        assert send(api, "POST", f"{path}/members").json()["locked_fields"] == ["members"]
        assert send(api, "DELETE", f"{path}/members").json()["locked_fields"] == []
        assert send(api, "POST", f"{path}/shoe_size").status_code == 404
        image = make_image(artist)
        answer = send(api, "POST", f"/artists/{artist.pk}/image-locks/{image.pk}")
        assert [each["locked"] for each in answer.json()["images"]] == [True]
        assert send(api, "DELETE", f"/artists/{artist.pk}/image-locks/0").status_code == 404


class TestAliasesMembersFolder:
    def test_aliases(self, api: Client, artist: Artist) -> None:
        path = f"/artists/{artist.pk}/aliases"
        made = send(api, "POST", path, {"alias": "M. Field", "source": "musicbrainz"})
        assert made.status_code == 201
        assert api.get(f"{V1}{path}").json()[0]["source"] == "musicbrainz"
        assert send(api, "POST", path, {"alias": " "}).status_code == 400
        assert send(api, "DELETE", f"{path}/{made.json()['id']}").json() == {"status": "removed"}
        assert send(api, "DELETE", f"{path}/{made.json()['id']}").status_code == 404

    def test_members_are_cleared(self, api: Client, artist: Artist) -> None:
        set_members(artist, [{"member_name": "Ada"}])
        assert send(api, "DELETE", f"/artists/{artist.pk}/members").json() == {"status": "cleared"}
        assert not artist.members.exists()

    def test_the_folder_is_renamed_or_the_reason_told(self, api: Client, artist: Artist) -> None:
        path = f"/artists/{artist.pk}/rename-directory"
        answer = send(api, "POST", path, {"new_dirname": "Field, Mara"})
        assert answer.json()["status"] == "renamed"
        assert Path(answer.json()["new_path"]).is_dir()
        for name, status in (("a/b", 400), ("Field, Mara", 400), ("..", 400)):
            assert send(api, "POST", path, {"new_dirname": name}).status_code == status
        send(api, "POST", f"/artists/{artist.pk}/lock")
        assert send(api, "POST", path, {"new_dirname": "New"}).status_code == 409


class TestHistory:
    def test_of_one_and_of_all_with_filters(self, api: Client, artist: Artist) -> None:
        set_field(artist, "genres", "Jazz, Blues")
        set_field(artist, "origin", "Leipzig")
        one = api.get(f"{V1}/artists/{artist.pk}/history?limit=10&offset=1").json()
        assert (one["total"], one["limit"], one["offset"]) == (2, 10, 1)
        assert one["changes"][0]["old_value"] == "Folk"
        assert one["changes"][0]["new_value"] == "Jazz, Blues"
        every = api.get(f"{V1}/history?field=origin&field=born&source=man*&from=2020-01-01").json()
        assert [change["artist_name"] for change in every["changes"]] == ["Mara Field"]
        assert api.get(f"{V1}/history?to=2020-01-01").json()["total"] == 0
        assert api.get(f"{V1}/history?artist_id=nobody").json()["total"] == 0
        assert api.get(f"{V1}/history?from=soon").status_code == 400
        assert api.get(f"{V1}/history?limit=5").json()["limit"] == 50

    def test_a_change_is_reverted_once_and_a_revert_never(self, api: Client, artist: Artist) -> None:
        set_field(artist, "genres", "Jazz")
        change = MetadataChange.objects.get()
        assert send(api, "POST", f"/history/{change.pk}/revert").json() == {
            "reverted": True,
            "change_id": str(change.pk),
        }
        assert Artist.objects.get().genres == ["Folk"]
        assert send(api, "POST", f"/history/{MetadataChange.objects.first().pk}/revert").status_code == 400
        assert send(api, "POST", "/history/0/revert").status_code == 404


class TestNfo:
    def test_diff_and_conflict(self, api: Client, artist: Artist) -> None:
        body = api.get(f"{V1}/artists/{artist.pk}/nfo/diff").json()
        assert (body["exists"], body["has_changes"], len(body["fields"])) == (False, True, 16)
        assert api.get(f"{V1}/artists/{artist.pk}/nfo/conflict").json()["has_conflict"] is False
        assert api.get(f"{V1}/artists/0/nfo/conflict").status_code == 404


class TestPlatforms:
    def test_five_are_built_in_and_kodi_is_active(self, api: Client) -> None:
        profiles = {profile["id"]: profile for profile in api.get(f"{V1}/platforms").json()}
        assert set(profiles) == {"emby", "jellyfin", "kodi", "custom", "plex"}
        assert [key for key, profile in profiles.items() if profile["is_active"]] == ["kodi"]
        assert profiles["plex"]["nfo_enabled"] is False
        assert profiles["emby"]["image_naming"]["fanart"] == ["backdrop.jpg"]

    def test_create_change_activate_delete(self, api: Client) -> None:
        made = send(api, "POST", "/platforms", {"name": "My player", "image_naming": {"thumb": ["cover.jpg"]}})
        assert made.status_code == 201
        path = f"/platforms/{made.json()['id']}"
        changed = send(api, "PUT", path, {"image_naming": {"logo": "mark.png"}}).json()
        assert changed["image_naming"]["thumb"] == ["cover.jpg"]
        assert changed["image_naming"]["logo"] == ["mark.png"]
        assert changed["name"] == "My player"
        assert send(api, "POST", f"{path}/activate").json() == {"status": "activated"}
        assert PlatformProfile.objects.get(is_active=True).name == "My player"
        assert send(api, "DELETE", path).status_code == 409
        send(api, "POST", "/platforms/kodi/activate")
        assert send(api, "DELETE", path).json() == {"status": "deleted"}

    def test_refusals(self, api: Client) -> None:
        assert send(api, "POST", "/platforms", {"name": "Kodi"}).status_code == 409
        assert send(api, "POST", "/platforms", {"name": "X", "nfo_format": "word"}).status_code == 400
        bad = {"name": "X", "image_naming": {"thumb": ["../x.jpg"]}}
        assert send(api, "POST", "/platforms", bad).status_code == 400
        assert send(api, "PUT", "/platforms/kodi", {"name": "Mine"}).status_code == 403
        assert send(api, "DELETE", "/platforms/kodi").status_code == 403
        assert api.get(f"{V1}/platforms/none").status_code == 404

    def test_an_operator_keeps_profiles_too(self, operator_client: Client) -> None:
        """Profiles are not among what needs an administrator (behaviour.md 8)."""
        assert send(operator_client, "POST", "/platforms", {"name": "Mine"}).status_code == 201
        assert send(operator_client, "PUT", "/platforms/mine", {"nfo_enabled": False}).status_code == 200
        assert send(operator_client, "POST", "/platforms/plex/activate").status_code == 200
        assert send(operator_client, "DELETE", "/platforms/mine").status_code == 200
