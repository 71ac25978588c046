"""The page of foreign files: a list with pictures, decisions in place and as plain forms, and what may stay."""

from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from artists.models import AllowedFile, Artist, ForeignFile, Library
from artists.services.foreign.examining import examine
from artists.services.scanner.scanning import scan_libraries
from tests.artists.services.music import artist_folder, picture, put
from tests.builders import make_artist, make_library

pytestmark = pytest.mark.django_db
PAGE = "/reports/foreign-files"
IN_PLACE = {"HX-Request": "true"}


@pytest.fixture
def file(tmp_path: Path) -> ForeignFile:
    """A logo that another program has put to Mara Field."""
    library = make_library(path=tmp_path / "music")
    folder = artist_folder(Path(library.path), "Mara Field")
    scan_libraries()
    put(folder / "logo.png", picture(400, 155))
    scan_libraries()
    examine(workers=1)
    return ForeignFile.objects.get()


def text_of(client: Client, address: str = PAGE) -> str:
    return client.get(address).content.decode()


def test_a_file_is_shown_with_its_picture_and_artist(admin_client: Client, file: ForeignFile) -> None:
    text = text_of(admin_client)
    assert f'{PAGE}/{file.pk}/picture?v={file.content_hash[:16]}"' in text
    assert "logo.png" in text
    assert "Mara Field" in text
    picture_of_it = admin_client.get(f"{PAGE}/{file.pk}/picture")
    assert picture_of_it.headers["Content-Type"] == "image/webp"
    assert picture_of_it.content[8:12] == b"WEBP"


def test_without_any_the_page_says_so(admin_client: Client) -> None:
    assert "Nothing foreign" in text_of(admin_client)


def test_a_file_is_searched_by_its_name_and_its_artists(admin_client: Client, file: ForeignFile) -> None:
    Artist.objects.update(search_text="mara field")
    assert "logo.png" in text_of(admin_client, f"{PAGE}?search=MÁRA")
    assert "logo.png" in text_of(admin_client, f"{PAGE}?search=logo")
    assert "None matches" in text_of(admin_client, f"{PAGE}?search=olaf")
    assert "None matches" in text_of(admin_client, f"{PAGE}?library={Library.objects.get().pk + 1}")


def test_a_plain_form_keeps_it_and_comes_back(admin_client: Client, file: ForeignFile) -> None:
    answer = admin_client.post(f"{PAGE}/{file.pk}/allow", follow=True)
    assert "logo.png may stay with Mara Field." in answer.content.decode()
    assert AllowedFile.objects.get().artist == file.artist


def test_in_place_the_list_comes_anew_with_a_word(admin_client: Client, file: ForeignFile) -> None:
    answer = admin_client.post(f"{PAGE}/{file.pk}/allow", {"everywhere": "1"}, headers=IN_PLACE)
    assert "May stay: 1" in answer.content.decode()
    assert "<html" not in answer.content.decode()
    assert "may stay everywhere" in answer.headers["HX-Trigger"]


def test_deleting_offers_the_way_back(admin_client: Client, file: ForeignFile) -> None:
    answer = admin_client.post(f"{PAGE}/{file.pk}/delete", headers=IN_PLACE)
    made = file.artist.operations.get()
    assert f"/activity/{made.pk}/undo" in answer.headers["HX-Trigger"]
    admin_client.post(f"/activity/{made.pk}/undo")
    assert Path(file.file_path).exists()


def test_a_refusal_is_said_and_loses_nothing(admin_client: Client, file: ForeignFile) -> None:
    put(Path(file.file_path), picture(420, 160))
    answer = admin_client.post(f"{PAGE}/{file.pk}/delete", follow=True)
    assert "has just written logo.png" in answer.content.decode()
    assert Path(file.file_path).exists()


def test_all_stay_and_one_is_reported_again(admin_client: Client, file: ForeignFile) -> None:
    admin_client.post(f"{PAGE}/dismiss")
    assert not ForeignFile.objects.exists()
    admin_client.post(f"{PAGE}/allowed/{AllowedFile.objects.get().pk}/forbid")
    assert not AllowedFile.objects.exists()


def test_operators_are_neither_shown_nor_offered_it(operator_client: Client, file: ForeignFile) -> None:
    assert operator_client.get(PAGE).status_code == 403
    assert operator_client.post(f"{PAGE}/{file.pk}/delete").status_code == 403
    assert operator_client.get(f"{PAGE}/{file.pk}/picture").status_code == 403
    assert PAGE not in text_of(operator_client, "/artists")


def test_many_files_cost_no_more_questions(admin_client: Client) -> None:
    counts = []
    for size in (2, 20):
        for number in range(size):
            artist = make_artist(f"Artist {number}", path=f"/music/{size}/{number}")
            ForeignFile.objects.create(artist=artist, file_name="logo.png", content_hash=f"{size}{number}" * 16)
        with CaptureQueriesContext(connection) as queries:
            admin_client.get(PAGE)
        counts.append(len(queries))
    assert counts[0] == counts[1]
