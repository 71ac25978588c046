"""The panel "What the files say" shows each album's tags against the stored MusicBrainz ID."""

import pytest
from django.test import Client
from django.urls import reverse

from artists.models import AlbumTags
from tests.builders import make_artist

pytestmark = pytest.mark.django_db
MBID = "7d1e0c52-3b64-4f8a-9a17-52c0b6e4d901"
OTHER = "0a1b2c3d-0000-4000-8000-000000000002"


def page(client: Client, mbid: str, **values: object) -> tuple[dict, str]:
    artist = make_artist(musicbrainz_id=mbid)
    AlbumTags.objects.create(artist=artist, folder="One", album="One", **{"was_read": True, **values})
    response = client.get(reverse("artists:detail", args=[artist.pk]))
    return response.context, response.content.decode()


@pytest.mark.parametrize(
    ("stored", "values", "verdict"),
    [
        (MBID, {"album_artist_mbids": [MBID]}, "same ID"),
        (MBID, {"album_artist_mbids": [OTHER]}, "another ID"),
        ("", {"album_artist_mbids": [OTHER]}, "names an ID"),
        (MBID, {"album_artist": "Mara Field"}, "no ID"),
        (MBID, {"album_artist": "Various Artists"}, "compilation"),
        (MBID, {"was_read": False, "problem": "the tags are damaged"}, "not read"),
    ],
)
def test_each_album_has_its_verdict(admin_client: Client, stored: str, values: dict[str, object], verdict: str) -> None:
    context, text = page(admin_client, stored, **values)
    assert [line.verdict for line in context["albums"]] == [verdict]
    assert verdict in text


def test_another_artist_s_id_leads_to_musicbrainz(admin_client: Client) -> None:
    _, text = page(admin_client, MBID, album_artist_mbids=[OTHER])
    assert f'href="https://musicbrainz.org/artist/{OTHER}"' in text
    assert "another artist" in text


def test_an_artist_without_albums_is_told_when_they_are_read(admin_client: Client) -> None:
    artist = make_artist()
    assert "After a scan" in admin_client.get(reverse("artists:detail", args=[artist.pk])).content.decode()
