"""One request as its caller wants it."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any

from stillwater.outbound.answer import Answer, Verdict

Parameters = Mapping[str, str | int | list[str]]
Body = bytes | Mapping[str, str] | None
Judge = Callable[[Answer], Verdict | None]
"""Reads what an answer really means where its status does not say; None leaves it to the status."""


@dataclass(frozen=True)
class Call:
    """`read` says that it changes nothing, so it may be sent again; `accept` holds statuses that are no error."""

    method: str
    url: str
    headers: Mapping[str, str]
    params: Parameters | None = None
    json: Any = None
    data: Body = None
    read: bool = False
    accept: Collection[int] = ()
    judge: Judge | None = None
