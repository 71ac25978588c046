"""Which of genres, styles and moods go into which element of an artist.nfo, over REST; for administrators."""

from typing import Literal

from django.http import HttpRequest
from ninja import Router, Schema
from pydantic import ConfigDict

from artists.services.nfo_output import change_output_mapping, output_mapping, plain_mapping
from stillwater.api.auth import require_admin
from stillwater.api.errors import errors

router = Router(tags=["Settings"])

Source = Literal["genres", "styles", "moods"]


class Remap(Schema):
    """Element to what is written into it; an element that is left out is not written."""

    model_config = ConfigDict(extra="forbid")

    genre: list[Source] = []
    style: list[Source] = []
    mood: list[Source] = []


class NfoOutput(Schema):
    """`advanced_remap` overrules the others; else `default_behavior` writes everything as it is stored."""

    model_config = ConfigDict(extra="forbid")

    default_behavior: bool = True
    moods_as_styles: bool = False
    genre_sources: list[Source] = ["genres"]
    advanced_remap: Remap | None = None


@router.get(
    "/settings/nfo-output",
    operation_id="getNFOOutput",
    url_name="nfo_output",
    summary="How NFO files are written",
    response={200: NfoOutput, **errors(401, 403, 500, 503)},
    exclude_unset=True,
)
def get_nfo_output(request: HttpRequest) -> dict[str, object]:
    """The setting as it is used."""
    require_admin(request)
    return plain_mapping(output_mapping())


@router.put(
    "/settings/nfo-output",
    operation_id="updateNFOOutput",
    url_name="update_nfo_output",
    summary="Change how NFO files are written",
    response={200: NfoOutput, **errors(400, 401, 403, 500, 503)},
    exclude_unset=True,
)
def update_nfo_output(request: HttpRequest, payload: NfoOutput) -> dict[str, object]:
    """The setting is replaced as a whole; what is left out has its default again."""
    require_admin(request)
    return plain_mapping(change_output_mapping(payload.dict(exclude_unset=True)))
