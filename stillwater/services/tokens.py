"""API tokens: create (shown once), find by secret, revoke, delete."""

import hashlib
import secrets
from datetime import timedelta

from django.db.models import QuerySet
from django.utils import timezone

from stillwater.errors import Conflict, Forbidden, Invalid, NotFound
from stillwater.models import ApiToken, User
from stillwater.numbers import whole_number

SCOPES = ("read", "write", "webhook", "admin")
_SEEN_EVERY = timedelta(minutes=1)


def hashed(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def tokens_of(user: User) -> QuerySet[ApiToken]:
    return ApiToken.objects.filter(user=user)


def create_token(user: User, *, name: str, scopes: str = "", within: ApiToken | None = None) -> tuple[ApiToken, str]:
    """A new token and its secret, which nobody can read again. Raises Invalid, Forbidden.

    `within` is the token that asks, if one does: a leaked token must not make itself a mightier one.
    """
    wanted = [scope.strip() for scope in (scopes or "read").split(",") if scope.strip()]
    unknown = [scope for scope in wanted if scope not in SCOPES]
    if unknown or not wanted:
        raise Invalid(f"invalid scope: {', '.join(unknown) or 'none'}", "scopes")
    if "admin" in wanted and not user.is_administrator:
        raise Forbidden("only administrators may create admin tokens")
    if within is not None and not within.grants.issuperset(wanted):
        raise Forbidden("a token may not create one with more scopes than its own")
    if not name.strip():
        raise Invalid("name is required", "name")
    secret = "sw_" + secrets.token_hex(32)
    scope_text = ",".join(dict.fromkeys(wanted))
    return ApiToken.objects.create(
        user=user, name=name.strip()[:150], scopes=scope_text, token_hash=hashed(secret)
    ), secret


def revoke_token(user: User, token_id: str) -> ApiToken:
    """From now on it opens nothing. Revoking twice is the same as once."""
    token = _own(user, token_id)
    if token.revoked_at is None:
        token.revoked_at = timezone.now()
        token.save(update_fields=["revoked_at"])
    return token


def revoke_all_tokens(user: User) -> int:
    """None of the person's tokens opens anything from now on; returns how many did."""
    return tokens_of(user).filter(revoked_at=None).update(revoked_at=timezone.now())


def delete_token(user: User, token_id: str) -> None:
    """Forget a revoked token. Raises Conflict while it is active."""
    token = _own(user, token_id)
    if token.revoked_at is None:
        raise Conflict("token must be revoked before it can be deleted")
    token.delete()


def token_by_secret(secret: str) -> ApiToken | None:
    """The active token of an active person, or None; notes when it was used, at most once a minute."""
    token = ApiToken.objects.select_related("user").filter(token_hash=hashed(secret), revoked_at=None).first()
    if token is None or not token.user.is_active:
        return None
    now = timezone.now()
    if token.last_used_at is None or now - token.last_used_at > _SEEN_EVERY:
        ApiToken.objects.filter(pk=token.pk).update(last_used_at=now)
    return token


def _own(user: User, token_id: str) -> ApiToken:
    token = tokens_of(user).filter(pk=whole_number(token_id) or 0).first()
    if token is None:
        raise NotFound("token not found")
    return token
