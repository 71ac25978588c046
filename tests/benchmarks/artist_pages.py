"""How long the artist pages take with 100,000 artists: `python -m tests.benchmarks.artist_pages [artists]`."""

import os
import statistics
import sys
import tempfile
import time

PAGES = {
    "list": "/artists",
    "list, htmx": "/artists",
    "list, page 900": "/artists?page=900",
    "search, frequent": "/artists?search=ar",
    "search, rare": "/artists?search=zzyzx",
    "one library": "/artists?library_id=2",
    "no logo": "/artists?filter_missing_logo=%2By",
    "filter panel": "/artists?panel=1",
    "detail": "/artists/50000",
    "detail within a filter": "/artists/50000?filter_missing_logo=%2By",
}
TIMES = 9


def main() -> None:
    os.environ["STILLWATER_DATA"] = tempfile.mkdtemp()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "stillwater.settings")
    import django

    django.setup()
    from django.core.management import call_command
    from django.test import Client

    from stillwater.models import Role, User
    from tests.benchmarks.artist_list import fill

    call_command("migrate", verbosity=0)
    fill(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
    client = Client()
    client.force_login(User.objects.create(username="maria", role=Role.ADMINISTRATOR))
    for words, address in PAGES.items():
        headers = {"HX-Request": "true"} if words.endswith("htmx") else {}
        took = []
        for _ in range(TIMES):
            started = time.perf_counter()
            response = client.get(address, headers=headers)
            took.append((time.perf_counter() - started) * 1000)
        print(f"{words:<24}{statistics.median(took):8.1f} ms  {len(response.content) / 1024:6.0f} KiB")


if __name__ == "__main__":
    main()
