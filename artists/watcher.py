"""The process behind `manage.py watch`: hears of changes on disk and has just those folders looked into."""

import logging
import os
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from django.db import close_old_connections

from artists.folders.storable import on_disk, storable
from artists.models import Artist, Library
from artists.services.scanner.scanning import scan_artist
from artists.services.watching.happenings import CREATED, REMOVED, Happenings
from artists.services.watching.notices import Notices
from artists.services.watching.pending import Pending
from artists.services.watching.plans import Plan, filesystem_of, is_silent, plan_for
from artists.services.watching.polling import Times, difference, folder_times
from artists.tasks import scanning
from stillwater.events import publish

logger = logging.getLogger(__name__)

STEP_SECONDS = 0.5
REFRESH_SECONDS = 30.0
MOUNTS = Path("/proc/self/mountinfo")

Root = tuple[int, int]
"""Device and number of a library's folder."""


@dataclass(slots=True)
class _Watched:
    """One library under watch: what was wanted, and what works. `times`: its folders at the last look.

    `root`: which folder lay there when listening began; None for none.
    """

    library_id: int
    path: str
    wanted: Plan
    root: Root | None
    plan: Plan
    notices: Notices | None = None
    times: Times | None = None
    looked_at: float = 0.0

    def still_does(self, library: Library, plan: Plan, root: Root | None) -> bool:
        """A folder that was unmounted or made anew has to be listened to anew, though it is called the same."""
        is_deaf = self.notices is not None and self.notices.is_deaf
        return not is_deaf and (self.path, self.wanted, self.root) == (library.path, plan, root)


@dataclass(slots=True)
class Watcher:
    """Steps are small and quick; whatever fails in one is logged and tried again in the next."""

    clock: Callable[[], float] = time.monotonic
    pending: Pending = field(init=False)
    happenings: Happenings = field(default_factory=Happenings)
    _watched: dict[int, _Watched] = field(default_factory=dict)
    _refreshed: float | None = None

    def __post_init__(self) -> None:
        self.pending = Pending(self.clock)

    def run(self, stopped: threading.Event) -> None:
        """Until `stopped` is set."""
        while not stopped.wait(STEP_SECONDS):
            try:
                self.step()
            except Exception:
                logger.exception("watching stumbled")
        self.stop()

    def step(self) -> None:
        close_old_connections()
        now = self.clock()
        if self._refreshed is None or now - self._refreshed >= REFRESH_SECONDS:
            self._refreshed = now
            self._refresh()
        for watched in self._watched.values():
            self._poll(watched, now)
        for library_id, folders in self.pending.due().items():
            try:
                self._answer(library_id, folders)
            except Exception:
                logger.exception("a change could not be answered; the next look takes the whole library")
                self.pending.note(library_id, None)

    def stop(self) -> None:
        for watched in self._watched.values():
            if watched.notices is not None:
                watched.notices.stop()
        self._watched.clear()

    def _refresh(self) -> None:
        """Follow what people changed in the settings of libraries."""
        mounts = MOUNTS.read_text(errors="replace") if MOUNTS.exists() else ""
        wanted = {library.pk: library for library in Library.objects.exclude(path="")}
        for library_id in set(self._watched) - set(wanted):
            self._drop(library_id)
        for library in wanted.values():
            self._follow(library, filesystem_of(os.path.realpath(on_disk(library.path)), mounts))
        self.pending.forget_all_but(wanted)

    def _follow(self, library: Library, filesystem: str) -> None:
        supported = not is_silent(filesystem)
        if library.fs_notify_supported != supported:
            Library.objects.filter(pk=library.pk).update(fs_notify_supported=supported)
        plan = plan_for(library.fs_watch, library.fs_poll_interval, filesystem)
        root = _root_at(library.path) if plan.notify else None
        present = self._watched.get(library.pk)
        if present is not None and present.still_does(library, plan, root):
            return
        self._drop(library.pk)
        if not (plan.notify or plan.poll_seconds):
            return
        watched = _Watched(library.pk, library.path, plan, root, plan)
        self._watched[library.pk] = watched
        self._listen(watched, library, filesystem)
        self.pending.note(library.pk, None)

    def _listen(self, watched: _Watched, library: Library, filesystem: str) -> None:
        if not watched.plan.notify:
            return
        notices = Notices(
            on_disk(library.path),
            lambda folder: self.pending.note(library.pk, folder),
            lambda event, name: self.happenings.note(library.pk, event, name),
        )
        try:
            notices.start()
        except OSError as error:
            logger.warning("%s is looked at instead of watched: %s", library.name, error)
            watched.plan = plan_for(library.fs_watch, library.fs_poll_interval, filesystem, notify_works=False)
        else:
            watched.notices = notices

    def _drop(self, library_id: int) -> None:
        watched = self._watched.pop(library_id, None)
        if watched is not None and watched.notices is not None:
            watched.notices.stop()

    def _poll(self, watched: _Watched, now: float) -> None:
        seconds = watched.plan.poll_seconds
        if not seconds or (watched.times is not None and now - watched.looked_at < seconds):
            return
        watched.looked_at = now
        times = folder_times(on_disk(watched.path))
        if times is None:
            return
        if watched.times is not None:
            found = difference(watched.times, times)
            for name in [None] if found.moved else found.changed:
                self.pending.note(watched.library_id, name)
            if watched.notices is None:
                self._compare(watched.library_id, watched.times, times)
        watched.times = times

    def _compare(self, library_id: int, before: Times, now: Times) -> None:
        """Which folders came and went, where no notices tell."""
        for event, names in ((CREATED, now.keys() - before.keys()), (REMOVED, before.keys() - now.keys())):
            for name in sorted(names):
                self.happenings.note(library_id, event, name)

    def _tell(self, library: Library) -> None:
        for event, payload in self.happenings.take(library.pk, library.path):
            publish(event, payload)

    def _answer(self, library_id: int, folders: set[str] | None) -> None:
        """Look into known folders here and now; whatever else is a scan, and waits while another one runs."""
        library = Library.objects.filter(pk=library_id).first()
        if library is None:
            return
        self._tell(library)
        paths = [f"{library.path}/{storable(name)}" for name in folders or ()]
        artists = list(Artist.objects.filter(path__in=paths, missing_since=None))
        if folders is None or len(artists) < len(paths):
            _job, is_new = scanning.start_scan(None, library_id)
            if not is_new:
                self.pending.note(library_id, None)
            return
        changed = [artist for artist in artists if scan_artist(artist)]
        if changed:
            scanning.start_fingerprints()


def _root_at(path: str) -> Root | None:
    try:
        found = os.stat(on_disk(path))
    except OSError:
        return None
    return found.st_dev, found.st_ino
