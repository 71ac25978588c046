"""The pages for what went wrong, and the API's words for the same."""

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from stillwater.errors import as_sentence
from stillwater.htmx import is_fragment, toast

TOO_LARGE = "the request is larger than allowed"


def _answer(request: HttpRequest, status: int, text: str) -> HttpResponse:
    if request.path_info.startswith("/api/"):
        return JsonResponse({"error": text}, status=status)
    if status in (403, 404, 500):
        return render(request, f"{status}.html", {"problem": text}, status=status)
    return render(request, "stillwater/problem.html", {"problem": as_sentence(text)}, status=status)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    if isinstance(exception, RequestDataTooBig):
        return _too_large(request)
    return _answer(request, 400, "bad request")


def _too_large(request: HttpRequest) -> HttpResponse:
    """The page stays as it is where htmx has sent a file that nobody could use."""
    if is_fragment(request):
        return toast(HttpResponse(status=413, headers={"HX-Reswap": "none"}), TOO_LARGE, level="error")
    return _answer(request, 413, TOO_LARGE)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _answer(request, 403, "forbidden")


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _answer(request, 404, "not found")


def server_error(request: HttpRequest) -> HttpResponse:
    return _answer(request, 500, "internal error")


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return _answer(request, 403, "invalid CSRF token")
