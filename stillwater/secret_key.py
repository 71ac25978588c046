"""The key that signs sessions: from the environment, else a file of 0600 that is created once."""

import os
import secrets
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

from stillwater.errors import reason_of


def secret_key(data: Path, from_environment: str) -> str:
    """The key itself. A file that exists is read and never written again."""
    if from_environment:
        return from_environment
    try:
        return _kept(data)
    except OSError as error:
        refused = f"the data folder {data} cannot be used ({reason_of(error)})"
        raise ImproperlyConfigured(f"{refused}; set STILLWATER_DATA to a folder that can be written to") from error


def _kept(data: Path) -> str:
    data.mkdir(parents=True, exist_ok=True)
    path = data / "secret.key"
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text(encoding="ascii").strip()
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(secrets.token_urlsafe(48))
    return path.read_text(encoding="ascii").strip()
