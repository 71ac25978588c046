"""The fix that writes a missing artist.nfo."""

from typing import ClassVar

from artists.services.gates import Axis
from artists.services.writeback import create_nfo
from rules.fixes.base import Aid, Case, Fix, Mended, Stage


class NfoFix(Fix):
    """Writes artist.nfo from what is stored; one that is there is never touched."""

    touches: ClassVar[str] = "A new artist.nfo; one that is there is never touched. Asks nobody."
    stage: ClassVar[Stage] = "nfo"
    axis: ClassVar[Axis] = "nfo"
    needs_folder: ClassVar[bool] = True

    def would(self, _case: Case) -> str:
        return "Write artist.nfo from what is stored here"

    def mend(self, case: Case, aid: Aid) -> Mended:
        return Mended(create_nfo(case.artist, source=case.source, actor=aid.actor, group=aid.group))
