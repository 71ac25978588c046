"""Background work of floor 2: ask MusicBrainz whether stored identifiers still mean their artists."""

from typing import Any

from artists.services.bulk_runs.kinds import Asking
from artists.services.mbid_checks import check_mbids
from stillwater import jobs
from stillwater.models import Job, User
from stillwater.progress import Progress

CHECK_MBIDS = "check_mbids"


@jobs.job(CHECK_MBIDS, "Asking MusicBrainz about stored IDs", attempts=jobs.LONG_WORK)
def run_check_mbids(_params: dict[str, Any], progress: Progress) -> dict[str, Any]:
    """One pass, at the pace that MusicBrainz allows."""
    return check_mbids(Asking().panel(None), progress=progress).as_plain()


def start_check_mbids(asked_by: User | None = None) -> tuple[Job, bool]:
    """Queue a pass; one at a time. Returns the job and whether it is new."""
    return jobs.start(CHECK_MBIDS, {}, asked_by=asked_by)
