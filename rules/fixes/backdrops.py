"""Fixes that put an artist's backdrops in order: numbers without gaps, no file twice."""

from typing import ClassVar

from artists.models import ArtistImage
from artists.services.file_changes import present_hash
from artists.services.gates import Axis
from artists.services.pictures.places import picture_path
from artists.services.pictures.rearranging import rearrange_fanart
from rules.fixes.base import Aid, Case, Fix, Mended, Stage
from stillwater.errors import Conflict


class BackdropOrderFix(Fix):
    """Numbers the files of the backdrops as the active profile counts, in the order that they have."""

    touches: ClassVar[str] = "The names of the backdrops' files. Asks nobody."
    stage: ClassVar[Stage] = "picture"
    axis: ClassVar[Axis] = "image"
    needs_folder: ClassVar[bool] = True

    def would(self, case: Case) -> str:
        return f"Rename the backdrops so that their numbers follow on each other ({case.artist.sequence_problem})"

    def mend(self, case: Case, aid: Aid) -> Mended:
        order = [image.slot for image in _backdrops(case)]
        return _arranged(case, aid, order)


class BackdropCopiesFix(Fix):
    """Removes every backdrop whose bytes an earlier one has; the files are compared anew before one goes."""

    touches: ClassVar[str] = (
        "The files of repeated backdrops, which are kept, and the names of those behind them. Asks nobody."
    )
    stage: ClassVar[Stage] = "picture"
    axis: ClassVar[Axis] = "image"

    def would(self, case: Case) -> str:
        images = _backdrops(case)
        count = len(images) - len({image.content_hash or image.pk for image in images})
        return f"Remove {count} backdrop{'' if count == 1 else 's'} whose bytes an earlier one has"

    def mend(self, case: Case, aid: Aid) -> Mended:
        seen: set[str] = set()
        order = []
        for image in _backdrops(case):
            digest = present_hash(picture_path(image))
            if not digest:
                raise Conflict(f"{image.file_name} is not there any more; scan the folder again")
            if digest not in seen:
                order.append(image.slot)
            seen.add(digest)
        return _arranged(case, aid, order)


def _backdrops(case: Case) -> list[ArtistImage]:
    return list(case.artist.images.filter(kind="fanart", exists=True).order_by("slot"))


def _arranged(case: Case, aid: Aid, order: list[int]) -> Mended:
    done = rearrange_fanart(case.artist, order, source=case.source, actor=aid.actor, group=aid.group)
    return Mended(done.change.operation)
