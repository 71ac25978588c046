"""Fixes all that can be fixed alone in a generated library, undisturbed and killed again and again; compares the ends.

Run from the top of the checkout: `python -m tests.benchmarks.kill_fixes [--artists 60] [--kills 5] [--seed 7]`.
Two houses have the same library and the same providers, on loopback. One worker scans, checks and fixes in peace;
the other is killed with SIGKILL at random moments between its first scan and its end, and restarted each time. Rows
and files have to be the same afterwards, and, when every run is taken back, the same as before. Prints JSON lines;
ends with 1 where anything differs.
"""

import argparse
import json
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from artists.demo import pictures
from artists.demo.registry import FAKES
from artists.demo.server import FakeWorld, running
from artists.demo.world import world_of
from artists.providers.registry import PROVIDERS
from artists.sample.builder import _recipes, build_library
from artists.sample.pool import flatly_drawn
from tests import all_rows
from tests.fix_house import FixHouse, Lives
from tests.stillwater.misbehaving import Clock

LONGEST_TOLD = 12
"""Differences that are printed of each kind."""
STARTING = 0.8
"""Of the undisturbed run's seconds, so that every moment comes before the end although each life begins anew."""


def moments(seconds: float, kills: int, seed: int) -> list[float]:
    """How long each life lasts, so that the kills fall anywhere in a run of so many seconds."""
    chance = random.Random(seed)
    points = sorted(chance.uniform(0, seconds * STARTING) for _ in range(kills))
    return [later - earlier for earlier, later in zip([0.0, *points], points, strict=False)]


def differences(one: Any, other: Any, place: str = "") -> Iterator[str]:
    """What differs, each in a line."""
    if isinstance(one, dict) and isinstance(other, dict):
        for key in sorted({*one, *other}):
            yield from differences(one.get(key), other.get(key), f"{place}/{key}")
    elif isinstance(one, list) and isinstance(other, list) and any(isinstance(each, list | dict) for each in one):
        first, second = ({json.dumps(each, sort_keys=True) for each in rows} for rows in (one, other))
        yield from (f"{place}: only in the first: {each[:400]}" for each in sorted(first - second))
        yield from (f"{place}: only in the second: {each[:400]}" for each in sorted(second - first))
    elif one != other:
        yield f"{place}: {str(one)[:200]} != {str(other)[:200]}"


def by_path(told: dict[str, Any]) -> dict[str, Any]:
    """Artists by their folders, so that a difference names a column; jobs may differ."""
    return {
        **{key: rows for key, rows in told.items() if key != "jobs"},
        "artists": {row["path"]: row for row in told["artists"]},
    }


def compared(what: str, one: dict[str, Any], other: dict[str, Any]) -> int:
    return told_of(what, list(differences(one, other)))


def told_of(what: str, found: list[str]) -> int:
    print(json.dumps({"compared": what, "differences": len(found)}), flush=True)
    for line in found[:LONGEST_TOLD]:
        print("   ", line, flush=True)
    return len(found)


def provider_seconds(questions: Counter[str]) -> dict[str, float]:
    """How long each provider would make us wait by its own limit."""
    rates = {provider.spec.name: provider.spec.per_second for provider in PROVIDERS}
    return {name: round(count / rates[name], 1) for name, count in questions.items() if name in rates}


def report(house: FixHouse, lives: Lives, program: FakeWorld, artists: int) -> None:
    asked = Counter(question.provider for question in program.recorder.questions)
    waits = provider_seconds(asked)
    ours, theirs = sum(lives.seconds), max(waits.values(), default=0.0)
    figures = {
        "seconds": round(ours, 1),
        "artists_per_second": round(artists / ours, 2),
        "questions": dict(asked.most_common()),
        "seconds_by_limits": waits,
        "share_of_providers": round(theirs / max(ours, theirs), 3),
        "slower": "providers" if theirs > ours else "us",
    }
    print(json.dumps({"undisturbed": figures, "jobs": house.tell()["jobs"]}), flush=True)


def measure(folder: Path, artists: int, kills: int, seed: int, flavour: str) -> int:
    pictures.drawn = flatly_drawn  # type: ignore[attr-defined]  # a real one takes a provider of ours a second
    program = FakeWorld(world_of(seed, _recipes(seed, artists, flavour, False)), FAKES, clock=Clock(step=60))
    with running(program) as origin:
        began, music = time.monotonic(), folder / "music"
        folder.mkdir(parents=True, exist_ok=True)
        build_library(music, artists=artists, seed=seed, flavour=flavour)
        whole, killed = (FixHouse(folder / name, origin, music) for name in ("whole", "killed"))
        built = {"artists": artists, "seed": seed, "flavour": flavour, "seconds": round(time.monotonic() - began, 1)}
        print(json.dumps({"built": built}), flush=True)
        disk = whole.disk()
        wrong = compared("the libraries at first", disk, killed.disk())
        whole.live([], fix=False)
        before = whole.rows()
        program.recorder.questions.clear()
        undisturbed = whole.live([])
        report(whole, undisturbed, program, artists)
        lives = killed.live(moments(sum(undisturbed.seconds), kills, seed))
        told = {"killed": lives.killed, "seconds": round(sum(lives.seconds), 1), "jobs": killed.tell()["jobs"]}
        print(json.dumps(told), flush=True)
        wrong += compared("rows at the end", by_path(whole.tell()), by_path(killed.tell()))
        wrong += compared("files at the end", whole.said(), killed.said())
        for name, house in (("undisturbed", whole), ("killed", killed)):
            refused = house.undo()
            print(json.dumps({"undone": name, "refused": len(refused), "first": refused[:LONGEST_TOLD]}), flush=True)
            wrong += len(refused) + compared(f"files taken back, {name}", disk, house.disk())
            wrong += told_of(f"rows taken back, {name}", all_rows.differences(before, house.rows()))
    return wrong


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--artists", type=int, default=60)
    parser.add_argument("--kills", type=int, default=5)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--flavour", choices=("plain", "demo"), default="demo")
    parser.add_argument("--keep", type=Path, help="A new folder that stays afterwards.")
    chosen = parser.parse_args()
    options = (chosen.artists, chosen.kills, chosen.seed, chosen.flavour)
    if chosen.keep:
        sys.exit(measure(chosen.keep, *options) > 0)
    with tempfile.TemporaryDirectory() as folder:
        sys.exit(measure(Path(folder), *options) > 0)


if __name__ == "__main__":
    main()
