"""The fix that says who an artist is, and only where the evidence leaves no doubt (behaviour.md 13, defect 4)."""

from typing import ClassVar

from artists.models import Artist
from artists.services.gates import Axis
from artists.services.identifying.deciding import decide
from artists.services.identifying.known import known_of
from artists.services.identifying.linking import ALREADY
from artists.services.operations import operation
from artists.services.permission import FIELD_LOCKED
from artists.services.writeback import follow_nfo
from rules.fixes.base import Aid, Case, Fix, Mended, Stage
from stillwater.errors import Conflict, Locked, Unprocessable, Upstream


class IdentityFix(Fix):
    """Finds the MusicBrainz ID by the tags, the servers, the albums or the name, with the thresholds of identifying.

    Where a rival comes near, or albums speak against the one, nothing is stored and a person has to choose.
    """

    touches: ClassVar[str] = "The MusicBrainz ID, and artist.nfo where there is one. Asks MusicBrainz."
    stage: ClassVar[Stage] = "identity"
    axis: ClassVar[Axis] = "nfo"
    asks: ClassVar[bool] = True
    avoids_shared: ClassVar[bool] = False

    def fields(self, _case: Case) -> tuple[str, ...]:
        return ("musicbrainz_id",)

    def would(self, _case: Case) -> str:
        return "Look for the artist at MusicBrainz, and take the ID if albums and name leave no doubt"

    def mend(self, case: Case, aid: Aid) -> Mended:
        """An ID that is stored by now stays, whoever stored it."""
        artist = case.artist
        decision = decide(artist, known_of([artist]), aid.asking.panel(aid.actor))
        if decision.verdict == "not_asked":
            raise Upstream(decision.reason)
        if decision.verdict != "link":
            choose = f"; {len(decision.candidates)} to choose from" if decision.candidates else ""
            raise Unprocessable(f"{decision.reason}{choose}")
        summary = f"Identified by its {decision.tier}: {decision.reason}"[:300]
        with operation(artist, source=case.source, summary=summary, actor=aid.actor, group=aid.group) as change:
            change.require(_still_unknown)
            change.set("musicbrainz_id", decision.mbid, origin="provider:musicbrainz")
            follow_nfo(change, later=aid.nfo_later)
        if "musicbrainz_id" in change.refused:
            raise Locked(FIELD_LOCKED)
        return Mended(change.operation)


def _still_unknown(stored: Artist) -> None:
    if stored.musicbrainz_id:
        raise Conflict(ALREADY)
