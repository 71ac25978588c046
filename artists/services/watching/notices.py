"""The kernel's notices about a library's root and its artist folders, one level deep, through one descriptor."""

import os
from collections.abc import Callable
from pathlib import Path

from watchdog.observers.inotify_c import CallbackId, InotifyConstants, InotifyEvent, InotifyFD, Mask, WatchDescriptor

from artists.folders.inventory import NFO_NAME
from artists.folders.names import is_ignored_folder
from artists.folders.naming import EXTENSIONS
from artists.services.watching.happenings import CREATED, REMOVED, WRITTEN, Saw, saw_nothing
from stillwater.files import is_own_write

Heard = Callable[[str | None], None]
"""Called with the name of a folder in which something changed, or None for the root itself."""

_MASK = Mask(
    InotifyConstants.IN_CLOSE_WRITE
    | InotifyConstants.IN_MOVED_FROM
    | InotifyConstants.IN_MOVED_TO
    | InotifyConstants.IN_CREATE
    | InotifyConstants.IN_DELETE
    | InotifyConstants.IN_ONLYDIR
    | InotifyConstants.IN_DONT_FOLLOW
)
_ONLY = CallbackId(1)


class Notices:
    """Listens to one library. `start` raises OSError where it cannot, such as at the limit of watched folders.

    `heard` is told where to look, `saw` what there was to see.

    watchdog's own observer would take a thread for each folder, or follow every album; its descriptor does neither.
    """

    def __init__(self, root: str, heard: Heard, saw: Saw = saw_nothing) -> None:
        self.root = root
        self.heard = heard
        self.saw = saw
        self._descriptor = InotifyFD()
        self._folders: dict[WatchDescriptor, str] = {}

    def start(self) -> None:
        self._descriptor.start()
        try:
            self._watch("")
            with os.scandir(self.root) as entries:
                names = [entry.name for entry in entries if entry.is_dir(follow_symlinks=False)]
            for name in names:
                if not is_ignored_folder(name):
                    self._watch(name)
        except OSError:
            self.stop()
            raise

    def stop(self) -> None:
        self._descriptor.stop()

    def on_event(self, event: InotifyEvent) -> None:
        folder, name = self._folders.get(event.wd), os.fsdecode(event.name)
        if folder is None or not name:
            return
        if folder:
            if self._matters(folder, name, event):
                self.heard(folder)
                if not event.is_directory and (event.is_close_write or event.is_moved_to):
                    self.saw(WRITTEN, f"{folder}/{name}")
        elif event.is_directory and not is_ignored_folder(name):
            self._welcome(name, event)
            self.heard(None)
            self.saw(CREATED if event.is_create or event.is_moved_to else REMOVED, name)

    def on_watch_deleted(self, wd: WatchDescriptor) -> None:
        if self._folders.pop(wd, None) == "":
            self.heard(None)

    def on_queue_overflow(self) -> None:
        """Some notices were lost, so everything may have changed."""
        self.heard(None)

    def _watch(self, name: str) -> None:
        path = os.path.join(self.root, name) if name else self.root
        descriptor = self._descriptor.add_callback(os.fsencode(path), _MASK, self, _ONLY)
        self._folders[descriptor] = name

    def _welcome(self, name: str, event: InotifyEvent) -> None:
        if event.is_create or event.is_moved_to:
            try:
                self._watch(name)
            except OSError:
                self.heard(None)

    def _matters(self, folder: str, name: str, event: InotifyEvent) -> bool:
        """Albums that come and go, the NFO and pictures; not what we wrote ourselves."""
        if event.is_directory:
            return True
        if not name.lower().endswith((*EXTENSIONS, ".webp", NFO_NAME)) or name.startswith("."):
            return False
        path = Path(self.root, folder, name)
        try:
            mtime_ns = path.stat().st_mtime_ns
        except OSError:
            mtime_ns = None
        return not is_own_write(path, mtime_ns)
