"""A reorder that is killed (SIGKILL) before each of its renames and removals in turn is taken back by the sweep."""

import json
from pathlib import Path

from tests.steps import Steps

PROGRAM = """
import json, os, signal
from pathlib import Path
from types import SimpleNamespace
from django.db import connections
from artists.models import Artist, Operation
from artists.sample import odd_encodings as odd
from artists.services.cut_off import sweep_cut_off
from artists.services.pictures.rearranging import rearrange_fanart
from artists.services.pictures.saving import Origin, save_picture
from stillwater.files import writing
from tests.builders import make_artist, make_library

folder = Path(MUSIC) / "Mara Field"
folder.mkdir(parents=True)
mara = make_artist(library=make_library(path=folder.parent), path=str(folder))
for number, form in enumerate(("JPEG", "PNG", "JPEG")):
    save_picture(mara, "fanart", odd.saved(odd.scene((32, 18), number), form), Origin("upload"))

def look():
    files = {path.name: path.read_bytes().hex() for path in sorted(folder.iterdir())}
    rows = list(Artist.objects.get().images.order_by("slot").values_list("slot", "file_name", "content_hash"))
    return files, rows

def reorder_and_die(nth):
    calls = []
    def dying(real):
        def call(*given, **options):
            calls.append(real)
            if len(calls) == nth:
                os.kill(os.getpid(), signal.SIGKILL)
            return real(*given, **options)
        return call
    changed = {"replace": dying(os.replace), "unlink": dying(os.unlink)}
    writing.os = SimpleNamespace(**{**vars(os), **changed})
    rearrange_fanart(Artist.objects.get(), [2, 0, 1])

before, kills, wrong = look(), 0, []
for nth in range(1, 100):
    connections.close_all()
    child = os.fork()
    if child == 0:
        reorder_and_die(nth)
        os._exit(0)
    ended = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    if SWEEP:
        sweep_cut_off()
    if ended == 0:
        break
    kills += 1
    if look() != before:
        wrong.append(nth)
        if not SWEEP:
            break
ended_well = not Operation.objects.filter(pending=True).exists() and len(look()[1]) == 3 and look() != before
print(json.dumps({"kills": kills, "wrong": wrong, "ended_well": ended_well}))
"""


def killed(folder: Path, *, sweep: bool) -> dict[str, object]:
    steps = Steps(folder / "house", f"SWEEP, MUSIC = {sweep}, {str(folder / 'music')!r}\n")
    told: dict[str, object] = json.loads(steps.run(PROGRAM).splitlines()[-1])
    return told


def test_every_kill_is_taken_back_and_the_last_attempt_succeeds(tmp_path: Path) -> None:
    told = killed(tmp_path, sweep=True)
    assert (told["wrong"], told["ended_well"]) == ([], True)
    assert int(str(told["kills"])) >= 5


def test_without_the_sweep_a_kill_leaves_a_mixture(tmp_path: Path) -> None:
    assert killed(tmp_path, sweep=False)["wrong"]
