"""What one server's libraries fetch otherwise than the rest, over REST; for administrators."""

from typing import Any

from django.http import HttpRequest
from ninja import Router, Schema

from artists.api.scraper import ChainOut, FieldRuleOut, ScraperConfigIn, ScraperConfigOut
from artists.services.providers.scraper import Scraping, change_scraping, reset_scraping, scraping_of
from connections.queries import connection_by_id
from stillwater.api.auth import require_admin
from stillwater.api.errors import errors
from stillwater.api.schemas import StatusOut

router = Router(tags=["Scraper"])


class OverridesOut(Schema):
    """Which entries of `raw` replace the global ones, by field and by category."""

    fields: dict[str, bool]
    fallback_chains: dict[str, bool]


class RawOut(Schema):
    fields: list[FieldRuleOut]
    fallback_chains: list[ChainOut]


class ConnectionScraperOut(Schema):
    """`config` is what holds; `raw` and `overrides` are null for a connection that decides nothing itself."""

    config: ScraperConfigOut
    raw: RawOut | None
    overrides: OverridesOut | None

    @classmethod
    def of(cls, scraping: Scraping) -> "ConnectionScraperOut":
        return cls(
            config=ScraperConfigOut.of(scraping),
            raw=RawOut.model_validate(scraping.own.as_json()) if scraping.own else None,
            overrides=OverridesOut.model_validate(scraping.overrides.as_json()) if scraping.overrides else None,
        )


class ConnectionScraperIn(ScraperConfigIn):
    """The entries stand in `config`, or beside `overrides`."""

    config: Any = None
    overrides: Any = None


@router.get(
    "/scraper/config/connections/{id}",
    operation_id="getConnectionScraperConfig",
    url_name="connection_scraper",
    summary="What one server's libraries fetch",
    response={200: ConnectionScraperOut, **errors(401, 403, 404)},
)
def read(request: HttpRequest, id: str) -> ConnectionScraperOut:
    require_admin(request)
    return ConnectionScraperOut.of(scraping_of(str(connection_by_id(id).pk)))


@router.put(
    "/scraper/config/connections/{id}",
    operation_id="updateConnectionScraperConfig",
    url_name="update_connection_scraper",
    summary="Change what one server's libraries fetch",
    response={200: StatusOut, **errors(400, 401, 403, 404)},
)
def update(request: HttpRequest, id: str, payload: ConnectionScraperIn) -> StatusOut:
    """An entry counts where its override is true; everything else stays as it is for all."""
    require_admin(request)
    scope = str(connection_by_id(id).pk)
    flat = payload.dict(include={"fields", "fallback_chains"})
    change_scraping(flat if payload.config is None else payload.config, payload.overrides, scope=scope)
    return StatusOut(status="saved")


@router.delete(
    "/scraper/config/connections/{id}",
    operation_id="resetConnectionScraperConfig",
    url_name="reset_connection_scraper",
    summary="Fetch for one server what is fetched for all",
    response={200: StatusOut, **errors(401, 403, 404)},
)
def reset(request: HttpRequest, id: str) -> StatusOut:
    """Also where it decided nothing itself."""
    require_admin(request)
    reset_scraping(str(connection_by_id(id).pk))
    return StatusOut(status="reset")
