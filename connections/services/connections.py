"""Add, change and delete a connection; every refusal says what is wrong. Keys are sealed, and never come back."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from artists.models import Library
from artists.services.providers.scraper import reset_scraping
from connections.clients.errors import ClientError
from connections.clients.registry import spec_of
from connections.models import FEATURES, Connection
from connections.services.managed import adopt, let_go
from connections.services.quieting import Outcome
from connections.services.testing import Trial, keep, try_address, twin_of
from stillwater.errors import Conflict, Invalid, Unprocessable
from stillwater.events import publish
from stillwater.outbound import OutboundError
from stillwater.outbound.origins import parsed
from stillwater.vault import seal

CHANGEABLE = ("name", "type", "url", "api_key", "enabled")

_NEEDS = {
    "feature_library_import": "libraries",
    "feature_nfo_write": "images",
    "feature_image_write": "images",
    "feature_metadata_push": "metadata",
    "feature_trigger_refresh": "refresh",
}
"""What a kind must be able to do for a switch; whoever shows pictures reads our files too."""


class NotPassed(Unprocessable):
    """A new server that did not pass; it may be stored all the same where a person says so."""

    def __init__(self, trial: Trial) -> None:
        super().__init__(trial.reason)
        self.trial = trial

    def body(self) -> dict[str, Any]:
        return {"status": "test_failed", "error": self.message}


def add_connection(
    *, name: str, type: str, url: str, api_key: str = "", enabled: bool = True, skip_test: bool = False
) -> tuple[Connection, bool]:
    """Store a server that has passed its test. Returns it and whether it is new: one at an address is stored once.

    Raises Invalid, or NotPassed unless the test is skipped. Switches of a new one are as its kind has them.
    """
    spec = spec_of(type)
    clean_name, clean_url, key = _name(name), checked_url(url), api_key.strip()
    known = Connection.objects.filter(type=type, url=clean_url).first()
    if not key and known is None:
        raise Invalid("the key is required", "api_key")
    trial = None if skip_test or not key else try_address(type, clean_url, key)
    if trial is not None and not trial.ok:
        raise NotPassed(trial)
    if trial is not None:
        _refuse_twin(type, clean_url, trial)
    values: dict[str, Any] = {"name": clean_name, "enabled": enabled, **({"sealed_key": seal(key)} if key else {})}
    switches = {feature: feature.removeprefix("feature_") in spec.features for feature in FEATURES}
    connection, created = Connection.objects.update_or_create(
        type=type, url=clean_url, defaults=values, create_defaults={**values, **switches}
    )
    if trial is not None:
        keep(connection, trial)
    adopt(connection)
    _tell(connection)
    return connection, created


def _refuse_twin(kind: str, url: str, trial: Trial) -> None:
    """One server is one connection, or each would fight what the other does there. Raises NotPassed."""
    twin = twin_of(kind, trial.info.id, url) if trial.info else None
    if twin is not None:
        raise NotPassed(replace(trial, reason=f"this server is connected as {twin.name} already; change its address"))


def change_connection(connection: Connection, changes: Mapping[str, Any]) -> Connection:
    """Change the named values and no others, so that two people at once lose nothing (bug 28). A blank key: the old.

    Raises Invalid, also for another host without its key: a key never follows to another server (S7); Conflict where
    another connection has the address.
    """
    values = {key: _CHECKS[key](connection, value) for key, value in changes.items() if key in CHANGEABLE}
    key = values.pop("api_key", "")
    if values.pop("type", connection.type) != connection.type:
        raise Invalid("the type cannot be changed; add another connection", "type")
    if key:
        values["sealed_key"] = seal(key)
    elif _host(values.get("url", connection.url)) != _host(connection.url):
        raise Invalid("this is another server; type its key as well", "api_key")
    if "url" in values or key:
        values |= {"status": "unknown", "status_message": ""}
    _update(connection, values)
    return connection


def set_features(connection: Connection, switches: Mapping[str, bool]) -> Connection:
    """Turn the named switches. Raises Invalid for one that does not exist, or that the kind cannot follow."""
    for name, on in switches.items():
        if name not in FEATURES:
            raise Invalid(f"unknown switch: {name}", name)
        if on and name not in possible_features(connection.type):
            raise Invalid(f"{spec_of(connection.type).label} cannot do this", name)
    _update(connection, dict(switches))
    return connection


def possible_features(kind: str) -> tuple[str, ...]:
    """The switches that mean anything for a kind."""
    can = spec_of(kind).capabilities
    return tuple(feature for feature in FEATURES if _NEEDS[feature] in can)


def delete_connection(connection: Connection, *, abandon: bool = False) -> Outcome:
    """Forget a server. Its libraries and artists stay; nothing points at it any more (bug 58).

    What was switched off there is put back first. Raises Conflict where that fails, unless `abandon` says to go on:
    then what was kept stays without a connection, and a new connection to the same address takes it up.
    """
    outcome = _let_go(connection, abandon=abandon)
    with transaction.atomic():
        Library.objects.filter(connection_id=connection.pk).update(connection_id=None)
        reset_scraping(str(connection.pk))
        gone = str(connection.pk)
        connection.delete()
    publish("connection.removed", {"connection_id": gone})
    return outcome


def _let_go(connection: Connection, *, abandon: bool) -> Outcome:
    try:
        return let_go(connection)
    except ClientError as error:
        if not abandon:
            raise Conflict(
                f"{connection.name} would keep what Stillwater switched off there, for it cannot be put back now: "
                f"{error.message}; forget it all the same, and it is put back when the server is connected again"
            ) from error
    connection.kept_settings.update(url=connection.url, server_name=connection.name)
    return Outcome(managed=False)


def checked_url(text: str) -> str:
    """http or https, a host, perhaps a path; no credentials, no query. Without the slash at its end. Raises Invalid."""
    typed = text.strip()
    if not typed:
        raise Invalid("the address is required", "url")
    try:
        parts = parsed(typed)
    except OutboundError as error:
        raise Invalid(error.message, "url") from error
    if parts.query is not None or parts.fragment is not None:
        raise Invalid("the address must not hold a question mark or a number sign", "url")
    if len(typed) > 500:
        raise Invalid("the address is longer than 500 characters", "url")
    return typed.rstrip("/")


def _name(text: object) -> str:
    name = " ".join(str(text or "").split())
    if not name:
        raise Invalid("name is required", "name")
    if len(name) > 200:
        raise Invalid("name is longer than 200 characters", "name")
    return name


def _enabled(_connection: Connection, value: object) -> bool:
    if not isinstance(value, bool):
        raise Invalid("enabled must be true or false", "enabled")
    return value


_CHECKS: dict[str, Any] = {
    "name": lambda _connection, value: _name(value),
    "type": lambda _connection, value: spec_of(str(value)).name,
    "url": lambda _connection, value: checked_url(str(value or "")),
    "api_key": lambda _connection, value: str(value or "").strip(),
    "enabled": _enabled,
}


def _host(url: str) -> str:
    return (parsed(url).host or "").lower()


def _update(connection: Connection, values: Mapping[str, Any]) -> None:
    try:
        with transaction.atomic():
            Connection.objects.filter(pk=connection.pk).update(**values, updated_at=timezone.now())
    except IntegrityError as error:
        raise Conflict("another connection has this address") from error
    connection.refresh_from_db()
    _tell(connection)


def _tell(connection: Connection) -> None:
    publish("connection.changed", {"connection_id": str(connection.pk), "status": connection.status})
