"""How tests are shared out among several processes: the browser tests are one piece, and everything else is its own.

pytest-xdist's own way to say so (`xdist_group` with `--dist loadgroup`) renames tests, which pytest 9 no longer minds.
"""

from xdist.scheduler import LoadScopeScheduling

BROWSER = "tests/browser/"


class SharingOut(LoadScopeScheduling):
    """The largest piece goes out first, so that the browser tests run beside the others from the beginning."""

    def _split_scope(self, nodeid: str) -> str:
        return BROWSER if nodeid.startswith(BROWSER) else nodeid
