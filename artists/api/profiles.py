"""Platform profiles over REST: how players want their files named. Operators may change them too (behaviour.md 8)."""

from datetime import datetime

from django.http import HttpRequest
from ninja import Router, Schema, Status

from artists.models import PlatformProfile
from artists.services import profiles
from stillwater.api.errors import errors
from stillwater.api.schemas import StatusOut

router = Router(tags=["Platforms"])

Naming = dict[str, list[str] | str]


class PlatformProfileOut(Schema):
    """`image_naming`: file names by kind of picture; the first is the primary one."""

    id: str
    name: str
    is_builtin: bool
    is_active: bool
    nfo_enabled: bool
    nfo_format: str
    image_naming: dict[str, list[str]]
    use_symlinks: bool
    created_at: datetime
    updated_at: datetime


class PlatformProfileIn(Schema):
    """Older clients send one name for a kind instead of a list."""

    name: str
    nfo_enabled: bool = True
    nfo_format: str = "kodi"
    image_naming: Naming | None = None


class PlatformProfilePatch(Schema):
    """What is left out stays as it is."""

    name: str | None = None
    nfo_enabled: bool | None = None
    nfo_format: str | None = None
    image_naming: Naming | None = None
    use_symlinks: bool | None = None


@router.get(
    "/platforms",
    operation_id="listPlatforms",
    url_name="platforms",
    summary="List platform profiles",
    response={200: list[PlatformProfileOut]},
)
def list_all(request: HttpRequest) -> list[PlatformProfile]:
    return list(PlatformProfile.objects.all())


@router.post(
    "/platforms",
    operation_id="createPlatform",
    url_name="create_platform",
    summary="Create a platform profile",
    response={201: PlatformProfileOut, **errors(400, 409)},
)
def create(request: HttpRequest, payload: PlatformProfileIn) -> Status[PlatformProfile]:
    profile = profiles.create_profile(
        payload.name,
        nfo_enabled=payload.nfo_enabled,
        nfo_format=payload.nfo_format,
        image_naming=payload.image_naming,
    )
    return Status(201, profile)


@router.get(
    "/platforms/{id}",
    operation_id="getPlatform",
    url_name="platform",
    summary="One platform profile",
    response={200: PlatformProfileOut, **errors(404)},
)
def read(request: HttpRequest, id: str) -> PlatformProfile:
    return profiles.get_profile(id)


@router.put(
    "/platforms/{id}",
    operation_id="updatePlatform",
    url_name="update_platform",
    summary="Change a platform profile",
    response={200: PlatformProfileOut, **errors(400, 403, 404, 409)},
)
def update(request: HttpRequest, id: str, payload: PlatformProfilePatch) -> PlatformProfile:
    """What is left out stays as it is."""
    return profiles.update_profile(profiles.get_profile(id), **payload.dict(exclude_unset=True))


@router.delete(
    "/platforms/{id}",
    operation_id="deletePlatform",
    url_name="delete_platform",
    summary="Delete a platform profile",
    response={200: StatusOut, **errors(403, 404, 409)},
)
def delete(request: HttpRequest, id: str) -> StatusOut:
    """Neither a built-in one nor the active one."""
    profiles.delete_profile(profiles.get_profile(id))
    return StatusOut(status="deleted")


@router.post(
    "/platforms/{id}/activate",
    operation_id="activatePlatform",
    url_name="activate_platform",
    summary="Use a platform profile",
    response={200: StatusOut, **errors(404)},
)
def activate(request: HttpRequest, id: str) -> StatusOut:
    """Files are named its way from now on."""
    profiles.activate_profile(profiles.get_profile(id))
    return StatusOut(status="activated")
