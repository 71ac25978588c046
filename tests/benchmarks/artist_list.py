"""How long the artist list takes with 100,000 artists: `python -m tests.benchmarks.artist_list [artists]`."""

import os
import random
import sys
import tempfile
import time
from collections.abc import Callable

SHAPES = {
    "plain, page 1": "",
    "plain, page 900": "page=900",
    "by health": "sort=health_score&order=desc",
    "search, frequent": "search=ar",
    "search, rare": "search=zzyzx",
    "search, last words": "search=artist 99999",
    "locked": "filter_locked=%2By",
    "no MusicBrainz id": "filter_missing_mbid=%2By",
    "not excluded groups": "filter_excluded=-y&filter_type_group=%2By",
    "no logo": "filter_missing_logo=%2By",
    "an image missing": "filter_missing_images=%2By",
    "one library": "library_id=2",
    "no logo, page 300": "filter_missing_logo=%2By&page=300",
    "by health, no NFO": "filter_missing_meta=%2By&sort=health_score&order=desc",
}


def fill(count: int) -> None:
    from artists.models import Artist, ArtistImage, Library, Membership

    chance = random.Random(7)
    libraries = [Library.objects.create(name=f"Library {number}") for number in range(3)]
    for start in range(0, count, 10_000):
        artists = Artist.objects.bulk_create(
            Artist(
                name=f"Artist {number}", sort_name=f"Artist {number}", search_text=f"artist {number}",
                type=chance.choice(["group", "person", ""]), health_score=chance.randrange(101),
                is_excluded=chance.random() < 0.02, locked=False, nfo_exists=chance.random() < 0.7,
                musicbrainz_id="x" * 36 if chance.random() < 0.6 else "", biography="words " * 150, path=f"/m/{number}",
            )
            for number in range(start, min(start + 10_000, count))
        )  # fmt: skip
        Membership.objects.bulk_create(Membership(artist=each, library=chance.choice(libraries)) for each in artists)
        ArtistImage.objects.bulk_create(
            ArtistImage(artist=each, kind=kind, placeholder="data:image/png;base64," + "A" * 200)
            for each in artists
            for kind in ("thumb", "fanart", "logo", "banner")
            if chance.random() < 0.7
        )


def fastest(act: Callable[[], object], times: int = 5) -> float:
    """Milliseconds."""
    taken = []
    for _ in range(times):
        started = time.perf_counter()
        act()
        taken.append(time.perf_counter() - started)
    return min(taken) * 1000


def main() -> None:
    os.environ.setdefault("STILLWATER_DATA", tempfile.mkdtemp())
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "stillwater.settings")
    import django

    django.setup()
    from django.core.management import call_command
    from django.http import QueryDict

    from artists.queries.filters import ArtistFilter
    from artists.queries.listing import filter_counts, list_artists

    call_command("migrate", verbosity=0)
    fill(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
    for words, query in SHAPES.items():
        wanted = ArtistFilter.from_query(QueryDict(query))
        took = fastest(lambda wanted=wanted: list_artists(wanted))
        print(f"{words:<22}{took:8.1f} ms   {list_artists(wanted).total} artists")
    print(f"{'numbers of the filter':<22}{fastest(lambda: filter_counts(ArtistFilter())):8.1f} ms")


if __name__ == "__main__":
    main()
