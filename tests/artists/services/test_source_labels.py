"""Where a value came from is told truthfully, through edits, ways back and scans."""

from pathlib import Path

import pytest

from artists.models import Artist, Library, MetadataChange
from artists.services.editing import clear_field, set_field
from artists.services.history import revert
from artists.services.scanner.scanning import scan_libraries
from artists.services.undo import undo
from tests.artists.services.music import artist_folder, nfo, put

pytestmark = pytest.mark.django_db


@pytest.fixture
def mara(library: Library) -> Artist:
    """Her values are from the first scan."""
    artist_folder(Path(library.path), "Mara Field", biography="She plays.", genre="Folk")
    scan_libraries()
    return Artist.objects.get()


def label(key: str) -> str:
    return str(Artist.objects.get().metadata_sources.get(key, ""))


def test_a_reverted_value_of_the_first_scan_is_the_files_again(mara: Artist) -> None:
    set_field(mara, "biography", "She sings.")
    assert label("biography") == "manual"
    revert(MetadataChange.objects.get(field="biography").pk)
    assert (Artist.objects.get().biography, label("biography")) == ("She plays.", "nfo")


def test_an_undone_clearing_gives_back_value_and_label(mara: Artist) -> None:
    change = clear_field(mara, "genres")
    assert (label("genres"), change.operation is not None) == ("", True)
    assert change.operation is not None
    undo(change.operation.pk)
    assert (Artist.objects.get().genres, label("genres")) == (["Folk"], "nfo")


def test_a_value_that_a_later_scan_replaced_comes_back_as_the_persons(mara: Artist, library: Library) -> None:
    set_field(mara, "born", "1970-02-03")
    put(Path(library.path) / "Mara Field" / "artist.nfo", nfo("Mara Field", born="1971"), age=900)
    scan_libraries()
    assert (Artist.objects.get().born, label("born")) == ("1971", "nfo")
    revert(MetadataChange.objects.filter(field="born", source="scan").get().pk)
    assert (Artist.objects.get().born, label("born")) == ("1970-02-03", "manual")


def test_the_history_names_scan_person_and_way_back(mara: Artist, library: Library) -> None:
    put(Path(library.path) / "Mara Field" / "artist.nfo", nfo("Mara Field", biography="Rewritten."), age=900)
    scan_libraries()
    set_field(mara, "biography", "Typed.")
    revert(MetadataChange.objects.filter(source="manual").get().pk)
    told = MetadataChange.objects.filter(field="biography").order_by("pk")
    assert list(told.values_list("source", "old_value", "new_value")) == [
        ("scan", "She plays.", "Rewritten."),
        ("manual", "Rewritten.", "Typed."),
        ("revert", "Typed.", "Rewritten."),
    ]
    assert label("biography") == "nfo"
