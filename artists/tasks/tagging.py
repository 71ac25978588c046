"""Background work of floor 2: read the tags of audio files, as evidence of who the artists are."""

from typing import Any

from artists.services.album_tags import read_album_tags
from stillwater import jobs
from stillwater.models import Job, User
from stillwater.progress import Progress

READ_TAGS = "read_tags"


@jobs.job(READ_TAGS, "Reading the tags of audio files", attempts=jobs.LONG_WORK)
def read_tags(params: dict[str, Any], progress: Progress) -> dict[str, Any]:
    """Params: `artist_ids`, or nothing for all."""
    return read_album_tags(params.get("artist_ids"), progress=progress).as_plain()


def start_read_tags(asked_by: User | None = None) -> tuple[Job, bool]:
    """Queue a look at all artists; one at a time. Returns the job and whether it is new."""
    return jobs.start(READ_TAGS, {}, asked_by=asked_by)
