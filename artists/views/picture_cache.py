"""What the picture cache holds, and clearing it; shown below the settings of pictures."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from artists.services.picture_cache import cache_stats, clear_cache
from stillwater import htmx
from stillwater.views.access import administrators_only


@require_safe
@administrators_only
def index(request: HttpRequest) -> HttpResponse:
    context = {"tab": "images", "stats": cache_stats()}
    return htmx.page_or_fragment(request, "artists/picture_cache.html", "artists/_picture_cache.html", context)


@require_POST
@administrators_only
def clear(request: HttpRequest) -> HttpResponse:
    done = clear_cache()
    said = f"{done.files_deleted} file{'' if done.files_deleted == 1 else 's'} deleted, "
    said += f"{filesizeformat(done.bytes_freed)} freed."
    if htmx.is_fragment(request):
        return htmx.toast(render(request, "artists/_picture_cache.html", {"stats": cache_stats()}), said)
    messages.success(request, said)
    return htmx.redirect(request, reverse("artists:picture_cache"))
