"""How long every GET page and GET operation takes: `python tests/benchmarks/pages.py [artists] [--data FOLDER]`.

Prints one JSON line per address: median seconds, those of the processor, queries, KiB. A folder that is named keeps
its database for the next time. Nothing fails on time.
"""

import argparse
import json
import os
import re
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
HTMX = {"HX-Request": "true"}
KEY = 50_000
ENDLESS = {"getEventStream"}
PLACES = {
    "{key}": "theme",
    "{field}": "biography",
    "{id}": "{artist}",
    "{libId}": "{library}",
    "{artist_id}": "{artist}",
}
"""What stands in the path of an operation; ids mean artists unless the next table says otherwise."""
OTHER_IDS = {"getJob": "{job}", "getPlatform": "kodi", "getLibrary": "{library}"}

FINDINGS = (
    "",
    "page=2000",
    "severity=error",
    "category=image",
    "rule_id=nfo_exists",
    "fixable=yes",
    "library_id={library}",
    "artist_id={artist}",
    "search=biography",
    "search=zzyzx",
    "search=artist+05",
    *(f"status={status}" for status in ("open", "pending_choice", "dismissed", "resolved")),
    *(f"sort={sort}" for sort in ("artist_name", "rule_id", "created_at")),
    *(f"group_by={group}" for group in ("artist", "rule", "severity", "category")),
)
ARTISTS = (
    "",
    "page=900",
    "page_size=200",
    "search=artist",
    "search=zzyzx",
    "search=artist+0999",
    *(
        f"sort={sort}&order={order}"
        for sort in ("sort_name", "health_score", "updated_at")
        for order in ("asc", "desc")
    ),
    *(f"filter_{key}={sign}y" for key in ("missing_meta", "missing_images", "missing_mbid") for sign in ("%2B", "-")),
    *(f"filter_missing_{kind}=%2By" for kind in ("thumb", "fanart", "logo", "banner")),
    *(f"filter_{key}={sign}y" for key in ("compliant", "excluded", "locked") for sign in ("%2B", "-")),
    *(f"filter_type_{name}=%2By" for name in ("person", "group", "unknown")),
    "library_id={library}",
    "filter_library_{library}=-y",
    "filter_missing_logo=%2By&page=300",
    "filter_missing_meta=%2By&sort=health_score&order=desc",
)
COMPLIANCE = (
    "",
    "page=900",
    "view=matrix",
    "status=compliant",
    "status=non_compliant",
    "filter=missing_logo",
    "search=artist+0999",
    "library_id={library}",
    "sort=health_score&order=desc",
)
PAGES: dict[str, tuple[str, ...]] = {
    "/": ("", "severity=error", "rule_id=nfo_exists", "search=biography", "library_id={library}"),
    "/dashboard/stats": ("",),
    "/dashboard/scan": ("",),
    "/dashboard/news": ("newest=1",),
    "/artists": (*ARTISTS, "panel=1", "panel=1&filter_missing_logo=%2By"),
    "/artists/{artist}": ("", "filter_missing_logo=%2By", "sort=health_score"),
    **{f"/artists/{{artist}}/{part}": ("",) for part in ("header", "findings", "history", "nfo", "members")},
    "/artists/{artist}/fields/biography/edit": ("",),
    "/findings": FINDINGS,
    "/findings/{finding}": ("",),
    "/rules": ("",),
    "/rules/nfo_exists": ("",),
    "/rules/run/state": ("",),
    "/reports/health": ("", "days=365", "library_id={library}"),
    "/reports/compliance": COMPLIANCE,
    "/reports/completeness": ("", "library_id={library}"),
    "/libraries": ("",),
    "/libraries/{library}": ("",),
    "/activity": ("", "field=biography", "source=manual", "artist=artist+0001"),
    "/activity/feed": ("",),
    "/jobs": ("",),
    "/jobs/{job}": ("",),
    "/preferences": ("",),
    **{f"/settings{part}": ("",) for part in ("", "/tokens", "/nfo-output", "/file-names", "/file-names/kodi")},
    "/start": ("",),
}
FRAGMENTS = {"/": ("", "severity=error"), "/artists": ("", "search=artist"), "/findings": ("", "severity=error")}
OPERATIONS = {
    "listArtists": ARTISTS,
    "listNotifications": tuple(f"{query}&page_size=50".lstrip("&") for query in FINDINGS if "fixable" not in query),
    "getComplianceReport": tuple(query for query in COMPLIANCE if "view" not in query),
    "getViolationTrend": ("", "days=365"),
    "getMetadataCompleteness": ("", "library_id={library}"),
    "listGlobalHistory": ("", "field=biography", "artist_id={artist}"),
}
POLLED = {"getNotificationBadge", "getHealthReport", "getHealthByLibrary", "getMetadataCompleteness"}
"""Operations that answer htmx in HTML."""


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
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


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
    walls, cpus = [], []
    for _ in range(rounds):
        wall, cpu = time.perf_counter(), time.process_time()
        _body(client.get(address, headers=headers))
        walls.append(time.perf_counter() - wall)
        cpus.append(time.process_time() - cpu)
    return {
        "status": response.status_code,
        "seconds": round(statistics.median(walls), 4),
        "cpu": round(statistics.median(cpus), 4),
        "queries": asked,
        "kib": round(size / 1024),
    }


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
        from tests.operations import operations

        vars(rules).update(Artist=Artist, ArtistImage=ArtistImage, Library=Library, Membership=Membership)
        if not (data / "stillwater.db").exists():
            fill(arguments.artists)
        main()
