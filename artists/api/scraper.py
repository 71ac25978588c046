"""The scraper configuration over REST; that of one connection is in connections/api/scraper.py."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from ninja import Router, Schema

from artists.queries.providers import ProviderState, provider_states
from artists.services.providers.scraper import Scraping, change_scraping, scraping_of
from stillwater.api.auth import require_admin
from stillwater.api.errors import errors
from stillwater.api.schemas import StatusOut

router = Router(tags=["Scraper"])


class FieldRuleOut(Schema):
    field: str
    primary: str
    enabled: bool
    category: str


class ChainOut(Schema):
    category: str
    providers: list[str]


class ScraperConfigOut(Schema):
    """`scope` is "global" or the id of a connection; the times are null until somebody changes it."""

    id: str
    scope: str
    fields: list[FieldRuleOut]
    fallback_chains: list[ChainOut]
    created_at: datetime | None
    updated_at: datetime | None

    @classmethod
    def of(cls, scraping: Scraping) -> "ScraperConfigOut":
        row = scraping.row
        values = {
            "id": scraping.scope,
            "scope": scraping.scope,
            "created_at": row.created_at if row else None,
            "updated_at": row.updated_at if row else None,
        }
        return cls.model_validate(values | scraping.plan.as_json())


class ScraperConfigIn(Schema):
    """What is left out is not fetched. Checked by the verb, which tells what is wrong."""

    fields: Any = None
    fallback_chains: Any = None


class ScraperProviderOut(Schema):
    provider: str
    display_name: str
    requires_auth: bool
    has_key: bool
    metadata_fields: list[str]
    image_fields: list[str]

    @classmethod
    def of(cls, state: ProviderState) -> "ScraperProviderOut":
        return cls(
            provider=state.name,
            display_name=state.display_name,
            requires_auth=state.requires_key,
            has_key=state.has_key,
            metadata_fields=sorted(state.spec.fields),
            image_fields=sorted(state.spec.images),
        )


class ScraperProvidersOut(Schema):
    providers: list[ScraperProviderOut]


@router.get(
    "/scraper/config",
    operation_id="getScraperConfig",
    url_name="scraper_config",
    summary="What is fetched",
    response={200: ScraperConfigOut, **errors(401, 403)},
)
def read(request: HttpRequest) -> ScraperConfigOut:
    require_admin(request)
    return ScraperConfigOut.of(scraping_of())


@router.put(
    "/scraper/config",
    operation_id="updateScraperConfig",
    url_name="update_scraper_config",
    summary="Change what is fetched",
    response={200: StatusOut, **errors(400, 401, 403)},
)
def update(request: HttpRequest, payload: ScraperConfigIn) -> StatusOut:
    require_admin(request)
    change_scraping(payload.dict())
    return StatusOut(status="saved")


@router.get(
    "/scraper/providers",
    operation_id="listScraperProviders",
    url_name="scraper_providers",
    summary="Who can fetch what",
    response={200: ScraperProvidersOut, **errors(401)},
)
def list_providers(request: HttpRequest) -> ScraperProvidersOut:
    """Operators may read this too."""
    return ScraperProvidersOut(providers=[ScraperProviderOut.of(state) for state in provider_states()])
