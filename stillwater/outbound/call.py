"""One request as its caller wants it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

Parameters = Mapping[str, str | int | list[str]]
Body = bytes | Mapping[str, str] | None


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
