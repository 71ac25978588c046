"""What this floor joins below: its sealed keys are looked at when the program starts."""

from collections.abc import Iterable

from artists.services.adopting import join_adopted
from connections.models import ArtistLink, Connection
from stillwater.checks import join_sealed


def _sealed_keys() -> Iterable[str]:
    return Connection.objects.exclude(sealed_key="").values_list("sealed_key", flat=True)[:50]


join_sealed(_sealed_keys)
join_adopted(ArtistLink, "connection")
