"""Serves the pictures of the fake world: /<mbid>/<kind>/<number>.jpg, drawn when first asked for, or broken on purpose.

`/images/artist//…` and `/i/u/…` are what Deezer and Last.fm serve for want of a picture: the same silhouette for all.
"""

import io
from functools import lru_cache

from PIL import Image, ImageDraw

from artists.demo.offers import offer
from artists.demo.replies import Fake, Question, Reply, json_reply
from artists.demo.world import World
from artists.sample.pictures_of import Picture
from artists.sample.pool import drawn, encoded

_SEED = 7
_MEDIA = {"jpg": "image/jpeg", "png": "image/png"}


def answer(world: World, question: Question) -> Reply:
    if question.path.startswith(("/images/artist/", "/i/u/")):
        return _picture(silhouette(), "jpg")
    mbid, kind, name = (*question.path.strip("/").split("/"), "", "", "")[:3]
    place, _, suffix = name.partition(".")
    act = world.by_mbid.get(mbid)
    if act is None or not place.isdecimal():
        return json_reply({"error": "not found"}, 404)
    try:
        found = offer(act, kind, int(place))
    except KeyError:
        return json_reply({"error": "not found"}, 404)
    if suffix != found.picture.suffix:
        return json_reply({"error": "not found"}, 404)
    return _spoilt(act.picture_fault, found.picture)


def _spoilt(fault: str, picture: Picture) -> Reply:
    match fault:
        case "silhouette":
            return _picture(silhouette(), "jpg")
        case "html":
            return Reply(
                200, b"<!doctype html><title>Sign in</title><p>Please sign in.", {}, "text/html; charset=utf-8"
            )
        case "cut":
            whole = content(picture)
            return Reply(200, whole[: len(whole) // 2], {"Content-Length": str(len(whole))}, _MEDIA[picture.suffix])
        case "mislabelled":
            return Reply(200, content(picture), {}, "application/octet-stream")
        case _:
            return _picture(content(picture), picture.suffix)


def _picture(body: bytes, suffix: str) -> Reply:
    return Reply(200, body, {}, _MEDIA[suffix])


@lru_cache(maxsize=256)
def content(picture: Picture) -> bytes:
    """The encoded picture; equal questions get equal bytes, also after a restart."""
    return encoded(drawn(_SEED, picture), picture.suffix)


@lru_cache(maxsize=1)
def silhouette() -> bytes:
    """A grey head and shoulders, as services show for want of a photograph."""
    image = Image.new("L", (500, 500), 226)
    draw = ImageDraw.Draw(image)
    draw.ellipse((165, 90, 335, 290), fill=150)
    draw.ellipse((70, 310, 430, 690), fill=150)
    stream = io.BytesIO()
    image.save(stream, "JPEG", quality=80)
    return stream.getvalue()


FAKE = Fake("pictures", answer)
