"""Triage: the worst finding first, one decision per key, the next one at once, and a way back from the last."""

from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from artists.demo.registry import FAKES
from artists.models import Artist
from artists.services.providers.keys import set_key
from rules.models import Status, Violation
from rules.services.evaluation import evaluate
from rules.services.fixing import fix
from rules.services.rules import update_rule
from tests.artists.providers.acts import MBID
from tests.builders import make_artist
from tests.rules.findings import finding_of
from tests.rules.views.finding_builders import make_finding

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}
TRIAGE = "/triage"


def decide(client: Client, finding: Violation, verb: str, *, htmx: bool = True, **data: str) -> tuple[int, str, str]:
    """Status, text, and the address that the browser shows afterwards."""
    url = reverse("rules:triage_decide", args=[finding.pk, verb])
    response = client.post(url, data, headers=HTMX if htmx else {})
    return response.status_code, response.content.decode(), response.headers.get("HX-Push-Url", "")


def last_of(address: str) -> str:
    return parse_qs(urlsplit(address).query)["last"][0]


def undo(client: Client, last: str) -> str:
    return client.post(reverse("rules:triage_undo"), {"last": last}, headers=HTMX).content.decode()


@pytest.fixture
def three() -> list[Violation]:
    """A hint, a warning and an error, found in this order."""
    return [make_finding(make_artist(name), severity=name) for name in ("info", "warning", "error")]


class TestTheOrder:
    def test_the_worst_comes_first_and_a_skip_leads_to_the_next(
        self, admin_client: Client, three: list[Violation]
    ) -> None:
        assert ">error</h2>" in admin_client.get(TRIAGE).content.decode()
        page = admin_client.get(TRIAGE, {"after": three[2].pk}).content.decode()
        assert ">warning</h2>" in page
        assert "3 left" in page

    def test_behind_the_last_one_it_says_what_was_passed_by(self, admin_client: Client, three: list[Violation]) -> None:
        page = admin_client.get(TRIAGE, {"after": three[0].pk}).content.decode()
        assert "3 that you passed by still wait" in page

    def test_an_empty_list_says_so(self, admin_client: Client) -> None:
        assert "Nothing waits for you" in admin_client.get(TRIAGE).content.decode()

    def test_filters_narrow_it_and_are_kept(self, admin_client: Client, three: list[Violation]) -> None:
        page = admin_client.get(TRIAGE, {"severity": "info"}).content.decode()
        assert ">info</h2>" in page
        assert '<input type="hidden" name="severity" value="info">' in page
        assert "1 left" in page

    @pytest.mark.parametrize(
        ("query", "number"),
        [({}, 3), ({"severity": "error"}, 1), ({"fixable": "yes"}, 3), ({"severity": "error", "search": "war"}, 0)],
    )
    def test_it_says_how_many_are_left(
        self, admin_client: Client, three: list[Violation], query: dict[str, str], number: int
    ) -> None:
        make_finding(make_artist("Left out", is_excluded=True), severity="error")
        page = admin_client.get(TRIAGE, query).content.decode()
        assert (f"{number} left" in page) == bool(number)

    def test_what_is_closed_is_nobodys_to_decide(self, admin_client: Client, three: list[Violation]) -> None:
        Violation.objects.update(status=Status.RESOLVED)
        assert "Nothing waits" in admin_client.get(TRIAGE, {"status": "resolved"}).content.decode()

    @pytest.mark.usefixtures("three")
    def test_a_filter_that_hides_everything_is_named_as_the_reason(self, admin_client: Client) -> None:
        page = admin_client.get(TRIAGE, {"search": "nobody at all"}).content.decode()
        assert "No finding matches" in page
        assert "Nothing waits" not in page
        assert f'href="{TRIAGE}"' in page


