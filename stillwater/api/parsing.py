"""Reads a request body as JSON or, where the contract takes both, as a form with the same field names."""

import json
from typing import Any

from django.http import HttpRequest, QueryDict
from ninja.errors import HttpError
from ninja.parser import Parser

_FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")


class JsonOrForm(Parser):
    """One body, two spellings; an empty body is an empty object, and a body that is no object is refused."""

    def parse_body(self, request: HttpRequest) -> dict[str, Any]:
        if request.content_type in _FORMS:
            return _form(_form_data(request))
        if not request.body.strip():
            return {}
        try:
            body = json.loads(request.body)
        except (ValueError, RecursionError) as error:
            raise HttpError(400, "invalid JSON body") from error
        if not isinstance(body, dict):
            raise HttpError(400, "body must be a JSON object")
        if b"\\ud" in request.body.lower():
            _require_unicode(body)
        return body


def _require_unicode(body: dict[str, Any]) -> None:
    """Half a surrogate pair can be written with an escape, but neither stored nor sent."""
    try:
        json.dumps(body, ensure_ascii=False).encode()
    except UnicodeEncodeError as error:
        raise HttpError(400, "body holds text that is not Unicode") from error


def _form_data(request: HttpRequest) -> QueryDict:
    """Django fills `request.POST` for POST alone; PUT and PATCH forms are read here."""
    if request.method == "POST" or request.content_type == "multipart/form-data":
        return request.POST
    return QueryDict(request.body, encoding=request.encoding or "utf-8")


def _form(data: QueryDict) -> dict[str, Any]:
    """One value per field; a field that comes more than once is a list."""
    return {key: values if len(values) > 1 else values[0] for key, values in data.lists() if values}
