"""The pages for what went wrong, and the API's words for the same."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render


def _answer(request: HttpRequest, status: int, text: str) -> HttpResponse:
    if request.path_info.startswith("/api/"):
        return JsonResponse({"error": text}, status=status)
    return render(request, f"{status if status in (403, 404, 500) else 404}.html", {"problem": text}, status=status)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _answer(request, 400, "bad request")


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _answer(request, 403, "forbidden")


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _answer(request, 404, "not found")


def server_error(request: HttpRequest) -> HttpResponse:
    return _answer(request, 500, "internal error")


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return _answer(request, 403, "invalid CSRF token")
