"""Duplicates as ours: every reason, the ignore list, and the merge with its dry run (no part of the contract)."""

from django.http import HttpRequest
from ninja import Router, Schema, Status

from artists.api.schemas import ArtistOut
from artists.models import IgnoredDuplicates
from artists.queries.detail import artist_by_id
from artists.queries.duplicates import DuplicateGroup, open_groups
from artists.services.duplicates import ignore_group, restore_group
from artists.services.merging.merging import merge, plan_merges
from artists.services.merging.planning import MergePlan
from stillwater.api.auth import caller
from stillwater.api.errors import errors

router = Router(tags=["Artists"])


class SuggestionOut(Schema):
    """A group of artists that may be one; `key` is what to ignore it by."""

    key: str
    reasons: list[str]
    kinds: list[str]
    warnings: list[str]
    survivor_id: str
    artists: list[ArtistOut]


class IgnoredOut(Schema):
    key: str
    artist_ids: list[str]
    names: list[str]
    reason: str


class DuplicatesReportOut(Schema):
    groups: list[SuggestionOut]
    ignored: list[IgnoredOut]


class MergeIn(Schema):
    survivor_id: str
    loser_ids: list[str]
    dry_run: bool = False
    override: bool = False


class MoveOut(Schema):
    old: str
    new: str


class MergePlanOut(Schema):
    """What becomes of one loser. `collisions` are names that both folders have."""

    loser_id: str
    loser_name: str
    identifiers: dict[str, str]
    aliases: list[str]
    members: int
    images: list[str]
    libraries: list[str]
    history: int
    moves: list[MoveOut]
    removals: list[str]
    collisions: list[str]
    refusals: list[str]
    warnings: list[str]

    @classmethod
    def of(cls, plan: MergePlan) -> "MergePlanOut":
        return cls(
            loser_id=str(plan.loser.pk),
            loser_name=plan.loser.name,
            identifiers=plan.values,
            aliases=plan.aliases,
            members=len(plan.members),
            images=[row["file_name"] for rows in plan.images.values() for row in rows],
            libraries=plan.libraries,
            history=plan.history,
            moves=[MoveOut(old=str(old), new=str(new)) for old, new in plan.moves],
            removals=[str(path) for path in plan.removals],
            collisions=plan.collisions,
            refusals=plan.refusals,
            warnings=plan.warnings,
        )


class MergeOut(Schema):
    """`group` is the run by which all of it can be taken back; blank for a dry run."""

    dry_run: bool
    group: str
    survivor: ArtistOut
    plans: list[MergePlanOut]


@router.get(
    "/reports/duplicates",
    operation_id="getDuplicatesReport",
    url_name="duplicates_report",
    summary="Artists that may be one, with every reason, and those ignored",
    response={200: DuplicatesReportOut, **errors(401)},
    exclude_none=True,
)
def report(request: HttpRequest, near: bool = False) -> DuplicatesReportOut:
    """`near` looks for names that are nearly the same, too: seconds in a large library."""
    groups = [_suggestion(group) for group in open_groups(near=near)]
    return DuplicatesReportOut(groups=groups, ignored=[_ignored(row) for row in IgnoredDuplicates.objects.all()])


@router.post(
    "/reports/duplicates/{key}/ignore",
    operation_id="ignoreDuplicates",
    url_name="ignore_duplicates",
    summary="Suggest a group no more",
    response={200: IgnoredOut, **errors(401, 404)},
)
def ignore(request: HttpRequest, key: str) -> IgnoredOut:
    """It comes back by itself when somebody joins it or another reason turns up."""
    return _ignored(ignore_group(key, actor=caller(request)))


@router.delete(
    "/reports/duplicates/{key}/ignore",
    operation_id="restoreDuplicates",
    url_name="restore_duplicates",
    summary="Suggest an ignored group again",
    response={204: None, **errors(401, 404)},
)
def restore(request: HttpRequest, key: str) -> Status[None]:
    restore_group(key)
    return Status(204, None)


@router.post(
    "/artists/merge",
    operation_id="mergeArtists",
    url_name="merge_artists",
    summary="Make several artists one",
    response={200: MergeOut, **errors(400, 401, 404, 409, 422)},
    exclude_none=True,
)
def merge_artists(request: HttpRequest, body: MergeIn) -> MergeOut:
    """A dry run tells what would move and every refusal; the merge itself answers 409 with them and moves nothing."""
    survivor = artist_by_id(body.survivor_id)
    losers = [artist_by_id(loser) for loser in body.loser_ids]
    if body.dry_run:
        plans, group = plan_merges(survivor, losers, override=body.override), ""
    else:
        done = merge(survivor, losers, override=body.override, actor=caller(request))
        plans, group = list(done.plans), str(done.group)
    shown = ArtistOut.of(artist_by_id(body.survivor_id))
    return MergeOut(dry_run=body.dry_run, group=group, survivor=shown, plans=[MergePlanOut.of(plan) for plan in plans])


def _suggestion(group: DuplicateGroup) -> SuggestionOut:
    return SuggestionOut(
        key=group.key,
        reasons=list(group.reasons),
        kinds=list(group.kinds),
        warnings=list(group.warnings),
        survivor_id=str(group.survivor.pk),
        artists=[ArtistOut.of(artist) for artist in group.artists],
    )


def _ignored(row: IgnoredDuplicates) -> IgnoredOut:
    return IgnoredOut(key=row.key, artist_ids=[str(pk) for pk in row.artist_ids], names=row.names, reason=row.reason)
