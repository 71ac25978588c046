"""One table from exception to the contract's `{"error": …, "details"?: […]}` and its status."""

from typing import Any

from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI, Schema
from ninja.errors import AuthenticationError, HttpError, ValidationError

from stillwater.errors import StillwaterError, TooManyRequests


class ErrorBody(Schema):
    """What every refusal says."""

    error: str
    details: list[str] | None = None


def errors(*codes: int) -> dict[int, type[ErrorBody]]:
    """The refusals of an operation, for its `response=`: `{200: Answer, **errors(400, 404)}`."""
    return dict.fromkeys(codes, ErrorBody)


def join_error_handlers(api: NinjaAPI) -> None:
    api.add_exception_handler(StillwaterError, _domain(api))
    api.add_exception_handler(ValidationError, _validation(api))
    api.add_exception_handler(AuthenticationError, _plain(api, 401, "authentication required"))
    api.add_exception_handler(Http404, _plain(api, 404, "not found"))
    api.add_exception_handler(PermissionDenied, _plain(api, 403, "forbidden"))
    api.add_exception_handler(RequestDataTooBig, _plain(api, 413, "the request is larger than allowed"))
    api.add_exception_handler(HttpError, _http(api))


def _domain(api: NinjaAPI) -> Any:
    def handler(request: HttpRequest, error: StillwaterError) -> HttpResponse:
        response = api.create_response(request, error.body(), status=error.status)
        if isinstance(error, TooManyRequests):
            response.headers["Retry-After"] = str(error.retry_after)
        return response

    return handler


def _validation(api: NinjaAPI) -> Any:
    """pydantic's list becomes plain lines: `page_size: input should be a valid integer`."""

    def handler(request: HttpRequest, error: ValidationError) -> HttpResponse:
        lines = [_line(item) for item in error.errors]
        return api.create_response(
            request, {"error": lines[0] if lines else "invalid request", "details": lines}, status=400
        )

    return handler


def _line(item: dict[str, Any]) -> str:
    where = ".".join(str(part) for part in item.get("loc", ())[1:] if part not in ("payload", "body"))
    text = str(item.get("msg", "invalid"))
    return f"{where}: {text[:1].lower()}{text[1:]}" if where else f"{text[:1].lower()}{text[1:]}"


def _plain(api: NinjaAPI, status: int, text: str) -> Any:
    def handler(request: HttpRequest, _error: Exception) -> HttpResponse:
        return api.create_response(request, {"error": text}, status=status)

    return handler


def _http(api: NinjaAPI) -> Any:
    """ninja wraps what the parser of the body says in words of its own; ours say what is wrong."""

    def handler(request: HttpRequest, error: HttpError) -> HttpResponse:
        said = error.__cause__ if isinstance(error.__cause__, HttpError) else error
        return api.create_response(request, {"error": str(said)}, status=said.status_code)

    return handler
