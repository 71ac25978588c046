"""Fifty people set up the same fresh Stillwater at the same moment; run by test_races.py in a process of its own.

Threads over one database file: an in-memory database of the tests would not let them meet.
"""

import threading
from collections import Counter

from django.conf import settings
from django.db import connection
from django.test import Client

from stillwater.models import User

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
