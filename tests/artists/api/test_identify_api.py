"""Refreshing, comparing and linking over REST and on the pages; who is asked are small invented providers."""

import json

import pytest
from django.test import Client

from artists.models import Artist, ProviderRecord
from artists.providers.answers import SearchHit
from artists.services.comparing import offers, use_value
from artists.services.identifiers import clear_identifiers
from artists.services.identify import link, search
from artists.services.locks import lock_field
from artists.services.provenance import musicbrainz_diffs
from artists.services.undo import undo
from stillwater.errors import Invalid, Locked
from tests.artists.providers.answers import LONG, MBID, OTHER_MBID, record
from tests.artists.providers.panels import FakeProvider, panel, sources
from tests.builders import make_artist

pytestmark = pytest.mark.django_db
V1 = "/api/v1"


@pytest.fixture
def artist() -> Artist:
    return make_artist("Quillfen Harbor", musicbrainz_id=MBID, discogs_id="1", genres=["folk"])


def musicbrainz(mbid: str = MBID, **values: object) -> FakeProvider:
    hit = SearchHit("musicbrainz", mbid, "Quillfen Harbor", score=100, musicbrainz_id=mbid)
    return FakeProvider("musicbrainz", record("musicbrainz", provider_id=mbid, **values), [hit], ["Lamp Weather"])


class TestComparing:
    def test_every_provider_side_by_side_with_its_error(self, artist: Artist) -> None:
        asked = panel(musicbrainz(), FakeProvider("wikipedia", record("wikipedia", biography=LONG)))
        first, second, third = offers(artist, "biography", panel=asked, names=["wikipedia", "musicbrainz", "genius"])
        assert (first.value, first.has_data) == (LONG, True)
        assert (second.has_data, second.error) == (False, "")
        assert third.error

    def test_years_are_made_of_dates_and_marked(self, artist: Artist) -> None:
        asked = panel(musicbrainz(type="group", formed="2004-01-02"))
        (only,) = offers(artist, "years_active", panel=asked, names=["musicbrainz"])
        assert (only.value, only.synthesized) == ("2004-present", True)

    def test_a_value_that_is_used_names_its_provider_and_obeys_the_lock(self, artist: Artist) -> None:
        use_value(artist, "genres", ["folk", "drone"], "musicbrainz")
        assert (artist.genres, artist.metadata_sources["genres"]) == (["folk", "drone"], "musicbrainz")
        lock_field(artist, "genres")
        with pytest.raises(Locked):
            use_value(artist, "genres", ["jazz"], "musicbrainz")

    def test_an_unknown_field_is_refused(self, artist: Artist, admin_client: Client) -> None:
        assert admin_client.get(f"{V1}/artists/{artist.pk}/fields/nonsense/providers").status_code == 400


class TestIdentifying:
    def test_silence_is_never_no_matches(self, artist: Artist) -> None:
        found = search(artist, panel=panel(musicbrainz(), unavailable={"discogs": "there is no key"}))
        assert [each.hit.musicbrainz_id for each in found.candidates] == [MBID]
        assert found.down == {"discogs": "there is no key"}

    def test_another_entry_drops_what_belonged_to_the_former_and_can_be_taken_back(self, artist: Artist) -> None:
        ProviderRecord.objects.create(artist=artist, provider="genius", external_id="7")
        link(artist, mbid=OTHER_MBID, sources=sources(musicbrainz(OTHER_MBID)))
        artist.refresh_from_db()
        assert (artist.musicbrainz_id, artist.discogs_id) == (OTHER_MBID, "")
        assert not ProviderRecord.objects.filter(external_id="7").exists()

    def test_nothing_chosen_is_nothing_linked(self, artist: Artist) -> None:
        with pytest.raises(Invalid, match="is required"):
            link(artist)

    def test_cleared_identifiers_come_back(self, artist: Artist) -> None:
        change = clear_identifiers(artist)
        assert (artist.musicbrainz_id, artist.discogs_id) == ("", "")
        assert change.operation is not None
        undo(change.operation.pk)
        artist.refresh_from_db()
        assert (artist.musicbrainz_id, artist.discogs_id) == (MBID, "1")


class TestDoors:
    def test_without_an_mbid_a_refresh_asks_who_it_is(self, admin_client: Client) -> None:
        nobody = make_artist("Nobody")
        token = admin_client.get(f"{V1}/health").cookies["csrf_token"].value
        answer = admin_client.post(f"{V1}/artists/{nobody.pk}/refresh", HTTP_X_CSRF_TOKEN=token)
        assert answer.json()["status"] == "disambiguation_required"
        page = admin_client.post(f"/artists/{nobody.pk}/refresh")
        assert page.headers["Location"] == f"/artists/{nobody.pk}/identify"

    def test_beginning_anew_changes_nothing_by_itself(self, artist: Artist, admin_client: Client) -> None:
        token = admin_client.get(f"{V1}/health").cookies["csrf_token"].value
        answer = admin_client.post(f"{V1}/artists/{artist.pk}/reidentify", HTTP_X_CSRF_TOKEN=token)
        assert (answer.status_code, Artist.objects.get().musicbrainz_id) == (200, MBID)

    def test_members_of_a_provider_are_taken(self, artist: Artist, admin_client: Client) -> None:
        token = admin_client.get(f"{V1}/health").cookies["csrf_token"].value
        body = json.dumps([{"name": "Oda", "instruments": ["bass"], "is_active": True}])
        url = f"{V1}/artists/{artist.pk}/members/from-provider"
        answer = admin_client.post(url, body, content_type="application/json", HTTP_X_CSRF_TOKEN=token)
        assert (answer.json(), artist.members.get().member_name) == ({"status": "saved"}, "Oda")

    def test_differences_to_musicbrainz_are_listed(self, artist: Artist, admin_client: Client) -> None:
        artist.musicbrainz_snapshots.create(field="genres", value=["Drone"], fetched_at=artist.created_at)
        assert [each.theirs for each in musicbrainz_diffs(artist)] == ["Drone"]
        body = admin_client.get(f"{V1}/artists/{artist.pk}/musicbrainz/diffs").json()
        assert body["diffs"][0]["musicbrainz_value"] == "Drone"
        for page in ("musicbrainz", "identify"):
            assert admin_client.get(f"/artists/{artist.pk}/{page}").status_code == 200
