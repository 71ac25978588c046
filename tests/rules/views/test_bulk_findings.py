"""Many findings at once: numbers first, an empty selection is refused, the deed can be taken back."""

import json
import re
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from rules.models import Status, Violation
from rules.services.evaluation import evaluate
from tests.builders import make_artist, make_library
from tests.rules.views.finding_builders import HTMX, make_finding

pytestmark = pytest.mark.django_db(transaction=True)
BULK = "/findings/bulk"


def some(count: int, **values: str) -> list[Violation]:
    return [make_finding(make_artist(f"Artist {number} {values}"), **values) for number in range(count)]


def dismissed() -> int:
    return Violation.objects.filter(status=Status.DISMISSED).count()


class TestDismiss:
    def test_a_few_are_dismissed_at_once_with_an_undo(self, admin_client: Client) -> None:
        chosen = some(4)[:3]
        response = admin_client.post(BULK, {"action": "dismiss", "ids": [one.pk for one in chosen]}, **HTMX)
        events = json.loads(response["HX-Trigger"])
        assert dismissed() == 3
        assert {"selection:clear", "findings:reload", "findings:changed", "toast"} <= set(events)
        admin_client.post(events["toast"]["undo_url"], **HTMX)
        assert dismissed() == 0

    def test_the_undo_leaves_what_was_dismissed_before(self, admin_client: Client) -> None:
        before, *others = some(3)
        admin_client.post(reverse("rules:dismiss", args=[before.pk]))
        response = admin_client.post(BULK, {"action": "dismiss", "ids": [one.pk for one in others]}, **HTMX)
        admin_client.post(json.loads(response["HX-Trigger"])["toast"]["undo_url"], **HTMX)
        assert list(Violation.objects.filter(status=Status.DISMISSED)) == [before]

    def test_nothing_ticked_dismisses_nothing(self, admin_client: Client) -> None:
        some(2)
        for data in (
            {"action": "dismiss"},
            {"action": "dismiss", "ids": ["x"]},
            {"action": "dismiss", "all_matching": "0"},
        ):
            assert admin_client.post(BULK, data, **HTMX).status_code == 400
        assert dismissed() == 0

    def test_many_are_asked_about_first(self, admin_client: Client) -> None:
        some(60)
        data = {"action": "dismiss", "all_matching": "1", "total": "60"}
        text = admin_client.post(BULK, data, **HTMX).content.decode()
        assert dismissed() == 0
        assert "Dismiss 60" in text
        admin_client.post(BULK, {**data, "sure": "1"}, **HTMX)
        assert dismissed() == 60

    def test_all_matching_means_what_the_filter_matches(self, admin_client: Client) -> None:
        some(2, severity="warning")
        some(3, severity="info")
        admin_client.post(BULK, {"action": "dismiss", "all_matching": "1", "severity": "info"}, **HTMX)
        assert set(Violation.objects.filter(status=Status.OPEN).values_list("severity", flat=True)) == {"warning"}

    def test_a_list_that_changed_meanwhile_is_asked_about(self, admin_client: Client) -> None:
        some(3)
        data = {"action": "dismiss", "all_matching": "1", "total": "2"}
        assert "The list has changed since you saw it" in admin_client.post(BULK, data, **HTMX).content.decode()
        assert dismissed() == 0


class TestFix:
    def test_it_says_first_what_can_be_fixed(self, admin_client: Client, tmp_path: Path) -> None:
        self._library(tmp_path)
        data = {"action": "fix", "all_matching": "1", "rule_id": ""}
        text = re.sub(r"\s+", " ", admin_client.post(BULK, data, **HTMX).content.decode())
        assert "<strong>4</strong> can be fixed" in text  # the NFO file and the MusicBrainz ID of two artists
        assert "<strong>2</strong> of them ask the providers" in text
        assert "<strong>8</strong> belong to artists without a MusicBrainz ID" in text
        assert "<strong>6</strong> are locked" in text
        assert not (tmp_path / "music" / "One" / "artist.nfo").exists()

    def test_then_it_fixes_them_in_the_background(self, admin_client: Client, tmp_path: Path) -> None:
        self._library(tmp_path)
        admin_client.post(BULK, {"action": "fix", "all_matching": "1", "sure": "1"}, **HTMX)
        written = {path.parent.name for path in (tmp_path / "music").glob("*/artist.nfo")}
        assert written == {"One", "Two"}

    def test_without_scripts_the_question_is_a_page(self, admin_client: Client) -> None:
        (finding,) = some(1)
        page = admin_client.post(BULK, {"action": "fix", "ids": [finding.pk]}).content.decode()
        assert "<h1>Fix findings?</h1>" in page
        assert f'<input type="hidden" name="ids" value="{finding.pk}">' in page

    def _library(self, tmp_path: Path) -> None:
        library = make_library("Music", tmp_path / "music")
        for name, locked in (("One", False), ("Two", False), ("Three", False)):
            folder = tmp_path / "music" / name
            folder.mkdir(parents=True)
            make_artist(name, library=library, path=str(folder), locked=locked)
        evaluate(scope="all")
        self._lock("Three")

    def _lock(self, name: str) -> None:
        finding = Violation.objects.filter(artist_name=name).first()
        assert finding is not None
        artist = finding.artist
        artist.locked, artist.locked_at = True, artist.created_at
        artist.save()
