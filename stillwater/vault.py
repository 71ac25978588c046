"""Encrypts the secrets we store (AES-256-GCM) and opens them again; the key is made once and never replaced."""

import base64
import os
import secrets
from collections.abc import Iterable
from contextlib import suppress
from functools import lru_cache
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from stillwater.errors import StillwaterError
from stillwater.files import FileMissing, NameTaken, create_file, read_bytes_limited
from stillwater.outbound.redaction import remember_secret

KEY_BYTES = 32
_NONCE_BYTES = 12
_PREFIX = "v1:"
_BOUND_TO = b"stillwater vault v1"
_HINT = "32 random bytes in base64 or hex, as `openssl rand -base64 32` prints them"


class VaultError(StillwaterError):
    """The key is missing or wrong, or what is stored was changed; never says anything about the secret."""


def seal(text: str) -> str:
    """Encrypts; the same text gives another answer each time. Makes the key file if there is none yet."""
    nonce = secrets.token_bytes(_NONCE_BYTES)
    closed = AESGCM(_key(create=True)).encrypt(nonce, text.encode(), _BOUND_TO)
    remember_secret(text)
    return _PREFIX + base64.urlsafe_b64encode(nonce + closed).decode("ascii")


def open_sealed(text: str) -> str:
    """The secret inside; raises `VaultError` when the key does not fit or a single bit has changed."""
    if not is_sealed(text):
        raise VaultError("this is not a sealed secret")
    try:
        sealed = base64.b64decode(text.removeprefix(_PREFIX), altchars=b"-_", validate=True)
        secret = AESGCM(_key(create=False)).decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], _BOUND_TO).decode()
    except (InvalidTag, ValueError) as error:
        raise VaultError("a stored secret cannot be opened with this encryption key") from error
    remember_secret(secret)
    return secret


def is_sealed(text: str) -> bool:
    """Whether it looks like an answer of `seal`; says nothing about the key."""
    return text.startswith(_PREFIX)


def check_key(samples: Iterable[str]) -> int:
    """How many of the sealed texts do not open; raises `VaultError` when there are some and none opens."""
    results = [_opens(sample) for sample in samples]
    if results and not any(results):
        raise VaultError("the encryption key does not fit the stored secrets; put the old key back")
    return results.count(False)


def key_problem(has_ciphertext: bool) -> str:
    """Why the start must stop, in a sentence with a hint; empty when all is well. Makes no key."""
    path = _key_file()
    try:
        _key(create=False)
    except VaultError as error:
        if path.exists() or settings.STILLWATER_ENCRYPTION_KEY or has_ciphertext:
            return error.message
    return ""


def _opens(sealed: str) -> bool:
    try:
        open_sealed(sealed)
    except VaultError:
        return False
    return True


def _key_file() -> Path:
    return Path(settings.STILLWATER_DATA) / "encryption.key"


def _key(*, create: bool) -> bytes:
    from_environment: str = settings.STILLWATER_ENCRYPTION_KEY
    if from_environment:
        return _decoded(from_environment, "STILLWATER_ENCRYPTION_KEY")
    return _kept_key(_key_file(), create)


@lru_cache(maxsize=4)
def _kept_key(path: Path, create: bool) -> bytes:
    """Read once by each process. Two processes that make it at the same moment end up with the same one."""
    if create and not os.path.lexists(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        with suppress(NameTaken):
            create_file(path, base64.b64encode(secrets.token_bytes(KEY_BYTES)), root=path.parent, mode=0o600)
    return _decoded(_read_key(path), str(path))


def _read_key(path: Path) -> str:
    try:
        return read_bytes_limited(path, 1024).decode("ascii", "replace").strip()
    except FileMissing as error:
        raise VaultError(
            f"the encryption key {path} is missing but secrets are stored; put the file back from a backup "
            "or set STILLWATER_ENCRYPTION_KEY"
        ) from error
    except StillwaterError as error:
        raise VaultError(f"the encryption key cannot be read: {error.message}") from error


def _decoded(text: str, source: str) -> bytes:
    for decode in (bytes.fromhex, _from_base64):
        try:
            key = decode(text)
        except ValueError:
            continue
        if len(key) == KEY_BYTES:
            return key
    raise VaultError(f"{source} is not a key: it must hold {_HINT}")


def _from_base64(text: str) -> bytes:
    return base64.b64decode(text.replace("-", "+").replace("_", "/"), validate=True)
