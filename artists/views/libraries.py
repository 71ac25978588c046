"""Libraries: what they hold, how they are, and, for administrators, adding, changing, scanning and removing them."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from artists.forms.artist import tried
from artists.forms.library import POLL, PROPOSED, LibraryForm
from artists.models import Library
from artists.services import libraries
from artists.tasks.scanning import SCAN, start_scan
from artists.views.folders import preview_context, tree
from stillwater import htmx, jobs
from stillwater.errors import StillwaterError, as_sentence
from stillwater.job_words import JobLine
from stillwater.views.access import administrators_only, signed_in


@dataclass(frozen=True, slots=True)
class LibraryLine:
    """A library as the list shows it."""

    library: Library
    artists: int
    is_scanning: bool

    @property
    def watch_words(self) -> str:
        every = dict(POLL).get(self.library.fs_poll_interval, f"every {self.library.fs_poll_interval} s")
        return {
            1: "changes are noticed at once",
            2: f"looked at {every}",
            3: f"noticed at once and looked at {every}",
        }.get(self.library.fs_watch, "changes wait for a scan")

    @property
    def problem(self) -> str:
        return as_sentence(self.library.scan_problem)


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """All libraries and the scan that runs."""
    return htmx.page_or_fragment(request, "artists/libraries.html", "artists/_libraries.html", _list())


@administrators_only
def add(request: HttpRequest) -> HttpResponse:
    """A further library; it is scanned at once."""
    adds = request.method == "POST" and "look" not in request.POST
    form = LibraryForm(request.POST) if adds else LibraryForm(initial={**PROPOSED, **request.POST.dict()})
    if adds and tried(form, lambda: _create(request, form)) == 200:
        return redirect("artists:libraries")
    typed = form.data if form.is_bound else form.initial
    context = {"form": form, "folders": tree(), **preview_context(typed.get("path", ""), with_profiles=False)}
    return render(request, "artists/library_new.html", context, status=422 if form.errors else 200)


@administrators_only
def library(request: HttpRequest, pk: int) -> HttpResponse:
    """One library to change, or to remove."""
    shown = get_object_or_404(Library, pk=pk)
    form = LibraryForm(request.POST) if request.method == "POST" else LibraryForm.of(shown)
    if request.method == "POST" and tried(form, lambda: _change(request, shown, form)) == 200:
        return redirect("artists:libraries")
    context = {"library": Library.objects.get(pk=pk), "form": form, "artists": libraries.artist_count(shown)}
    return render(request, "artists/library.html", context, status=422 if form.errors else 200)


@require_POST
@administrators_only
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Forget a library, and its artists too if that was ticked; nothing on disk is touched."""
    gone = get_object_or_404(Library, pk=pk)
    name = gone.name
    count = libraries.delete_library(gone, delete_artists="delete_artists" in request.POST)
    artists = f" {count} artists went with it." if count else ""
    messages.success(request, f"{name} is no library any more.{artists} Nothing on disk was touched.")
    return redirect("artists:libraries")


@require_POST
def scan(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """Look for what changed on disk, in one library or in all."""
    if pk is not None:
        get_object_or_404(Library, pk=pk)
    _job, is_new = start_scan(signed_in(request), pk)
    return _answer(request, "" if is_new else "A scan is running already.", level="info")


@require_POST
@administrators_only
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """The vanished folders are really gone: their artists leave the library."""
    try:
        count = libraries.confirm_removals(get_object_or_404(Library, pk=pk))
    except StillwaterError as error:
        return _answer(request, as_sentence(error.message), level="error")
    return _answer(request, f"{count} artists left the library.")


@require_POST
@administrators_only
def keep(request: HttpRequest, pk: int) -> HttpResponse:
    """The vanished folders will come back: everything stays as it is until the next scan."""
    libraries.keep_everything(get_object_or_404(Library, pk=pk))
    return _answer(request, "Everything stays. The next scan looks again.")


def _list() -> dict[str, Any]:
    counts = libraries.artist_counts()
    job = jobs.active(SCAN)
    scanned = job.params.get("library_id") if job else None
    lines = [
        LibraryLine(each, counts[each.pk], job is not None and scanned in (None, each.pk))
        for each in Library.objects.all()
    ]
    return {"libraries": lines, "scan": JobLine(job) if job else None}


def _create(request: HttpRequest, form: LibraryForm) -> None:
    made = libraries.create_library(**form.changes())
    messages.success(request, f"{made.name} is added.")
    if made.path and not start_scan(signed_in(request), made.pk)[1]:
        messages.info(request, "Another scan is running; scan this library when it has ended.")


def _change(request: HttpRequest, shown: Library, form: LibraryForm) -> None:
    libraries.change_library(shown, form.changes())
    messages.success(request, f"{shown.name} is saved.")


def _answer(request: HttpRequest, said: str, *, level: str = "good") -> HttpResponse:
    if htmx.is_fragment(request):
        response = render(request, "artists/_libraries.html", _list())
        return htmx.toast(response, said, level=level) if said else response
    if said:
        messages.add_message(
            request, {"error": messages.ERROR, "good": messages.SUCCESS}.get(level, messages.INFO), said
        )
    return redirect("artists:libraries")
