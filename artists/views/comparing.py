"""What each provider says of one field: a dialog on the artist's page, and without scripts a page of its own."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST, require_safe

from artists.fields import LIST_FIELDS
from artists.matching.tags import unique
from artists.matching.wording import Piece, word_diff
from artists.models import Artist
from artists.services.comparing import Offer, offers, use_members, use_value
from artists.services.values import as_text, known_field
from artists.views import in_place, sections
from artists.views.fields import after_change
from artists.views.words import label_of
from stillwater import htmx
from stillwater.errors import NotFound
from stillwater.views.access import signed_in


@dataclass(frozen=True, slots=True)
class OfferView:
    """One provider's block. `pieces`: how a text differs from the stored one; `merged`: a list with both."""

    offer: Offer
    pieces: tuple[Piece, ...] = ()
    merged: tuple[str, ...] = ()

    @property
    def rows(self) -> int:
        return len(self.offer.values)


@require_safe
def compare(request: HttpRequest, pk: int, key: str) -> HttpResponse:
    return compared(request, sections.the_artist(pk), key)


def compared(request: HttpRequest, artist: Artist, key: str) -> HttpResponse:
    """Asks the providers now; nothing is stored. Raises Invalid for an unknown field."""
    found = offers(artist, key, actor=signed_in(request))
    context = {
        "artist": artist,
        "in_place": in_place.is_here(request, artist.pk),
        "key": key,
        "label": label_of(key),
        "current": as_text(_current(artist, key)),
        "is_members": key == "members",
        "is_locked": key in artist.locked_fields,
        "offers": [_view(artist, key, offer) for offer in found if not offer.wants_key],
        "unkeyed": [offer for offer in found if offer.wants_key],
    }
    return htmx.page_or_fragment(request, "artists/compare.html", "artists/_compare.html", context)


@require_POST
def use(request: HttpRequest, pk: int, key: str) -> HttpResponse:
    """Take the value that was on the page: `provider`, and `value` once, or for a list once for each item."""
    artist = sections.the_artist(pk)
    field = known_field(key)
    value: object = request.POST.getlist("value") if field.kind == "list" else request.POST.get("value", "")
    done = use_value(artist, key, value, request.POST.get("provider", ""), actor=signed_in(request))
    return after_change(request, artist, key, done)


@require_POST
def use_these_members(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask the provider again and take its members: rows do not travel through the page."""
    artist = sections.the_artist(pk)
    provider = request.POST.get("provider", "")
    found = next((each for each in offers(artist, "members") if each.provider == provider and each.members), None)
    if found is None:
        raise NotFound("this provider offers no members")
    rows = [
        {
            "name": each.name,
            "mbid": each.mbid,
            "instruments": list(each.instruments),
            "date_joined": each.date_joined,
            "date_left": each.date_left,
            "is_original_member": each.is_original,
        }
        for each in found.members
    ]
    change = use_members(artist, rows, provider, actor=signed_in(request))
    said = f"{change.summary}."
    return sections.answer(request, artist, "members", sections.members(artist), said=said, undoes=change.operation)


def _current(artist: Artist, key: str) -> object:
    return [member.member_name for member in artist.members.all()] if key == "members" else getattr(artist, key)


def _view(artist: Artist, key: str, offer: Offer) -> OfferView:
    if key in LIST_FIELDS:
        stored = getattr(artist, key)
        merged = unique((*stored, *offer.values))
        return OfferView(offer, merged=merged if stored and len(merged) > len(stored) else ())
    if key == "members" or not offer.value or offer.is_same:
        return OfferView(offer)
    return OfferView(offer, pieces=tuple(word_diff(getattr(artist, key), offer.value)))
