"""Before the first scan: does a server write over what we would write? Somebody makes peace, or goes on knowing it."""

from django.utils import timezone

from connections.conflicts.verdict import Conflicts
from connections.services.ledger import conflicts, is_old, refresh
from stillwater.services.options import change_options

SEEN = "onboarding.conflict_check_completed_at"


def look_before_start(*, ask: bool = False) -> Conflicts:
    """The servers are asked where nobody has asked them lately, or `ask` says so."""
    found = conflicts()
    return refresh() if ask or is_old(found) else found


def holds_back(found: Conflicts) -> bool:
    """Pictures of other programs are no reason to stop."""
    return found.level in ("blocked", "unknown")


def note_seen() -> None:
    """Somebody knows how it stands; what is held back stays so."""
    change_options({SEEN: timezone.now().isoformat(timespec="seconds")})
