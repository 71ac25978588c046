"""Identifies and refreshes artists in a job that is killed five times: `python tests/benchmarks/identify.py [1000]`.

Prints one JSON line: how many, how long, the requests of each provider beside those of an undisturbed run, and
whether both ended the same. Kills fall between two steps, at random; providers answer on loopback without a wait.
With `limits` behind the number they keep the limits of the originals, a second for each question to MusicBrainz, and
`too_early` counts what was asked beyond them.
"""

import json
import random
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from artists.demo.registry import FAKES
from artists.demo.server import FakeWorld, running
from tests.killed_identify import DYING, RESTART, START, House, acts
from tests.stillwater.misbehaving import Clock

KILLS = 5


def measure(count: int, *, limits: bool) -> None:
    with tempfile.TemporaryDirectory() as folder:
        whole, _, _ = _run(Path(folder) / "whole", count, [], limits)
        dice = random.Random(7)
        calls = [dice.randrange(1, 3 * count // (KILLS + 2)) for _ in range(KILLS)]
        killed, seconds, too_early = _run(Path(folder) / "killed", count, calls, limits)
    line = {
        "artists": count,
        "kills": KILLS,
        "seconds": round(seconds, 1),
        "job": killed[0]["job"],
        "same_end": all(killed[0][key] == whole[0][key] for key in ("artists", "outcomes")),
        "requests": _by_provider(killed[1]),
        "undisturbed": _by_provider(whole[1]),
        "asked_needlessly": (killed[1] - whole[1]).total(),
        **({"too_early": too_early} if limits else {}),
        "outcomes": dict(Counter(f"{state} {tier}" for _, state, tier, *_ in killed[0]["outcomes"])),
    }
    print(json.dumps(line))


def _run(
    folder: Path, count: int, kills: list[int], limits: bool
) -> tuple[tuple[dict[str, object], Counter[tuple[object, ...]]], float, dict[str, int]]:
    program = FakeWorld(acts(count), FAKES, clock=time.monotonic if limits else Clock(step=60))
    with running(program) as origin:
        house = House(folder, program, origin, unhurried=not limits)
        began = time.perf_counter()
        for number, call in enumerate(kills):
            house.die(DYING.format(call=call) + (RESTART if number else START))
        house.run(RESTART if kills else START)
        seconds = time.perf_counter() - began
        return (house.tell(), house.asked), seconds, dict(program.recorder.too_early)


def _by_provider(asked: Counter[tuple[object, ...]]) -> dict[str, int]:
    found: Counter[str] = Counter()
    for question, count in asked.items():
        found[str(question[0])] += count
    return dict(found)


if __name__ == "__main__":
    measure(int(sys.argv[1]) if len(sys.argv) > 1 else 1000, limits="limits" in sys.argv[2:])
