"""Artists over REST: the list, one artist, and the folder's name."""

from typing import Any, Literal

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from ninja import Query, Router, Schema
from pydantic import Field

from artists.api.schemas import ArtistOut, MemberOut
from artists.models import Artist
from artists.queries.detail import artist_by_id, artist_detail
from artists.queries.filters import ArtistFilter
from artists.queries.listing import list_artists
from artists.services.renaming import rename_directory
from stillwater.api.auth import caller
from stillwater.api.errors import errors

router = Router(tags=["Artists"])

Sign = Literal["+y", "-y"]


class PageQuery(Schema):
    """Which page, in which order. Numbers out of bounds have their defaults."""

    page: int = 1
    page_size: int = 50
    sort: Literal["name", "sort_name", "health_score", "updated_at", "created_at"] = "name"
    order: Literal["asc", "desc"] = "asc"


class ListQuery(PageQuery):
    """The filter (artists/queries/filters.py): `+y` includes, `-y` excludes. `ids` are comma-separated."""

    search: str | None = None
    filter: str | None = None
    ids: str | None = None
    filter_missing_meta: str | None = None
    filter_missing_images: str | None = None
    filter_missing_mbid: str | None = None
    filter_excluded: str | None = None
    filter_locked: str | None = None
    filter_type_person: str | None = None
    filter_type_group: str | None = None
    filter_type_orchestra: str | None = None
    library_id: str | None = None
    some_library: str | None = Field(None, alias="filter_library_{id}")


class ArtistsOut(Schema):
    artists: list[ArtistOut]
    total: int
    page: int
    page_size: int


class ArtistDetailOut(Schema):
    artist: ArtistOut
    members: list[MemberOut]


class RenameFolderIn(Schema):
    new_dirname: str


class RenamedFolderOut(Schema):
    status: Literal["renamed"]
    new_path: str


@router.get(
    "/artists",
    operation_id="listArtists",
    url_name="artists",
    summary="List artists",
    response={200: ArtistsOut, **errors(400)},
    exclude_none=True,
)
def list_all(request: HttpRequest, query: Query[ListQuery]) -> ArtistsOut:
    """One page of the artists that fit, with `total` of all of them."""
    return _page(ArtistFilter.from_query(request.GET))


@router.get(
    "/artists/badge",
    operation_id="getArtistsBadge",
    url_name="artists_badge",
    summary="Number of artists as HTML",
    response={200: Any, 500: Any},
)
def badge(request: HttpRequest) -> HttpResponse:
    """For the sidebar."""
    return render(request, "artists/_badge.html", {"count": Artist.objects.count()})


@router.get(
    "/artists/locked",
    operation_id="listLockedArtists",
    url_name="locked_artists",
    summary="List locked artists",
    response={200: ArtistsOut, **errors(400)},
    exclude_none=True,
)
def list_locked(request: HttpRequest, query: Query[PageQuery]) -> ArtistsOut:
    """The artists that no automatic change touches."""
    return _page(ArtistFilter.from_query(request.GET).with_facet("locked", True, keep_page=True))


@router.get(
    "/artists/{id}",
    operation_id="getArtist",
    url_name="artist",
    summary="One artist",
    response={200: ArtistDetailOut, **errors(404)},
    exclude_none=True,
)
def read(request: HttpRequest, id: str) -> ArtistDetailOut:
    """With the members of a group."""
    artist = artist_detail(id)
    return ArtistDetailOut(
        artist=ArtistOut.of(artist), members=[MemberOut.of(member) for member in artist.members.all()]
    )


@router.post(
    "/artists/{id}/rename-directory",
    operation_id="renameArtistDirectory",
    url_name="rename_directory",
    summary="Rename an artist's folder",
    response={200: RenamedFolderOut, **errors(400, 404, 409, 500)},
)
def rename(request: HttpRequest, id: str, payload: RenameFolderIn) -> RenamedFolderOut:
    """Beside its old place; the database follows."""
    artist = artist_by_id(id)
    rename_directory(artist, payload.new_dirname, actor=caller(request))
    return RenamedFolderOut(status="renamed", new_path=artist.path)


def _page(wanted: ArtistFilter) -> ArtistsOut:
    page = list_artists(wanted, records=True)
    return ArtistsOut(
        artists=[ArtistOut.of(artist) for artist in page.artists],
        total=page.total,
        page=page.number,
        page_size=page.size,
    )
