"""The folder of an artist on its page: giving it another name."""

from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from tests.builders import make_artist, make_library

pytestmark = pytest.mark.django_db


def test_a_name_that_another_artist_has_leads_to_merging_the_two(admin_client: Client, tmp_path: Path) -> None:
    (tmp_path / "Mara Field").mkdir()
    artist = make_artist(library=make_library(path=tmp_path), path=str(tmp_path / "Mara Field"))
    other = make_artist("Mara Feld", path=str(tmp_path / "Mara Feld"))

    def renamed(name: str) -> tuple[int, str]:
        address = reverse("artists:rename", args=[artist.pk])
        answer = admin_client.post(address, {"new_dirname": name}, headers={"HX-Request": "true"})
        return answer.status_code, answer.content.decode()

    way = f"{reverse('artists:merge_preview')}?artist={artist.pk}&amp;artist={other.pk}"
    status, section = renamed("Mara Feld")
    assert (status, way in section) == (409, True)
    status, section = renamed("a/b")
    assert (status, "merge" in section) == (422, False)
