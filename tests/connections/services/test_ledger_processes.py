"""One look at the servers at a time also between processes: the web server and the workers share what it finds."""

import os
import select
from pathlib import Path

from artists.demo.replies import Question
from tests.connections.conftest import KEYS, House
from tests.steps import Steps

PROCESSES = 3

PROLOGUE = """
import os
from connections.services import ledger
from connections.services.ledger import conflicts, refresh
from stillwater.files import exclusive
"""
CONNECT = """
from connections.models import Connection
from stillwater.vault import seal
Connection.objects.create(name="Attic", type="jellyfin", url={url!r}, sealed_key=seal({key!r}))
"""
TOGETHER = """
def arriving(path):
    with open({door!r}, "wb", buffering=0) as door:
        door.write(b"x")
    return exclusive(path)

ledger.exclusive = arriving
children = []
for _ in range({processes}):
    child = os.fork()
    if child == 0:
        found = refresh()
        os._exit(0 if [entry.problem for entry in found.entries] == [""] else 1)
    children.append(child)
print([os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children])
"""


def test_processes_that_come_together_ask_each_server_once(servers: House, tmp_path: Path) -> None:
    """The server does not answer before all of them stand at the door."""
    door = tmp_path / "door"
    os.mkfifo(door)
    arrivals = os.open(door, os.O_RDWR)
    missing = PROCESSES

    def hold(_question: Question) -> None:
        nonlocal missing
        while missing and select.select([arrivals], [], [], 30)[0]:
            missing -= len(os.read(arrivals, missing))

    servers.instead = hold
    steps = Steps(tmp_path / "data", PROLOGUE)
    steps.run(CONNECT.format(url=servers.url("jellyfin"), key=KEYS["jellyfin"]))
    said = steps.run(TOGETHER.format(door=str(door), processes=PROCESSES))
    os.close(arrivals)
    assert (missing, said.strip()) == (0, str([0] * PROCESSES))
    assert servers.asked() == ["GET /Library/VirtualFolders"]
