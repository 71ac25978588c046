"""What a webhook can be told of: every event that leaves the house, with the words for it.

Names: behaviour.md 9; `artist.updated` and `conflict.changed` stay inside, as in the reference.
"""

import json
from collections.abc import Mapping
from typing import Any

TEST = "test"
"""What a person sends to try a webhook; nobody subscribes to it."""

HAPPENINGS: dict[str, str] = {
    "scan.completed": "A scan has finished",
    "artist.new": "An artist was found",
    "rule.violation": "A finding came up",
    "metadata.fixed": "A finding was fixed",
    "review.needed": "A person has to choose",
    "bulk.completed": "Bulk work has finished",
    "fs.dir.created": "A folder appeared in a library",
    "fs.dir.removed": "A folder left a library",
    "fs.unexpected.write": "Another program wrote an artist's file",
    "lidarr.artist.add": "Lidarr added an artist",
    "lidarr.download": "Lidarr imported an album",
    "emby.artist.update": "Emby changed an artist",
    "emby.library.scan": "Emby changed its library",
    "jellyfin.artist.update": "Jellyfin changed an artist",
    "jellyfin.library.scan": "Jellyfin changed its library",
}
"""In the order of the form."""


def description(event: str, data: Mapping[str, Any]) -> str:
    """One line for people: whom it is about and what was said, else the data as they are, else the event's name."""
    said = [str(data[name]) for name in ("artist_name", "message") if data.get(name)]
    if said:
        return ": ".join(said)
    return json.dumps(data, ensure_ascii=False, default=str) if data else HAPPENINGS.get(event, event)
