"""The steps that ask nobody: the verbs that change a selection (many.py), as runs with an item for each artist."""

from artists.models import Artist, BulkItem, ItemStatus
from artists.services.bulk_runs.kinds import BulkKind, Outcome, Run, Step
from artists.services.many import MANY_VERBS, ManyVerb
from stillwater.errors import Conflict


def as_kind(verb: ManyVerb) -> BulkKind:
    return BulkKind(verb.key, verb.label, verb.done, _step_of(verb))


def _step_of(verb: ManyVerb) -> Step:
    def step(artist: Artist, _item: BulkItem, run: Run) -> Outcome:
        try:
            verb.apply(artist, actor=run.actor, group=run.group)
        except Conflict as already:
            return Outcome(ItemStatus.SKIPPED, already.message)
        return Outcome(ItemStatus.DONE, verb.done)

    return step


LOCK, UNLOCK = as_kind(MANY_VERBS["lock"]), as_kind(MANY_VERBS["unlock"])
