"""The members of a group: added by hand, taken out, locked."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST, require_safe

from artists.forms.artist import MemberForm, tried
from artists.models import Artist
from artists.services.collections import COLLECTIONS
from artists.services.editing import clear_members, set_members
from artists.services.locks import lock_field, unlock_field
from artists.views import sections
from stillwater.errors import NotFound
from stillwater.views.access import signed_in


@require_safe
def show(request: HttpRequest, pk: int) -> HttpResponse:
    artist = sections.the_artist(pk)
    return sections.answer(request, artist, "members", sections.members(artist))


@require_POST
def add(request: HttpRequest, pk: int) -> HttpResponse:
    artist = sections.the_artist(pk)
    form = MemberForm(request.POST)
    status = tried(form, lambda: set_members(artist, [*_rows(artist), form.row()], actor=signed_in(request)))
    context = sections.members(artist, form if status != 200 else None)
    return sections.answer(request, artist, "members", {**context, "member_added": status == 200}, status=status)


@require_POST
def remove(request: HttpRequest, pk: int, member: int) -> HttpResponse:
    artist = sections.the_artist(pk)
    numbers = [each.pk for each in artist.members.all()]
    if member not in numbers:
        raise NotFound("member not found")
    rows = _rows(artist)
    gone = rows.pop(numbers.index(member))
    change = set_members(artist, rows, actor=signed_in(request))
    said = f"{gone['member_name']} removed."
    return sections.answer(request, artist, "members", sections.members(artist), said=said, undoes=change.operation)


@require_POST
def clear(request: HttpRequest, pk: int) -> HttpResponse:
    artist = sections.the_artist(pk)
    change = clear_members(artist, actor=signed_in(request))
    said = "Members cleared."
    return sections.answer(request, artist, "members", sections.members(artist), said=said, undoes=change.operation)


@require_POST
def lock(request: HttpRequest, pk: int) -> HttpResponse:
    """Locks what is open and opens what is locked, as the padlock of a field does."""
    artist = sections.the_artist(pk)
    change = unlock_field if "members" in artist.locked_fields else lock_field
    change(artist, "members", actor=signed_in(request))
    return sections.answer(request, artist, "members", sections.members(artist))


def _rows(artist: Artist) -> list[dict[str, object]]:
    return COLLECTIONS["members"].read(artist)
