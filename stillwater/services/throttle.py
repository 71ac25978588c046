"""Slows down guessing of passwords, by account and by address; never locks anybody out for good (S42)."""

from datetime import timedelta

from django.utils import timezone

from stillwater.errors import TooManyRequests
from stillwater.models import LoginAttempt

WINDOW = timedelta(minutes=15)
PER_ACCOUNT = 10
PER_ADDRESS_BURST = 5
PER_ADDRESS_WINDOW = timedelta(minutes=1)
MOST_ROWS = 10_000


def check(*, username: str, address: str) -> None:
    """Raises TooManyRequests with the seconds to wait."""
    now = timezone.now()
    account = LoginAttempt.objects.filter(username=_key(username), happened_at__gt=now - WINDOW)
    if account.count() >= PER_ACCOUNT:
        raise TooManyRequests("too many attempts, try again later", retry_after=int(WINDOW.total_seconds()))
    near = LoginAttempt.objects.filter(address=address, happened_at__gt=now - PER_ADDRESS_WINDOW)
    if near.count() >= PER_ADDRESS_BURST:
        raise TooManyRequests("too many attempts, try again later", retry_after=int(PER_ADDRESS_WINDOW.total_seconds()))


def count_failure(*, username: str, address: str) -> None:
    LoginAttempt.objects.create(username=_key(username), address=address)


def forgive(*, username: str, address: str) -> None:
    """A right password clears what was counted for this account from this address."""
    LoginAttempt.objects.filter(username=_key(username), address=address).delete()


def forgive_account(username: str) -> None:
    """Somebody with the keys of the house lets this account try again at once."""
    LoginAttempt.objects.filter(username=_key(username)).delete()


def sweep() -> int:
    """Delete attempts that no longer count, and the oldest beyond a bound; returns how many."""
    deleted = LoginAttempt.objects.filter(happened_at__lt=timezone.now() - WINDOW).delete()[0]
    kept = LoginAttempt.objects.order_by("-pk").values_list("pk", flat=True)[MOST_ROWS : MOST_ROWS + 1].first()
    if kept is not None:
        deleted += LoginAttempt.objects.filter(pk__lte=kept).delete()[0]
    return deleted


def _key(username: str) -> str:
    return username.strip().casefold()[:150]
