"""Fifty people set up the same fresh Stillwater at the same moment; run by test_races.py in a process of its own.

Threads over one database file: an in-memory database of the tests would not let them meet.
"""

import os
import sys
import threading
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[3]))
os.environ["DJANGO_SETTINGS_MODULE"] = "stillwater.settings"

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402

from stillwater.models import User  # noqa: E402

MANY = 50
settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
codes: Counter[int] = Counter()
gate = threading.Barrier(MANY)


def set_up(number: int) -> None:
    body = {"username": f"person{number}", "password": "engine of analysis"}
    client = Client(raise_request_exception=False)
    gate.wait()
    codes[client.post("/api/v1/auth/setup", body, content_type="application/json").status_code] += 1
    connection.close()


threads = [threading.Thread(target=set_up, args=[number]) for number in range(MANY)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(User.objects.count(), User.objects.filter(is_protected=True).count(), dict(sorted(codes.items())))
