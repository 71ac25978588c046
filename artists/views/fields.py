"""One field of an artist on its page: shown, edited in place, locked; and without scripts, on a page of its own."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from artists.fields import BY_KEY, FIELDS, ArtistField
from artists.models import Artist
from artists.services.change import Change
from artists.services.editing import clear_field, set_field
from artists.services.locks import lock_field, unlock_field
from artists.services.provenance import traced_fields
from artists.services.values import as_text, known_field
from artists.views.words import address_of, source_words
from stillwater import htmx
from stillwater.errors import Conflict, Invalid, as_sentence
from stillwater.models import User


@dataclass(frozen=True, slots=True)
class FieldView:
    """What the fragments of one field show."""

    field: ArtistField
    value: Any
    is_locked: bool
    source: str
    """Where the value is from, in words; blank when nobody knows."""
    address: str = ""
    """The provider's page behind an identifier."""
    is_traced: bool = False
    """Providers were asked about it, so that the page can say why the value is what it is."""

    @property
    def key(self) -> str:
        return self.field.key

    @property
    def id(self) -> str:
        """The id of the fragment's root: pages link to it as #field-born."""
        return f"field-{self.key}"

    @property
    def typed(self) -> str:
        """The value as the form holds it: a list has one value a line."""
        return "\n".join(self.value) if isinstance(self.value, list) else self.value

    @property
    def text(self) -> str:
        return as_text(self.value)

    @property
    def choices(self) -> tuple[str, ...]:
        """With the stored word, should it be none of the known ones."""
        known = self.field.choices
        return known if not self.value or self.value in known else (*known, self.value)


def field_view(artist: Artist, key: str, traced: Collection[str] | None = None) -> FieldView:
    """`traced`: the fields that have a trace, where the caller knows. Raises Invalid for a field that nobody knows."""
    field = known_field(key)
    is_traced = key in (traced_fields(artist) if traced is None else traced)
    value = getattr(artist, key)
    source = source_words(artist.metadata_sources[key]) if value and key in artist.metadata_sources else ""
    return FieldView(field, value, key in artist.locked_fields, source, address_of(key, as_text(value)), is_traced)


def field_views(artist: Artist, traced: Collection[str]) -> list[FieldView]:
    """Every field in the order of the table."""
    return [field_view(artist, field.key, traced) for field in FIELDS]


def field_display(request: HttpRequest, artist: Artist, key: str) -> HttpResponse:
    """The fragment that shows a field."""
    return render(request, "artists/_field.html", {"artist": artist, "field": field_view(artist, key)})


def field_edit(
    request: HttpRequest, artist: Artist, key: str, *, typed: str | None = None, error: str = ""
) -> HttpResponse:
    """The fragment that edits a field, or, without htmx, the page around it; 422 with what was wrong."""
    view = field_view(artist, key)
    context = {"artist": artist, "field": view, "typed": view.typed if typed is None else typed, "error": error}
    page, fragment = "artists/edit_field.html", "artists/_field_edit.html"
    return htmx.page_or_fragment(request, page, fragment, context, status=422 if error else 200)


@require_safe
def show(request: HttpRequest, pk: int, key: str) -> HttpResponse:
    """Without htmx the field's place on the artist's page."""
    artist = get_object_or_404(Artist, pk=pk)
    return field_display(request, artist, key) if htmx.is_fragment(request) else _place(artist, key)


@require_safe
def edit(request: HttpRequest, pk: int, key: str) -> HttpResponse:
    return field_edit(request, get_object_or_404(Artist, pk=pk), key)


@require_POST
def change(request: HttpRequest, pk: int, key: str) -> HttpResponse:
    """Save what was typed; what is refused comes back in the form with the reason."""
    artist = get_object_or_404(Artist, pk=pk)
    typed = request.POST.get("value", "")
    try:
        done = set_field(artist, key, typed, actor=_person(request))
    except (Invalid, Conflict) as problem:
        if key not in BY_KEY:
            raise
        return field_edit(request, artist, key, typed=typed, error=as_sentence(problem.message))
    return after_change(request, artist, key, done)


@require_POST
def clear(request: HttpRequest, pk: int, key: str) -> HttpResponse:
    artist = get_object_or_404(Artist, pk=pk)
    return after_change(request, artist, key, clear_field(artist, key, actor=_person(request)))


@require_POST
def lock(request: HttpRequest, pk: int, key: str) -> HttpResponse:
    artist = get_object_or_404(Artist, pk=pk)
    lock_field(artist, key, actor=_person(request))
    return _answer(request, artist, key)


@require_POST
def unlock(request: HttpRequest, pk: int, key: str) -> HttpResponse:
    artist = get_object_or_404(Artist, pk=pk)
    unlock_field(artist, key, actor=_person(request))
    return _answer(request, artist, key)


def after_change(request: HttpRequest, artist: Artist, key: str, done: Change) -> HttpResponse:
    """A warning (the file could not follow) is more than a word; a change can be taken back at once."""
    response = _answer(request, artist, key)
    if not htmx.is_fragment(request) or done.operation is None:
        if done.warning:
            messages.warning(request, f"Saved, but {done.warning}")
        return response
    if done.warning:
        return htmx.toast(response, f"Saved, but {done.warning}", level="warning")
    undo_url = reverse("artists:undo", args=[artist.pk, done.operation.pk])
    return htmx.toast(response, f"{done.summary}.", undo_url=undo_url, seconds=10)


def _answer(request: HttpRequest, artist: Artist, key: str) -> HttpResponse:
    return field_display(request, artist, key) if htmx.is_fragment(request) else _place(artist, key)


def _place(artist: Artist, key: str) -> HttpResponse:
    return redirect(f"{reverse('artists:detail', args=[artist.pk])}#field-{known_field(key).key}")


def _person(request: HttpRequest) -> User | None:
    return request.user if isinstance(request.user, User) else None
