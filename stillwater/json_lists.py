"""Lists of any length as JSON, sent piece by piece: neither the rows nor their text are ever in memory as a whole."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain, islice

from django.http import HttpResponse, StreamingHttpResponse
from ninja.responses import NinjaJSONEncoder

SHORT = 2000
"""Rows up to which an answer is made in one piece, with its length in the headers."""
PIECE = 200
_TYPE = "application/json; charset=utf-8"
_encode = NinjaJSONEncoder().encode


def json_list(name: str, rows: Iterable[Mapping[str, object]], **more: object) -> HttpResponse | StreamingHttpResponse:
    """`{name: [each row], "count": how many, **more}`; the rows are fetched while they are sent."""
    coming = iter(rows)
    first = list(islice(coming, SHORT + 1))
    pieces = _pieces(name, chain(first, coming), more)
    if len(first) <= SHORT:
        return HttpResponse("".join(pieces), content_type=_TYPE)
    return StreamingHttpResponse(pieces, content_type=_TYPE)


def _pieces(name: str, rows: Iterator[Mapping[str, object]], more: Mapping[str, object]) -> Iterator[str]:
    yield f'{{"{name}": ['
    count = 0
    while piece := list(islice(rows, PIECE)):
        yield (", " if count else "") + ", ".join(map(_encode, piece))
        count += len(piece)
    yield "], " + _encode({"count": count, **more})[1:]
