"""Whether a shared folder is shared only with servers that leave it alone, since Stillwater manages what they write.

Then there is one writer, and nobody to fight with (behaviour.md 2). Whatever is not known counts as a writer.
"""

from collections.abc import Iterable
from datetime import datetime

from artists.models import Library
from connections.conflicts.standing import Entry
from connections.conflicts.verdict import AXES, WORDS, Conflicts
from connections.services.ledger import conflicts
from connections.services.shared_disk import MOST_EVIDENCE, found_in


def other_writers(libraries: Iterable[Library]) -> dict[int, str]:
    """By the keys of those that are shared: who else writes there, or may, in a sentence. The others are left out.

    One query for any number, and none where nothing is shared.
    """
    shared = [library for library in libraries if library.is_shared]
    found = conflicts() if shared else None
    return {library.pk: why for library in shared if found and (why := _other_writer(library, found))}


def _other_writer(library: Library, found: Conflicts) -> str:
    sharers = [entry for entry in found.entries if any(shelf.holds(library.path) for shelf in entry.where())]
    for entry in sharers:
        if why := _noise(entry, found.now):
            return f"the folder is shared with {entry.name}, {why}"
    known = [found_in(entry.name) for entry in sharers]
    evidence = library.shared_fs_evidence
    is_explained = bool(evidence) and all(line.startswith(tuple(known)) for line in evidence)
    if is_explained and len(evidence) < MOST_EVIDENCE:
        return ""
    return "the folder is shared with another program"


def _noise(entry: Entry, now: datetime) -> str:
    """Why it is not sure that it writes nothing there; blank: it is."""
    if not entry.enabled:
        return "whose connection is switched off, so that nobody knows what it writes"
    if not entry.managed:
        return "which Stillwater does not manage"
    if not entry.is_known(now):
        return f"and nobody knows what it writes: {entry.problem or 'it has not been looked at for a while'}"
    loud = [WORDS[axis] for axis in AXES if entry.writes(axis)]
    return f"which writes {' and '.join(loud)} again" if loud else ""
