"""How fast rules are evaluated: `python tests/benchmarks/rules.py [10000 100000]` prints one JSON line per figure.

The rows are built directly, in a throw-away SQLite database; medians of a few rounds, on however many cores are here.
"""

import json
import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ROUNDS = 3


def build(count: int) -> None:
    """`count` artists with an NFO and three pictures each; about one value in five is bad."""
    dice = random.Random(7)
    library = Library.objects.create(name="Bench", path="/bench")
    for start in range(0, count, 5000):
        artists = Artist.objects.bulk_create(_artist(number, dice) for number in range(start, min(start + 5000, count)))
        Membership.objects.bulk_create(Membership(artist=artist, library=library) for artist in artists)
        ArtistImage.objects.bulk_create(image for artist in artists for image in _images(artist, dice))


def _artist(number: int, dice: "random.Random") -> "Artist":
    good = dice.random() > 0.2
    return Artist(
        name=f"Artist {number:06}",
        sort_name=f"Artist {number:06}",
        search_text=f"artist {number:06}",
        path=f"/bench/Artist {number:06}",
        nfo_exists=dice.random() > 0.2,
        musicbrainz_id=f"{number:08}-0000-4000-8000-000000000000" if good else "",
        biography="A life in music. " * dice.randrange(30, 90) if dice.random() > 0.2 else "",
        biography_junk="" if dice.random() > 0.1 else "only a filler (n/a)",
        extraneous_files=[] if dice.random() > 0.1 else ["cover-old.jpg"],
        folder_fits=dice.random() > 0.1,
    )


def _images(artist: "Artist", dice: "random.Random") -> list["ArtistImage"]:
    images = []
    for kind, size in (("thumb", (1000, 1000)), ("fanart", (1920, 1080)), ("logo", (800, 310))):
        shrink = dice.choice((1, 1, 1, 1, 0.4))
        hashes = {"content_hash": f"{dice.getrandbits(256):064x}", "perceptual_hash": f"{dice.getrandbits(64):016x}"}
        images.append(
            ArtistImage(
                artist=artist,
                kind=kind,
                exists=dice.random() > 0.2,
                width=int(size[0] * shrink),
                height=size[1],
                format="jpeg",
                file_name=f"{kind}.jpg",
                bytes=200_000,
                padding=dice.random() * 0.3,
                placeholder="data:image/png;base64," + "A" * 300,
                fingerprinted=True,
                **hashes,
            )
        )
    return images


def measured(work: Callable[[], object], rounds: int = ROUNDS, before: Callable[[], object] = lambda: None) -> float:
    """Median seconds; `before` is not counted."""
    times = []
    for _ in range(rounds):
        before()
        started = time.perf_counter()
        work()
        times.append(time.perf_counter() - started)
    return statistics.median(times)


def say(what: str, artists: int, seconds: float, **more: object) -> None:
    print(json.dumps({"benchmark": what, "artists": artists, "seconds": round(seconds, 4), **more}), flush=True)


def forget() -> None:
    Violation.objects.all().delete()
    Artist.objects.update(health_evaluated_at=None, rules_evaluated_at=None)
    HealthSnapshot.objects.all().delete()


def run(count: int) -> None:
    call_command("flush", interactive=False, verbosity=0)
    build(count)
    rules = {"rules": RuleSetting.objects.filter(enabled=True).count()}
    rounds = ROUNDS if count <= 10_000 else 1
    say(
        "all rules from nothing", count, measured(evaluate, rounds, forget), findings=Violation.objects.count(), **rules
    )
    say("all rules, nothing changed", count, measured(lambda: evaluate(scope="all")), **rules)
    say("incremental, nothing changed", count, measured(evaluate), **rules)
    key = Artist.objects.values_list("pk", flat=True)[count // 2]
    say("one artist", count, measured(lambda: evaluate(artists=[key]), 21), **rules)
    reads(count)
    RuleSetting.objects.update(enabled=True)
    say("every rule on, from nothing", count, measured(evaluate, 1, forget), findings=Violation.objects.count())
    say("every rule on, nothing changed", count, measured(lambda: evaluate(scope="all")))
    say("every rule on, one artist", count, measured(lambda: evaluate(artists=[key]), 21))
    say("one in fifty changed", count, measured(evaluate, before=_touch))


def reads(count: int) -> None:
    """What pages ask on every visit."""
    page = partial(compliance, ComplianceFilter(), sort="name", order="asc", page=3, page_size=50)
    say("50 worst findings", count, measured(lambda: list(findings()[:50]), 9))
    say("badge", count, measured(badge_count, 9))
    say("health report", count, measured(lambda: (overall_health(), top_rules(), library_healths())))
    say("completeness", count, measured(completeness))
    say("compliance page", count, measured(page, 9))


def _touch() -> None:
    Artist.objects.annotate(turn=F("pk") % 50).filter(turn=0).update(dirty_since=timezone.now(), origin="Leipzig")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"STILLWATER_DATA": folder, "DJANGO_SETTINGS_MODULE": "stillwater.settings"}
        sys.path.insert(0, str(ROOT))
        import django

        django.setup()
        from django.core.management import call_command
        from django.db.models import F
        from django.utils import timezone

        from artists.models import Artist, ArtistImage, Library, Membership
        from rules.models import HealthSnapshot, RuleSetting, Violation
        from rules.queries.findings import badge_count, findings
        from rules.reports.completeness import completeness
        from rules.reports.compliance import ComplianceFilter, compliance
        from rules.reports.health import library_healths, overall_health, top_rules
        from rules.services.evaluation import evaluate

        call_command("migrate", verbosity=0)
        for size in [int(text) for text in sys.argv[1:]] or [10_000, 100_000]:
            run(size)
