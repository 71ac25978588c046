"""What the tests of the image workbench share: an artist with a folder, pictures, and forms as a browser sends them."""

import re
from pathlib import Path

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from artists.models import Artist
from artists.sample import odd_encodings as odd
from artists.services.pictures.saving import Origin, save_picture
from tests.artists.providers.acts import MBID
from tests.builders import make_artist, make_library


def artist_with_folder(tmp_path: Path) -> Artist:
    folder = tmp_path / "music" / "Quillfen Harbor"
    folder.mkdir(parents=True)
    library = make_library(path=tmp_path / "music")
    return make_artist("Quillfen Harbor", library=library, path=str(folder), musicbrainz_id=MBID, audiodb_id="990001")


def jpeg(width: int, height: int, *parts: object) -> bytes:
    return odd.saved(odd.scene((width, height), *parts), "JPEG")


def file_of(data: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile("x.jpg", data, "image/jpeg")


def stored(artist: Artist, kind: str, *parts: object, size: tuple[int, int] = (600, 600)) -> bytes:
    """Saves one; gives the bytes that lie on disk."""
    saved = save_picture(artist, kind, jpeg(*size, *parts), Origin("upload"))
    return (Path(artist.path) / saved.names[0]).read_bytes()


def on_page(artist: Artist) -> dict[str, str]:
    """The headers with which htmx asks from the artist's page."""
    return {"HX-Request": "true", "HX-Current-URL": f"http://testserver/artists/{artist.pk}"}


def strip_of(text: str) -> str:
    """Where the strip of a page takes back what was done."""
    (place,) = re.findall(r'class="undo-strip".*?action="([^"]+)"', text, re.DOTALL)
    return str(place)


def posted(client: Client, place: str, **sent: object) -> str:
    """The page to which a plain form leads."""
    return client.post(place, sent, follow=True).content.decode()
