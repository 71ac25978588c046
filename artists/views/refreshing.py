"""Refreshing an artist from its page, and saying who it is: search, choose, link."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from artists.models import Artist
from artists.services.identify import Candidate, Found, link, search
from artists.services.provenance import musicbrainz_diffs, musicbrainz_fetched_at
from artists.services.refresh import Refreshed, refresh
from artists.views import in_place, sections
from artists.views.words import address_of, source_words
from stillwater import htmx
from stillwater.views.access import signed_in


@dataclass(frozen=True, slots=True)
class CandidateLine:
    """Somebody the artist may be, as the search shows it: whose entry it is, and where that can be read.

    `holder`: another artist here who is this one already, so that merging the two may be what is wanted.
    """

    candidate: Candidate
    holder: Artist | None = None

    @property
    def provider(self) -> str:
        return source_words(self.candidate.hit.provider)

    @property
    def address(self) -> str:
        hit = self.candidate.hit
        return address_of(f"{hit.provider}_id", hit.provider_id)


@require_POST
def refresh_now(request: HttpRequest, pk: int) -> HttpResponse:
    artist = sections.the_artist(pk)
    return after_refresh(request, artist, refresh(artist, actor=signed_in(request)))


@require_safe
def identify(request: HttpRequest, pk: int) -> HttpResponse:
    """The search, with candidates once there is a query: nothing is asked before."""
    artist = sections.the_artist(pk)
    query = request.GET.get("query", "")
    found = search(artist, query, actor=signed_in(request)) if query.strip() else None
    return candidates(request, artist, found, query or artist.name)


@require_POST
def link_to(request: HttpRequest, pk: int) -> HttpResponse:
    artist = sections.the_artist(pk)
    mbid, discogs_id = request.POST.get("mbid", ""), request.POST.get("discogs_id", "")
    return after_refresh(request, artist, link(artist, mbid=mbid, discogs_id=discogs_id, actor=signed_in(request)))


@require_safe
def musicbrainz(request: HttpRequest, pk: int) -> HttpResponse:
    """Where MusicBrainz says something else, as of its last answer."""
    artist = sections.the_artist(pk)
    context = {"artist": artist, "diffs": musicbrainz_diffs(artist), "fetched_at": musicbrainz_fetched_at(artist)}
    return htmx.page_or_fragment(request, "artists/musicbrainz.html", "artists/_musicbrainz.html", context)


def panel(request: HttpRequest, artist: Artist) -> HttpResponse:
    """The search before anything was asked."""
    return candidates(request, artist, None, artist.name)


def candidates(request: HttpRequest, artist: Artist, found: Found | None, query: str) -> HttpResponse:
    down = [(source_words(name), reason) for name, reason in found.down.items()] if found else []
    here = in_place.is_here(request, artist.pk)
    lines = _lines(artist, found.candidates) if found else []
    context = {"artist": artist, "found": found, "lines": lines, "query": query, "down": down, "in_place": here}
    return htmx.page_or_fragment(request, "artists/identify.html", "artists/_identify.html", context)


def _lines(artist: Artist, candidates: Sequence[Candidate]) -> list[CandidateLine]:
    mbids = {candidate.hit.musicbrainz_id for candidate in candidates} - {""}
    others = Artist.objects.filter(musicbrainz_id__in=mbids).exclude(pk=artist.pk).order_by("-pk")
    holders = {other.musicbrainz_id: other for other in others}
    return [CandidateLine(candidate, holders.get(candidate.hit.musicbrainz_id)) for candidate in candidates]


def after_refresh(request: HttpRequest, artist: Artist, done: Refreshed) -> HttpResponse:
    """The page's sections in their places, or back to the page; it says what came of it. Without an MBID the search."""
    if done.status == "disambiguation_required":
        return htmx.redirect(request, reverse("artists:identify", args=[artist.pk]))
    said, level = _told(done)
    if in_place.is_here(request, artist.pk):
        artist.refresh_from_db()
        undoes = done.change.operation if done.change else None
        return in_place.answer(request, artist, said, level=level, undoes=undoes)
    messages.add_message(request, messages.WARNING if level == "warning" else messages.SUCCESS, said)
    return htmx.redirect(request, reverse("artists:detail", args=[artist.pk]))


def _told(done: Refreshed) -> tuple[str, str]:
    """What to say, and how loudly: who could not be asked is always named."""
    changed = len(done.values)
    words = f"Refreshed: {changed} value{'' if changed == 1 else 's'} changed." if changed else "Nothing was new."
    down = [f"{source_words(name)} {reason}" for name, reason in done.down.items() if name != "musicbrainz"]
    notes = [*([done.warning] if done.warning else []), *down]
    return (f"{words} {'; '.join(notes)}.", "warning") if notes else (words, "good")
