"""Collects the static files under hashed names, once per change of any of them."""

import hashlib
import io
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command

from stillwater import __version__
from stillwater.files import exclusive, write_file


def build() -> bool:
    """True when there was something to do. Of two that start at the same moment one builds and the other waits."""
    root = Path(settings.STATIC_ROOT)
    with exclusive(root.with_name(f"{root.name}.lock")):
        return _build(root / ".sources", _sources())


def _build(mark: Path, digest: str) -> bool:
    if mark.is_file() and mark.read_text(encoding="ascii") == digest:
        return False
    call_command("collectstatic", interactive=False, clear=True, verbosity=0, stdout=io.StringIO())
    write_file(mark, digest.encode(), root=mark.parent)
    return True


def _sources() -> str:
    """Changes with the version and with the name, size or time of any static file."""
    lines = [__version__]
    for finder in get_finders():
        for name, storage in finder.list([]):
            stat = Path(storage.path(name)).stat()
            lines.append(f"{name} {stat.st_size} {stat.st_mtime_ns}")
    return hashlib.sha256("\n".join(sorted(lines)).encode()).hexdigest()
