"""The application's settings, for administrators."""

from typing import Any

from django.http import HttpRequest
from ninja import Body, Router

from stillwater.api.auth import require_admin
from stillwater.api.errors import errors
from stillwater.api.schemas import StatusOut
from stillwater.services import options

router = Router(tags=["Settings"])


@router.get(
    "/settings", operation_id="getSettings", url_name="settings", response={200: dict[str, str], **errors(401, 403)}
)
def get_settings(request: HttpRequest) -> dict[str, str]:
    """Every setting, stored or default, without secrets."""
    require_admin(request)
    return options.all_options()


@router.put(
    "/settings",
    operation_id="updateSettings",
    url_name="update_settings",
    response={200: StatusOut, **errors(400, 401, 403)},
)
def update_settings(request: HttpRequest, payload: Body[dict[str, Any]]) -> StatusOut:
    """Change settings: all that are named, or none when one of them is wrong."""
    require_admin(request)
    options.change_options(payload)
    return StatusOut(status="updated")