class TestDeciding:
    def test_a_dismissal_leads_to_the_next_and_back(self, admin_client: Client, three: list[Violation]) -> None:
        code, text, address = decide(admin_client, three[2], "dismiss")
        assert (code, ">warning</h2>" in text, "Dismissed: error." in text) == (200, True, True)
        assert ">error</h2>" in undo(admin_client, last_of(address))
        assert Violation.objects.get(pk=three[2].pk).status == Status.OPEN

    def test_the_focus_goes_to_the_next_one(self, admin_client: Client, three: list[Violation]) -> None:
        assert 'id="triage-head" tabindex="-1" data-focus-here' in decide(admin_client, three[2], "dismiss")[1]

    def test_without_scripts_every_decision_is_a_form_and_a_redirect(
        self, admin_client: Client, three: list[Violation]
    ) -> None:
        url = reverse("rules:triage_decide", args=[three[2].pk, "dismiss"])
        response = admin_client.post(url, {"category": "metadata"}, follow=True)
        assert response.redirect_chain[0][0].startswith("/triage?")
        assert "Dismissed: error." in response.content.decode()

    def test_a_lock_holds_the_artist_and_can_be_taken_back(self, admin_client: Client, three: list[Violation]) -> None:
        address = decide(admin_client, three[2], "lock")[2]
        assert Artist.objects.get(name="error").locked
        undo(admin_client, last_of(address))
        assert not Artist.objects.get(name="error").locked

    def test_a_fix_is_made_and_taken_back(self, admin_client: Client, mara: Artist) -> None:
        evaluate()
        address = decide(admin_client, finding_of("nfo_exists"), "fix")[2]
        nfo = Path(mara.path) / "artist.nfo"
        assert nfo.exists()
        undo(admin_client, last_of(address))
        assert (nfo.exists(), finding_of("nfo_exists").status) == (False, Status.OPEN)

    def test_a_fix_that_is_refused_shows_the_same_finding_with_the_reason(
        self, admin_client: Client, mara: Artist
    ) -> None:
        evaluate()
        code, text, _address = decide(admin_client, finding_of("bio_exists"), "fix")
        assert (code, "Artist has no MusicBrainz ID" in text, ">Mara Field</h2>" in text) == (422, True, True)

    def test_an_unknown_decision_is_not_found(self, admin_client: Client, three: list[Violation]) -> None:
        assert decide(admin_client, three[0], "explode")[0] == 404
        assert admin_client.post(reverse("rules:triage_undo"), {"last": "fix-999"}, headers=HTMX).status_code == 404


class TestChoosing:
    @pytest.fixture
    def waiting(self, quillfen: Artist) -> Violation:
        set_key("fanarttv", {"api_key": FAKES["fanarttv"].key}, skip_test=True)
        Artist.objects.update(musicbrainz_id=MBID)
        update_rule("thumb_exists", automation_mode="manual")
        evaluate()
        fix(finding_of("thumb_exists").pk)
        return finding_of("thumb_exists")

    def test_candidates_have_keys_and_come_from_us_alone(self, admin_client: Client, waiting: Violation) -> None:
        page = admin_client.get(TRIAGE, {"at": waiting.pk}).content.decode()
        for number in range(1, len(waiting.candidates) + 1):
            assert f'data-key="{number}"' in page
        assert 'src="/img/offered/' in page
        assert waiting.candidates[0]["url"] not in page

    def test_the_chosen_one_is_stored_and_the_next_finding_shown(
        self, admin_client: Client, waiting: Violation, quillfen: Artist
    ) -> None:
        code, text, address = decide(admin_client, waiting, "choose", choice="2")
        assert (code, "Fixed: Quillfen Harbor." in text) == (200, True)
        assert quillfen.images.get().locked
        undo(admin_client, last_of(address))
        assert not quillfen.images.exists()

    @pytest.mark.parametrize("choice", ["", "0", "77", "x"])
    def test_nothing_is_chosen_by_accident(self, admin_client: Client, waiting: Violation, choice: str) -> None:
        assert decide(admin_client, waiting, "choose", choice=choice)[0] == 422
        assert finding_of("thumb_exists").status == Status.PENDING_CHOICE

    def test_none_of_them_opens_it_again(self, admin_client: Client, waiting: Violation) -> None:
        decide(admin_client, waiting, "none")
        assert finding_of("thumb_exists").status == Status.OPEN

    def test_the_pictures_of_the_next_one_are_fetched_ahead(self, admin_client: Client, waiting: Violation) -> None:
        before = make_finding(make_artist("A"), severity="error")
        Violation.objects.exclude(pk__in=[before.pk, waiting.pk]).delete()
        assert '<link rel="prefetch" as="image" href="/img/offered/' in admin_client.get(TRIAGE).content.decode()


def test_it_costs_the_same_however_many_wait(admin_client: Client) -> None:
    make_finding(make_artist("A0"))
    admin_client.get(TRIAGE)
    with CaptureQueriesContext(
        connection,
    ) as few:
        admin_client.get(TRIAGE)
    for number in range(40):
        make_finding(make_artist(f"B{number}"))
    admin_client.get(TRIAGE)
    with CaptureQueriesContext(connection) as many:
        admin_client.get(TRIAGE)
    assert len(many) <= len(few) + 3  # behind the first of several there is a next one to look ahead to
