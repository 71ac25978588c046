"""How long every GET page and GET operation takes: `python tests/benchmarks/pages.py [artists] [--data FOLDER]`.

Prints one JSON line per address: median seconds after somebody wrote to the database, those of the processor, those
of a visit after which nobody wrote (`again`), queries, KiB. A folder that is named keeps its database for the next
time. Nothing fails on time.
"""

import argparse
import json
import os
import re
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def fill(count: int) -> None:
    """Artists of two libraries, evaluated; changes made by hand, a score for each day, a job, a person."""
    call_command("migrate", verbosity=0)
    rules.build(count)
    second = Library.objects.create(name="Second", path="/second")
    Membership.objects.filter(artist__in=Artist.objects.filter(pk__lte=count // 3)).update(library=second)
    evaluate()
    moment = timezone.now()
    for day in range(1, 365):
        HealthSnapshot.objects.create(
            total_artists=count, compliant_artists=day, score=50 + day / 10, recorded_at=moment - timedelta(days=day)
        )
    _change(count // 10)
    Job.objects.create(kind="scan", state=JobState.DONE, finished_at=moment)
    User.objects.create(username="maria", role=Role.ADMINISTRATOR)


def _change(count: int) -> None:
    artists = Artist.objects.order_by("pk")[:count]
    done = Operation.objects.bulk_create(
        Operation(artist=artist, artist_name=artist.name, source="manual", summary="Changed the biography")
        for artist in artists.only("name").iterator(2000)
    )
    MetadataChange.objects.bulk_create(
        MetadataChange(
            operation=one, artist_id=one.artist_id, field="biography", old_value="", new_value="A life", source="manual"
        )
        for one in done
    )


def addresses() -> Iterator[tuple[str, str, dict[str, str]]]:
    """Name, address and headers of everything that is asked."""
    own = {
        "{artist}": Artist.objects.order_by("pk").values_list("pk", flat=True)[min(KEY, Artist.objects.count() // 2)],
        "{library}": Library.objects.order_by("-pk").values_list("pk", flat=True)[0],
        "{finding}": Violation.objects.order_by().values_list("pk", flat=True)[0],
        "{job}": Job.objects.order_by().values_list("pk", flat=True)[0],
    }
    for name, address, headers in [*_pages(), *_operations()]:
        yield name, re.sub(r"\{[a-z]+\}", lambda found: str(own[found[0]]), address), headers


def _pages() -> Iterator[tuple[str, str, dict[str, str]]]:
    for path, queries in PAGES.items():
        for query in queries:
            yield "page", f"{path}?{query}".rstrip("?"), {}
    for path, queries in FRAGMENTS.items():
        for query in queries:
            yield "fragment", f"{path}?{query}".rstrip("?"), HTMX


def _operations() -> Iterator[tuple[str, str, dict[str, str]]]:
    for operation in operations():
        if operation.method != "GET" or operation.id in ENDLESS:
            continue
        path = operation.path.replace("{id}", OTHER_IDS.get(operation.id, "{id}"))
        for place, value in PLACES.items():
            path = path.replace(place, value)
        for query in OPERATIONS.get(operation.id, ("",)):
            yield operation.id, f"{path}?{query}".rstrip("?"), {}
        if operation.id in POLLED:
            yield f"{operation.id}, htmx", path, HTMX


def measure(client: "Client", address: str, headers: dict[str, str], rounds: int) -> dict[str, object]:
    """The first round warms up and counts the queries."""
    with CaptureQueriesContext(connection) as queries:
        response = client.get(address, headers=headers)
        size = len(_body(response))
    asked = len(queries)
    first = [_timed(client, address, headers, after=_write) for _ in range(rounds)]
    again = [_timed(client, address, headers, after=lambda: None) for _ in range(rounds)]
    return {
        "status": response.status_code,
        "seconds": round(statistics.median(wall for wall, _ in first), 4),
        "cpu": round(statistics.median(cpu for _, cpu in first), 4),
        "again": round(statistics.median(wall for wall, _ in again), 4),
        "queries": asked,
        "kib": round(size / 1024),
    }


def _timed(client: "Client", address: str, headers: dict[str, str], after: Callable[[], None]) -> tuple[float, float]:
    """Seconds, and those of the processor."""
    after()
    wall, cpu = time.perf_counter(), time.process_time()
    _body(client.get(address, headers=headers))
    return time.perf_counter() - wall, time.process_time() - cpu


def _write() -> None:
    """What is remembered until somebody writes (stillwater/remembered.py) is forgotten."""
    User.objects.filter(username="maria").update(display_name=f"Maria {time.monotonic_ns()}")


def _body(response: "HttpResponseBase") -> bytes:
    """A streamed answer is read to its end, as whoever downloads it waits for that."""
    return b"".join(response) if response.streaming else response.content


def main() -> None:
    client = Client()
    client.force_login(User.objects.get(username="maria"))
    for name, address, headers in addresses():
        if arguments.only in f"{name} {address}":
            rounds = 1 if "export" in address else arguments.rounds
            figures = measure(client, address, headers, rounds)
            print(json.dumps({"benchmark": name, "address": address, **figures}), flush=True)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("artists", type=int, nargs="?", default=100_000)
    parser.add_argument("--data", help="a folder whose database is used, or made and kept")
    parser.add_argument("--only", default="", help="names and addresses that contain this")
    parser.add_argument("--rounds", type=int, default=9)
    return parser.parse_args()


if __name__ == "__main__":
    arguments = _arguments()
    with tempfile.TemporaryDirectory() as folder:
        data = Path(arguments.data or folder)
        data.mkdir(exist_ok=True)
        os.environ |= {"STILLWATER_DATA": str(data), "DJANGO_SETTINGS_MODULE": "stillwater.settings"}
        sys.path.insert(0, str(ROOT))
        import django

        django.setup()
        from datetime import timedelta

        from django.core.management import call_command
        from django.db import connection
        from django.http.response import HttpResponseBase
        from django.test import Client
        from django.test.utils import CaptureQueriesContext
        from django.utils import timezone

        from artists.models import Artist, ArtistImage, Library, Membership, MetadataChange, Operation
        from rules.models import HealthSnapshot, Violation
        from rules.services.evaluation import evaluate
        from stillwater.models import Job, JobState, Role, User
        from tests.benchmarks import rules
        from tests.benchmarks.addresses import (
            ENDLESS,
            FRAGMENTS,
            HTMX,
            KEY,
            OPERATIONS,
            OTHER_IDS,
            PAGES,
            PLACES,
            POLLED,
        )
        from tests.operations import operations

        vars(rules).update(Artist=Artist, ArtistImage=ArtistImage, Library=Library, Membership=Membership)
        if not (data / "stillwater.db").exists():
            fill(arguments.artists)
        main()
