"""Keeps the web process small: each of its threads has a database connection of its own, with caches of its own."""

import ctypes
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper

SMALL = "PRAGMA cache_size=-500; PRAGMA mmap_size=0;"
"""Half a megabyte for each connection. Measured with 100,000 artists and 24 visitors at once: 1,365 MiB resident with
the caches of the workers (32 MB and a mapped file for each thread), 222 MiB with 2 MB, 180 MiB with these, pages as
fast: the file is in the system's own cache anyway."""


def keep_connections_small(*, connection: BaseDatabaseWrapper, **_signal: Any) -> None:
    """For the signal `connection_created`, which is sent after the settings' own PRAGMAs."""
    if connection.vendor == "sqlite":
        connection.connection.executescript(SMALL)


M_ARENA_MAX, M_MMAP_THRESHOLD = -8, -3
"""Of mallopt(3), which glibc alone knows."""
LARGE = 1 << 20
"""Bytes. Pillow holds pixels in pieces of 16 MB."""


def keep_arenas_few() -> None:
    """Two heaps for all threads: glibc gives each thread one of its own, and what was freed there stays there.

    What is large goes back to the system at once: left alone, glibc moves that border up to 32 MB, and the pixels of
    every picture would stay in the heaps. Measured with eight pictures of 50 million pixels that arrived at once: 1,107
    MiB resident at the most before, 539 MiB with this and a place for each (artists/imaging/decoding.py).
    The variable MALLOC_ARENA_MAX would come too late: Granian forks its worker from a process that runs already.
    """
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    if mallopt is not None:
        mallopt(M_ARENA_MAX, 2)
        mallopt(M_MMAP_THRESHOLD, LARGE)
