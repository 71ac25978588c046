"""Artists that may be one and the same."""

from django.http import HttpRequest
from ninja import Router, Schema

from artists.api.schemas import ArtistOut
from artists.queries.duplicates import duplicate_groups
from stillwater.api.errors import errors

router = Router(tags=["Artists"])


class DuplicateGroupOut(Schema):
    artists: list[ArtistOut]
    reason: str


@router.get(
    "/artists/duplicates",
    operation_id="getDuplicates",
    url_name="duplicates",
    summary="Artists that may be one and the same",
    response={200: list[DuplicateGroupOut], **errors(401)},
    exclude_none=True,
)
def duplicates(request: HttpRequest) -> list[DuplicateGroupOut]:
    """Groups that share a MusicBrainz ID or an alias; excluded artists are left out."""
    return [
        DuplicateGroupOut(artists=[ArtistOut.of(artist) for artist in group.artists], reason=group.reason)
        for group in duplicate_groups()
    ]
