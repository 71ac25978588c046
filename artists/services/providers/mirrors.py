"""A mirror: another server that answers like a provider, at its own rate (providers.md 2.1)."""

from math import isfinite

from artists.providers.base import ProviderSpec
from artists.services.providers.access import plain_access, with_mirror
from artists.services.providers.settings import DEFAULT_MIRROR_RATE, HIGHEST_RATE, Mirror, option_keys, spec_of
from artists.services.providers.trying import Trial, try_access
from stillwater.errors import Invalid
from stillwater.outbound import OutboundError
from stillwater.outbound.origins import parsed
from stillwater.services.options import change_options, forget_options


def set_mirror(name: str, base_url: str, rate_limit: float = 0) -> Trial:
    """Use the mirror from now on, and say whether it answers. `rate_limit` per second; 0 or less: the usual rate.

    Raises Invalid. It is stored even where it does not answer: it may be started later.
    """
    spec = _mirrored(name)
    mirror = Mirror(_address(base_url), _rate(rate_limit))
    address, rate = option_keys(f"{name}.base_url", f"{name}.rate_limit")
    change_options({address: mirror.base_url, rate: f"{mirror.rate_limit:g}"})
    (trial,) = try_access({name: with_mirror(plain_access(spec), spec, mirror)})
    return trial


def clear_mirror(name: str) -> None:
    """Back to the provider itself, at its own rate. Raises Invalid."""
    _mirrored(name)
    forget_options(option_keys(f"{name}.base_url", f"{name}.rate_limit"))


def _mirrored(name: str) -> ProviderSpec:
    spec = spec_of(name)
    if not spec.mirror:
        raise Invalid(f"{spec.label} has no mirrors", "name")
    return spec


def _address(text: str) -> str:
    address = text.strip().rstrip("/")
    if not address:
        raise Invalid("base_url is required", "base_url")
    try:
        parts = parsed(address)
    except OutboundError as error:
        raise Invalid(f"base_url cannot be used: {error.message}", "base_url") from error
    if parts.query or parts.fragment or len(address) > LONGEST_ADDRESS:
        raise Invalid("base_url must be a plain address without ? and #", "base_url")
    return address


LONGEST_ADDRESS = 500


def _rate(rate: float) -> float:
    if not isfinite(rate) or rate > HIGHEST_RATE:
        raise Invalid(f"rate_limit must be at most {HIGHEST_RATE:g} requests per second", "rate_limit")
    return rate if rate > 0 else DEFAULT_MIRROR_RATE
