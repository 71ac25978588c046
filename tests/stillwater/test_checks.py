"""The start stops, with a hint, when the key that opens stored secrets is lost."""

import pytest
from django.core.checks import CheckMessage
from pytest_django.fixtures import Settings

from connections.models import Connection
from stillwater import vault
from stillwater.checks import encryption_key
from stillwater.models import Option
from stillwater.services.options import change_options


def _messages() -> list[CheckMessage]:
    return encryption_key(databases=["default"])


@pytest.mark.django_db
def test_a_fresh_start_needs_no_key() -> None:
    assert _messages() == []


@pytest.mark.django_db
def test_a_secret_among_the_settings_needs_its_key_too(settings: Settings) -> None:
    change_options({"provider.fanarttv.api_key": "secret of a provider"})
    (settings.STILLWATER_DATA / "encryption.key").unlink()
    assert [message.id for message in _messages()] == ["stillwater.E001"]


@pytest.mark.django_db
def test_a_secret_that_was_stored_open_needs_no_key() -> None:
    Option.objects.create(pk="provider.fanarttv.api_key", value="typed into the table by hand")
    assert _messages() == []


@pytest.mark.django_db
def test_a_lost_key_stops_the_start_and_is_not_made_anew(settings: Settings) -> None:
    Connection.objects.create(name="Emby", type="emby", url="http://emby.lan", sealed_key=vault.seal("secret of emby"))
    key = settings.STILLWATER_DATA / "encryption.key"
    key.rename(key.with_name("elsewhere"))
    assert [message.id for message in _messages()] == ["stillwater.E001"]
    assert not key.exists()
