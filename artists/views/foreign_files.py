"""Pictures of other programs: what turned up, what may stay, what is allowed already; for administrators."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from artists.folders.storable import on_disk
from artists.models import ForeignFile, Library, Operation
from artists.queries.foreign_files import allowed_file, allowed_files, foreign_file, listed_files
from artists.services.foreign import deciding
from artists.services.places import require_folder
from artists.services.thumbnails import WIDTHS, thumbnail_of_file
from artists.views.images import FOR_GOOD, HARMLESS
from stillwater import htmx
from stillwater.errors import StillwaterError, as_sentence
from stillwater.numbers import whole_number
from stillwater.views.access import administrators_only, signed_in

PER_PAGE = 50
MOST_ALLOWED = 200


@require_safe
@administrators_only
def index(request: HttpRequest) -> HttpResponse:
    return htmx.page_or_fragment(request, "artists/foreign_files.html", "artists/_foreign_files.html", context(request))


@require_safe
@administrators_only
def thumbnail(request: HttpRequest, pk: int) -> HttpResponse:
    """Its address names the content, so the answer never changes."""
    file = get_object_or_404(ForeignFile.objects.select_related("artist"), pk=pk)
    path: Path = require_folder(file.artist) / on_disk(file.file_name)
    try:
        data = thumbnail_of_file(path, file.content_hash, WIDTHS[1])
    except StillwaterError as error:
        return HttpResponse(error.message, status=error.status, headers={"Cache-Control": "no-store"})
    headers = {"Cache-Control": FOR_GOOD, "Content-Security-Policy": HARMLESS}
    return HttpResponse(data, content_type="image/webp", headers=headers)


@require_POST
@administrators_only
def allow(request: HttpRequest, pk: int) -> HttpResponse:
    """`everywhere`: for every artist."""
    everywhere = request.POST.get("everywhere") == "1"

    def act() -> tuple[str, Operation | None]:
        file = foreign_file(str(pk))
        deciding.allow(file, everywhere=everywhere)
        return f"{file.file_name} may stay{' everywhere' if everywhere else f' with {file.artist}'}.", None

    return _done(request, act)


@require_POST
@administrators_only
def delete(request: HttpRequest, pk: int) -> HttpResponse:
    def act() -> tuple[str, Operation | None]:
        file = foreign_file(str(pk))
        made = deciding.delete(file, actor=signed_in(request))
        return f"{file.file_name} is gone from {file.artist}.", made

    return _done(request, act)


@require_POST
@administrators_only
def dismiss(request: HttpRequest) -> HttpResponse:
    """All of them, as the page says."""

    def act() -> tuple[str, Operation | None]:
        count = deciding.dismiss()
        return f"{count} picture{'' if count == 1 else 's'} may stay.", None

    return _done(request, act)


@require_POST
@administrators_only
def forbid(request: HttpRequest, pk: int) -> HttpResponse:
    def act() -> tuple[str, Operation | None]:
        entry = allowed_file(str(pk))
        deciding.forbid(entry)
        return f"{entry.file_name} is reported again where it lies.", None

    return _done(request, act)


def context(request: HttpRequest) -> dict[str, Any]:
    """What the page and its fragment show: filtered as the address says."""
    search, library = request.GET.get("search", "").strip()[:256], whole_number(request.GET.get("library", ""))
    rows = listed_files(search, library)
    allowed = list(allowed_files()[: MOST_ALLOWED + 1])
    return {
        "page": Paginator(rows, PER_PAGE).get_page(whole_number(request.GET.get("page", "1")) or 1),
        "search": search,
        "library": library,
        "libraries": list(Library.objects.exclude(path="").values_list("pk", "name")),
        "is_filtered": bool(search or library),
        "allowed": allowed[:MOST_ALLOWED],
        "more_allowed": len(allowed) > MOST_ALLOWED,
    }


def fragment(request: HttpRequest) -> str:
    """The list as it is now, for operations that answer with HTML."""
    return render_to_string("artists/_foreign_files.html", context(request), request=request)


def _done(request: HttpRequest, act: Callable[[], tuple[str, Operation | None]]) -> HttpResponse:
    """htmx: the list anew and a toast; a plain form: back with a line on what was done."""
    undone: Operation | None = None
    try:
        (said, undone), level = act(), "good"
    except StillwaterError as error:
        said, level = as_sentence(error.message), "error"
    if not htmx.is_fragment(request):
        messages.add_message(request, messages.SUCCESS if level == "good" else messages.ERROR, said)
        return htmx.redirect(request, reverse("artists:foreign_files"))
    way_back = reverse("artists:undo_operation", args=[undone.pk]) if undone else ""
    return htmx.toast(HttpResponse(fragment(request)), said, level=level, undo_url=way_back, seconds=10)
