"""Providers over REST: how they stand, their keys, tests, a mirror, the web search; for administrators."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Router, Schema

from artists.queries.providers import ProviderState, WebEngine, provider_states, web_search_states
from artists.services.providers.keys import delete_key, set_key
from artists.services.providers.mirrors import clear_mirror, set_mirror
from artists.services.providers.trying import UNVERIFIED, try_provider
from artists.services.providers.web_search import set_web_search
from artists.views.providers import provider_card, web_search_panel
from stillwater.api.auth import require_admin
from stillwater.api.errors import ErrorBody, errors
from stillwater.api.schemas import StatusOut
from stillwater.htmx import is_fragment

router = Router(tags=["Providers"])


class MirrorOut(Schema):
    base_url: str
    rate_limit: float


class ProviderOut(Schema):
    """`status`: not_required, unconfigured, untested, ok or invalid; `rate_limit` in requests per second."""

    name: str
    display_name: str
    requires_key: bool
    optional_key: bool
    has_key: bool
    status: str
    access_tier: str
    help_url: str
    rate_limit: float
    supports_base_url: bool
    mirror: MirrorOut | None


class ProvidersOut(Schema):
    providers: list[ProviderOut]


class WebEngineOut(Schema):
    name: str
    display_name: str
    enabled: bool


class WebEnginesOut(Schema):
    providers: list[WebEngineOut]


class KeyIn(Schema):
    """Spotify's key has two halves. Without `skip_test` it is stored only once the provider has taken it."""

    api_key: str = ""
    client_id: str = ""
    client_secret: str = ""
    skip_test: bool = False


class RefusedKey(ErrorBody):
    status: str


class MirrorIn(Schema):
    """`rate_limit` in requests per second, at most 100; 0 or less means 10."""

    base_url: str = ""
    rate_limit: float = 0


class MirrorTestOut(Schema):
    status: str
    test: str
    test_error: str = ""


class TestOut(Schema):
    """`status_persisted`: the key is known to be good, or not, from now on."""

    status: str
    error: str = ""
    status_persisted: bool = False


class EnabledIn(Schema):
    enabled: bool


@router.get(
    "/providers",
    operation_id="listProviders",
    url_name="providers",
    summary="How every provider stands",
    response={200: ProvidersOut, **errors(401, 403)},
)
def list_all(request: HttpRequest) -> dict[str, list[ProviderState]]:
    """Keys are never shown."""
    require_admin(request)
    return {"providers": provider_states()}


@router.get(
    "/providers/websearch",
    operation_id="getWebSearchProviders",
    url_name="web_search",
    summary="Web searches for pictures",
    response={200: WebEnginesOut, **errors(401, 403)},
)
def list_web_search(request: HttpRequest) -> dict[str, list[WebEngine]]:
    require_admin(request)
    return {"providers": web_search_states()}


@router.put(
    "/providers/websearch/{name}/toggle",
    operation_id="setWebSearchEnabled",
    url_name="set_web_search",
    summary="Switch a web search on or off",
    response={200: StatusOut, **errors(400, 401, 403)},
)
def toggle_web_search(request: HttpRequest, name: str, payload: EnabledIn) -> StatusOut | HttpResponse:
    require_admin(request)
    set_web_search(name, enabled=payload.enabled)
    return web_search_panel(request) if is_fragment(request) else StatusOut(status="ok")


@router.put(
    "/providers/{name}/key",
    operation_id="setProviderKey",
    url_name="set_provider_key",
    summary="Store a provider's key",
    response={200: StatusOut, 422: RefusedKey, **errors(400, 401, 403)},
)
def put_key(request: HttpRequest, name: str, payload: KeyIn) -> StatusOut | HttpResponse:
    """It is tried first; a key that fails is not stored and answers 422."""
    require_admin(request)
    set_key(name, payload.dict(include={"api_key", "client_id", "client_secret"}), skip_test=payload.skip_test)
    return provider_card(request, name) if is_fragment(request) else StatusOut(status="saved")


@router.delete(
    "/providers/{name}/key",
    operation_id="deleteProviderKey",
    url_name="delete_provider_key",
    summary="Forget a provider's key",
    response={200: StatusOut, **errors(400, 401, 403)},
)
def remove_key(request: HttpRequest, name: str) -> StatusOut | HttpResponse:
    require_admin(request)
    delete_key(name)
    return provider_card(request, name) if is_fragment(request) else StatusOut(status="deleted")


@router.post(
    "/providers/{name}/test",
    operation_id="testProvider",
    url_name="test_provider",
    summary="Ask a provider whether it takes our key",
    response={200: TestOut, **errors(400, 401, 403)},
)
def test(request: HttpRequest, name: str) -> TestOut | HttpResponse:
    """Always 200: that the test failed is an answer too."""
    require_admin(request)
    trial = try_provider(name)
    if is_fragment(request):
        return provider_card(request, name, trial=trial)
    return TestOut(
        status="ok" if trial.ok else "error",
        error="" if trial.ok else UNVERIFIED,
        status_persisted=trial.persisted,
    )


@router.put(
    "/providers/{name}/mirror",
    operation_id="setProviderMirror",
    url_name="set_provider_mirror",
    summary="Ask a mirror instead of the provider",
    response={200: MirrorTestOut, **errors(400, 401, 403)},
)
def put_mirror(request: HttpRequest, name: str, payload: MirrorIn) -> Any:
    """It is stored whether or not it answers now; `test` says which."""
    require_admin(request)
    trial = set_mirror(name, payload.base_url, payload.rate_limit)
    if is_fragment(request):
        return provider_card(request, name, trial=trial)
    return MirrorTestOut(status="saved", test="ok" if trial.ok else "error", test_error=trial.reason)


@router.delete(
    "/providers/{name}/mirror",
    operation_id="deleteProviderMirror",
    url_name="delete_provider_mirror",
    summary="Ask the provider itself again",
    response={200: StatusOut, **errors(400, 401, 403)},
)
def remove_mirror(request: HttpRequest, name: str) -> StatusOut | HttpResponse:
    require_admin(request)
    clear_mirror(name)
    return provider_card(request, name) if is_fragment(request) else StatusOut(status="cleared")
