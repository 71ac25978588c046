"""Dismiss, open again, fix, take back: each answers with the row, and works as a plain form."""

from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from artists.models import Artist
from rules.models import Status, Violation
from rules.services.evaluation import evaluate_artist
from tests.builders import make_artist, make_library
from tests.rules.views.finding_builders import HTMX, make_finding

pytestmark = pytest.mark.django_db(transaction=True)


def status_of(finding: Violation) -> str:
    return Violation.objects.get(pk=finding.pk).status


@pytest.fixture
def artist(tmp_path: Path) -> Artist:
    folder = tmp_path / "music" / "Mara Field"
    folder.mkdir(parents=True)
    library = make_library("Music", tmp_path / "music")
    mara = make_artist("Mara Field", library=library, path=str(folder))
    evaluate_artist(mara)
    return mara


def missing_nfo(artist: Artist) -> Violation:
    return Violation.objects.get(artist=artist, rule="nfo_exists")


class TestDismiss:
    def test_the_row_becomes_a_strip_with_an_undo(self, admin_client: Client) -> None:
        finding = make_finding()
        response = admin_client.post(reverse("rules:dismiss", args=[finding.pk]), **HTMX)
        text = response.content.decode()
        assert status_of(finding) == Status.DISMISSED
        assert f'id="finding-{finding.pk}"' in text
        assert reverse("rules:reopen", args=[finding.pk]) in text
        assert "findings:changed" in response["HX-Trigger"]

    def test_the_undo_brings_the_row_back(self, admin_client: Client) -> None:
        finding = make_finding()
        admin_client.post(reverse("rules:dismiss", args=[finding.pk]), **HTMX)
        text = admin_client.post(reverse("rules:reopen", args=[finding.pk]), **HTMX).content.decode()
        assert status_of(finding) == Status.OPEN
        assert "There is no biography." in text

    def test_a_plain_form_comes_back_to_the_filtered_page(self, admin_client: Client) -> None:
        finding = make_finding()
        response = admin_client.post(reverse("rules:dismiss", args=[finding.pk]), {"next": "/?severity=warning"})
        assert (response.status_code, response["Location"]) == (302, "/?severity=warning")

    def test_a_plain_form_leads_nobody_elsewhere(self, admin_client: Client) -> None:
        for target in ("https://evil.example/", "//evil.example", "javascript:alert(1)"):
            response = admin_client.post(reverse("rules:dismiss", args=[make_finding().pk]), {"next": target})
            assert response["Location"] == reverse("rules:findings")

    def test_an_unknown_finding_is_an_error_and_changes_nothing(self, admin_client: Client) -> None:
        finding = make_finding()
        assert admin_client.post(reverse("rules:dismiss", args=[finding.pk + 1]), **HTMX).status_code == 404
        assert status_of(finding) == Status.OPEN

    def test_a_get_changes_nothing(self, admin_client: Client) -> None:
        finding = make_finding()
        assert admin_client.get(reverse("rules:dismiss", args=[finding.pk])).status_code == 405
        assert status_of(finding) == Status.OPEN


class TestFix:
    def test_it_writes_the_file_and_offers_the_undo(self, admin_client: Client, artist: Artist) -> None:
        finding = missing_nfo(artist)
        text = admin_client.post(reverse("rules:fix", args=[finding.pk]), **HTMX).content.decode()
        assert (Path(artist.path) / "artist.nfo").is_file()
        assert "Fixed: Mara Field" in text
        assert f"/findings/{finding.pk}/undo/" in text

    def test_its_undo_removes_the_file_and_opens_the_finding(self, operator_client: Client, artist: Artist) -> None:
        finding = missing_nfo(artist)
        text = operator_client.post(reverse("rules:fix", args=[finding.pk]), **HTMX).content.decode()
        undo = text.split('hx-post="')[1].split('"')[0]
        again = operator_client.post(undo, **HTMX).content.decode()
        assert not (Path(artist.path) / "artist.nfo").exists()
        assert status_of(finding) == Status.OPEN
        assert "There is no artist.nfo in the folder." in again

    def test_a_second_undo_is_gone(self, admin_client: Client, artist: Artist) -> None:
        text = admin_client.post(reverse("rules:fix", args=[missing_nfo(artist).pk]), **HTMX).content.decode()
        undo = text.split('hx-post="')[1].split('"')[0]
        admin_client.post(undo, **HTMX)
        assert admin_client.post(undo, **HTMX).status_code == 410

    def test_a_refusal_leaves_the_row_with_its_reason(self, admin_client: Client, artist: Artist) -> None:
        finding = missing_nfo(artist)
        admin_client.post(reverse("artists:lock", args=[artist.pk]))
        response = admin_client.post(reverse("rules:fix", args=[finding.pk]), **HTMX)
        assert response.status_code == 422
        assert "Artist is locked." in response.content.decode()
        assert f'data-focus-key="fix-{finding.pk}"' in response.content.decode()
        assert not (Path(artist.path) / "artist.nfo").exists()
