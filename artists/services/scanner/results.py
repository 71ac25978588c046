"""What a scan did, in the words of the contract's status object (behaviour.md 6)."""

from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any
from uuid import uuid4

from django.utils import timezone

MOST_NOTES = 200


@dataclass(slots=True)
class ScanResult:
    """Counts of one scan. `missing_artists`: flagged, not removed. `notes`: what a person should know of."""

    id: str = field(default_factory=lambda: uuid4().hex)
    status: str = "running"
    started_at: datetime = field(default_factory=timezone.now)
    completed_at: datetime | None = None
    new_artists: int = 0
    updated_artists: int = 0
    removed_artists: int = 0
    missing_artists: int = 0
    unreadable_directories: int = 0
    total_directories: int = 0
    error: str = ""
    notes: list[str] = field(default_factory=list)

    @property
    def saw_nothing(self) -> bool:
        """There are folders, and none of them could be read."""
        return 0 < self.total_directories == self.unreadable_directories

    @property
    def message(self) -> str:
        """One line for the jobs dock."""
        if self.error:
            return self.error
        counts = {"new": self.new_artists, "changed": self.updated_artists, "missing": self.missing_artists}
        counts |= {"removed": self.removed_artists, "could not be read": self.unreadable_directories}
        told = ", ".join(f"{count} {word}" for word, count in counts.items() if count)
        folders = f"{self.total_directories} folder{'' if self.total_directories == 1 else 's'}"
        return f"{folders}: {told or 'nothing changed'}"

    def as_plain(self) -> dict[str, Any]:
        """For JSON: moments as text; at most 200 notes."""
        plain = asdict(self)
        for moment in ("started_at", "completed_at"):
            plain[moment] = plain[moment].isoformat() if plain[moment] else None
        return plain | {"notes": self.notes[:MOST_NOTES], "message": self.message}
