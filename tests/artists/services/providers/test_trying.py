"""A person who tries a provider out gets an answer of that moment, whatever was known of it before."""

import pytest
from django.conf import settings

from artists.providers.errors import NotAnswering
from artists.services.providers import provider_of, provider_settings
from artists.services.providers.keys import set_key
from artists.services.providers.mirrors import set_mirror
from artists.services.providers.settings import spec_of
from artists.services.providers.trying import try_provider
from stillwater.outbound import shared_circuits
from stillwater.outbound.circuits import FAILURES_TO_OPEN
from tests.artists.services.providers.house import Fakes


def open_circuit(name: str) -> None:
    for _ in range(FAILURES_TO_OPEN):
        shared_circuits(settings.STILLWATER_DATA).report(name, "failed")


@pytest.mark.parametrize("name", ["wikipedia", "musicbrainz"])
def test_a_test_asks_although_the_provider_is_left_alone(name: str, fakes: Fakes) -> None:
    open_circuit(name)
    with pytest.raises(NotAnswering, match="left alone"):
        provider_of(name).test()
    assert fakes.of(name) == []
    assert try_provider(name).ok
    assert len(fakes.of(name)) == 1


def test_a_key_is_tested_although_the_provider_is_left_alone(fakes: Fakes) -> None:
    open_circuit("lastfm")
    set_key("lastfm", {"api_key": "good"})
    assert len(fakes.of("lastfm")) == 1
    assert provider_settings().status_of(spec_of("lastfm")) == "ok"


def test_a_mirror_is_tested_although_the_provider_is_left_alone(fakes: Fakes) -> None:
    open_circuit("musicbrainz")
    mirror = f"{settings.STILLWATER_PROVIDERS_URL}/musicbrainz/mirror"
    assert set_mirror("musicbrainz", mirror, 25).ok
    assert len(fakes.of("musicbrainz")) == 1
