"""What higher floors know about artists that are listed: they join at start-up, a page asks each of them once."""

from collections.abc import Callable, Mapping, Sequence

RowExtra = Callable[[Sequence[int]], Mapping[int, object]]

_extras: dict[str, RowExtra] = {}


def join_row_extra(name: str, extra: RowExtra) -> None:
    """From now on `extra(ids)` tells for many artists at once what lists show under `name`."""
    _extras[name] = extra


def row_extras(ids: Sequence[int]) -> dict[int, dict[str, object]]:
    """By artist, everything that the higher floors say; one call per floor, however many artists."""
    found: dict[int, dict[str, object]] = {key: {} for key in ids}
    for name, extra in _extras.items():
        for key, value in extra(ids).items():
            found[key][name] = value
    return found
