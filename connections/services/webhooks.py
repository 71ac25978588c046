"""Webhooks: add, change, remove, renew the secret. Who may do so (administrators) is decided at the doors."""

from collections.abc import Iterable, Mapping
from ipaddress import ip_address
from typing import Any

from django.db import transaction
from django.utils import timezone

from connections.hooks import signing
from connections.hooks.bodies import RECEIVERS
from connections.hooks.happenings import HAPPENINGS
from connections.models import Delivery, DeliveryState, Webhook
from stillwater import vault
from stillwater.errors import Invalid, NotFound
from stillwater.numbers import whole_number
from stillwater.outbound import OutboundError
from stillwater.outbound.addresses import is_lan, is_public
from stillwater.outbound.origins import origin, parsed

LONGEST_URL = 2000
_FIELDS = frozenset({"name", "url", "type", "events", "enabled", "allow_private", "secret"})


def webhook_by_id(webhook_id: str | int) -> Webhook:
    """Raises NotFound, also for what is no number."""
    found = Webhook.objects.filter(pk=whole_number(str(webhook_id)) or 0).first()
    if found is None:
        raise NotFound("webhook not found")
    return found


def create_webhook(
    *,
    name: str,
    url: str,
    type: str = "generic",
    events: Iterable[str] | None = None,
    enabled: bool = True,
    allow_private: bool = False,
    secret: str = "",
) -> tuple[Webhook, str]:
    """A new receiver and the secret that signs what it gets, which nobody can read again.

    Without `events` it hears of everything. `allow_private`: an administrator says that exactly this origin may lie
    in a private network. Raises Invalid.
    """
    secret = secret or signing.new_secret()
    webhook = Webhook()
    _take(
        webhook,
        {
            "name": name,
            "url": url,
            "type": type or "generic",
            "events": list(HAPPENINGS) if events is None else events,
            "enabled": enabled,
            "allow_private": allow_private,
            "secret": secret,
        },
    )
    webhook.save()
    return webhook, secret


def change_webhook(webhook: Webhook, changes: Mapping[str, Any]) -> Webhook:
    """Store what is named; the rest stays. A new origin is public until somebody says otherwise. Raises Invalid.

    One that is switched off gives up what was still to be sent: news of last week would only confuse.
    """
    unknown = sorted(set(changes) - _FIELDS)
    if unknown:
        raise Invalid(f"a webhook has no {unknown[0]}", unknown[0])
    with transaction.atomic():
        fresh = Webhook.objects.select_for_update().get(pk=webhook.pk)
        _take(fresh, changes)
        fresh.save()
        if not fresh.enabled:
            give_up(fresh, "the webhook was switched off")
    return fresh


def renew_secret(webhook: Webhook) -> str:
    """A new secret, shown once; the old one signs nothing any more."""
    secret = signing.new_secret()
    change_webhook(webhook, {"secret": secret})
    return secret


def delete_webhook(webhook: Webhook) -> None:
    """It is told nothing any more; its deliveries are forgotten."""
    webhook.delete()


def give_up(webhook: Webhook, why: str) -> int:
    """What still waits for this receiver is not sent; returns how many."""
    waiting = Delivery.objects.filter(webhook=webhook, state=DeliveryState.WAITING)
    return waiting.update(state=DeliveryState.FAILED, note=why, tried_at=timezone.now())


def url_of(webhook: Webhook) -> str:
    """The whole address; blank where our key no longer opens it. For administrators alone: it is as good as a key."""
    try:
        return vault.open_sealed(webhook.sealed_url)
    except vault.VaultError:
        return ""


def _take(webhook: Webhook, changes: Mapping[str, Any]) -> None:
    """Put checked values on the row. Raises Invalid at the first bad one."""
    if "name" in changes:
        webhook.name = _name(changes["name"])
    if "type" in changes:
        webhook.type = _one_of(changes["type"], RECEIVERS, "type")
    if "events" in changes:
        webhook.events = _events(changes["events"])
    if "enabled" in changes:
        webhook.enabled = bool(changes["enabled"])
    if "url" in changes:
        _take_url(webhook, changes["url"], "allow_private" in changes)
    if "allow_private" in changes:
        webhook.allow_private = bool(changes["allow_private"])
    if "secret" in changes:
        webhook.sealed_secret = vault.seal(_secret(changes["secret"]))
    if {"url", "allow_private"} & set(changes):
        _require_reachable(webhook)


def _take_url(webhook: Webhook, url: str, private_is_said: bool) -> None:
    """Raises Invalid for what can be no address."""
    url = url.strip()
    if not url or len(url) > LONGEST_URL:
        raise Invalid("url is required" if not url else f"url is longer than {LONGEST_URL} characters", "url")
    try:
        target = origin(url)
    except OutboundError as error:
        raise Invalid(error.message, "url") from error
    if len(target) > 300:
        raise Invalid("the host in this address is too long", "url")
    if target != webhook.target and not private_is_said:
        webhook.allow_private = False
    webhook.sealed_url, webhook.target = vault.seal(url), target


def _require_reachable(webhook: Webhook) -> None:
    """Says at once what sending would refuse later, where the address is a number; names are looked up then."""
    host = (parsed(url_of(webhook)).host or "").strip("[]")
    if not _is_number(host) or is_public(host) or (webhook.allow_private and is_lan(host)):
        return
    if is_lan(host):
        raise Invalid("this address is in a private network; say that this is meant", "url")
    raise Invalid("nothing may be sent to this address", "url")


def _is_number(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True


def _name(name: str) -> str:
    if not name.strip():
        raise Invalid("name is required", "name")
    return name.strip()[:200]


def _events(events: Iterable[str]) -> list[str]:
    """In the order of the table, each once."""
    wanted = {_one_of(event, HAPPENINGS, "events") for event in events}
    return [event for event in HAPPENINGS if event in wanted]


def _one_of(value: str, choices: Iterable[str], field: str) -> str:
    if value not in choices:
        raise Invalid(f"{field} must be one of {', '.join(choices)}", field)
    return value


def _secret(text: str) -> str:
    if not signing.is_secret(text.strip()):
        raise Invalid("a secret is written whsec_ and 24 to 64 bytes in base64", "secret")
    return text.strip()
