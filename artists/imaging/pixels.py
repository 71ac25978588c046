"""What a picture shows, whatever else its file says: two files of the same pixels are one picture."""

import hashlib
from dataclasses import dataclass

from artists.imaging.decoding import UnreadableImage, decoded
from artists.imaging.headers import read_header_bytes
from artists.imaging.preparing import checked


@dataclass(frozen=True, slots=True)
class Sight:
    """`content_hash` of the bytes, `pixel_hash` of what they show ('' for what is no picture); sizes in pixels."""

    content_hash: str
    pixel_hash: str = ""
    width: int = 0
    height: int = 0


def sight_of(data: bytes) -> Sight:
    """Looks once; never raises for what is no picture. Raises Unavailable where there is no room to look."""
    digest = hashlib.sha256(data).hexdigest()
    try:
        with decoded(data, checked(data)) as image:
            shown = hashlib.sha256(f"{image.mode} {image.width} {image.height} ".encode())
            shown.update(image.tobytes())
            return Sight(digest, shown.hexdigest(), image.width, image.height)
    except UnreadableImage:
        return Sight(digest)


def same_picture(first: bytes, second: bytes) -> bool:
    """The same bytes, or the same pixels under another mark."""
    if first == second:
        return True
    one, other = read_header_bytes(first), read_header_bytes(second)
    if not one.readable or (one.width, one.height) != (other.width, other.height):
        return False
    seen = sight_of(first).pixel_hash
    return bool(seen) and seen == sight_of(second).pixel_hash
