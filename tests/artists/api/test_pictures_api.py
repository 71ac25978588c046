"""An artist's pictures over REST."""

import base64
import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from artists.models import Artist
from artists.sample import odd_encodings as odd
from tests.artists.api.test_providers_api import call
from tests.builders import make_artist, make_library


@pytest.fixture
def mara(tmp_path: Path, db: None) -> Artist:
    folder = tmp_path / "music" / "Mara Field"
    folder.mkdir(parents=True)
    return make_artist(library=make_library(path=tmp_path / "music"), path=str(folder))


def photo(width: int, height: int, *parts: object) -> bytes:
    return odd.saved(odd.scene((width, height), *parts), "JPEG")


def upload(client: Client, artist: Artist, kind: str, data: bytes, query: str = "", name: str = "x.jpg") -> Any:
    client.get("/api/v1/health")
    body = {"type": kind, "file": SimpleUploadedFile(name, data, "image/jpeg")}
    headers = {"X-CSRF-Token": client.cookies["csrf_token"].value}
    return client.post(f"/api/v1/artists/{artist.pk}/images/upload{query}", body, headers=headers)


class TestUpload:
    def test_it_is_stored_and_served_with_its_own_type(self, operator_client: Client, mara: Artist) -> None:
        answer = upload(operator_client, mara, "thumb", photo(600, 600), name="../../etc/passwd")
        assert answer.json() == {"status": "ok", "type": "thumb", "saved": ["folder.jpg"], "sync_warnings": []}
        served = operator_client.get(f"/api/v1/artists/{mara.pk}/images/thumb/file")
        assert (served.status_code, served["Content-Type"]) == (200, "image/jpeg")
        assert "sandbox" in served["Content-Security-Policy"]
        again = operator_client.get(served.request["PATH_INFO"], headers={"If-None-Match": served["ETag"]})
        assert again.status_code == 304
        info = operator_client.get(f"/api/v1/artists/{mara.pk}/images/thumb/info").json()
        assert (info["filename"], info["width"], info["size"]) == ("folder.jpg", 600, len(served.content))

    def test_a_wrong_shape_is_not_stored_but_handed_back_for_a_crop(
        self, operator_client: Client, mara: Artist
    ) -> None:
        answer = upload(operator_client, mara, "thumb", photo(900, 600))
        assert (answer.streaming, answer["Content-Type"]) == (True, "application/json; charset=utf-8")
        said = json.loads(answer.getvalue())
        assert base64.b64decode(said["image_data"].removeprefix("data:image/jpeg;base64,")) == photo(900, 600)
        assert (said["status"], said["needs_crop"], said["required_ratio"]) == ("needs_crop", True, 1.0)
        assert (said["actual_ratio"], said["width"], said["height"]) == (1.5, 900, 600)
        assert mara.images.count() == 0
        body = {"image_data": said["image_data"], "type": "thumb", "x": 100, "y": 0, "width": 600, "height": 600}
        cut = call(operator_client, "POST", f"/artists/{mara.pk}/images/crop", body)
        assert cut.json()["saved"] == ["folder.jpg"]
        assert (mara.images.get().width, mara.images.get().height) == (600, 600)

    def test_skip_crop_takes_it_as_it_is(self, operator_client: Client, mara: Artist) -> None:
        assert upload(operator_client, mara, "thumb", photo(900, 600), "?skip_crop=true").json()["status"] == "ok"

    @pytest.mark.parametrize(
        ("kind", "data", "status", "word"),
        [
            ("thumb", b"<svg/>", 422, "SVG"),
            ("thumb", b"", 422, "empty"),
            ("thumb", odd.bomb(), 422, "50 million"),
            ("cover", photo(600, 600), 400, "type must be"),
            ("thumb", b"\xff\xd8\xff" + bytes(26 * 1024 * 1024), 413, "25 MiB"),
        ],
    )
    def test_what_cannot_be_used_is_refused_with_the_reason(
        self, operator_client: Client, mara: Artist, kind: str, data: bytes, status: int, word: str
    ) -> None:
        answer = upload(operator_client, mara, kind, data)
        assert answer.status_code == status
        assert word in answer.json()["error"]
        assert mara.images.count() == 0

    def test_a_fetch_of_the_own_machine_is_refused(self, operator_client: Client, mara: Artist) -> None:
        body = {"url": "http://127.0.0.1:8000/x.jpg", "type": "thumb"}
        assert call(operator_client, "POST", f"/artists/{mara.pk}/images/fetch", body).status_code == 400


