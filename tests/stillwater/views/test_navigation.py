"""The navigation: every page belongs to one place, which is marked; what a person may not open is not offered."""

import re

import pytest
from django.test import Client

from stillwater.navigation import PLACES, place_of
from tests.browser.addresses import ADDRESSES
from tests.builders import make_artist

BESIDE = {"/start", "/start/servers", "/nowhere"}
"""Steps of the first start, which lead to a place only at their end, and a page that does not exist."""
FIXED = sorted({address.partition("?")[0] for address in ADDRESSES.values() if isinstance(address, str)} - BESIDE)


def marked(html: str, label: str) -> list[str]:
    """Titles of the links that are marked as the present page, in one of the two navigations."""
    navigation = re.search(rf'<nav[^>]*aria-label="{label}".*?</nav>', html, re.DOTALL)
    assert navigation is not None
    links = re.findall(r"<a [^>]*>", navigation[0])
    return [re.findall(r'title="([^"]*)"', link)[0] for link in links if 'aria-current="page"' in link]


@pytest.mark.parametrize("address", FIXED)
def test_every_page_belongs_to_a_place(address: str) -> None:
    assert place_of(address) in PLACES


@pytest.mark.parametrize(
    ("path", "label"),
    [
        ("/", "Dashboard"),
        ("/artists", "Artists"),
        ("/artists/3/history", "Artists"),
        ("/artists-of-another-kind", None),
        ("/triage", "Findings"),
        ("/reports/trend", "Health"),
        ("/reports/ids", "Automation"),
        ("/reports/duplicates/preview", "Duplicates"),
        ("/settings/servers/3/libraries", "Settings"),
        ("/start", None),
    ],
)
def test_the_longest_address_that_a_page_begins_with_is_its_place(path: str, label: str | None) -> None:
    place = place_of(path)
    assert (place.label if place else None) == label


def test_one_link_of_each_navigation_is_marked(admin_client: Client) -> None:
    artist = make_artist()
    for path, label in ((f"/artists/{artist.pk}", "Artists"), ("/findings", "Findings"), ("/jobs", "Jobs")):
        html = admin_client.get(path).content.decode()
        assert marked(html, "Main") == [label]
        assert marked(html, "Main, short") == [label]


def test_an_operator_is_not_led_to_what_administrators_do(operator_client: Client) -> None:
    html = operator_client.get("/artists").content.decode()
    assert 'title="Preferences"' in html
    assert 'title="Settings"' not in html
    assert 'title="Foreign files"' not in html
