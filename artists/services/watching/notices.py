"""The kernel's notices about a library's root and its artist folders, one level deep, through one descriptor."""

import errno
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
_NO_MORE = frozenset({errno.ENOSPC, errno.EMFILE, errno.ENOMEM})


class Notices:
    """Listens to one library. `start` raises OSError where it cannot, such as at the limit of watched folders.

    `heard` is told where to look, `saw` what there was to see. `is_deaf` once the root itself is gone or unmounted.

    watchdog's own observer would take a thread for each folder, or follow every album; its descriptor does neither.
    """

    def __init__(self, root: str, heard: Heard, saw: Saw = saw_nothing) -> None:
        self.root = os.path.realpath(root)
        self.heard = heard
        self.saw = saw
        self.is_deaf = False
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
                    self._watch_if_possible(name)
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
            self._follow(name, event)
            if _is_ours(Path(self.root, name)):
                return
            self.heard(None)
            self.saw(CREATED if event.is_create or event.is_moved_to else REMOVED, name)

    def on_watch_deleted(self, wd: WatchDescriptor) -> None:
        if self._folders.pop(wd, None) == "":
            self.is_deaf = True
            self.heard(None)

    def on_queue_overflow(self) -> None:
        """Some notices were lost, so everything may have changed."""
        self.heard(None)

    def _watch(self, name: str) -> None:
        path = os.path.join(self.root, name) if name else self.root
        descriptor = self._descriptor.add_callback(os.fsencode(path), _MASK, self, _ONLY)
        self._folders[descriptor] = name

    def _watch_if_possible(self, name: str) -> None:
        """A folder that may not be read, or has just gone, is no reason not to watch the others."""
        try:
            self._watch(name)
        except OSError as error:
            if error.errno in _NO_MORE:
                raise

    def _follow(self, name: str, event: InotifyEvent) -> None:
        """A folder that moves away keeps its watch in the kernel, and would be heard of under its old name."""
        if event.is_moved_from:
            left = [wd for wd, folder in self._folders.items() if folder == name]
            for wd in left:
                del self._folders[wd]
            self._descriptor.remove_callbacks([(wd, _ONLY) for wd in left])
        elif event.is_create or event.is_moved_to:
            try:
                self._watch_if_possible(name)
            except OSError:
                self.heard(None)

    def _matters(self, folder: str, name: str, event: InotifyEvent) -> bool:
        """Albums that come and go, the NFO and pictures; not what we wrote ourselves."""
        if event.is_directory:
            return True
        if not name.lower().endswith((*EXTENSIONS, ".webp", NFO_NAME)) or name.startswith("."):
            return False
        return not _is_ours(Path(self.root, folder, name))


def _is_ours(path: Path) -> bool:
    """Whether one of our processes has just left it like this, or taken it away."""
    try:
        mtime_ns = path.stat().st_mtime_ns
    except OSError:
        mtime_ns = None
    return is_own_write(path, mtime_ns)
