"""Measures first scan, unchanged rescan and fingerprints on a generated library; prints JSON lines.

Never fails on time. Run from the top of the checkout:
`python -m tests.benchmarks.scan [--artists 10000] [--library DIR] [--full]`. Each of three runs has a database of its
own in a process of its own. Rules are evaluated while the scan runs, as they are in real life.
"""

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

RUNS = 3
ONE_RUN = "--one-run"


def timed(work: Callable[[], Any]) -> tuple[float, float, Any]:
    """Seconds on the wall, seconds of work of this process and its children, and what came of it."""
    started, worked = time.perf_counter(), sum(os.times()[:4])
    result = work()
    return time.perf_counter() - started, sum(os.times()[:4]) - worked, result


def one_run(library: str) -> dict[str, float]:
    """In a fresh process, since settings are read once. Seconds, pictures, and the most memory used (MiB)."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "stillwater.settings")
    django.setup()
    from django.core.management import call_command

    from artists.services.fingerprints import take_fingerprints
    from artists.services.libraries import create_library
    from artists.services.scanner.scanning import scan_libraries

    call_command("migrate", verbosity=0)
    create_library(name="Benchmark", path=library)
    first, first_work, _ = timed(scan_libraries)
    again, again_work, _ = timed(scan_libraries)
    pictures, pictures_work, result = timed(take_fingerprints)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {
        "first scan s": first,
        "first scan, seconds of work": first_work,
        "unchanged rescan s": again,
        "unchanged rescan, seconds of work": again_work,
        "fingerprints pictures/s": result.pictures / pictures,
        "fingerprints per second of work": result.pictures / pictures_work,
        "scanning process MiB": memory,
    }


def run_apart(library: str) -> dict[str, float]:
    with tempfile.TemporaryDirectory() as data:
        environment = {**os.environ, "STILLWATER_DATA": data, "STILLWATER_LOG_LEVEL": "ERROR"}
        command = [sys.executable, "-m", "tests.benchmarks.scan", ONE_RUN, "--library", library]
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    return json.loads(done.stdout.splitlines()[-1])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--artists", type=int, default=10_000)
    parser.add_argument("--library", help="a folder made by make_library; without one it is made and thrown away")
    parser.add_argument("--full", action="store_true", help="pictures of real weight instead of light ones")
    parser.add_argument(ONE_RUN, action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one_run:
        print(json.dumps(one_run(options.library)))
        return
    with tempfile.TemporaryDirectory() as folder:
        library = options.library or str(Path(folder) / "music")
        if not options.library:
            light = [] if options.full else ["--light"]
            make = ["manage.py", "make_library", library, "--artists", str(options.artists), "--seed", "1", *light]
            subprocess.run([sys.executable, *make], check=True, stdout=subprocess.DEVNULL)
        runs = [run_apart(library) for _ in range(RUNS)]
    for what in runs[0]:
        values = [round(run[what], 2) for run in runs]
        print(
            json.dumps({"what": what, "artists": options.artists, "median": statistics.median(values), "runs": values})
        )


if __name__ == "__main__":
    main()
