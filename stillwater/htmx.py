"""The whole htmx vocabulary of the pages: a page or its fragment, something more beside it, a toast, a redirect."""

import json
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect as django_redirect
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.cache import patch_vary_headers


def is_fragment(request: HttpRequest) -> bool:
    """htmx asks, and neither for a whole page (boost) nor to rebuild its history."""
    return request.headers.get("HX-Request") == "true" and request.headers.get("HX-History-Restore-Request") != "true"


def page_or_fragment(
    request: HttpRequest, page: str, fragment: str, context: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    """The fragment for htmx, the page that includes it for everybody else; same context."""
    response = render(request, fragment if is_fragment(request) else page, context, status=status)
    patch_vary_headers(response, ["HX-Request"])
    return response


def also(request: HttpRequest, response: HttpResponse, fragment: str, context: dict[str, Any]) -> HttpResponse:
    """Append a second fragment that swaps itself by its id (its root carries hx-swap-oob when `out_of_band` is set)."""
    extra = render_to_string(fragment, {**context, "out_of_band": True}, request=request)
    response.write(extra)
    return response


def toast(
    response: HttpResponse, text: str, *, level: str = "good", undo_url: str = "", seconds: int = 0
) -> HttpResponse:
    """Show a short message once the answer has been swapped. Levels: good, info, warning, error."""
    message: dict[str, Any] = {"level": level, "text": text}
    if undo_url:
        message |= {"undo_url": undo_url, "seconds": seconds}
    return trigger(response, "toast", message)


def trigger(response: HttpResponse, name: str, detail: Any = None) -> HttpResponse:
    """Add one event to the answer's HX-Trigger, keeping those already there."""
    events = json.loads(response.headers.get("HX-Trigger", "{}"))
    events[name] = detail
    response.headers["HX-Trigger"] = json.dumps(events)
    return response


def redirect(request: HttpRequest, to: str) -> HttpResponse:
    """Go elsewhere: a header for htmx, 302 for a plain form."""
    if request.headers.get("HX-Request") == "true":
        return HttpResponse(headers={"HX-Redirect": to})
    return django_redirect(to)
