"""Pictures that several artists have: side by side, removed from one of them, or allowed to be shared."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from artists.models import Operation, SharedPictures
from artists.queries.alike_pictures import EXACT, WAYS, open_groups, with_images
from artists.services import alike_pictures as verbs
from artists.views.pictures import Picture
from stillwater import htmx
from stillwater.errors import StillwaterError, as_sentence
from stillwater.numbers import whole_number
from stillwater.views.access import signed_in

PER_PAGE = 20
MOST_IN_GROUP = 12
MOST_SHARED = 200


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """`way`: exact or near."""
    return htmx.page_or_fragment(
        request, "artists/alike_pictures.html", "artists/_alike_pictures.html", _context(request)
    )


@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    def act() -> tuple[str, Operation | None]:
        made = verbs.remove_here(pk, request.POST.get("content", ""), actor=signed_in(request))
        return (f"{made.summary} of {made.artist_name}." if made else "It was not there any more."), made

    return _done(request, act)


@require_POST
def share(request: HttpRequest, key: str) -> HttpResponse:
    def act() -> tuple[str, Operation | None]:
        row = verbs.share(key, actor=signed_in(request))
        return f"{len(row.names)} artists may share the picture.", None

    return _done(request, act)


@require_POST
def suggest_again(request: HttpRequest, key: str) -> HttpResponse:
    def act() -> tuple[str, Operation | None]:
        verbs.suggest_again(key)
        return "Suggested again.", None

    return _done(request, act)


def _context(request: HttpRequest) -> dict[str, Any]:
    asked = request.GET.get("way", EXACT)
    way = asked if asked in WAYS else EXACT
    page = Paginator(open_groups(way), PER_PAGE).get_page(whole_number(request.GET.get("page", "1")) or 1)
    groups = with_images(list(page), MOST_IN_GROUP)
    return {
        "way": way,
        "ways": WAYS,
        "page": page,
        "groups": [(group, [Picture(image) for image in group.images]) for group in groups],
        "shared": SharedPictures.objects.all()[:MOST_SHARED],
    }


def _done(request: HttpRequest, act: Callable[[], tuple[str, Operation | None]]) -> HttpResponse:
    """htmx: the list anew and a toast; a plain form: back with a line on what was done."""
    made: Operation | None = None
    try:
        (said, made), level = act(), "good"
    except StillwaterError as error:
        said, level = as_sentence(error.message), "error"
    if not htmx.is_fragment(request):
        messages.add_message(request, messages.SUCCESS if level == "good" else messages.ERROR, said)
        return htmx.redirect(request, f"{reverse('artists:alike_pictures')}?{request.GET.urlencode()}")
    way_back = reverse("artists:undo_operation", args=[made.pk]) if made else ""
    response = render(request, "artists/_alike_pictures.html", _context(request))
    return htmx.toast(response, said, level=level, undo_url=way_back, seconds=10)
