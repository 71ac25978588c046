"""What one operation is about to do to an artist: collected by a verb, applied by operations.py."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from artists.fields import BY_KEY
from artists.models import Artist, Operation
from artists.services.collections import COLLECTIONS, Row
from artists.services.file_changes import FileChange
from artists.services.permission import MANUAL, REVERT
from artists.services.places import root_for
from artists.services.values import clean, clean_by_hand
from stillwater.errors import Invalid
from stillwater.files import WrittenFile
from stillwater.models import User

Step = Callable[["Change"], None]
Revision = Callable[[Artist], object]
Check = Callable[[Artist], None]


@dataclass
class Change:
    """The intents of one operation, and, once it is applied, what came of them.

    `refused` says per field why it was left alone, `changed` holds old and new values, `warning` tells why the
    files could not follow, `written` has the sizes and times of the files that now lie there.
    """

    artist: Artist
    source: str = MANUAL
    summary: str = ""
    actor: User | None = None
    group: UUID = field(default_factory=uuid4)
    undoes: Operation | None = None

    operation: Operation | None = None
    refused: dict[str, str] = field(default_factory=dict)
    changed: dict[str, tuple[Any, Any]] = field(default_factory=dict)
    warning: str = ""
    written: dict[Path, WrittenFile] = field(default_factory=dict)

    asked: set[str] = field(default_factory=set, repr=False)
    """Every field that was given a value, also the one that it has already."""
    wanted: dict[str, object] = field(default_factory=dict, repr=False)
    facts: dict[str, object] = field(default_factory=dict, repr=False)
    origins: dict[str, str] = field(default_factory=dict, repr=False)
    labels: dict[str, str] = field(default_factory=dict, repr=False)
    """What metadata_sources shall say where it does not follow from the source (taking a change back)."""
    old_labels: dict[str, str] = field(default_factory=dict, repr=False)
    """What metadata_sources said of the old values, filled in when the rows are saved."""
    revisions: dict[str, Revision] = field(default_factory=dict, repr=False)
    checks: list[Check] = field(default_factory=list, repr=False)
    files: dict[Path, FileChange] = field(default_factory=dict, repr=False)
    roots: dict[Path, Path] = field(default_factory=dict, repr=False)
    """By folder, below what its files may be written: the libraries are asked once."""
    steps_before_rows: list[Step] = field(default_factory=list, repr=False)
    steps_after_rows: list[Step] = field(default_factory=list, repr=False)
    steps_after_files: list[Step] = field(default_factory=list, repr=False)

    def set(self, key: str, value: object, *, origin: str = "", checked: bool = False) -> None:
        """Give a field (or members, aliases, images.<kind>: lists of plain rows) another value.

        `origin` is what the history names as the value's source when it is not the operation's, such as one
        provider of several. A person's bad value raises Invalid; anybody else's lands in `refused`. `checked`: the
        value has been through values.clean already, so what a person must not type may come out of a file.
        """
        if key in COLLECTIONS:
            self.wanted[key] = list(value) if isinstance(value, list | tuple) else _not_rows(key)
        elif checked:
            self.wanted[key] = value
        else:
            self._set_field(key, value)
        self.asked.add(key)
        if origin:
            self.origins[key] = origin

    def set_rows(self, key: str, rows: list[Row]) -> None:
        """The same for members, aliases and images.<kind>, spelled for the type checker."""
        self.set(key, rows)

    def revise(self, key: str, revision: Revision) -> None:
        """Give a column or a list of rows the value that `revision` makes of the artist as it is stored by then.

        For what adds to a value or depends on it: what another process stored meanwhile is not lost. It is called
        while the row is locked, and may raise to refuse the whole change.
        """
        self.revisions[key] = revision

    def require(self, check: Check) -> None:
        """Let `check` raise to refuse the whole change when it sees the artist as it is stored by then."""
        self.checks.append(check)

    def set_facts(self, **facts: object) -> None:
        """Columns that are no field: locks, exclusion, path, and what was seen of the folder."""
        self.facts.update(facts)

    def write_file(
        self,
        path: Path,
        data: bytes,
        *,
        mode: int | None = None,
        based_on: str | None = None,
        mtime_ns: int | None = None,
        known: bytes | None = None,
    ) -> None:
        """Put these bytes at `path`, below the artist's library or folder, or our own data folder.

        `mode`: permission bits; None keeps those of the old file. `based_on`: the SHA-256 that has to lie there until
        then (blank: no file); None takes whatever is there. `known`: what lies there, read in this artist's turn.
        """
        root = self._root(path)
        self.files[path] = FileChange(path, root, data, mode=mode, based_on=based_on, mtime_ns=mtime_ns, known=known)

    def link_file(self, path: Path, to: str, data: bytes = b"", *, based_on: str | None = None) -> None:
        """Let `path` lead to `to`; `data`, what lies there, is what a disk without links gets instead."""
        self.files[path] = FileChange(path, self._root(path), data, based_on=based_on, link_to=to)

    def remove_file(self, path: Path, *, based_on: str | None = None, known: bytes | None = None) -> None:
        self.files[path] = FileChange(path, self._root(path), based_on=based_on, known=known)

    def rename_folder(self, old: Path, new: Path) -> None:
        """Move the artist's folder; the row's path follows."""
        self.files[old] = FileChange(old, root_for(self.artist, old), moved_to=new)

    def move(self, old: Path, new: Path) -> None:
        """Give a file or a folder that is not the artist's own folder another place in the same library."""
        self.files[old] = FileChange(old, root_for(self.artist, old), moved_to=new)

    def remove_folder(self, path: Path) -> None:
        """An empty one; by then, if other changes empty it."""
        self.files[path] = FileChange(path, self._root(path), is_folder=True)

    def make_folder(self, path: Path) -> None:
        self.files[path] = FileChange(path, self._root(path), data=b"", is_folder=True)

    def _root(self, path: Path) -> Path:
        if path.parent not in self.roots:
            self.roots[path.parent] = root_for(self.artist, path)
        return self.roots[path.parent]

    def before_rows(self, step: Step) -> None:
        """Run `step(change)` when it is this artist's turn, before anything is saved."""
        self.steps_before_rows.append(step)

    def after_rows(self, step: Step) -> None:
        """Run `step(change)` once the fields are saved: it may add files that show them (artist.nfo)."""
        self.steps_after_rows.append(step)

    def after_files(self, step: Step) -> None:
        """Run `step(change)` once the files lie on disk: it may set facts and rows that describe them."""
        self.steps_after_files.append(step)

    def _set_field(self, key: str, value: object) -> None:
        if self.source == REVERT:
            self.wanted[key] = value
        elif self.source == MANUAL:
            self.wanted[key] = clean_by_hand(key, value)
        else:
            try:
                self.wanted[key] = clean(key, value)
            except Invalid as error:
                self.refused[key] = error.message

    def warn(self, text: str) -> None:
        """Something could not be done beside what was: kept with the operation, shown to the person."""
        self.warning = "; ".join(part for part in (self.warning, text) if part)[:500]

    @property
    def is_waiting(self) -> bool:
        """Whether anything is to be written to the rows."""
        return bool(self.wanted or self.facts or self.revisions)

    def take_wanted(self, artist: Artist) -> tuple[Mapping[str, object], Mapping[str, object]]:
        """Fields and facts that wait to be written to this artist as it is stored; they are taken once."""
        for check in self.checks:
            check(artist)
        for key, revision in self.revisions.items():
            (self.wanted if key in COLLECTIONS or key in BY_KEY else self.facts)[key] = revision(artist)
        wanted, facts = self.wanted, self.facts
        self.wanted, self.facts, self.revisions, self.checks = {}, {}, {}, []
        return wanted, facts


def _not_rows(key: str) -> object:
    raise Invalid(f"{key} must be a list", key)