class TestBackdrops:
    def test_they_are_listed_ordered_and_removed(self, operator_client: Client, mara: Artist) -> None:
        for number in range(3):
            assert upload(operator_client, mara, "fanart", photo(1280, 720, number)).json()["count"] == number + 1
        place = f"/artists/{mara.pk}/images/fanart"
        first = operator_client.get(f"/api/v1{place}/0/file").content
        assert call(operator_client, "POST", f"{place}/reorder", {"order": [2, 0, 1]}).json()["count"] == 3
        assert operator_client.get(f"/api/v1{place}/1/file").content == first
        assert call(operator_client, "POST", f"{place}/reorder", {"order": [0]}).status_code == 400
        gone = call(operator_client, "DELETE", f"{place}/batch", {"indices": [0, 2]}).json()
        assert (gone["status"], gone["count"]) == ("deleted", 2)
        assert [row["filename"] for row in call(operator_client, "GET", f"{place}/list").json()] == ["fanart.jpg"]
        assert call(operator_client, "DELETE", f"{place}/batch", {"indices": []}).status_code == 400
        last = call(operator_client, "DELETE", f"{place}/0").json()
        assert (last["deleted"], last["count"]) == ("fanart.jpg", 1)
        assert operator_client.get(f"/api/v1{place}/0/file").status_code == 404

    def test_any_backdrop_of_the_library_is_pointed_to(self, operator_client: Client, mara: Artist) -> None:
        assert operator_client.get("/api/v1/images/random-backdrop").status_code == 404
        upload(operator_client, mara, "fanart", photo(1280, 720))
        answer = operator_client.get("/api/v1/images/random-backdrop", follow=True)
        assert answer.redirect_chain[0][1] == 307
        assert answer["Content-Type"] == "image/jpeg"


class TestLogo:
    def test_its_empty_border_is_cut_off_and_the_margin_kept(self, operator_client: Client, mara: Artist) -> None:
        image = Image.new("RGBA", (400, 200), (0, 0, 0, 20))
        image.paste((0, 90, 90, 255), (100, 50, 300, 150))
        upload(operator_client, mara, "logo", odd.saved(image, "PNG"))
        place = f"/artists/{mara.pk}/images/logo"
        assert call(operator_client, "POST", f"{place}/trim").json()["status"] == "ok"
        data = operator_client.get(f"/api/v1{place}/file").content
        assert Image.open(io.BytesIO(data)).size == (204, 104)
        assert call(operator_client, "POST", f"{place}/trim").json()["status"] == "unchanged"
        assert call(operator_client, "DELETE", place).json()["deleted"] == ["logo.png"]
        assert call(operator_client, "POST", f"{place}/trim").status_code == 404


def test_under_htmx_they_answer_with_the_slots_and_the_gallery_of_the_page(
    operator_client: Client, mara: Artist
) -> None:
    upload(operator_client, mara, "thumb", photo(600, 600))
    upload(operator_client, mara, "fanart", photo(1280, 720))
    place, htmx = f"/artists/{mara.pk}/images", {"HX-Request": "true"}
    assert 'id="slot-thumb"' in call(operator_client, "GET", f"{place}/thumb/info", headers=htmx).content.decode()
    assert 'id="backdrops"' in call(operator_client, "GET", f"{place}/fanart/list", headers=htmx).content.decode()
    gone = call(operator_client, "DELETE", f"{place}/thumb", headers=htmx).content.decode()
    assert 'class="slot empty' in gone
    assert not mara.images.filter(kind="thumb", exists=True).exists()
