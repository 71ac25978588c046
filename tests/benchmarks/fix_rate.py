"""How fast findings are fixed, by us and by what providers allow: who bounds whom.

Run from the top of the checkout: `python -m tests.benchmarks.fix_rate [--artists 40] [--seed 7] [--profile]`.
A generated library is scanned and checked; then one run fixes all that has a fix, with providers on loopback that
answer at once. The processor's seconds are ours alone, since the providers are another process; the seconds that the
same questions take at the rate that each provider allows are added up beside them. Prints JSON lines.
"""

import argparse
import json
import tempfile
from collections import Counter
from pathlib import Path

from artists.demo import pictures
from artists.demo.registry import FAKES
from artists.demo.server import FakeWorld, running
from artists.demo.world import world_of
from artists.sample.builder import _recipes, build_library
from artists.sample.pool import flatly_drawn
from tests.benchmarks.kill_fixes import provider_seconds
from tests.fix_house import FixHouse
from tests.stillwater.misbehaving import Clock

FIX = """
import cProfile, io, pstats, time
from rules.services.fixing_many import fix_all
profile = cProfile.Profile() if {profile} else None
wall, work = time.perf_counter(), time.process_time()
result = profile.runcall(fix_all) if profile else fix_all()
wall, work = time.perf_counter() - wall, time.process_time() - work
text = io.StringIO()
if profile:
    pstats.Stats(profile, stream=text).sort_stats("cumulative").print_stats(70)
artists = Operation.objects.filter(group=result.group).values("artist").distinct().count()
print(json.dumps({{**result.as_dict(), "artists": artists, "wall": wall, "work": work, "profile": text.getvalue()}}))
"""


def measure(folder: Path, artists: int, seed: int, profile: bool) -> None:
    pictures.drawn = flatly_drawn  # type: ignore[attr-defined]  # a real one takes a provider of ours a second
    program = FakeWorld(world_of(seed, _recipes(seed, artists, "plain", False)), FAKES, clock=Clock(step=60))
    with running(program) as origin:
        build_library(folder / "music", artists=artists, seed=seed, flavour="plain")
        house = FixHouse(folder / "house", origin, folder / "music")
        house.live([], fix=False)
        program.recorder.questions.clear()
        found = json.loads(house.run(FIX.format(profile=profile)))
    asked = Counter(question.provider for question in program.recorder.questions)
    waits = provider_seconds(asked)
    slowest, theirs = max(waits.items(), key=lambda pair: pair[1])
    fixed = found["fixed"]
    print(json.dumps({key: found[key] for key in ("total", "fixed", "skipped", "failed", "waiting", "artists")}))
    print(json.dumps({"questions": dict(asked.most_common()), "seconds_by_limits": waits}))
    figures = {
        "findings_per_second_of_our_work": round(fixed / found["work"], 1),
        "findings_per_second_as_it_ran": round(fixed / found["wall"], 1),
        "findings_per_second_that_providers_allow": round(fixed / theirs, 1),
        "milliseconds_of_work_per_finding": round(found["work"] / fixed * 1000, 1),
        "slowest_provider": slowest,
        "times_faster_than_providers": round(theirs / found["work"], 1),
    }
    print(json.dumps(figures))
    if profile:
        print(found["profile"])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--artists", type=int, default=40)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--profile", action="store_true", help="Print where our time goes.")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "house").mkdir()
        measure(Path(folder), chosen.artists, chosen.seed, chosen.profile)


if __name__ == "__main__":
    main()
