"""MusicBrainz ids as they turn up in files: as an address, in capitals, or several joined."""

import re

_MBID = re.compile(r"(?<![0-9a-fA-F-])[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}(?![0-9a-fA-F-])")


def first_mbid(text: str) -> str:
    """The first well-formed MusicBrainz id in `text`, in lower case; blank if there is none."""
    found = _MBID.search(text)
    return found.group().lower() if found else ""
