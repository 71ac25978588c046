"""Background work of floor 3: testing the connected servers."""

from typing import Any

from connections.models import Connection
from connections.services.testing import try_connections
from stillwater import jobs
from stillwater.models import Job, User
from stillwater.progress import Progress

TEST_SERVERS = "test_servers"


@jobs.job(TEST_SERVERS, "Testing the servers")
def test_servers(params: dict[str, Any], progress: Progress) -> dict[str, Any]:
    """All that are switched on."""
    trials = try_connections(Connection.objects.filter(enabled=True), progress)
    return {"message": f"{sum(trial.ok for trial in trials)} of {len(trials)} servers passed"}


def start_tests(*, asked_by: User | None = None) -> tuple[Job, bool]:
    return jobs.start(TEST_SERVERS, asked_by=asked_by)
