"""Makes of any bytes that claim to be a picture the bytes that are stored: checked, upright, plain, marked as ours."""

import io
from dataclasses import dataclass, replace

from PIL import Image

from artists.imaging.decoding import MAX_BYTES, UnreadableImage, decoded
from artists.imaging.geometry import Box, content_box
from artists.imaging.hashing import difference_hash
from artists.imaging.headers import ImageHeader, read_header_bytes
from artists.imaging.orientation import UPRIGHT
from artists.imaging.provenance import Provenance, marked_jpeg, marked_png
from artists.imaging.source import Failure

JPEG_QUALITY = 92
_HASHED_SIDE = 128
_PNG_DEPTH = 24
TRANSPARENT_UP_TO = 10
"""Alpha (0 to 255) that counts as nothing when a logo's border is cut off."""


@dataclass(frozen=True, slots=True)
class Picture:
    """Ready to be stored: `format` is jpeg or png, sizes are in pixels as a viewer shows them."""

    data: bytes
    format: str
    width: int
    height: int
    perceptual_hash: str

    @property
    def extension(self) -> str:
        return ".jpg" if self.format == "jpeg" else ".png"


def prepare(data: bytes, kind: str, provenance: Provenance) -> Picture:
    """The picture of a slot. Raises UnreadableImage for what is none, is damaged or is too large.

    JPEG and PNG keep their pixels bit for bit where they may; what is turned, in CMYK, 16 bits or animated is encoded
    anew, WebP becomes PNG, and a logo loses its transparent border.
    """
    header = checked(data)
    with decoded(data, header) as image:
        trimmed = _without_border(image) if kind == "logo" else image
        if trimmed is image and _may_stay(data, header, kind):
            picture = Picture(data, header.format, header.width, header.height, _hash(image))
        else:
            picture = encoded(trimmed, _format(header, kind), _profile(data, header))
    return marked(picture, provenance)


def cropped(data: bytes, kind: str, box: Box, provenance: Provenance) -> Picture:
    """The part of the picture inside `box`, in pixels of the upright picture. Raises UnreadableImage."""
    header = checked(data)
    if not (0 <= box.left < box.right <= header.width and 0 <= box.top < box.bottom <= header.height):
        raise UnreadableImage("the rectangle does not lie inside the picture", Failure.NONE)
    with decoded(data, header) as image:
        profile = _profile(data, header)  # before the part is another picture in memory: WebP is heavy to open
        part = encoded(image.crop(box), _format(header, kind), profile)
    return marked(part, provenance)


def checked(data: bytes) -> ImageHeader:
    """What the picture says of itself. Raises UnreadableImage before anything is decoded."""
    if len(data) > MAX_BYTES:
        raise UnreadableImage("the picture has more than 25 MiB", Failure.TOO_LARGE)
    header = read_header_bytes(data)
    if not header.readable:
        raise UnreadableImage(header.error, header.failure)
    return header


def encoded(image: Image.Image, wanted: str, profile: bytes | None = None) -> Picture:
    """The pixels as JPEG or PNG, with the colour profile that they were in."""
    written = io.BytesIO()
    if wanted == "jpeg" and image.mode == "RGB":
        image.save(written, "JPEG", quality=JPEG_QUALITY, icc_profile=profile)
    else:
        wanted = "png"
        image.save(written, "PNG", icc_profile=profile)
    return Picture(written.getvalue(), wanted, image.width, image.height, _hash(image))


def looks(data: bytes) -> tuple[str, str]:
    """The difference hash of the picture, and the one that it would have as a logo. Raises UnreadableImage."""
    with decoded(data, checked(data), at_least=_HASHED_SIDE) as image:
        return _hash(image), _hash(_without_border(image))


def marked(picture: Picture, provenance: Provenance) -> Picture:
    mark = marked_jpeg if picture.format == "jpeg" else marked_png
    try:
        data = mark(picture.data, replace(provenance, perceptual_hash=picture.perceptual_hash))
    except ValueError as error:
        raise UnreadableImage(str(error), Failure.DAMAGED) from error
    return replace(picture, data=data)


def _may_stay(data: bytes, header: ImageHeader, kind: str) -> bool:
    """Not what is turned, moves, has a palette, CMYK or 16 bits, which some player or other does not show rightly."""
    if header.format not in ("jpeg", "png") or header.orientation != UPRIGHT:
        return False
    if header.format == "jpeg" and kind == "logo":
        return False
    with Image.open(io.BytesIO(data), formats=(header.format.upper(),)) as opened:
        deep = header.format == "png" and data[_PNG_DEPTH] == 16  # Pillow calls 16 bits of colour "RGB" as well
        return not deep and not getattr(opened, "is_animated", False) and opened.mode in ("RGB", "RGBA", "L", "LA")


def _format(header: ImageHeader, kind: str) -> str:
    """The file's extension follows its bytes, so JPEG stays JPEG; logos and WebP need transparency."""
    return "jpeg" if header.format == "jpeg" and kind != "logo" else "png"


def _profile(data: bytes, header: ImageHeader) -> bytes | None:
    """The ICC profile, unless it is for CMYK: its numbers would be wrong for RGB."""
    with Image.open(io.BytesIO(data), formats=(header.format.upper(),)) as opened:
        profile = opened.info.get("icc_profile")
        return profile if isinstance(profile, bytes) and profile[16:20] == b"RGB " else None


def _without_border(image: Image.Image) -> Image.Image:
    """A logo that is transparent all over stays as it is."""
    if image.mode != "RGBA":
        return image
    mask = image.getchannel("A").point([255 if value > TRANSPARENT_UP_TO else 0 for value in range(256)])
    found = mask.getbbox()
    return image if found in (None, (0, 0, *image.size)) else image.crop(found)


def trim_box(image: Image.Image, margin: int) -> Box | None:
    """Where a logo's content lies, with `margin` pixels around it; None when there is nothing to cut off."""
    content = content_box(image, by_alpha=image.mode == "RGBA")
    if content is None:
        return None
    box = Box(
        max(0, content.left - margin),
        max(0, content.top - margin),
        min(image.width, content.right + margin),
        min(image.height, content.bottom + margin),
    )
    return None if box == (0, 0, *image.size) else box


def _hash(image: Image.Image) -> str:
    return difference_hash(image.reduce(max(1, min(image.size) // _HASHED_SIDE)))
