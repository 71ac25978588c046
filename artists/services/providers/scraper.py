"""The scraper configuration: what is fetched, for everybody and for the libraries of one server."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, TypeVar

from artists.models import GLOBAL_SCOPE, Artist, Membership, ScraperConfig
from artists.providers.scraping import Overrides, ScraperPlan, default_plan, read_overrides, read_plan
from artists.services.providers.settings import metadata_specs
from stillwater import events
from stillwater.errors import Invalid

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Scraping:
    """What holds in one scope. `own` and `overrides` are what a connection stored for itself, None without a row."""

    scope: str
    plan: ScraperPlan
    own: ScraperPlan | None
    overrides: Overrides | None
    row: ScraperConfig | None

    @property
    def is_default(self) -> bool:
        return self.row is None


def scraping_of(scope: str = GLOBAL_SCOPE) -> Scraping:
    """The configuration of a scope: the global one with the connection's overrides. One query, never an error."""
    rows = ScraperConfig.objects.in_bulk({scope, GLOBAL_SCOPE})
    shared = _plan(rows.get(GLOBAL_SCOPE)) or default_plan()
    row = rows.get(scope)
    if scope == GLOBAL_SCOPE or row is None:
        return Scraping(scope, shared, None, None, row)
    own, overrides = _plan(row) or ScraperPlan({}, {}), _overrides(row)
    return Scraping(scope, shared.under(own, overrides), own, overrides, row)


def change_scraping(config: Any, overrides: Any = None, *, scope: str = GLOBAL_SCOPE) -> Scraping:
    """Replace what a scope has stored. Raises Invalid with what is wrong, and then nothing is changed."""
    plan = _checked(lambda: read_plan(config, scraper_names()))
    chosen = _checked(lambda: read_overrides(overrides))
    values = {"config": plan.as_json(), "overrides": {} if scope == GLOBAL_SCOPE else chosen.as_json()}
    ScraperConfig.objects.update_or_create(scope=scope, defaults=values)
    events.publish("settings.changed", {"keys": [f"scraper.{scope}"]})
    return scraping_of(scope)


def reset_scraping(scope: str = GLOBAL_SCOPE) -> None:
    """As if the scope had never decided anything; it does not matter whether it had."""
    if ScraperConfig.objects.filter(scope=scope).delete()[0]:
        events.publish("settings.changed", {"keys": [f"scraper.{scope}"]})


def scope_of(artist: Artist) -> str:
    """The connection whose library the artist belongs to, by the earliest membership; else "global"."""
    return scopes_of([artist.pk])[artist.pk]


def scopes_of(artists: Iterable[int]) -> dict[int, str]:
    """The same for many artists, in one query."""
    scopes = dict.fromkeys(artists, GLOBAL_SCOPE)
    found = Membership.objects.filter(artist__in=list(scopes), library__connection_id__isnull=False)
    latest_first = found.order_by("-added_at", "-library_id").values_list("artist_id", "library__connection_id")
    return scopes | {artist: str(connection) for artist, connection in latest_first}


def scraper_names() -> frozenset[str]:
    """Providers that may stand in a configuration: all but the web search."""
    return frozenset(spec.name for spec in metadata_specs())


def _plan(row: ScraperConfig | None) -> ScraperPlan | None:
    """What is stored; None where it cannot be read, so that a torn row never switches fetching off."""
    try:
        return read_plan(row.config, scraper_names()) if row else None
    except ValueError:
        return None


def _overrides(row: ScraperConfig) -> Overrides:
    try:
        return read_overrides(row.overrides)
    except ValueError:
        return Overrides()


def _checked(read: Callable[[], T]) -> T:
    try:
        return read()
    except ValueError as error:
        raise Invalid(str(error)) from error
