"""Measures taking over the artists of a fake Jellyfin that runs in a process of its own; prints JSON lines.

Never fails on time. Run from the top of the checkout: `python -m tests.benchmarks.populate [--artists 10000]`.
First everybody is new, then everybody is linked, then everybody is known by MBID but not linked.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from typing import Any

SERVE, ONE_RUN = "--serve", "--one-run"


def serve(count: int) -> None:
    """The fake server, until its standard input ends."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "stillwater.settings")
    django.setup()
    from artists.demo.replies import Fake
    from artists.demo.server import FakeWorld, running
    from artists.demo.world import Act, World
    from connections.demo.houses import jellyfin_house

    words = "formed in a small town where two neighbours found that their walls were thin " * 12
    acts = [
        Act(f"7d1e0c52-3b64-4f8a-9a17-{number:012x}", f"Artist {number}", f"Artist {number}", genres=("Folk", "Pop"),
            styles=("Slow",), began="1999", biography=f"Artist {number} {words}")
        for number in range(count)
    ]  # fmt: skip
    with running(FakeWorld(World(()), {"jellyfin": Fake("jellyfin", jellyfin_house(acts).answer)})) as origin:
        print(origin, flush=True)
        sys.stdin.read()


def one_run(origin: str) -> None:
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "stillwater.settings")
    django.setup()
    from django.core.management import call_command

    from connections.demo.houses import JELLYFIN_KEY
    from connections.models import ArtistLink
    from connections.services.connections import add_connection
    from connections.services.discovery import discover, import_libraries
    from connections.services.populate import populate

    call_command("migrate", verbosity=0)
    url = f"{origin}/jellyfin/server"
    connection, _ = add_connection(name="Fake", type="jellyfin", url=url, api_key=JELLYFIN_KEY)
    (library,) = import_libraries(connection, [(discover(connection)[0].there.external_id, "")])
    told = {"everybody new": timed(lambda: populate(library)), "everybody linked": timed(lambda: populate(library))}
    ArtistLink.objects.all().delete()
    told["everybody known by MBID"] = timed(lambda: populate(library))
    print(json.dumps({**told, "artists": ArtistLink.objects.count()}))


def timed(work: Callable[[], Any]) -> dict[str, float]:
    """Seconds on the wall, and seconds of work of this process: the machine may have other things to do."""
    started, worked = time.perf_counter(), time.process_time()
    work()
    return {"s": round(time.perf_counter() - started, 2), "of work": round(time.process_time() - worked, 2)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--artists", type=int, default=10_000)
    parser.add_argument(SERVE, action="store_true")
    parser.add_argument(ONE_RUN, default="")
    options = parser.parse_args()
    if options.serve:
        serve(options.artists)
    elif options.one_run:
        one_run(options.one_run)
    else:
        run(options.artists)


def run(count: int) -> None:
    command = [sys.executable, "-m", "tests.benchmarks.populate"]
    with tempfile.TemporaryDirectory() as data:
        environment = {**os.environ, "STILLWATER_DATA": data, "STILLWATER_LOG_LEVEL": "ERROR"}
        server = subprocess.Popen(
            [*command, SERVE, "--artists", str(count)],
            env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        try:
            origin = server.stdout.readline().strip() if server.stdout else ""
            subprocess.run([*command, ONE_RUN, origin], env=environment, check=True)
        finally:
            server.kill()


if __name__ == "__main__":
    main()
