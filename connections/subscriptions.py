"""What this floor joins below: its keys, what follows an artist, who keeps one, and what holds back a write."""

from collections.abc import Iterable

from artists.services.adopting import join_adopted
from artists.services.gates import join_guard
from artists.services.keeping import join_keeper
from connections.models import ArtistLink, Connection, Webhook
from connections.queries import linked_elsewhere
from connections.services.guards import switched_off, written_by_others
from stillwater.checks import join_sealed


def _sealed_keys() -> Iterable[str]:
    return Connection.objects.exclude(sealed_key="").values_list("sealed_key", flat=True)[:50]


def _sealed_secrets() -> Iterable[str]:
    return Webhook.objects.values_list("sealed_secret", flat=True)[:50]


join_sealed(_sealed_keys)
join_sealed(_sealed_secrets)
join_adopted(ArtistLink, "connection")
join_keeper(linked_elsewhere)
join_guard(written_by_others)
join_guard(switched_off)
