"""An artist's folder with something for every verb that writes there, and two servers that use the same folder."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

from PIL import Image

from artists.imaging.geometry import Box
from artists.models import Artist, ForeignFile, Identification, Library, MetadataChange, Operation
from artists.providers.answers import ReleaseGroup
from artists.services import editing, locks
from artists.services.alike_pictures import remove_here
from artists.services.comparing import use_value
from artists.services.discography import list_albums
from artists.services.extraneous import remove_extraneous_files
from artists.services.foreign.deciding import delete
from artists.services.history import revert
from artists.services.identifiers import clear_identifiers, give_identifiers
from artists.services.identifying.linking import link_found
from artists.services.merging.merging import merge
from artists.services.nfo_files import nfo_snapshots, restore_nfo
from artists.services.pictures.adding import add_picture, crop_picture, trim_logo
from artists.services.pictures.moving_in import move_in
from artists.services.pictures.rearranging import rearrange_fanart, remove_pictures
from artists.services.pictures.reverting import put_previous_back
from artists.services.pictures.saving import Origin, save_picture
from artists.services.renaming import rename_directory
from artists.services.scanner.scanning import scan_libraries
from artists.services.undo import undo
from artists.services.writeback import create_nfo, renew_nfo, save_over
from connections.models import Connection, Look, SeenLibrary
from connections.services.ledger import renew
from rules.models import Violation
from rules.services.evaluation import evaluate
from rules.services.fixing import fix
from rules.services.rules import update_rule
from tests.artists.services.pictures.test_saving import jpeg
from tests.builders import make_artist, make_library

UPLOAD = Origin("upload")
MBID, OTHER_MBID = "b9545342-1e6d-4dae-84ac-013374ad8d7c", "a9545342-1e6d-4dae-84ac-013374ad8d7c"
NFO = (
    b"<artist><name>Mara Field</name><lockdata>true</lockdata><biography>Old words.</biography>"
    b"<album><title>First</title></album></artist>"
)


@dataclass
class Folder:
    """`mara` has every kind of picture and an artist.nfo; `other` has none, `double` is the same person once more."""

    mara: Artist
    other: Artist
    double: Artist

    @property
    def root(self) -> Path:
        return Path(self.mara.path).parent

    @property
    def nfo(self) -> Path:
        return Path(self.mara.path) / "artist.nfo"

    def everything(self) -> dict[str, bytes | None]:
        paths = sorted(self.root.rglob("*"))
        return {str(path.relative_to(self.root)): path.read_bytes() if path.is_file() else None for path in paths}

    def changed(self, field: str) -> MetadataChange:
        return MetadataChange.objects.filter(artist=self.mara, field=field).order_by("-pk")[0]

    def last(self, summary: str) -> Operation:
        return Operation.objects.filter(artist=self.mara, summary__startswith=summary).order_by("-pk")[0]


def laid_out(root: Path) -> Folder:
    library = make_library("Music", root)
    artists = [_artist(library, name) for name in ("Mara Field", "Other", "Field, Mara")]
    folder = Folder(*artists)
    here = Path(folder.mara.path)
    folder.nfo.write_bytes(NFO)
    (Path(folder.double.path) / "notes.txt").write_bytes(b"notes")
    (here / "scan0001.jpg").write_bytes(jpeg(3))
    (here / "banner.jpg").write_bytes(jpeg(4, size=(1080, 200)))
    padded = Image.new("RGBA", (800, 400), (0, 0, 0, 0))
    padded.paste((200, 30, 30, 255), (200, 150, 600, 250))
    padded.save(here / "logo.png")
    scan_libraries(workers=0)
    for artist in artists:
        artist.refresh_from_db()
    _earlier(folder.mara)
    return folder


def _artist(library: Library, name: str) -> Artist:
    path = Path(library.path) / name
    path.mkdir(parents=True)
    return make_artist(name, library=library, path=str(path))


def _earlier(mara: Artist) -> None:
    """What was done before, and could be taken back."""
    save_picture(mara, "thumb", jpeg(1), UPLOAD)
    save_picture(mara, "thumb", jpeg(2), UPLOAD)
    for number in (1, 2):
        save_picture(mara, "fanart", jpeg("fanart", number, size=(1920, 1080)), UPLOAD)
    editing.set_field(mara, "biography", "Newer words.")
    Artist.objects.filter(pk=mara.pk).update(locked=True, musicbrainz_id="", disambiguation="told to nobody yet")
    mara.refresh_from_db()


def shared_by_two(folder: Folder, *, enabled: bool) -> None:
    """An Emby and a Jellyfin whose savers are on, with the very folder of our library."""
    for kind in ("emby", "jellyfin"):
        server = Connection.objects.create(name=kind.title(), type=kind, url=f"http://{kind}.lan", enabled=enabled)
        SeenLibrary.objects.create(
            connection=server, external_id="1", name="Music", locations=[str(folder.root)], writes_nfo=True,
            writes_images=True,
        )  # fmt: skip
        Look.objects.create(connection=server)
    renew()


Writer = Callable[[Folder], object]


def _unlocked(writer: Writer) -> Writer:
    """For sources that a lock would hold back."""

    def write(folder: Folder) -> object:
        Artist.objects.update(locked=False)
        folder.mara.refresh_from_db()
        return writer(folder)

    return write


def _fixed(rule: str, whose: Artist | None = None) -> Writer:
    """Fix the finding of this rule. Returns what came of it."""

    def write(folder: Folder) -> object:
        update_rule(rule, enabled=True)
        evaluate(scope="all")
        return fix(Violation.objects.get(rule=rule, artist=whose or folder.mara).pk)

    return _unlocked(write)


def _foreign(folder: Folder) -> object:
    name = "banner.jpg"
    digest = hashlib.sha256((folder.nfo.parent / name).read_bytes()).hexdigest()
    known = {"content_hash": digest}
    file, _ = ForeignFile.objects.update_or_create(artist=folder.mara, file_name=name, defaults=known)
    return delete(file)


def _found(folder: Folder) -> object:
    row = Identification.objects.create(artist=folder.mara, state="queued", tier="mbid", mbid=MBID, run=uuid4())
    return link_found(folder.mara, row)


def _nobody_any_more(folder: Folder) -> object:
    Artist.objects.filter(pk=folder.mara.pk).update(musicbrainz_id=MBID)
    folder.mara.refresh_from_db()
    return clear_identifiers(folder.mara)


def _misnamed(folder: Folder) -> object:
    Artist.objects.filter(pk=folder.mara.pk).update(name="Nadia Vale", folder_fits=False)
    return _fixed("directory_name_mismatch")(folder)


def _moving_in(folder: Folder) -> object:
    """What was saved while the artist had no folder lies in our own."""
    Artist.objects.filter(pk=folder.other.pk).update(path="")
    folder.other.refresh_from_db()
    path = str(folder.root / "Other")
    save_picture(folder.other, "thumb", jpeg(5), UPLOAD)
    Artist.objects.filter(pk=folder.other.pk).update(path=path)
    folder.other.refresh_from_db()
    folder.other.images.update(exists=False)  # as the scan does that finds none in the folder
    return move_in(folder.other)


def _without_nfo(folder: Folder) -> object:
    return create_nfo(folder.other)


REFUSED: dict[str, Writer] = {
    "typing a field": lambda folder: editing.set_field(folder.mara, "biography", "Typed."),
    "typing several fields": lambda folder: editing.set_fields(folder.mara, {"biography": "Typed.", "origin": "Oslo"}),
    "emptying a field": lambda folder: editing.clear_field(folder.mara, "biography"),
    "a provider's value": lambda folder: use_value(folder.mara, "biography", "Theirs.", "lastfm"),
    "reverting one field": lambda folder: revert(folder.changed("biography").pk),
    "the first artist.nfo": _without_nfo,
    "bringing artist.nfo up to date": lambda folder: renew_nfo(folder.mara),
    "saving over artist.nfo": lambda folder: save_over(folder.mara),
    "restoring artist.nfo": lambda folder: restore_nfo(folder.mara, nfo_snapshots(folder.mara)[-1].pk),
    "listing albums": lambda folder: list_albums(folder.mara, [ReleaseGroup(OTHER_MBID, "Second")]),
    "a picture that somebody brings": lambda folder: add_picture(folder.mara, "thumb", jpeg(9), UPLOAD),
    "a picture that is fetched": lambda folder: save_picture(
        folder.other, "thumb", jpeg(9), Origin("fanarttv", mode="auto"), source="provider:fanarttv"
    ),
    "cutting a picture": lambda folder: crop_picture(folder.mara, "thumb", jpeg(9), Box(0, 0, 300, 300)),
    "trimming the logo": lambda folder: trim_logo(folder.mara),
    "removing a picture": lambda folder: remove_pictures(folder.mara, "thumb"),
    "removing one of several alike": lambda folder: remove_here(
        folder.mara.images.get(kind="thumb").pk, folder.mara.images.get(kind="thumb").content_hash
    ),
    "reordering backdrops": lambda folder: rearrange_fanart(folder.mara, [1, 0]),
    "removing a backdrop": lambda folder: rearrange_fanart(folder.mara, [1]),
    "putting the former picture back": lambda folder: put_previous_back(folder.mara, "thumb"),
    "removing strays": lambda folder: remove_extraneous_files(folder.mara),
    "removing a foreign file": _foreign,
    "pictures that move into a folder": _moving_in,
    "renaming the folder": _unlocked(lambda folder: rename_directory(folder.mara, "Nadia Vale")),
    "merging": _unlocked(lambda folder: merge(folder.mara, [folder.double], override=True)),
    "undoing an edit": lambda folder: undo(folder.last("Changed biography").pk),
    "undoing a picture": lambda folder: undo(folder.last("Saved a thumb").pk),
}
"""What is not done at all. Of these nothing is stored either."""

WITHHELD: dict[str, Writer] = {
    "unlocking": lambda folder: locks.unlock_artist(folder.mara),
    "who it is, by a person": lambda folder: give_identifiers(folder.mara, mbid=MBID, discogs_id="", summary="Chosen"),
    "nobody any more": _nobody_any_more,
    "who it is, by a run": _unlocked(_found),
}
"""What is stored, while the file is not written, and says so."""

FIXES: dict[str, Writer] = {
    "strays": _fixed("extraneous_images"),
    "a folder's name": _misnamed,
    "a missing artist.nfo": lambda folder: _fixed("nfo_exists", folder.other)(folder),
}
"""What a rule mends, alone or in a run."""
