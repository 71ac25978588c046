"""Pictures of several artists: suggested when they are the same, removed from one, or allowed to be shared."""

from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from artists.models import AlikePicture, Artist, ArtistImage, Library
from artists.queries.alike_pictures import EXACT, NEAR, open_groups
from artists.services.alike_pictures import find_near_pictures, remove_here, share, suggest_again
from artists.services.fingerprints import take_fingerprints
from artists.services.scanner.scanning import scan_libraries
from artists.services.undo import undo
from stillwater.errors import Conflict, NotFound
from tests.artists.services.music import artist_folder, picture, put
from tests.builders import make_artist, make_image

pytestmark = pytest.mark.django_db
PAGE = "/reports/same-pictures"
HASH = "0f1e2d3c4b5a6978"
NEARLY = "0f1e2d3c4b5a6979"


def pictured(name: str, content: str, perceptual: str = HASH, kind: str = "fanart", **values: Any) -> ArtistImage:
    return make_image(
        make_artist(name), kind, content_hash=content * 32, perceptual_hash=perceptual, fingerprinted=True, **values
    )


def artists_of(way: str) -> list[set[str]]:
    names = dict(Artist.objects.values_list("pk", "name"))
    return [{names[member.artist] for member in group.members} for group in open_groups(way)]


class TestExact:
    def test_the_same_bytes_with_two_artists_are_suggested(self) -> None:
        pictured("Mara", "ab")
        pictured("Olaf", "ab", kind="thumb")
        pictured("Nils", "cd")
        assert artists_of(EXACT) == [{"Mara", "Olaf"}]

    def test_twice_with_one_artist_is_another_matter(self) -> None:
        first = pictured("Mara", "ab")
        make_image(first.artist, "fanart", 1, content_hash=first.content_hash)
        assert artists_of(EXACT) == []

    def test_a_file_that_is_gone_does_not_count(self) -> None:
        pictured("Mara", "ab")
        pictured("Olaf", "ab", exists=False)
        assert artists_of(EXACT) == []

    def test_what_most_artists_share_comes_first(self) -> None:
        for name, content in (("A", "ab"), ("B", "ab"), ("C", "cd"), ("D", "cd"), ("E", "cd")):
            pictured(name, content)
        assert artists_of(EXACT) == [{"C", "D", "E"}, {"A", "B"}]


class TestNear:
    def test_other_bytes_of_the_same_picture_are_suggested(self) -> None:
        pictured("Mara", "ab")
        pictured("Olaf", "cd", NEARLY)
        assert find_near_pictures() == 1
        assert artists_of(NEAR) == [{"Mara", "Olaf"}]
        assert artists_of(EXACT) == []

    def test_placeholders_logos_and_other_kinds_are_not_compared(self) -> None:
        pictured("Mara", "ab")
        pictured("Olaf", "cd", kind="thumb")
        pictured("Nils", "ef", stand_in="a silhouette or symbol")
        pictured("Rune", "01", kind="logo")
        pictured("Stig", "23", kind="logo")
        assert find_near_pictures() == 0

    def test_the_same_bytes_are_told_elsewhere(self) -> None:
        pictured("Mara", "ab")
        pictured("Olaf", "ab")
        assert find_near_pictures() == 0

    def test_a_picture_that_was_replaced_since_is_not_meant(self) -> None:
        pictured("Mara", "ab")
        other = pictured("Olaf", "cd")
        find_near_pictures()
        ArtistImage.objects.filter(pk=other.pk).update(content_hash="ef" * 32)
        assert artists_of(NEAR) == []

    def test_the_next_look_writes_what_differs_alone(self) -> None:
        pictured("Mara", "ab")
        other = pictured("Olaf", "cd")
        find_near_pictures()
        kept = set(AlikePicture.objects.values_list("pk", flat=True))
        find_near_pictures()
        assert set(AlikePicture.objects.values_list("pk", flat=True)) == kept
        ArtistImage.objects.filter(pk=other.pk).update(perceptual_hash="f0e1d2c3b4a59687")
        assert find_near_pictures() == 0
        assert not AlikePicture.objects.exists()


class TestSharing:
    def test_a_group_that_may_share_is_suggested_no_more_until_somebody_joins(self) -> None:
        pictured("Mara", "ab")
        pictured("Olaf", "ab")
        assert share(open_groups(EXACT)[0].key).names == ["Mara", "Olaf"]
        assert artists_of(EXACT) == []
        pictured("Nils", "ab")
        assert artists_of(EXACT) == [{"Mara", "Olaf", "Nils"}]

    def test_near_ones_too_and_back_again(self) -> None:
        pictured("Mara", "ab")
        pictured("Olaf", "cd")
        find_near_pictures()
        row = share(open_groups(NEAR)[0].key)
        assert share(row.key) == row
        suggest_again(row.key)
        assert artists_of(NEAR) == [{"Mara", "Olaf"}]

    @pytest.mark.parametrize("verb", [share, suggest_again])
    def test_an_unknown_group_is_not_found(self, verb: Any) -> None:
        with pytest.raises(NotFound):
            verb("ab")


