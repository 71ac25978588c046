"""Signs what leaves, as the Standard Webhooks specification has it, and checks what comes in.

Out: `Webhook-Id`, `Webhook-Timestamp` (seconds) and `Webhook-Signature: v1,<base64>`, an HMAC-SHA256 over
`id.timestamp.body`; the secret is written `whsec_<base64>`. In: `X-Hub-Signature-256: sha256=<hex>` over the body.
"""

import base64
import binascii
import hashlib
import hmac
import secrets

PREFIX = "whsec_"
_BYTES = 32
_SHORTEST, _LONGEST = 24, 64
"""Bytes of a secret, from the specification."""


def new_secret() -> str:
    return PREFIX + base64.b64encode(secrets.token_bytes(_BYTES)).decode()


def is_secret(text: str) -> bool:
    """Whether it is `whsec_` and 24 to 64 bytes in base64."""
    key = _key(text)
    return key is not None and _SHORTEST <= len(key) <= _LONGEST


def headers(secret: str, delivery_id: str, seconds: int, body: bytes) -> dict[str, str]:
    """The three headers of one attempt; a retry keeps its id and has a timestamp of its own."""
    said = f"{delivery_id}.{seconds}.".encode() + body
    signature = base64.b64encode(hmac.digest(_key(secret) or b"", said, hashlib.sha256)).decode()
    return {
        "Webhook-Id": delivery_id,
        "Webhook-Timestamp": str(seconds),
        "Webhook-Signature": f"v1,{signature}",
    }


def is_signed(secret: str, body: bytes, header: str) -> bool:
    """Whether the header holds our secret's signature of exactly this body; takes the same time for every wrong one."""
    expected = "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
    return hmac.compare_digest(expected.encode(), header.strip().lower().encode("utf-8", "replace"))


def _key(secret: str) -> bytes | None:
    if not secret.startswith(PREFIX):
        return None
    try:
        return base64.b64decode(secret.removeprefix(PREFIX), validate=True)
    except (binascii.Error, ValueError):
        return None
