"""Whether and when a failed request is worth asking again."""

from datetime import UTC
from email.utils import parsedate_to_datetime

from stillwater.outbound.answer import OutboundError
from stillwater.outbound.policy import Policy, Surroundings

RETRYABLE_STATUS = frozenset({429, 502, 503, 504})
THROTTLE_STATUS = frozenset({429, 503})
_FIRST_PAUSE = 0.5


def retry_after(header: str, calendar: float) -> float:
    """Seconds from a Retry-After header, which holds seconds or a date (RFC 9110 10.2.3); 0 if neither."""
    text = header.strip()
    if text.isdecimal() and len(text) < 10:
        return float(text)
    try:
        date = parsedate_to_datetime(text)
    except ValueError:
        return 0.0
    return max(0.0, (date if date.tzinfo else date.replace(tzinfo=UTC)).timestamp() - calendar)


def pause(error: OutboundError, attempt: int, policy: Policy, surroundings: Surroundings) -> float | None:
    """Seconds to wait after failed attempt number `attempt` (from 1); None when it is not worth another.

    Doubles from half a second with up to the same again by chance, so that workers do not return together.
    A server that asks for more than the policy's longest wait is left alone.
    """
    if attempt >= policy.attempts:
        return None
    if error.kind not in ("connection", "throttled") and error.upstream_status not in RETRYABLE_STATUS:
        return None
    if error.retry_after > policy.longest_wait:
        return None
    own: float = _FIRST_PAUSE * 2 ** (attempt - 1) * (1 + surroundings.chance())
    return min(max(own, error.retry_after), policy.longest_wait)
