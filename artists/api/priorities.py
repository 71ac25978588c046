"""Whom to ask for which field over REST; for administrators."""

from django.http import HttpRequest, HttpResponse
from ninja import Router, Schema

from artists.services.providers.priorities import reset_priorities, set_priorities, toggle
from artists.services.providers.settings import Priority, provider_settings
from artists.views.priorities import order_panel, order_panels
from stillwater.api.auth import require_admin
from stillwater.api.errors import errors
from stillwater.api.schemas import StatusOut
from stillwater.htmx import is_fragment

router = Router(tags=["Providers"])


class PriorityOut(Schema):
    """One field; `disabled` are those of the providers that are not asked for it."""

    field: str
    providers: list[str]
    disabled: list[str]

    @classmethod
    def of(cls, priority: Priority) -> "PriorityOut":
        return cls(field=priority.field, providers=list(priority.providers), disabled=sorted(priority.disabled))


class PrioritiesOut(Schema):
    priorities: list[PriorityOut]


class ResetPrioritiesOut(StatusOut, PrioritiesOut):
    pass


class PriorityIn(Schema):
    """What is switched off is changed by its own operation; here it is not looked at."""

    field: str = ""
    providers: list[str] = []


class PrioritiesIn(Schema):
    priorities: list[PriorityIn]


@router.get(
    "/providers/priorities",
    operation_id="getPriorities",
    url_name="priorities",
    summary="Whom to ask for each field",
    response={200: PrioritiesOut, **errors(401, 403)},
)
def list_all(request: HttpRequest) -> PrioritiesOut:
    require_admin(request)
    return PrioritiesOut(priorities=[PriorityOut.of(each) for each in provider_settings().priorities()])


@router.put(
    "/providers/priorities",
    operation_id="setPriorities",
    url_name="set_priorities",
    summary="Change whom to ask for some fields",
    response={200: StatusOut, **errors(400, 401, 403)},
)
def put_all(request: HttpRequest, payload: PrioritiesIn) -> StatusOut | HttpResponse:
    """All that are named, or none; default providers that are left out come last."""
    require_admin(request)
    set_priorities({each.field: each.providers for each in payload.priorities})
    return order_panels(request) if is_fragment(request) else StatusOut(status="saved")


@router.post(
    "/providers/priorities/reset",
    operation_id="resetPriorities",
    url_name="reset_priorities",
    summary="Back to the default orders",
    response={200: ResetPrioritiesOut, **errors(401, 403, 500)},
)
def reset(request: HttpRequest) -> ResetPrioritiesOut | HttpResponse:
    require_admin(request)
    now = reset_priorities()
    if is_fragment(request):
        return order_panels(request)
    return ResetPrioritiesOut(status="reset", priorities=[PriorityOut.of(each) for each in now])


@router.put(
    "/providers/priorities/{field}/{provider}/toggle",
    operation_id="toggleFieldProvider",
    url_name="toggle_field_provider",
    summary="Switch a provider on or off for one field",
    response={200: StatusOut, **errors(400, 401, 403, 404)},
)
def switch(request: HttpRequest, field: str, provider: str) -> StatusOut | HttpResponse:
    require_admin(request)
    toggle(field, provider)
    return order_panel(request, field) if is_fragment(request) else StatusOut(status="toggled")
