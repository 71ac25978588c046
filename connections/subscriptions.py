"""What this floor joins below: its sealed keys are looked at when the program starts."""

from collections.abc import Iterable

from artists.services.adopting import join_adopted
from connections.models import ArtistLink, Connection, Webhook
from stillwater.checks import join_sealed


def _sealed_keys() -> Iterable[str]:
    return Connection.objects.exclude(sealed_key="").values_list("sealed_key", flat=True)[:50]


def _sealed_secrets() -> Iterable[str]:
    return Webhook.objects.values_list("sealed_secret", flat=True)[:50]


join_sealed(_sealed_keys)
join_sealed(_sealed_secrets)
join_adopted(ArtistLink, "connection")
