"""The sections of the artist page: each has the context of one fragment, and the page is all of them together."""

from typing import Any

from django.contrib import messages
from django.db.models import Prefetch, prefetch_related_objects
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from artists.fields import IDENTIFIER_FIELDS, ArtistField
from artists.folders.names import canonical_directory_name
from artists.folders.storable import storable
from artists.forms.artist import AliasForm, ExcludeForm, MemberForm, RenameForm
from artists.models import Artist, FieldTrace, NfoState, Operation
from artists.queries.evidence import tag_evidence
from artists.row_extras import row_extras
from artists.services.facts import folder_name
from artists.services.history import HistoryFilter, history
from artists.services.pictures.reverting import previous_pictures
from artists.services.places import owning_library
from artists.services.provenance import traced_fields
from artists.services.renaming import occupant
from artists.services.undo import can_undo
from artists.views.evidence import AlbumLine
from artists.views.fields import field_views
from artists.views.pictures import first_of, slots_of
from artists.views.words import ChangeLine, provider_links, summary_of
from stillwater import htmx

Context = dict[str, Any]

LATEST = 6
"""Changes that the page itself shows."""
MOST_ALBUMS = 60


def the_artist(pk: int) -> Artist:
    return get_object_or_404(Artist, pk=pk)


def header(artist: Artist) -> Context:
    images = list(artist.images.filter(slot=0, exists=True, kind__in=("thumb", "logo")))
    return {
        "artist": artist,
        "summary": summary_of(artist),
        "links": provider_links(artist),
        "libraries": list(artist.libraries.order_by("memberships__added_at", "pk")),
        "portrait": first_of("thumb", images),
        "logo": first_of("logo", images),
        "findings": row_extras([artist.pk])[artist.pk].get("findings"),
        "health": artist.health_score if artist.health_evaluated_at else None,
    }


def facts(artist: Artist) -> Context:
    """The fields in three groups. A person is not formed and a group is not born, unless somebody said so."""
    views = {view.key: view for view in field_views(artist, traced_fields(artist))}
    hidden = {key for key, view in views.items() if not view.value and not _applies(artist, view.field)}
    identifiers = [view for key, view in views.items() if key in IDENTIFIER_FIELDS]
    about = [view for key, view in views.items() if key not in IDENTIFIER_FIELDS | hidden | {"biography"}]
    return {"artist": artist, "about": about, "identifiers": identifiers, "biography": views["biography"]}


def aliases(artist: Artist, form: AliasForm | None = None) -> Context:
    return {"artist": artist, "aliases": list(artist.aliases.all()), "alias_form": form or AliasForm()}


def members(artist: Artist, form: MemberForm | None = None) -> Context:
    return {
        "artist": artist,
        "members": list(artist.members.all()),
        "members_locked": "members" in artist.locked_fields,
        "members_traced": "members" in traced_fields(artist),
        "member_form": form or MemberForm(),
    }


def folder(artist: Artist, form: RenameForm | None = None) -> Context:
    name = storable(folder_name(artist))
    suggested = canonical_directory_name(artist.name)
    library = owning_library(artist.path) if artist.path else None
    return {
        "artist": artist,
        "folder_name": name,
        "suggested_name": "" if artist.folder_fits else suggested,
        "shared_with": library if library is not None and library.is_shared else None,
        "occupant": occupant(artist, form.cleaned_data.get("new_dirname", "")) if form and form.errors else None,
        "rename_form": form or RenameForm(initial={"new_dirname": name if artist.folder_fits else suggested}),
    }


def standing(artist: Artist, form: ExcludeForm | None = None) -> Context:
    """Whether the artist takes part, and whether anything may change it."""
    return {"artist": artist, "exclude_form": form or ExcludeForm()}


def nfo(artist: Artist) -> Context:
    return {"artist": artist, "nfo_readable": artist.nfo_state == NfoState.OK}


def artwork(artist: Artist, done: Operation | None = None) -> Context:
    """One slot of each kind; further backdrops have a page of their own. `done`: what a strip takes back."""
    slots = slots_of(list(artist.images.all()))
    further = [slot.picture for slot in slots if slot.picture and slot.picture.image.slot]
    return {
        "artist": artist,
        "slots": [slot for slot in slots if not slot.picture or not slot.picture.image.slot],
        "backdrops": further,
        "previous": previous_pictures(artist),
        "saved": done if done is not None and can_undo(done) else None,
    }


def just_done(artist: Artist, query: QueryDict) -> Operation | None:
    """The operation that a page's address names as done a moment ago, if it can still be taken back."""
    number = query.get("saved", "")
    found = artist.operations.filter(pk=int(number)).first() if number.isascii() and number.isdigit() else None
    return found if found and can_undo(found) else None


def evidence(artist: Artist) -> Context:
    """What the audio files say of who this is; nothing for artists of whom none was looked at."""
    albums = list(artist.album_tags.all())
    return {
        "artist": artist,
        "evidence": tag_evidence([artist.pk]).get(artist.pk) if albums else None,
        "albums": [AlbumLine(album, artist.musicbrainz_id) for album in albums[:MOST_ALBUMS]],
        "more_albums": max(0, len(albums) - MOST_ALBUMS),
    }


def latest_changes(artist: Artist) -> Context:
    found = history(HistoryFilter(artist_id=artist.pk)).select_related("operation__actor")[: LATEST + 1]
    lines = [ChangeLine(change) for change in found]
    return {"artist": artist, "changes": lines[:LATEST], "more_changes": len(lines) > LATEST}


def page(artist: Artist) -> Context:
    """Everything that the page shows."""
    prefetch_related_objects([artist], Prefetch("traces", FieldTrace.objects.only("artist", "field")))
    parts = (header, facts, aliases, members, folder, standing, nfo, artwork, evidence, latest_changes)
    return {key: value for part in parts for key, value in part(artist).items()}


def _applies(artist: Artist, field: ArtistField) -> bool:
    return not field.applies_to or not artist.type or artist.type in field.applies_to


def answer(
    request: HttpRequest,
    artist: Artist,
    fragment: str,
    context: Context,
    *,
    status: int = 200,
    said: str = "",
    undoes: Operation | None = None,
) -> HttpResponse:
    """After a verb. htmx gets the fragment; a plain form goes back to the page, or to the page with what went wrong.

    `said` tells what was done: a toast, or a line above the page; `undoes` is the operation that the toast takes back.
    The fragment's name is its place on the page.
    """
    if htmx.is_fragment(request):
        response = render(request, f"artists/_{fragment}.html", context, status=status)
        way_back = reverse("artists:undo", args=[artist.pk, undoes.pk]) if undoes else ""
        return htmx.toast(response, said, undo_url=way_back) if said else response
    if status != 200:
        return render(request, "artists/detail.html", {**page(artist), **context}, status=status)
    if said:
        messages.success(request, said)
    return redirect(f"{reverse('artists:detail', args=[artist.pk])}#{fragment}")
