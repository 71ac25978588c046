"""How tests are shared out among several processes: the browser tests are one piece, and nearly every other is its own.

pytest-xdist's own way to say so (`xdist_group` with `--dist loadgroup`) renames tests, which pytest 9 no longer minds.
"""

from xdist.scheduler import LoadScopeScheduling

BROWSER = "tests/browser/"
WHOLE_FILES = ("tests/stillwater/api/", "tests/test_killed_")
"""What the tests of such a file begin with takes long, and one process needs it once."""


class SharingOut(LoadScopeScheduling):
    """The largest piece goes out first, so that the browser tests run beside the others from the beginning."""

    def _split_scope(self, nodeid: str) -> str:
        if nodeid.startswith(BROWSER):
            return BROWSER
        return nodeid.partition("::")[0] if nodeid.startswith(WHOLE_FILES) else nodeid

    def _pending_of(self, workload: dict[str, dict[str, bool]]) -> int:
        """It is counted after each test: what is done is forgotten, else thousands of pieces are counted each time."""
        for piece in [piece for piece, tests in workload.items() if all(tests.values())]:
            del workload[piece]
        return super()._pending_of(workload)
