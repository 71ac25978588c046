"""Pictures that several artists have, and those that may be shared (no part of the contract)."""

from typing import Literal

from django.http import HttpRequest
from ninja import Router, Schema, Status

from artists.models import ArtistImage
from artists.queries.alike_pictures import AlikeGroup, open_groups, with_images
from artists.services.alike_pictures import share, suggest_again
from stillwater.api.auth import caller
from stillwater.api.errors import errors

router = Router(tags=["Images"])

MOST_IN_GROUP = 50
MOST_AT_ONCE = 100


class AlikePictureOut(Schema):
    artist_id: str
    artist_name: str
    type: str
    slot: int
    file_name: str
    width: int
    height: int
    size: int
    content_hash: str

    @classmethod
    def of(cls, image: ArtistImage) -> "AlikePictureOut":
        return cls(
            artist_id=str(image.artist_id),
            artist_name=image.artist.name,
            type=image.kind,
            slot=image.slot,
            file_name=image.file_name,
            width=image.width,
            height=image.height,
            size=image.bytes,
            content_hash=image.content_hash,
        )


class AlikeGroupOut(Schema):
    """`key` is what to share it by; `placeholder` why the picture shows nobody; `more`: pictures that are left out."""

    key: str
    placeholder: str
    images: list[AlikePictureOut]
    more: int

    @classmethod
    def of(cls, group: AlikeGroup) -> "AlikeGroupOut":
        images = [AlikePictureOut.of(image) for image in group.images]
        return cls(key=group.key, placeholder=group.stand_in, images=images, more=group.more)


class AlikeGroupsOut(Schema):
    """`total` counts the groups of all pages."""

    total: int
    groups: list[AlikeGroupOut]


class SharedOut(Schema):
    key: str
    names: list[str]


@router.get(
    "/reports/same-pictures",
    operation_id="getSamePictures",
    url_name="same_pictures",
    summary="Pictures that several artists have",
    response={200: AlikeGroupsOut, **errors(401)},
)
def same_pictures(request: HttpRequest, way: Literal["exact", "near"] = "exact", offset: int = 0) -> AlikeGroupsOut:
    """Byte for byte the same, or alike to the eye (`way` near); 100 groups from `offset` on."""
    found, start = open_groups(way), max(offset, 0)
    groups = with_images(found[start : start + MOST_AT_ONCE], MOST_IN_GROUP)
    return AlikeGroupsOut(total=len(found), groups=[AlikeGroupOut.of(group) for group in groups])


@router.post(
    "/reports/same-pictures/{key}/share",
    operation_id="shareSamePictures",
    url_name="share_same_pictures",
    summary="Let the artists of a group share the picture",
    response={200: SharedOut, **errors(401, 404)},
)
def share_pictures(request: HttpRequest, key: str) -> SharedOut:
    """The group comes back by itself when somebody joins it."""
    row = share(key, actor=caller(request))
    return SharedOut(key=row.key, names=row.names)


@router.delete(
    "/reports/same-pictures/{key}/share",
    operation_id="suggestSamePictures",
    url_name="suggest_same_pictures",
    summary="Suggest a group again",
    response={204: None, **errors(401, 404)},
)
def suggest_pictures(request: HttpRequest, key: str) -> Status[None]:
    suggest_again(key)
    return Status(204, None)
