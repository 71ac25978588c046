"""Makes several artists one, as one run that can be taken back: rows and files together, or nothing at all."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone

from artists.models import Artist, Merge
from artists.services.change import Change
from artists.services.collections import Row
from artists.services.merging.folding import count_albums, fold
from artists.services.merging.planning import MergePlan, plan_merge
from artists.services.operations import operation
from artists.services.rows import CUT_OFF, fresh, the_operation
from artists.services.undo import undo_group
from artists.services.writeback import follow_nfo
from stillwater.errors import Conflict, StillwaterError, Unprocessable
from stillwater.events import publish
from stillwater.models import User

logger = logging.getLogger(__name__)

MERGED = "merge"
"""The source of aliases that are names of artists which are no more."""


@dataclass(frozen=True, slots=True)
class Merged:
    """What was done, one plan per loser; `group` leads to the way back."""

    group: UUID
    plans: tuple[MergePlan, ...]


def plan_merges(survivor: Artist, losers: Sequence[Artist], *, override: bool = False) -> list[MergePlan]:
    """The dry run: what would move, and what speaks against it. Raises Unprocessable for nobody or oneself."""
    if not losers:
        raise Unprocessable("say which artists shall become part of it")
    if survivor.pk in {loser.pk for loser in losers} or len({loser.pk for loser in losers}) < len(losers):
        raise Unprocessable("an artist cannot be merged with itself")
    plans = [plan_merge(survivor, loser, override=override) for loser in losers]
    _refuse_each_other(plans)
    return plans


def merge(survivor: Artist, losers: Sequence[Artist], *, override: bool = False, actor: User | None = None) -> Merged:
    """Raises Unprocessable, Conflict with every reason in its details, and what the disk says.

    A later loser that fails takes the earlier ones back with it.
    """
    refuse_all(plan_merges(survivor, losers, override=override))
    group, plans = uuid4(), []
    try:
        for loser in losers:
            plans.append(_merge_one(survivor, loser, group, override=override, actor=actor))
    except StillwaterError:
        if plans:
            undo_group(group, actor)
        raise
    return Merged(group, tuple(plans))


def finish_merges() -> int:
    """Go on with merges during which the program was stopped; returns how many are whole now. The tick of a worker."""
    count = 0
    for record in Merge.objects.filter(finished_at=None, operation__undone_at=None).select_related("operation"):
        pair = Artist.objects.in_bulk([record.survivor_number, record.loser_number])
        if len(pair) < 2:
            Merge.objects.filter(pk=record.pk).update(finished_at=timezone.now())
            continue
        survivor, loser = pair[record.survivor_number], pair[record.loser_number]
        try:
            _merge_one(survivor, loser, record.operation.group, override=True, actor=record.operation.actor)
            count += 1
        except StillwaterError as problem:
            logger.warning("the merge of %s cannot go on: %s", loser.name, problem.message)
    return count


def refuse_all(plans: Sequence[MergePlan]) -> None:
    """Raises Conflict with every reason."""
    refusals = [refusal for plan in plans for refusal in plan.refusals]
    if refusals:
        raise Conflict(refusals[0], details=refusals)


def _merge_one(survivor: Artist, loser: Artist, group: UUID, *, override: bool, actor: User | None) -> MergePlan:
    plans: list[MergePlan] = []
    summary = f"Merged {loser.name} into {survivor.name}"
    with operation(survivor, summary=summary, actor=actor, group=group, absorbs=loser) as change:
        change.before_rows(lambda change: plans.append(_prepare(change, loser, override)))
    (plan,) = plans
    _tell_nfo(survivor, plan, group, actor)
    publish("artists.merged", {"artist_ids": [str(survivor.pk)], "merged_ids": [loser.pk], "group": str(group)})
    publish("artists.removed", {"artist_ids": [loser.pk]})
    return plan


def _prepare(change: Change, loser: Artist, override: bool) -> MergePlan:
    """In the turn of both artists: what was planned before may have changed."""
    with transaction.atomic():
        survivor, loser = fresh(change.artist.pk), fresh(loser.pk)
    pending = Merge.objects.filter(survivor_number=survivor.pk, loser_number=loser.pk, finished_at=None)
    resumed = pending.filter(operation__undone_at=None)
    plan = plan_merge(survivor, loser, override=override, resumed=resumed.exists())
    refuse_all([plan])
    with transaction.atomic():
        made = the_operation(change)
        made.warning = CUT_OFF
        made.save(update_fields=["warning"])
        record = Merge.objects.create(
            operation=made, survivor_number=survivor.pk, loser_number=loser.pk, loser_name=loser.name
        )
    _collect(change, plan)
    change.after_files(lambda _change: fold(record))
    return plan


def _collect(change: Change, plan: MergePlan) -> None:
    for key, value in plan.values.items():
        change.set(key, value, checked=True)
    if plan.aliases:
        change.revise("aliases", lambda stored: _with_aliases(stored, plan.aliases))
    if plan.members:
        change.set_rows("members", plan.members)
    for key, rows in plan.images.items():
        change.set_rows(key, rows)
    for old, new in plan.moves:
        change.move(old, new)
    for path in plan.removals:
        change.remove_file(path)
    if plan.folder is not None:
        change.remove_folder(plan.folder)
        change.after_files(count_albums)


def _with_aliases(stored: Artist, names: Sequence[str]) -> list[Row]:
    rows: list[Row] = [{"alias": alias.alias, "source": alias.source} for alias in stored.aliases.all()]
    return rows + [{"alias": name, "source": MERGED} for name in names]


def _tell_nfo(survivor: Artist, plan: MergePlan, group: UUID, actor: User | None) -> None:
    """An operation of its own in the same run: a file that cannot be written is no reason against the merge."""
    if not plan.values or not survivor.path:
        return
    with operation(survivor, summary="Told artist.nfo of the merge", actor=actor, group=group) as change:
        for key, value in plan.values.items():
            change.set(key, value, checked=True)
        follow_nfo(change)


def _refuse_each_other(plans: Sequence[MergePlan]) -> None:
    """Two losers may clash with each other although neither does with the survivor."""
    mbids = {plan.loser.musicbrainz_id for plan in plans if plan.loser.musicbrainz_id}
    if len(mbids) > 1:
        plans[0].refusals.append("they have different MusicBrainz IDs, so they are two artists of one name")
    taken: set[str] = set()
    for plan in plans:
        names = {new.name.casefold() for _old, new in plan.moves}
        if names & taken:
            plan.collisions += sorted(names & taken)
            plan.refusals.append(f"more than one folder has: {', '.join(sorted(names & taken))}")
        taken |= names
