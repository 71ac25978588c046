"""Measures what uploads cost in memory: a bomb, and twenty of the worst at once, also as the text of a crop; never
fails on a figure.

Run from the top of the checkout: `python -m tests.benchmarks.uploads [--parallel 20]`. Each figure is the peak of a
child process of its own (VmHWM), with the WSGI application called from as many threads as there are uploads.
"""

import argparse
import base64
import io
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path

from PIL import Image

from artists.imaging.decoding import MAX_BYTES
from tests.artists.imaging.corpus.heavy import ten_thousand_square

BOUNDARY = "worst"
VERBS = {".form": ("upload", f"multipart/form-data; boundary={BOUNDARY}"), ".json": ("crop", "application/json")}
SIDE = 7071
"""7,071 x 7,071 pixels are 50 million, the most that is taken."""


def worst(number: int) -> bytes:
    """Turned JPEG, JPEG in CMYK, WebP, PNG with alpha: each has to be decoded whole, and all but one encoded anew."""
    image = Image.radial_gradient("L").resize((SIDE, SIDE))
    stream = io.BytesIO()
    if number % 4 == 0:
        exif = Image.Exif()
        exif[0x0112] = 6
        image.convert("RGB").save(stream, "JPEG", quality=60, exif=exif)
    elif number % 4 == 1:
        image.convert("CMYK").save(stream, "JPEG", quality=60)
    elif number % 4 == 2:
        image.resize((5000, 5000)).convert("RGB").save(stream, "WEBP", quality=20, method=0)
    else:
        Image.merge("RGBA", (image,) * 4).save(stream, "PNG", compress_level=1)
    return stream.getvalue()


def peak_mib() -> float:
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmHWM"):
            return round(int(line.split()[1]) / 1024, 1)
    return 0.0


def body_of(data: bytes, kind: str, place: Path) -> Path:
    """The form as a browser sends it, on the disk, so that this process does not hold it."""
    head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="type"\r\n\r\n{kind}\r\n--{BOUNDARY}\r\n'
    head += 'Content-Disposition: form-data; name="file"; filename="x.jpg"\r\nContent-Type: image/jpeg\r\n\r\n'
    place.write_bytes(head.encode() + data + f"\r\n--{BOUNDARY}--\r\n".encode())
    return place


def crop_of(data: bytes, kind: str, place: Path) -> Path:
    """The same picture as text, of which nearly everything is to be kept."""
    body = {"image_data": base64.b64encode(data).decode(), "type": kind, "width": 4990, "height": 4990}
    place.write_text(json.dumps(body))
    return place


def upload(application: Callable[..., object], artist: int, token: str, body: Path) -> str:
    status: list[str] = []
    verb, media = VERBS[body.suffix]
    with body.open("rb") as stream:
        environ = {
            "REQUEST_METHOD": "POST",
            "PATH_INFO": f"/api/v1/artists/{artist}/images/{verb}",
            "QUERY_STRING": "",
            "CONTENT_TYPE": media,
            "CONTENT_LENGTH": str(body.stat().st_size),
            "HTTP_AUTHORIZATION": f"Bearer {token}",
            "HTTP_HOST": "localhost",
            "SERVER_NAME": "localhost",
            "SERVER_PORT": "80",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "wsgi.input": stream,
            "wsgi.url_scheme": "http",
            "wsgi.errors": sys.stderr,
            "REMOTE_ADDR": "127.0.0.1",
        }
        answer = application(environ, lambda said, _headers, *_more: status.append(said))
        for _piece in answer:  # type: ignore[attr-defined]
            pass
        answer.close()  # type: ignore[attr-defined]
    return status[0].split()[0]


def in_child(folder: Path) -> None:
    """Upload every form of the folder at once, each for an artist of its own; print how much memory that took."""
    os.environ["STILLWATER_DATA"] = tempfile.mkdtemp()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "stillwater.settings")
    import django

    django.setup()
    from django.core.management import call_command

    from stillwater.models import Role, User
    from stillwater.services.tokens import create_token
    from stillwater.wsgi import application
    from tests.builders import make_artist

    call_command("migrate", verbosity=0)
    user = User.objects.create(username="maria", role=Role.ADMINISTRATOR)
    _token, text = create_token(user, name="benchmark", scopes="read,write")
    bodies = sorted(folder.iterdir())
    artists = [make_artist(f"Artist {number}").pk for number in range(len(bodies))]
    upload(application, artists[0], text, bodies[0])
    Path("/proc/self/clear_refs").write_text("5")  # the peak begins anew
    before, started, statuses = peak_mib(), time.perf_counter(), list[str]()

    def work(artist: int, body: Path) -> None:
        statuses.append(upload(application, artist, text, body))

    threads = [threading.Thread(target=work, args=pair) for pair in zip(artists, bodies, strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    took, peak = time.perf_counter() - started, peak_mib()
    figures = {"before_mib": before, "peak_mib": peak, "more_mib": round(peak - before, 1), "seconds": round(took, 1)}
    print(json.dumps({"uploads": len(bodies), "statuses": sorted(statuses), **figures}))


def measure(name: str, pictures: list[bytes], kind: str = "thumb", *, as_text: bool = False) -> None:
    with tempfile.TemporaryDirectory() as place:
        for number, data in enumerate(pictures):
            if as_text:
                crop_of(data, kind, Path(place) / f"{number:02}.json")
            else:
                body_of(data, kind, Path(place) / f"{number:02}.form")
        command = [sys.executable, "-m", "tests.benchmarks.uploads", "--child", place]
        done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
        print(json.dumps({"benchmark": name, "largest_kib": max(map(len, pictures)) // 1024}), done.stdout.strip())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--parallel", type=int, default=20)
    parser.add_argument("--child", type=Path)
    chosen = parser.parse_args()
    if chosen.child:
        in_child(chosen.child)
        return
    measure("a bomb of 10,000 x 10,000", [ten_thousand_square()])
    kinds = [worst(number) for number in range(4)]
    measure("the worst at once", [kinds[number % 4] for number in range(chosen.parallel)])
    heavy = [kind.ljust(MAX_BYTES - 1024, b"\0") for kind in kinds] * (chosen.parallel // 4)
    measure("the worst at once, with 25 MiB each", heavy)
    measure("the same in a wrong shape", heavy, "banner")
    measure("the same as text, to be cropped", heavy, as_text=True)


if __name__ == "__main__":
    main()
