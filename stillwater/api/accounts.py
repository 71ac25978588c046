"""Signing in and out, the first account, and API tokens."""

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from ninja import Router, Schema, Status

from stillwater.addresses import client_address
from stillwater.api.auth import caller, token_of
from stillwater.api.errors import errors
from stillwater.api.schemas import StatusOut
from stillwater.errors import Conflict, Invalid, NotFound
from stillwater.models import ApiToken
from stillwater.services import accounts, tokens

router = Router(tags=["Auth"])


class Credentials(Schema):
    username: str = ""
    password: str = ""
    provider: str = ""


class SetupRequest(Schema):
    username: str = ""
    password: str = ""
    display_name: str = ""
    method: str = "local"


class Me(Schema):
    user_id: str
    username: str
    display_name: str
    role: str


class TokenRequest(Schema):
    name: str = ""
    scopes: str = ""


class TokenCreated(Schema):
    id: str
    token: str
    name: str


class TokenOut(Schema):
    id: str
    name: str
    scopes: str
    user_id: str
    status: str
    created_at: datetime
    last_used_at: datetime | None = None
    revoked_at: datetime | None = None

    @classmethod
    def of(cls, token: ApiToken) -> "TokenOut":
        return cls(
            id=str(token.pk),
            name=token.name,
            scopes=token.scopes,
            user_id=str(token.user_id),
            status=token.status,
            created_at=token.created_at,
            last_used_at=token.last_used_at,
            revoked_at=token.revoked_at,
        )


@router.post(
    "/auth/login",
    auth=None,
    operation_id="login",
    url_name="login",
    response={200: StatusOut, **errors(400, 401, 429, 502)},
)
def login(request: HttpRequest, response: HttpResponse, payload: Credentials) -> StatusOut:
    """Open a session; the answer sets the cookie `session`."""
    if payload.provider not in ("", "local"):
        raise Invalid("sign-in provider is not configured", "provider")
    accounts.sign_in(request, username=payload.username, password=payload.password, address=client_address(request))
    response.headers["HX-Redirect"] = request.META.get("SCRIPT_NAME", "") + "/"
    return StatusOut(status="ok")


@router.post(
    "/auth/setup",
    auth=None,
    operation_id="setup",
    url_name="setup",
    response={201: StatusOut, **errors(400, 401, 403, 409, 500, 502)},
)
def setup(request: HttpRequest, payload: SetupRequest) -> Status[StatusOut]:
    """Create the first administrator. Open only while nobody has an account."""
    if not accounts.setup_needed():
        raise Conflict("setup already completed")
    if payload.method not in ("", "local"):
        raise Invalid("setup through another server is not configured", "method")
    accounts.create_first_administrator(
        username=payload.username, password=payload.password, display_name=payload.display_name
    )
    return Status(201, StatusOut(status="ok"))


@router.get(
    "/auth/oidc/login",
    auth=None,
    operation_id="oidcLogin",
    url_name="oidc_login",
    response={302: None, **errors(404, 500)},
)
def oidc_login(request: HttpRequest) -> None:
    """Sign in through OpenID Connect; not found until it is configured."""
    raise NotFound("oidc is not configured")


@router.get(
    "/auth/oidc/callback",
    auth=None,
    operation_id="oidcCallback",
    url_name="oidc_callback",
    response={302: None, **errors(404)},
)
def oidc_callback(
    request: HttpRequest, code: str = "", state: str = "", error: str = "", error_description: str = ""
) -> None:
    """Where the OpenID Connect provider sends people back to; not found until it is configured."""
    raise NotFound("oidc is not configured")


@router.post("/auth/logout", operation_id="logout", url_name="logout", response={200: StatusOut, **errors(401)})
def logout(request: HttpRequest) -> StatusOut:
    """Close the session."""
    accounts.sign_out(request)
    return StatusOut(status="ok")


@router.get("/auth/me", operation_id="getMe", url_name="me", response={200: Me, **errors(401)})
def me(request: HttpRequest) -> Me:
    """Who calls."""
    user = caller(request)
    return Me(user_id=str(user.pk), username=user.username, display_name=user.display_name, role=user.role)


@router.get(
    "/auth/tokens",
    operation_id="listAPITokens",
    url_name="tokens",
    response={200: list[TokenOut], **errors(401)},
    exclude_none=True,
)
def list_tokens(request: HttpRequest) -> list[TokenOut]:
    """The caller's own tokens, newest first."""
    return [TokenOut.of(token) for token in tokens.tokens_of(caller(request))]


@router.post(
    "/auth/tokens",
    operation_id="createAPIToken",
    url_name="create_token",
    response={201: TokenCreated, **errors(400, 401, 403)},
)
def create_token(request: HttpRequest, payload: TokenRequest) -> Status[TokenCreated]:
    """A new token; its secret is in this answer and nowhere else."""
    token, secret = tokens.create_token(
        caller(request), name=payload.name, scopes=payload.scopes, within=token_of(request)
    )
    return Status(201, TokenCreated(id=str(token.pk), token=secret, name=token.name))


@router.delete(
    "/auth/tokens/{id}",
    operation_id="revokeAPIToken",
    url_name="revoke_token",
    response={200: StatusOut, **errors(401, 404)},
)
def revoke_token(request: HttpRequest, id: str) -> StatusOut:
    """The token opens nothing from now on."""
    tokens.revoke_token(caller(request), id)
    return StatusOut(status="revoked")


@router.delete(
    "/auth/tokens/{id}/permanent",
    operation_id="deleteAPIToken",
    url_name="delete_token",
    response={204: None, **errors(401, 404, 409)},
)
def delete_token(request: HttpRequest, id: str) -> Status[None]:
    """Forget a revoked token."""
    tokens.delete_token(caller(request), id)
    return Status(204, None)
