"""What floor 4 can do to many artists: look at them by all rules."""

from artists.models import Artist, BulkItem, ItemStatus
from artists.services.bulk_runs.kinds import LEFT_ALONE, BulkKind, Outcome, Run, join_bulk_kind
from rules.services.evaluation import evaluate_artist


def check_rules(artist: Artist, _item: BulkItem, _run: Run) -> Outcome:
    """The rules, by what is known of the artist; the folder is not read anew."""
    found = evaluate_artist(artist).found
    return Outcome(ItemStatus.DONE, f"{found} finding{'' if found == 1 else 's'}" if found else "nothing wrong")


def join() -> None:
    """Called once at start-up. The contract's `scan` of a selection means the same (behaviour.md 5)."""
    for key in ("run_rules", "scan"):
        join_bulk_kind(BulkKind(key, "Check the rules", "checked", check_rules, LEFT_ALONE))
