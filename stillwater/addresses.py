"""Whose request it is, and how it came: the peer's word, or a trusted proxy's; garbage changes nothing (S44)."""

import ipaddress

from django.conf import settings
from django.http import HttpRequest


def client_address(request: HttpRequest) -> str:
    """The last entry of X-Forwarded-For when the peer is a trusted proxy, else the peer itself."""
    peer = request.META.get("REMOTE_ADDR", "")
    forwarded = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
    return forwarded if _is_trusted(peer) and _parse(forwarded) else peer


def came_over_tls(request: HttpRequest) -> bool:
    """Over TLS to us, or to a trusted proxy that says so in X-Forwarded-Proto."""
    said = request.headers.get("X-Forwarded-Proto", "").rpartition(",")[2].strip().lower()
    return request.is_secure() or (said == "https" and _is_trusted(request.META.get("REMOTE_ADDR", "")))


def _is_trusted(peer: str) -> bool:
    address = _parse(peer)
    if address is None:
        return False
    return any(
        address in ipaddress.ip_network(network, strict=False) for network in settings.STILLWATER_TRUSTED_PROXIES
    )


def _parse(text: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(text)
    except ValueError:
        return None