class TestRemoving:
    @pytest.fixture
    def olaf(self, library: Library) -> Artist:
        """He has the backdrop of Mara before one of his own."""
        for name, number in (("Mara Field", 1), ("Olaf Berg", 2)):
            folder = artist_folder(Path(library.path), name, number=number)
            put(folder / "folder.jpg", picture(shade=number * 60))
            put(folder / "fanart.jpg", picture(1920, 1080, shade=20))
        put(folder / "fanart1.jpg", picture(1920, 1080, shade=240))
        scan_libraries()
        take_fingerprints(workers=1)
        return Artist.objects.get(name="Olaf Berg")

    def test_one_of_them_loses_it_and_the_other_keeps_it(self, olaf: Artist) -> None:
        image = olaf.images.get(kind="fanart", slot=0)
        own = olaf.images.get(kind="fanart", slot=1).content_hash
        made = remove_here(image.pk, image.content_hash)
        assert [each.content_hash for each in olaf.images.filter(kind="fanart")] == [own]
        assert artists_of(EXACT) == []
        assert Artist.objects.get(name="Mara Field").images.filter(kind="fanart").exists()
        assert made is not None
        undo(made.pk)
        assert artists_of(EXACT) == [{"Mara Field", "Olaf Berg"}]

    def test_another_picture_in_its_slot_is_left(self, olaf: Artist) -> None:
        image = olaf.images.get(kind="fanart", slot=0)
        with pytest.raises(Conflict):
            remove_here(image.pk, "cd" * 32)
        assert olaf.images.filter(kind="fanart").count() == 2

    def test_one_that_is_gone_is_not_found(self) -> None:
        with pytest.raises(NotFound):
            remove_here(99, "ab")


class TestPage:
    def test_the_pictures_stand_side_by_side_with_their_placeholder_named(self, admin_client: Client) -> None:
        for name in ("Mara", "Olaf"):
            pictured(name, "ab", kind="thumb", stand_in="a silhouette or symbol")
        text = admin_client.get(PAGE).content.decode()
        assert text.count("Remove here") == 2
        assert "Placeholder: a silhouette or symbol" in text

    def test_without_any_the_page_says_so(self, admin_client: Client) -> None:
        assert "Every picture is one artist's" in admin_client.get(PAGE).content.decode()
        assert "No two look the same" in admin_client.get(f"{PAGE}?way=near").content.decode()

    def test_sharing_in_place_and_as_a_plain_form(self, admin_client: Client) -> None:
        pictured("Mara", "ab")
        pictured("Olaf", "ab")
        key = open_groups(EXACT)[0].key
        answer = admin_client.post(f"{PAGE}/{key}/share", headers={"HX-Request": "true"})
        assert "May share: 1" in answer.content.decode()
        text = admin_client.post(f"{PAGE}/{key}/suggest", follow=True).content.decode()
        assert "Suggested again." in text

    def test_a_refusal_is_said(self, admin_client: Client) -> None:
        image = pictured("Mara", "ab")
        answer = admin_client.post(f"{PAGE}/{image.pk}/remove", {"content": "x"}, headers={"HX-Request": "true"})
        assert "has been changed since" in answer.headers["HX-Trigger"]

    def test_many_groups_cost_no_more_questions(self, admin_client: Client) -> None:
        counts = []
        for size in (2, 15):
            for number in range(size):
                for name in ("Mara", "Olaf"):
                    pictured(f"{name} {size} {number}", f"{size:x}{number:x}"[:2])
            with CaptureQueriesContext(connection) as queries:
                admin_client.get(PAGE)
            counts.append(len(queries))
        assert counts[0] == counts[1]


class TestRest:
    def test_groups_are_listed_shared_and_suggested_again(self, admin_client: Client) -> None:
        pictured("Mara", "ab")
        pictured("Olaf", "ab", stand_in="nearly one colour")
        address = "/api/v1/reports/same-pictures"
        body = admin_client.get(address).json()
        assert body["total"] == 1
        group = body["groups"][0]
        assert {each["artist_name"] for each in group["images"]} == {"Mara", "Olaf"}
        assert (group["placeholder"], group["more"]) == ("nearly one colour", 0)
        headers = {"X-CSRF-Token": admin_client.cookies["csrf_token"].value}
        shared = f"{address}/{group['key']}/share"
        assert admin_client.post(shared, headers=headers).json()["names"] == ["Mara", "Olaf"]
        assert admin_client.get(f"{address}?offset=-1").json() == {"total": 0, "groups": []}
        assert admin_client.delete(shared, headers=headers).status_code == 204
        assert admin_client.delete(shared, headers=headers).status_code == 404
