"""What was tried about a finding, and what it answered: kept with the finding, newest last."""

from django.utils import timezone

from rules.models import Violation

MOST_STORIES = 10


def tell(row: Violation, what: str, *, operation: str = "") -> None:
    """Add a line, and note that something was tried now."""
    now = timezone.now()
    entry = {"when": now.isoformat(), "what": what, **({"operation": operation} if operation else {})}
    row.story, row.tried_at = [*row.story, entry][-MOST_STORIES:], now
    row.save(update_fields=["story", "tried_at"])


def last_operation(row: Violation) -> tuple[str, str]:
    """What the newest line says, and the key of the operation that it tells of; blanks where there is none."""
    entry = row.story[-1] if row.story else {}
    return str(entry.get("what", "")), str(entry.get("operation", ""))
