"""What every request passes: security headers, the front door (setup, sign-in), domain errors as answers."""

import contextlib
from collections.abc import Callable
from urllib.parse import urlencode

from django.contrib.auth.views import redirect_to_login
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse, UnreadablePostError
from django.shortcuts import redirect, render
from django.urls import reverse

from stillwater.addresses import came_over_tls
from stillwater.errors import StillwaterError, Unavailable, as_sentence
from stillwater.htmx import toast
from stillwater.services.accounts import setup_needed

Next = Callable[[HttpRequest], HttpResponse]

_OPEN_PREFIXES = ("/api/", "/static/", "/oidc/")
LEFT_OVER = 64 * 1024
"""Bytes of a body that are worth reading although nobody asked for them."""


def whole_requests(get_response: Next) -> Next:
    """Reads what was left of a body. Granian closes the connection of who is answered before the body has arrived, and
    it does not say so: the client's next request on it would find nobody (4 of 3,000 on one machine)."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        with contextlib.suppress(UnreadablePostError):
            request.read(LEFT_OVER)
        return response

    return middleware


def security_headers(get_response: Next) -> Next:
    """Headers that even a static file and an error page carry. Behind TLS cookies stay there (behaviour.md 8)."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if came_over_tls(request):
            request.META["wsgi.url_scheme"] = "https"
        response = get_response(request)
        response.headers.setdefault("X-Content-Type-Options", "nosniff")
        response.headers.setdefault("X-Frame-Options", "DENY")
        response.headers.setdefault("Referrer-Policy", "strict-origin-when-cross-origin")
        response.headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
        response.headers.setdefault("Permissions-Policy", "camera=(), microphone=(), geolocation=()")
        if request.is_secure():
            response.headers.setdefault("Strict-Transport-Security", "max-age=31536000")
            for cookie in response.cookies.values():
                cookie["secure"] = True
        return response

    return middleware


def front_door(get_response: Next) -> Next:
    """Pages are for people who are signed in; before the first account there is only the setup page.

    The API guards itself (stillwater/api/auth.py), so its paths pass.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        path = request.path_info
        if path.startswith(_OPEN_PREFIXES) or request.user.is_authenticated:
            return get_response(request)
        if path in (_path("stillwater:login"), _path("stillwater:setup")):
            return get_response(request)
        if setup_needed():
            return redirect("stillwater:setup")
        if request.headers.get("HX-Request") == "true":
            return HttpResponse(status=401, headers={"HX-Redirect": _login_again(request)})
        return redirect_to_login(request.get_full_path())

    return middleware


def api_methods(get_response: Next) -> Next:
    """HEAD on the API is a GET without its body, as monitors ask; a method that a path does not have is JSON too."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if not request.path_info.startswith("/api/"):
            return get_response(request)
        asks_head = request.method == "HEAD"
        request.method = "GET" if asks_head else request.method
        response = get_response(request)
        if response.status_code == 405:
            return JsonResponse({"error": "method not allowed"}, status=405, headers={"Allow": response["Allow"]})
        return _without_body(response) if asks_head else response

    return middleware


def _without_body(response: HttpResponse) -> HttpResponse:
    """Closed at once: a stream of events would hold its place."""
    response.close()
    headers = {name: value for name, value in response.items() if name != "Content-Length"}
    bare = HttpResponse(status=response.status_code, headers=headers)
    bare.cookies = response.cookies
    return bare


def domain_errors(get_response: Next) -> Next:
    """A domain error that a page did not catch becomes a toast (htmx) or an error page, with its own status."""

    class Middleware:
        def __call__(self, request: HttpRequest) -> HttpResponse:
            return get_response(request)

        def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
            known = _domain_error(error)
            return None if known is None else _answer(request, known)

    return Middleware()


def _domain_error(error: Exception) -> StillwaterError | None:
    """SQLite has one writer; who waited for it in vain (`timeout` in settings) has done nothing wrong."""
    if isinstance(error, OperationalError) and "locked" in str(error):
        return Unavailable("the database is busy; try again")
    return error if isinstance(error, StillwaterError) else None


def _answer(request: HttpRequest, error: StillwaterError) -> HttpResponse:
    if request.path_info.startswith("/api/"):
        return JsonResponse(error.body(), status=error.status)
    problem = as_sentence(error.message)
    if request.headers.get("HX-Request") == "true":
        response = HttpResponse(status=error.status, headers={"HX-Reswap": "none"})
        return toast(response, problem, level="error")
    return render(request, "stillwater/problem.html", {"problem": problem}, status=error.status)


def _path(name: str) -> str:
    return reverse(name).removeprefix(reverse("dashboard").rstrip("/"))


def _login_again(request: HttpRequest) -> str:
    current = request.headers.get("HX-Current-URL", "")
    path = "/" + current.split("://", 1)[-1].partition("/")[2] if current else reverse("dashboard")
    return f"{reverse('stillwater:login')}?{urlencode({'next': path})}"
