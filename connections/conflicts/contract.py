"""The ledger in the words of the contract (behaviour 7): what GET /conflicts answers and a refused write carries."""

from typing import Any

from connections.conflicts.standing import Axis, Entry
from connections.conflicts.verdict import Conflicts


def ledger_body(found: Conflicts) -> dict[str, Any]:
    return {
        "generated_at": found.generated_at.isoformat(),
        "connections": [_entry(entry) for entry in found.entries],
        "round_trips": [
            {
                "connection_a_id": str(trip.one_id),
                "connection_a_name": trip.one,
                "connection_b_id": str(trip.other_id),
                "connection_b_name": trip.other,
                "overlapping_path": trip.path or trip.said,
            }
            for trip in found.round_trips
        ],
        "foreign_files": {"count": found.foreign_files},
    }


def risks_of(found: Conflicts) -> list[dict[str, Any]]:
    """Every server that would write over the NFO files of a first scan, or may (files-and-platforms 1.6)."""
    return [
        {
            "connection_id": str(offence.entry.connection_id),
            "connection_name": offence.entry.name,
            "connection_type": offence.entry.type,
            "nfo_writer": bool(offence.entry.writes("nfo")),
            "library_name": ", ".join(shelf.name for shelf in offence.entry.conflicts("nfo", found.now)),
            "error": offence.entry.problem,
        }
        for offence in found.offences
        if "nfo" in offence.axes
    ]


def _entry(entry: Entry) -> dict[str, Any]:
    """`library_name` and `paths` are of the libraries that may be ours."""
    shelves = [shelf for shelf in entry.shelves if shelf.is_ours]
    return {
        "connection_id": str(entry.connection_id),
        "name": entry.name,
        "type": entry.type,
        "enabled": entry.enabled,
        "manage_server_files": entry.managed,
        "nfo_writeback": _writes(entry, "nfo"),
        "image_writeback": _writes(entry, "image"),
        "library_name": ", ".join(shelf.name for shelf in shelves),
        "paths": sorted({location for shelf in shelves for location in shelf.locations}),
        "check_err": entry.problem,
        "checked_at": entry.looked_at.isoformat() if entry.looked_at else None,
    }


def _writes(entry: Entry, axis: Axis) -> bool:
    return bool(entry.writes(axis))
