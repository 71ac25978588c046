"""Reads a request body as JSON or, where the contract takes both, as a form with the same field names."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.http import HttpRequest, QueryDict
from django.utils.datastructures import MultiValueDict
from ninja.errors import HttpError
from ninja.parser import Parser

from stillwater.json_text import read_json

_FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")
_ESCAPED_NUL = rb"\u0000"
_FORGERY_FIELDS = frozenset({"csrf_token", "csrfmiddlewaretoken"})


class JsonOrForm(Parser):
    """One body, two spellings; an empty body is an empty object, and a body that is no object is refused."""

    def parse_body(self, request: HttpRequest) -> dict[str, Any]:
        return _form(form_data(request)) if request.content_type in _FORMS else json_object(request.body)

    def parse_querydict(
        self, data: MultiValueDict[str, Any], list_fields: list[str], request: HttpRequest
    ) -> dict[str, Any]:
        """A blank parameter, as forms send them, is one that was not given."""
        given = {key: [value for value in values if value != ""] for key, values in data.lists()}
        _require_storable((value for values in given.values() for value in values), "address")
        return {key: values if key in list_fields else values[-1] for key, values in given.items() if values}


def json_object(text: bytes) -> dict[str, Any]:
    """The object in a body; none for a blank one. Raises HttpError."""
    if not text.strip():
        return {}
    try:
        body = read_json(text)
    except ValueError as error:
        raise HttpError(400, "invalid JSON body") from error
    if not isinstance(body, dict):
        raise HttpError(400, "body must be a JSON object")
    if _ESCAPED_NUL in text:
        _require_storable(_texts(body), "body")
    return body


def form_data(request: HttpRequest) -> QueryDict:
    """Django fills `request.POST` for POST alone; PUT and PATCH forms are read here."""
    if request.method == "POST" or request.content_type != _FORMS[0]:
        return request.POST
    return QueryDict(request.body, encoding=request.encoding or "utf-8")


def _form(data: QueryDict) -> dict[str, Any]:
    """One value per field; a field that comes more than once is a list. The token against forgery is no field."""
    _require_storable((text for key, values in data.lists() for text in (key, *values)), "body")
    given = {key: values for key, values in data.lists() if values and key not in _FORGERY_FIELDS}
    return {key: values if len(values) > 1 else values[0] for key, values in given.items()}


def _texts(body: Any) -> Iterator[str]:
    """Every text in it, however deep; without recursion, for a body may be nested to its limit."""
    waiting = [body]
    while waiting:
        item = waiting.pop()
        if isinstance(item, str):
            yield item
        elif isinstance(item, dict):
            waiting.extend((*item.keys(), *item.values()))
        elif isinstance(item, list):
            waiting.extend(item)


def _require_storable(texts: Iterable[Any], where: str) -> None:
    """PostgreSQL stores no NUL."""
    if any(isinstance(text, str) and "\0" in text for text in texts):
        raise HttpError(400, f"{where} holds a NUL character")
