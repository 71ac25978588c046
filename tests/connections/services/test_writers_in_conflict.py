"""With two servers in one folder none of our writers writes there; each says why, and each writes without them."""

import ast
from pathlib import Path

import pytest

from artists.models import Operation
from rules.services.fixing import FixOutcome
from stillwater.errors import StillwaterError
from tests.connections.services.writers import FIXES, REFUSED, WITHHELD, Folder, laid_out, shared_by_two
from tests.stillwater.source_trees import trees

pytestmark = pytest.mark.django_db

WHY, WAY_OUT = "Emby and Jellyfin both use", "let Stillwater manage the files of Emby or of Jellyfin"


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return laid_out(tmp_path / "music")


def _done(folder: Folder) -> int:
    return Operation.objects.filter(artist__in=[folder.mara, folder.double]).count()


class TestTwoServersInOneFolder:
    @pytest.mark.parametrize("name", REFUSED)
    def test_it_is_refused_with_the_reason_and_nothing_happens(self, folder: Folder, name: str) -> None:
        shared_by_two(folder, enabled=True)
        before, done = folder.everything(), _done(folder)
        with pytest.raises(StillwaterError) as refusal:
            REFUSED[name](folder)
        told = " ".join([refusal.value.message, *refusal.value.details])
        assert WHY in told
        assert WAY_OUT in told
        assert (folder.everything(), _done(folder)) == (before, done)

    @pytest.mark.parametrize("name", WITHHELD)
    def test_it_is_stored_and_the_file_waits_which_is_told(self, folder: Folder, name: str) -> None:
        shared_by_two(folder, enabled=True)
        before = folder.everything()
        WITHHELD[name](folder)
        assert folder.everything() == before
        warning = Operation.objects.order_by("-pk")[0].warning
        assert warning.startswith("artist.nfo was not updated: ")
        assert WHY in warning

    @pytest.mark.parametrize("name", FIXES)
    def test_a_fix_is_skipped_with_the_reason_and_the_finding_stays(self, folder: Folder, name: str) -> None:
        shared_by_two(folder, enabled=True)
        before = folder.everything()
        outcome = FIXES[name](folder)
        assert isinstance(outcome, FixOutcome)
        assert (outcome.status, outcome.code) == ("failed", "gated")
        assert WHY in outcome.message
        assert folder.everything() == before


@pytest.mark.parametrize("name", [*REFUSED, *WITHHELD, *FIXES])
def test_with_both_switched_off_it_writes(folder: Folder, name: str) -> None:
    shared_by_two(folder, enabled=False)
    before = folder.everything()
    {**REFUSED, **WITHHELD, **FIXES}[name](folder)
    assert folder.everything() != before


QUEUES = {"write_file", "remove_file", "link_file", "rename_folder", "remove_folder", "make_folder", "move"}
FOLLOWS = {"follow_nfo", "write_in", "write_back"}
TRIED = {
    "artists/services/comparing.py", "artists/services/discography.py", "artists/services/editing.py",
    "artists/services/extraneous.py", "artists/services/foreign/deciding.py", "artists/services/history.py",
    "artists/services/identifiers.py", "artists/services/identifying/linking.py", "artists/services/locks.py",
    "artists/services/merging/merging.py", "artists/services/nfo_files.py",
    "artists/services/pictures/moving_in.py", "artists/services/pictures/rearranging.py",
    "artists/services/pictures/saving.py",
    "artists/services/renaming.py", "artists/services/undo.py", "artists/services/writeback.py",
}  # fmt: skip
"""Modules with a writer in the table above."""
LIKE_THEM = {
    "artists/services/refresh.py": "fields from providers",
    "artists/services/bulk_runs/linking.py": "who an artist is, from a run",
    "rules/fixes/redirect.py": "who an artist is, from a fix",
    "rules/fixes/identity.py": "who an artist is, from a fix",
    "connections/services/pull.py": "fields from a server",
}
"""What needs a provider or a server: its only file is an artist.nfo that follows, as in WITHHELD."""
ELSEWHERE = {
    "connections/services/push_images.py": "puts back what a server took away, in tests/connections/services",
    "artists/services/change.py": "what a change can be asked for",
}

IN_OUR_OWN_FOLDER = {
    "artists/services/snapshots.py", "artists/services/providers/misses.py",
    "artists/services/pictures/recent_offers.py",
}  # fmt: skip


def calls(tree: ast.Module, names: set[str]) -> bool:
    """Whether anything of a change is called by one of these names, or such a function is."""
    called = [node.func for node in ast.walk(tree) if isinstance(node, ast.Call)]
    of_a_change = {
        each.attr
        for each in called
        if isinstance(each, ast.Attribute) and isinstance(each.value, ast.Name) and each.value.id == "change"
    }
    plain = {each.id for each in called if isinstance(each, ast.Name)}
    return bool(names & QUEUES & of_a_change or names & FOLLOWS & plain)


def test_every_module_that_writes_into_a_folder_is_known_here() -> None:
    found = {path for path, tree in trees().items() if calls(tree, QUEUES | FOLLOWS)}
    assert found - ELSEWHERE.keys() == TRIED | LIKE_THEM.keys()


def test_those_that_are_like_others_write_no_other_file() -> None:
    assert [path for path in LIKE_THEM if calls(trees()[path], QUEUES | {"write_in"})] == []


def test_files_are_changed_by_operations_alone() -> None:
    """Whatever a verb asks of a change goes through the guard once more, in artists/services/operations.py."""
    changing = {"write_file", "remove_file", "link_file", "rename_folder", "rename_file", "remove_folder"}
    users = {
        path
        for path, tree in trees().items()
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("stillwater.files")
        if changing & {alias.name for alias in node.names} and not path.startswith("stillwater/files/")
    }
    users -= {path for path in users if path.startswith("stillwater/")}
    assert users - IN_OUR_OWN_FOLDER == {"artists/services/file_changes.py"}
