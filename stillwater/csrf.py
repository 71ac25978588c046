"""Cross-site request forgery: the readable cookie on every GET, and the header that scripts may bring alone.

Contract (design.md 11): the cookie `csrf_token` comes with every GET; a request with the session cookie brings a
token of ours in `X-CSRF-Token`. That header alone is enough: a foreign page cannot set it, and scripts send no
cookie back. In a form field the token has to match the cookie. "Of ours" means: this server signed it.
"""

import base64
import hashlib
import hmac
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.middleware import csrf as django_csrf
from django.middleware.csrf import CSRF_SECRET_LENGTH, CSRF_TOKEN_LENGTH, CsrfViewMiddleware
from django.utils.crypto import constant_time_compare, get_random_string

from stillwater.api.parsing import form_data
from stillwater.views.errors import csrf_failure

# The spelling of Django's own form tag, which nothing public reads.
_does_token_match: Callable[[str, str], bool] = django_csrf._does_token_match  # type: ignore[attr-defined]
_unmask_cipher_token: Callable[[str], str] = django_csrf._unmask_cipher_token  # type: ignore[attr-defined]

_SAFE = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})
_ANONYMOUS = ("/api/v1/auth/login", "/api/v1/auth/setup")
_HALF = CSRF_SECRET_LENGTH // 2


def _signature(random_half: str) -> str:
    digest = hmac.digest(settings.SECRET_KEY.encode(), f"csrf:{random_half}".encode(), hashlib.sha256)
    return base64.b64encode(digest, altchars=b"Aa").decode()[:_HALF]


def new_secret() -> str:
    """32 letters and digits: half random, half our signature of it."""
    random_half = get_random_string(_HALF)
    return random_half + _signature(random_half)


def is_ours(token: str) -> bool:
    """Whether this server signed the token, in the cookie's spelling or in the masked one of forms."""
    if not token.isalnum() or not token.isascii():
        return False
    secret = _unmask_cipher_token(token) if len(token) == CSRF_TOKEN_LENGTH else token
    return len(secret) == CSRF_SECRET_LENGTH and constant_time_compare(secret[_HALF:], _signature(secret[:_HALF]))


class CsrfMiddleware(CsrfViewMiddleware):
    """Django's cookie and form field, with tokens that are signed and a rule that covers the API too."""

    def process_request(self, request: HttpRequest) -> None:
        super().process_request(request)
        if not is_ours(request.META.get("CSRF_COOKIE") or ""):
            request.META["CSRF_COOKIE"] = new_secret()
            request.META["CSRF_COOKIE_NEEDS_UPDATE"] = True

    def process_view(  # type: ignore[override]  # the API's refusal is JSON
        self, request: HttpRequest, _view: Callable[..., Any] | None, _args: object, _kwargs: object
    ) -> HttpResponseBase | None:
        # Django's own flag: the decorator of the admin asks it.
        request.csrf_processing_done = True  # type: ignore[attr-defined]
        if getattr(request, "_dont_enforce_csrf_checks", False) or self._is_allowed(request):
            return None
        return csrf_failure(request)

    def _is_allowed(self, request: HttpRequest) -> bool:
        if request.method in _SAFE or request.path_info in _ANONYMOUS:
            return True
        header = request.headers.get("X-CSRF-Token")
        if header is not None:
            return is_ours(header)
        is_script = request.path_info.startswith("/api/") and settings.SESSION_COOKIE_NAME not in request.COOKIES
        return is_script or self._field_matches(request)

    def _field_matches(self, request: HttpRequest) -> bool:
        """A form field says the same as the cookie; both spellings of the field's name."""
        cookie = request.COOKIES.get(settings.CSRF_COOKIE_NAME, "")
        if request.path_info.startswith("/api/"):
            request.body  # noqa: B018 - read and kept: the API reads it again, and a form with files can be read once
        form = form_data(request)
        field = form.get("csrfmiddlewaretoken") or form.get("csrf_token") or ""
        return is_ours(cookie) and is_ours(field) and _does_token_match(field, request.META["CSRF_COOKIE"])

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Sign in and out rotate the secret with Django's own; ours has to be signed."""
        if request.META.get("CSRF_COOKIE_NEEDS_UPDATE") and not is_ours(request.META.get("CSRF_COOKIE") or ""):
            request.META["CSRF_COOKIE"] = new_secret()
        return super().process_response(request, response)
