"""Who else writes our files, over REST: the ledger, its banner, the check before the first scan."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Router, Schema

from connections.conflicts.contract import ledger_body, risks_of
from connections.conflicts.verdict import Conflicts
from connections.services.ledger import conflicts
from connections.services.ledger import refresh as ask_servers
from connections.services.onboarding import holds_back, look_before_start, note_seen
from connections.views.conflicts import banner_fragment, clobber_fragment, step_fragment
from stillwater.api.auth import require_admin
from stillwater.api.errors import errors
from stillwater.htmx import is_fragment

router = Router(tags=["Connections"])


class LedgerConnectionOut(Schema):
    """One server. `check_err`: why it is not known what it does; it counts as one that writes then."""

    connection_id: str
    name: str
    type: str
    enabled: bool
    manage_server_files: bool
    nfo_writeback: bool
    image_writeback: bool
    library_name: str
    paths: list[str]
    check_err: str
    checked_at: datetime | None


class RoundTripOut(Schema):
    """Two servers with the same folder: one writes what the other reads and writes back."""

    connection_a_id: str
    connection_a_name: str
    connection_b_id: str
    connection_b_name: str
    overlapping_path: str


class ForeignCountOut(Schema):
    count: int


class LedgerOut(Schema):
    generated_at: datetime
    connections: list[LedgerConnectionOut]
    round_trips: list[RoundTripOut]
    foreign_files: ForeignCountOut


class RiskOut(Schema):
    """A server that writes NFO files where ours lie, or may: `error` says why nobody knows."""

    connection_id: str
    connection_name: str
    connection_type: str
    nfo_writer: bool
    library_name: str
    error: str


class ClobberOut(Schema):
    has_risk: bool
    risks: list[RiskOut]


_HTML: dict[str, Any] = {
    "responses": {200: {"description": "A fragment", "content": {"text/html": {"schema": {"type": "string"}}}}}
}


@router.get(
    "/conflicts",
    operation_id="getConflicts",
    url_name="conflicts",
    summary="Who else writes our files",
    response={200: LedgerOut, **errors(401, 503)},
)
def read(request: HttpRequest, refresh: str = "") -> dict[str, Any]:
    """As it was found when the servers were last asked; `refresh=1` asks them now."""
    return ledger_body(_found(refresh))


@router.get(
    "/config/conflict-banner",
    operation_id="getConflictBanner",
    url_name="conflict_banner",
    summary="The same as a banner",
    response={204: None, **errors(401, 503)},
    openapi_extra=_HTML,
)
def banner(request: HttpRequest, refresh: str = "") -> HttpResponse:
    """HTML; 204 where there is nothing to say, except under htmx, which has a banner to empty."""
    found = _found(refresh)
    if (found.level == "none" or found.dismissed) and not is_fragment(request):
        return HttpResponse(status=204)
    return HttpResponse(banner_fragment(request, found))


def _found(refresh: str) -> Conflicts:
    return ask_servers() if refresh == "1" else conflicts()


@router.get(
    "/connections/clobber-check",
    operation_id="clobberCheck",
    url_name="clobber_check",
    summary="Would a server write over the NFO files?",
    response={200: ClobberOut, **errors(401, 503)},
    openapi_extra=_HTML,
)
def clobber(request: HttpRequest) -> dict[str, Any] | HttpResponse:
    """Before a first scan. Servers that were not asked lately are asked now; HTML under htmx."""
    found = look_before_start()
    if is_fragment(request):
        return HttpResponse(clobber_fragment(request, found))
    risks = risks_of(found)
    return {"has_risk": bool(risks), "risks": risks}


@router.post(
    "/onboarding/conflict-step",
    operation_id="postOnboardingConflictStep",
    url_name="onboarding_conflict_step",
    summary="The step of the first start that looks at the servers",
    response={204: None, **errors(401, 403, 503)},
    openapi_extra=_HTML,
)
def conflict_step(request: HttpRequest, refresh: str = "") -> HttpResponse:
    """HTML that says what is in the way and what to press; 204 where nothing is, and the step is done."""
    require_admin(request)
    found = look_before_start(ask=refresh == "1")
    if holds_back(found):
        return HttpResponse(step_fragment(request, found))
    note_seen()
    return HttpResponse(status=204)
