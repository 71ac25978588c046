"""One event, one line: names from files and networks cannot forge a second one, and no line holds a secret."""

import logging

from stillwater.outbound.redaction import redact

_ESCAPED = {code: f"\\x{code:02x}" for code in (*range(32), 127, 0x85, 0x2028, 0x2029) if code not in (9, 10)}


class LineFormatter(logging.Formatter):
    """Escapes control characters in the message (a traceback keeps its lines) and blacks out known secrets."""

    def format(self, record: logging.LogRecord) -> str:
        return redact(super().format(record))

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 - the name is logging's
        record.message = record.message.translate(_ESCAPED).replace("\n", "\\n")
        return super().formatMessage(record)
