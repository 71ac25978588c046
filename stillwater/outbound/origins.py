"""Origins: scheme, host and port of a URL in one spelling, so that they can be compared exactly."""

from urllib3.exceptions import LocationParseError
from urllib3.util import Url, parse_url

from stillwater.outbound.answer import OutboundError

_DEFAULT_PORTS = {"http": 80, "https": 443}


def parsed(url: str) -> Url:
    """The URL in parts, by the parser that also makes the connection.

    Raises kind "refused_address" for any scheme but http and https, for no host, and for credentials in it.
    """
    try:
        parts = parse_url(url)
    except LocationParseError as error:
        raise OutboundError("refused_address", "this is not a valid URL") from error
    if parts.scheme not in _DEFAULT_PORTS:
        raise OutboundError("refused_address", "only http and https addresses are allowed")
    if not parts.host:
        raise OutboundError("refused_address", "the address names no host")
    if parts.auth is not None:
        raise OutboundError("refused_address", "an address must not hold a user name or password")
    return parts


def origin(url: str) -> str:
    """`https://host:port`, in lower case, with the port always written."""
    parts = parsed(url)
    return origin_of(parts.scheme or "", parts.host or "", parts.port or _DEFAULT_PORTS[parts.scheme or ""])


def origin_of(scheme: str, host: str, port: int) -> str:
    return f"{scheme}://{host.lower().strip('[]')}:{port}"
