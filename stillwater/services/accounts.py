"""People: the first account, signing in, changing a password."""

from django.core.cache import cache

from stillwater.models import User

_SETUP_DONE = "stillwater.setup-done"


def setup_needed() -> bool:
    """Nobody has an account yet. Remembered once it is false: it never becomes true again by itself."""
    if cache.get(_SETUP_DONE):
        return False
    needed = not User.objects.exists()
    if not needed:
        cache.set(_SETUP_DONE, True, 60)
    return needed
