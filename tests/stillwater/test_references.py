"""No row outlives what it belongs to, whichever connection to the database is used (bug 58)."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import IntegrityError, connection, transaction

from artists.models import Membership

pytestmark = pytest.mark.django_db(transaction=True)


def orphan() -> str:
    """A membership of nobody in nothing."""
    try:
        with transaction.atomic():
            Membership.objects.create(artist_id=10**9, library_id=10**9)
    except IntegrityError:
        return "refused"
    return "stored"


def on_another_connection(work: Callable[[], str]) -> str:
    def alone() -> str:
        try:
            return work()
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        return pool.submit(alone).result()


def test_an_orphan_is_refused_on_this_and_on_every_new_connection() -> None:
    assert orphan() == "refused"
    assert on_another_connection(orphan) == "refused"
    assert on_another_connection(orphan) == "refused"
    assert not Membership.objects.exists()
