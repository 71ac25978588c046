"""What every provider can be asked, as a table: for tests that hold for all of them, those to come included."""

from collections.abc import Callable, Mapping
from typing import Any

from artists.demo.world import Act
from artists.providers.base import Ability, Lookup, Provider
from artists.providers.registry import PROVIDERS, WEB_SEARCHES

ALL = (*PROVIDERS, *WEB_SEARCHES)
LANGUAGES = ("ja", "en")

ASK: Mapping[Ability, Callable[[Provider, Act], Any]] = {
    "search": lambda provider, act: provider.search(act.name),
    "artist": lambda provider, act: provider.artist(known(act), LANGUAGES),
    "name_lookup": lambda provider, act: provider.artist(Lookup(act.name), LANGUAGES),
    "images": lambda provider, act: provider.images(known(act)),
    "release_groups": lambda provider, act: provider.release_groups(known(act)),
    "web_search": lambda provider, act: provider.search_images(act.name, "thumb"),
}

QUESTIONS: tuple[tuple[type[Provider], Ability], ...] = tuple(
    (provider, ability) for provider in ALL for ability in ASK if ability in provider.spec.abilities
)


def known(act: Act) -> Lookup:
    """By everything that can be known of it."""
    return Lookup(act.name, {"musicbrainz": act.mbid, **act.ids})


def named(value: Any) -> str:
    """How a case is called in the output of the tests."""
    return value.spec.name if isinstance(value, type) else str(value)
