"""Takes secrets out of every text that may reach a log, a message or an error page."""

import logging
import re
from functools import lru_cache
from urllib.parse import quote, quote_plus

HIDDEN = "[hidden]"
_SHORTEST_SECRET = 6

_NAMES = (
    r"api[_-]?key|apikey|key|access[_-]?token|refresh[_-]?token|auth[_-]?token|x-emby-token|x-mediabrowser-token|"
    r"token|client[_-]?secret|secret|password|passwd|pw|signature|sig|code|session"
)
_QUERY = re.compile(rf"(?i)(?P<name>[?&;](?:{_NAMES})=)[^&;#\s\"'<>]+")
_HEADER = re.compile(
    r"(?i)(?P<name>[\"']?(?:authorization|proxy-authorization|cookie|set-cookie|x-api-key|apikey|api-key|"
    r"x-emby-token|x-emby-authorization|x-mediabrowser-token)[\"']?\s*[:=]\s*)[^\r\n,}]+"
)
_FIELD = re.compile(rf"(?i)(?P<name>\b(?:{_NAMES})[\"']?\s*[:=]\s*[\"'])[^\"']+")
_BEARER = re.compile(r"(?i)(?P<name>\b(?:bearer|basic)\s+)[A-Za-z0-9._~+/=-]{6,}")
_CREDENTIALS = re.compile(r"(?P<name>\b[a-z][a-z0-9+.-]*://)[^/\s@]+@", re.IGNORECASE)
_OWN_TOKEN = re.compile(r"(?P<name>\bsw_)[A-Za-z0-9_-]{8,}")
_KEY_IN_PATH = re.compile(r"(?i)(?P<name>/api/v1/json/)[^/?#\s\"'<>]+(?=/)")
"""TheAudioDB has its key in the path, and a free one of one to three digits: too short to be remembered."""
_PATTERNS = (_KEY_IN_PATH, _CREDENTIALS, _QUERY, _FIELD, _HEADER, _BEARER, _OWN_TOKEN)

_known: set[str] = set()


def remember_secret(value: str) -> None:
    """From now on this value is hidden wherever it turns up in this process, also in a path or percent-encoded.

    Values shorter than six characters are not remembered: they would blot out ordinary words.
    """
    if len(value) >= _SHORTEST_SECRET and value not in _known:
        _known.update({value, quote(value, safe=""), quote(value), quote_plus(value)})
        _known_pattern.cache_clear()


def redact(text: str) -> str:
    """The text with every known secret, and everything that is named like one, replaced."""
    if _known:
        text = _known_pattern().sub(HIDDEN, text)
    for pattern in _PATTERNS:
        text = pattern.sub(lambda match: match["name"] + HIDDEN + ("@" if match[0].endswith("@") else ""), text)
    return text


class RedactingFilter(logging.Filter):
    """Put on a log handler: redacts the finished message, arguments included, and any traceback text."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg, record.args = redact(record.getMessage()), ()
        if record.exc_info and not record.exc_text:
            record.exc_text = logging.Formatter().formatException(record.exc_info)
        if record.exc_text:
            record.exc_text = redact(record.exc_text)
        return True


@lru_cache(maxsize=1)
def _known_pattern() -> re.Pattern[str]:
    longest_first = sorted(_known, key=len, reverse=True)
    return re.compile("|".join(re.escape(value) for value in longest_first))
