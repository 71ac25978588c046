"""The three kinds of lock: the whole artist, one field, one image."""

from django.http import HttpRequest
from ninja import Router, Schema

from artists.api.schemas import ArtistImageOut, ArtistOut
from artists.models import Artist
from artists.queries.detail import artist_by_id, artist_detail, number_of
from artists.services import locks
from stillwater.api.auth import caller
from stillwater.api.errors import errors

router = Router(tags=["Artists"])


class ArtistImagesOut(Schema):
    images: list[ArtistImageOut]


@router.post(
    "/artists/{id}/lock",
    operation_id="lockArtist",
    url_name="lock_artist",
    summary="Lock an artist",
    response={200: ArtistOut, **errors(404, 409)},
    exclude_none=True,
)
def lock_artist(request: HttpRequest, id: str) -> ArtistOut:
    """No scan, refresh or rule changes it from now on."""
    return _shown(locks.lock_artist(artist_by_id(id), actor=caller(request)))


@router.delete(
    "/artists/{id}/lock",
    operation_id="unlockArtist",
    url_name="unlock_artist",
    summary="Unlock an artist",
    response={200: ArtistOut, **errors(404, 409)},
    exclude_none=True,
)
def unlock_artist(request: HttpRequest, id: str) -> ArtistOut:
    return _shown(locks.unlock_artist(artist_by_id(id), actor=caller(request)))


@router.post(
    "/artists/{id}/field-locks/{field}",
    operation_id="lockArtistField",
    url_name="lock_field",
    summary="Lock one field",
    response={200: ArtistOut, **errors(404)},
    exclude_none=True,
)
def lock_field(request: HttpRequest, id: str, field: str) -> ArtistOut:
    """Nobody changes it until it is unlocked, people included."""
    return _shown(locks.lock_field(artist_by_id(id), field, actor=caller(request)))


@router.delete(
    "/artists/{id}/field-locks/{field}",
    operation_id="unlockArtistField",
    url_name="unlock_field",
    summary="Unlock one field",
    response={200: ArtistOut, **errors(404)},
    exclude_none=True,
)
def unlock_field(request: HttpRequest, id: str, field: str) -> ArtistOut:
    return _shown(locks.unlock_field(artist_by_id(id), field, actor=caller(request)))


@router.post(
    "/artists/{id}/image-locks/{imageId}",
    operation_id="lockArtistImage",
    url_name="lock_image",
    summary="Lock one image",
    response={200: ArtistImagesOut, **errors(404)},
)
def lock_image(request: HttpRequest, id: str, imageId: str) -> ArtistImagesOut:  # noqa: N803 - the contract's name
    """Answers with all images of the artist."""
    artist = artist_by_id(id)
    locks.lock_image(artist, number_of(imageId), actor=caller(request))
    return _images(artist)


@router.delete(
    "/artists/{id}/image-locks/{imageId}",
    operation_id="unlockArtistImage",
    url_name="unlock_image",
    summary="Unlock one image",
    response={200: ArtistImagesOut, **errors(404)},
)
def unlock_image(request: HttpRequest, id: str, imageId: str) -> ArtistImagesOut:  # noqa: N803 - the contract's name
    """Answers with all images of the artist."""
    artist = artist_by_id(id)
    locks.unlock_image(artist, number_of(imageId), actor=caller(request))
    return _images(artist)


def _shown(artist: Artist) -> ArtistOut:
    return ArtistOut.of(artist_detail(artist.pk))


def _images(artist: Artist) -> ArtistImagesOut:
    return ArtistImagesOut(images=[ArtistImageOut.of(image) for image in artist.images.order_by("kind", "slot")])
