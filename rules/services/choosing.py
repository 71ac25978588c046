"""Findings that wait for a person's choice: candidates are parked with them, and one is taken."""

from django.utils import timezone

from artists.imaging.headers import read_header_bytes
from artists.models import Operation
from artists.services.gates import require_write
from artists.services.pictures.fetching import fetch_picture
from artists.services.pictures.saving import Origin, save_picture
from rules.fixes.base import Offered
from rules.fixes.hurdles import hurdle
from rules.fixes.pictures import misfit
from rules.models import Status, Violation
from rules.queries.findings import finding
from rules.services.cases import case_of, fix_of
from rules.services.evaluation import evaluate
from rules.services.story import tell
from stillwater import events
from stillwater.errors import Conflict, Invalid, Locked, Unprocessable
from stillwater.models import User


def park(row: Violation, offered: Offered) -> None:
    """Let the finding wait with these candidates, unless it was closed meanwhile."""
    now, count = timezone.now(), len(offered.candidates)
    parked = Violation.objects.filter(pk=row.pk, status=Status.OPEN).update(
        status=Status.PENDING_CHOICE, candidates=list(offered.candidates), updated_at=now
    )
    tell(row, f"{count} candidate{'' if count == 1 else 's'} found: {offered.why}")
    if not parked:
        return
    row.refresh_from_db()
    told = {"violation_id": str(row.pk), "artist_id": str(row.artist_id), "rule_id": row.rule_id}
    words = f"{row.artist_name}: {count} to choose from"
    events.publish("review.needed", {**told, "artist_name": row.artist_name, "candidates": count, "message": words})
    events.publish("findings.changed", {"artist_id": str(row.artist_id), "violation_id": str(row.pk)})


def apply_candidate(finding_id: str | int, url: str, image_type: str, *, actor: User | None = None) -> Operation:
    """Take one of the offered pictures: a person's choice, which locks the picture against whatever runs alone.

    Raises NotFound, Invalid where none or not this one was offered, Locked, WriteBlocked, Conflict for a shared folder,
    Unprocessable for a picture that would not mend the finding, and what fetching raises. Then nothing has changed.
    """
    row = finding(finding_id)
    if row.status != Status.PENDING_CHOICE:
        raise Invalid("this violation is not waiting for a choice")
    chosen = [one for one in row.candidates if one.get("url") == url and one.get("image_type") == image_type]
    if not chosen:
        raise Invalid("this picture is not among the candidates", "url")
    _require_open(row)
    data = fetch_picture(url)
    header = read_header_bytes(data)
    case = case_of(row)
    if case is not None and (why := misfit(case, header.width, header.height)):
        raise Unprocessable(why)
    provider = str(chosen[0].get("source") or "url")
    origin = Origin(provider, url, rule=row.rule_id, mode="manual")
    saved = save_picture(row.artist, image_type, data, origin, slot=0, actor=actor)
    return _closed(row, saved.change.operation)


def skip_candidates(finding_id: str | int) -> Violation:
    """None of them will do: the finding is open again, and the next search may find others. Raises NotFound."""
    row = finding(finding_id)
    Violation.objects.filter(pk=row.pk, status=Status.PENDING_CHOICE).update(
        status=Status.OPEN, candidates=[], updated_at=timezone.now()
    )
    tell(row, "none of the candidates was taken")
    row.refresh_from_db()
    return row


def _require_open(row: Violation) -> None:
    """A person may replace a picture that a person locked: choosing is asking for it."""
    way, case = fix_of(row.rule_id), case_of(row)
    held = hurdle(way, case) if way and case else None
    if row.artist.locked:
        raise Locked("artist is locked")
    if held is not None and held.code == "shared":
        raise Conflict(held.message)
    require_write("image", row.artist)


def _closed(row: Violation, made: Operation | None) -> Operation:
    """Raises Conflict where nothing was stored, since the very picture lies there already."""
    evaluate(artists=[row.artist_id])
    row = finding(row.pk)
    if made is None:
        raise Conflict("this picture lies there already")
    tell(row, f"{'chosen' if row.is_active else 'fixed'}: {made.summary}", operation=str(made.pk))
    if row.is_active:
        raise Unprocessable("the picture was saved, but the finding is still there")
    told = {"violation_id": str(row.pk), "artist_id": str(row.artist_id), "rule_id": row.rule_id}
    events.publish("metadata.fixed", {**told, "artist_name": row.artist_name, "message": made.summary})
    return made
