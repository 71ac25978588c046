"""The members of a group over REST."""

from django.http import HttpRequest, HttpResponse
from ninja import Router

from artists.queries.detail import artist_by_id
from artists.services.editing import clear_members
from artists.views import sections
from stillwater.api.auth import caller
from stillwater.api.errors import errors
from stillwater.api.schemas import StatusOut
from stillwater.htmx import is_fragment

router = Router(tags=["Artists"])


@router.delete(
    "/artists/{id}/members",
    operation_id="clearMembers",
    url_name="clear_members",
    summary="Remove all members",
    response={200: StatusOut, **errors(404, 409)},
)
def clear(request: HttpRequest, id: str) -> StatusOut | HttpResponse:
    """Under htmx the members' fragment of the page."""
    artist = artist_by_id(id)
    clear_members(artist, actor=caller(request))
    if is_fragment(request):
        return sections.answer(request, artist, "members", sections.members(artist))
    return StatusOut(status="cleared")
