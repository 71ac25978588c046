"""Takes a picture that a server shows over into a slot of ours: once a person says so, and for who has none."""

from artists.services.gates import require_write
from artists.services.pictures.saving import Origin, Saved, save_picture
from connections.models import ArtistLink
from connections.services.server_pictures import fetched, picture_at
from stillwater.models import User


def take_picture(
    link: ArtistLink, kind: str, index: int = 0, *, tag: str = "", slot: int | None = None, actor: User | None = None
) -> Saved:
    """Put the picture that lies there under this tag, else at this place, into a slot; None: after the last backdrop.

    Raises NotFound where the server shows no such picture, ClientError, and as save_picture.
    """
    require_write("image", link.artist)
    picture = picture_at(link, kind, index, tag)
    origin = Origin(link.connection.type)
    return save_picture(link.artist, kind, fetched(link, picture)[0], origin, slot=slot, actor=actor)
