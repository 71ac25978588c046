"""Log lines: one per event, without secrets."""

import logging

from stillwater.logs import LineFormatter
from stillwater.outbound import remember_secret


def _line(message: str) -> str:
    return LineFormatter("{message}", style="{").format(logging.makeLogRecord({"msg": message}))


def test_a_name_with_line_breaks_stays_on_one_line() -> None:
    assert _line("found Nobody\nERROR forged\r\x1b[31m") == "found Nobody\\nERROR forged\\x0d\\x1b[31m"


def test_a_remembered_secret_is_blacked_out() -> None:
    remember_secret("k3y-of-somebody-1973")
    assert "k3y-of-somebody-1973" not in _line("asking with k3y-of-somebody-1973")
