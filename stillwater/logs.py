"""One event, one line: names from files and networks cannot forge a second log line."""

import logging

_UNSAFE = {code: f"\\x{code:02x}" for code in [*range(32), 127, 0x85, 0x2028, 0x2029] if code not in (9, 10)}


class LineFormatter(logging.Formatter):
    """Escapes control characters in the message; a traceback keeps its lines."""

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 - the name is logging's
        record.message = record.message.translate(_UNSAFE).replace("\n", "\\n")
        return super().formatMessage(record)
