"""Who else needs an artist that is in no library any more: higher floors join here and say so before it is deleted."""

from collections.abc import Callable, Iterable

Keeper = Callable[[list[int]], set[int]]

_keepers: list[Keeper] = []


def join_keeper(keeper: Keeper) -> None:
    """Ask `keeper(artist_ids)` before artists are deleted; it returns those that have to stay. Called at start-up."""
    if keeper not in _keepers:
        _keepers.append(keeper)


def needed_elsewhere(artist_ids: Iterable[int]) -> set[int]:
    """Those that any keeper wants to keep."""
    asked = list(artist_ids)
    return set().union(*(keeper(asked) for keeper in _keepers)) if asked else set()
