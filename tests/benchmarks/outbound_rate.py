"""Measures how much of an allowed rate several processes use together, and how often the remote's window was broken.

Never fails on time. Run from the top of the checkout:
`python -m tests.benchmarks.outbound_rate [--processes 4] [--seconds 60] [--per-second 1]`.
The server counts like the originals: so many arrivals in any second (fewer than one a second: one in so many seconds),
and ten times as many in a window ten times as long. `closer_than_even` counts arrivals that follow sooner than evenly
spaced ones would, which no provider forbids. Connections end after every third answer: connecting is part of it.
"""

import argparse
import json
import multiprocessing
import os
import tempfile
import time
from itertools import pairwise
from pathlib import Path

from tests.stillwater.misbehaving import Handler, Misbehaving

LONGER = 10


def ask_for(seconds: float, per_second: float, origin: str) -> None:
    """One worker of a long job: asks as often as the shared bucket lets it."""
    import django

    django.setup()
    from stillwater.outbound import Outbound, Policy, Rate

    policy = Policy(allow_private=frozenset({origin}), rate=Rate("measured", per_second, patience=3600), circuit="m")
    until = time.monotonic() + seconds
    with Outbound(policy) as client:
        while time.monotonic() < until:
            client.request("GET", origin + "/")


def broken(arrivals: list[float], count: int, seconds: float) -> int:
    """Arrivals that are one too many within any such window."""
    return sum(later - earlier < seconds for earlier, later in zip(arrivals, arrivals[count:], strict=False))


def measure(processes: int, seconds: float, per_second: float) -> dict[str, float]:
    arrivals: list[float] = []

    def note(handler: Handler) -> None:
        arrivals.append(time.monotonic())
        handler.answer(200, b"{}", Connection="close" if len(arrivals) % 3 == 0 else "keep-alive")
        handler.close_connection = len(arrivals) % 3 == 0

    workers = multiprocessing.get_context("spawn")
    with Misbehaving(note) as server:
        asking = [workers.Process(target=ask_for, args=(seconds, per_second, server.url("").rstrip("/"))) for _ in
                  range(processes)]  # fmt: skip
        for process in asking:
            process.start()
        for process in asking:
            process.join()
    arrivals.sort()
    count, window = max(1, int(per_second)), max(1.0, 1 / per_second)
    gaps = [after - before for before, after in pairwise(arrivals)]
    return {
        "processes": processes,
        "per_second": per_second,
        "requests": len(arrivals),
        "used_share": round((len(arrivals) - 1) / (arrivals[-1] - arrivals[0]) / per_second, 4),
        "violations": broken(arrivals, count, window),
        "violations_longer_window": broken(arrivals, LONGER * count, LONGER * window),
        "closer_than_even": broken(arrivals, 1, 1 / per_second),
        "shortest_gap": round(min(gaps), 4),
        "median_gap": round(sorted(gaps)[len(gaps) // 2], 4),
        "longest_gap": round(max(gaps), 4),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--processes", type=int, default=4)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--per-second", type=float, nargs="+", default=[1])
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "stillwater.settings")
        for per_second in options.per_second:
            os.environ["STILLWATER_DATA"] = str(Path(folder) / str(per_second))
            Path(os.environ["STILLWATER_DATA"]).mkdir()
            print(json.dumps(measure(options.processes, options.seconds, per_second)))


if __name__ == "__main__":
    main()
