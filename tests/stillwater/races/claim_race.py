"""Many workers claim the same job, and many people start the same work; run by test_races.py in its own process."""

import threading

from django.db import connection

from stillwater import jobs
from stillwater.models import Job

MANY = 50
runs: list[int] = []
started: list[bool] = []


@jobs.job("count", "Counting")
def count(_params: dict[str, object], _progress: object) -> None:
    runs.append(1)


def at_once(work: object) -> None:
    gate = threading.Barrier(MANY)

    def one() -> None:
        gate.wait()
        work()  # type: ignore[operator]
        connection.close()

    threads = [threading.Thread(target=one) for _ in range(MANY)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


at_once(lambda: started.append(jobs.start("count")[1]))
row = Job.objects.get()
at_once(lambda: jobs.run(row.pk))
row.refresh_from_db()
print(len(started), sum(started), Job.objects.count(), len(runs), row.state, row.attempts)
