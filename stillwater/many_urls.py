"""The addresses of many objects: a name is resolved once, and each key set in its place."""

from functools import lru_cache

from django.urls import get_script_prefix, reverse

_PLACE = 987_654_321


def url_of(name: str, key: int, *others: str | int) -> str:
    """The same as `reverse` with the key first, at a tenth of the time: lists have hundreds of addresses."""
    before, after = _around(get_script_prefix(), name, others)
    return f"{before}{key}{after}"


@lru_cache(256)
def _around(_script_prefix: str, name: str, others: tuple[str | int, ...]) -> tuple[str, str]:
    before, _, after = reverse(name, args=[_PLACE, *others]).rpartition(str(_PLACE))
    return before, after
