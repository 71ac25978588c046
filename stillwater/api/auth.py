"""Who calls the API: by session cookie, bearer token, header ApiKey or deprecated ?apikey=; and with what scope.

Scopes are enforced (the reference's were not): reading needs `read`, changing needs `write`, `admin` may all that its
owner may, `webhook` opens the inbound hooks alone. A session has the rights of its person.
"""

from typing import Any

from django.http import HttpRequest
from ninja.security import APIKeyCookie, APIKeyHeader, APIKeyQuery, HttpBearer

from stillwater.errors import Forbidden, Unauthenticated
from stillwater.models import ApiToken, User
from stillwater.services.tokens import token_by_secret

_READING = frozenset({"GET", "HEAD", "OPTIONS"})


class _Token:
    """What the three spellings of a token share."""

    def owner(self, request: HttpRequest, secret: str | None) -> User | None:
        if not secret:
            return None
        token = token_by_secret(secret)
        if token is None:
            raise Unauthenticated("invalid or revoked token")
        _require_scope(request, token)
        request.user = token.user
        request.api_token = token  # type: ignore[attr-defined]  # read by token_of below
        return token.user


def _require_scope(request: HttpRequest, token: ApiToken) -> None:
    if "/webhooks/inbound/" in request.path_info:
        wanted = "webhook"
    else:
        wanted = "read" if request.method in _READING else "write"
    if wanted not in token.grants:
        raise Forbidden("token scope does not allow this")


class SessionCookie(APIKeyCookie):
    """The cookie `session`; forgery is guarded by stillwater/csrf.py for every path."""

    openapi_name = "cookieAuth"
    param_name = "session"

    def __init__(self) -> None:
        super().__init__(csrf=False)

    def authenticate(self, request: HttpRequest, _key: str | None) -> Any:
        return request.user if request.user.is_authenticated else None


class Bearer(HttpBearer, _Token):
    openapi_name = "bearerAuth"

    def authenticate(self, request: HttpRequest, token: str) -> Any:
        return self.owner(request, token)


class ApiKeyQuery(APIKeyQuery, _Token):
    openapi_name = "apiKeyAuth"
    param_name = "apikey"

    def authenticate(self, request: HttpRequest, key: str | None) -> Any:
        return self.owner(request, key)


class ApiKeyHeader(APIKeyHeader, _Token):
    openapi_name = "apiKeyHeader"
    param_name = "ApiKey"

    def authenticate(self, request: HttpRequest, key: str | None) -> Any:
        return self.owner(request, key)


ACCEPTED = [SessionCookie(), Bearer(), ApiKeyHeader(), ApiKeyQuery()]


def require_admin(request: HttpRequest) -> User:
    """The caller, who has to be an administrator; through a token only with the scope `admin`.

    Raises Forbidden.
    """
    user = request.user
    if not isinstance(user, User) or not user.is_administrator:
        raise Forbidden("administrator required")
    token = token_of(request)
    if token is not None and "admin" not in token.grants:
        raise Forbidden("token scope does not allow this")
    return user


def token_of(request: HttpRequest) -> ApiToken | None:
    """The token that the call came with; None for a session."""
    token: ApiToken | None = getattr(request, "api_token", None)
    return token


def caller(request: HttpRequest) -> User:
    """The person behind the call. Raises Unauthenticated."""
    if isinstance(request.user, User):
        return request.user
    raise Unauthenticated("authentication required")
