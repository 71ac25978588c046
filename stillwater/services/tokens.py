"""API tokens: create (shown once), find by secret, revoke, delete."""

import hashlib
from datetime import timedelta

from django.utils import timezone

from stillwater.models import ApiToken

_SEEN_EVERY = timedelta(minutes=1)


def hashed(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def token_by_secret(secret: str) -> ApiToken | None:
    """The active token of an active person, or None; notes when it was used, at most once a minute."""
    token = ApiToken.objects.select_related("user").filter(token_hash=hashed(secret), revoked_at=None).first()
    if token is None or not token.user.is_active:
        return None
    now = timezone.now()
    if token.last_used_at is None or now - token.last_used_at > _SEEN_EVERY:
        ApiToken.objects.filter(pk=token.pk).update(last_used_at=now)
    return token
