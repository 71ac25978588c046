"""Reads typed values from the environment; a bad value stops the start and says what would be right."""

import os
from ipaddress import ip_network
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.core.exceptions import ImproperlyConfigured

_TRUE = {"1", "true", "yes", "on"}
_FALSE = {"0", "false", "no", "off", ""}


def text(name: str, default: str = "") -> str:
    """The variable, or the content of the file that `<name>_FILE` points at (container secrets)."""
    file = os.environ.get(f"{name}_FILE")
    if file:
        try:
            return Path(file).read_text(encoding="utf-8").strip()
        except OSError as error:
            raise ImproperlyConfigured(f"{name}_FILE points at a file that cannot be read: {error}") from error
    return os.environ.get(name, default)


def flag(name: str, default: bool) -> bool:
    value = text(name, str(default)).strip().lower()
    if value in _TRUE:
        return True
    if value in _FALSE:
        return False
    raise ImproperlyConfigured(f"{name}={value!r} is neither true nor false; write true or false")


def number(name: str, default: int, low: int, high: int) -> int:
    value = text(name, str(default)).strip()
    if not value.isdigit() or not low <= int(value) <= high:
        raise ImproperlyConfigured(f"{name}={value!r} is not a whole number from {low} to {high}")
    return int(value)


def words(name: str, default: str = "") -> list[str]:
    """A list separated by commas; blanks fall away."""
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


def folder(name: str, default: Path) -> Path:
    value = text(name)
    return Path(value).expanduser().resolve() if value else default.resolve()


def networks(name: str) -> list[str]:
    """Addresses or networks, such as 10.0.0.0/8, separated by commas."""
    found = words(name)
    for network in found:
        try:
            ip_network(network, strict=False)
        except ValueError as error:
            hint = "write addresses or networks like 10.0.0.0/8, with commas between them"
            raise ImproperlyConfigured(f"{name}: {network!r} is no network; {hint}") from error
    return found


def below(name: str) -> str:
    """A path of this site, such as /music, without a slash at the end; blank where it is not set."""
    value = text(name).strip().strip("/")
    return f"/{value}" if value else ""


def time_zone(name: str, default: str) -> str:
    value = text(name).strip() or default
    try:
        ZoneInfo(value)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise ImproperlyConfigured(f"{name}={value!r} is no time zone; write it like Europe/Berlin") from error
    return value


def origin(name: str) -> str:
    """Scheme, host and port, such as http://127.0.0.1:8099, without a slash at the end; blank where it is not set."""
    value = text(name).strip().rstrip("/")
    try:
        parts = urlsplit(value)
        fits = parts.scheme in ("http", "https") and parts.hostname and value == f"{parts.scheme}://{parts.netloc}"
        fits = fits and "@" not in parts.netloc and (parts.port is None or parts.port > 0)
    except ValueError:
        fits = False
    if value and not fits:
        raise ImproperlyConfigured(f"{name}={value!r} is no origin; write it like http://127.0.0.1:8099")
    return value
