"""What the reports on automation share: rows narrowed by the query, each with its way back."""

from collections.abc import Callable, Container
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from stillwater.errors import StillwaterError, as_sentence

PER_PAGE = 50


def chosen(request: HttpRequest, name: str, options: Container[str]) -> str:
    """What the query says of `name`; blank where nobody understands it."""
    value = request.GET.get(name, "")
    return value if value in options else ""


def listed(request: HttpRequest, rows: Any, line: Callable[[Any], object]) -> dict[str, Any]:
    """One page of rows, each made a line, and the query that every link of the report keeps."""
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    given = {key: value for key, value in request.GET.items() if key != "format"}
    return {"page": page, "lines": [line(row) for row in page.object_list], "query": urlencode(given)}


def answer(request: HttpRequest, page: str, put_back: Callable[[], str]) -> HttpResponse:
    """Put something back and say so, or why not, in the list where somebody was."""
    try:
        messages.success(request, put_back())
    except StillwaterError as refusal:
        messages.error(request, as_sentence(refusal.message))
    address, query = reverse(page), request.POST.get("query", "")
    return redirect(f"{address}?{query}" if query else address)
