"""The fix of a MusicBrainz ID that leads elsewhere: one that was merged is followed, everything else is a person's."""

from typing import ClassVar

from artists.models import Artist, MbidCheck, MbidVerdict, Operation
from artists.services.gates import Axis
from artists.services.identifying.deciding import another_with
from artists.services.mbid_checks import check_mbid, musicbrainz
from artists.services.operations import operation
from artists.services.permission import FIELD_LOCKED
from artists.services.writeback import follow_nfo
from rules.fixes.base import Aid, Case, Fix, Mended, Stage
from stillwater.errors import Conflict, Locked, Unprocessable

_A_PERSONS = {
    MbidVerdict.GONE: "MusicBrainz knows no artist with this ID; identify the artist anew",
    MbidVerdict.NAME: "MusicBrainz means somebody of another name; a person has to decide",
    MbidVerdict.ALBUMS: "MusicBrainz means somebody with other albums; a person has to decide",
}


class RedirectFix(Fix):
    """Asks MusicBrainz anew, and takes the ID of the entry that ours became part of. No other ID is ever replaced."""

    touches: ClassVar[str] = "The MusicBrainz ID, and artist.nfo where there is one. Asks MusicBrainz."
    stage: ClassVar[Stage] = "identity"
    axis: ClassVar[Axis] = "nfo"
    asks: ClassVar[bool] = True
    avoids_shared: ClassVar[bool] = False

    def fields(self, _case: Case) -> tuple[str, ...]:
        return ("musicbrainz_id",)

    def would(self, case: Case) -> str:
        known = MbidCheck.objects.filter(artist=case.artist, verdict=MbidVerdict.MERGED).first()
        if known is None:
            return "Ask MusicBrainz once more; only an ID that was merged into another is replaced"
        return f"Take {known.survivor} ({known.found_name}), which MusicBrainz merged this ID into"

    def mend(self, case: Case, aid: Aid) -> Mended:
        artist = case.artist
        check = check_mbid(artist, musicbrainz(aid.asking.panel(aid.actor)))
        if check.verdict == MbidVerdict.OK:
            return Mended(None, "MusicBrainz means this artist after all")
        if check.verdict != MbidVerdict.MERGED:
            raise Unprocessable(_A_PERSONS[MbidVerdict(check.verdict)])
        if other := another_with(artist, check.survivor):
            raise Conflict(f"{other} has the MusicBrainz ID that this one was merged into; merge the two")
        return Mended(self._follow(case, aid, check))

    def _follow(self, case: Case, aid: Aid, check: MbidCheck) -> Operation | None:
        summary = f"Followed a merge at MusicBrainz: {check.mbid} is {check.survivor} by now"

        def still_the_same(stored: Artist) -> None:
            if stored.musicbrainz_id != check.mbid:
                raise Conflict("the MusicBrainz ID has been changed meanwhile")

        with operation(case.artist, source=case.source, summary=summary, actor=aid.actor, group=aid.group) as change:
            change.require(still_the_same)
            change.set("musicbrainz_id", check.survivor, origin="provider:musicbrainz")
            follow_nfo(change, later=aid.nfo_later)
        if "musicbrainz_id" in change.refused:
            raise Locked(FIELD_LOCKED)
        return change.operation
