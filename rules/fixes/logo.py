"""The fix that cuts the empty border off a logo."""

import hashlib
from typing import ClassVar

from django.utils import timezone

from artists.imaging.decoding import MAX_BYTES, decoded
from artists.imaging.headers import read_header_bytes
from artists.imaging.preparing import cropped, trim_box
from artists.imaging.provenance import Provenance
from artists.services.gates import Axis, require_write
from artists.services.pictures.places import picture_path
from artists.services.pictures.saving import MadeFrom, Origin, store
from rules.fixes.base import Aid, Case, Fix, Mended, Stage
from stillwater.errors import Conflict
from stillwater.files import read_bytes_limited


class LogoFix(Fix):
    """Keeps the rule's margin around the drawing."""

    touches: ClassVar[str] = "The file of the logo; the old one is kept. Asks nobody."
    stage: ClassVar[Stage] = "picture"
    axis: ClassVar[Axis] = "image"

    def fields(self, _case: Case) -> tuple[str, ...]:
        return ("images.logo",)

    def would(self, case: Case) -> str:
        return f"Cut the empty border off the logo, keeping {case.config.integer('trim_margin')} pixels"

    def mend(self, case: Case, aid: Aid) -> Mended:
        """The file is read anew; where there is nothing to cut by now, nothing is written."""
        artist = case.artist
        image = artist.images.filter(kind="logo", exists=True).first()
        if image is None:
            raise Conflict("there is no logo any more")
        require_write("image", artist)
        path = picture_path(image)
        data = read_bytes_limited(path, MAX_BYTES)
        origin = Origin("crop", rule=case.rule.id, mode="auto" if aid.actor is None else "manual")
        with decoded(data, read_header_bytes(data)) as drawing:
            box = trim_box(drawing, case.config.integer("trim_margin"))
        if box is None:
            return Mended(None)
        mark = Provenance(origin.provider, timezone.now().isoformat(), rule=origin.rule, mode=origin.mode)
        picture = cropped(data, "logo", box, mark)
        made_from = MadeFrom(path, hashlib.sha256(data).hexdigest())
        saved = store(
            artist, "logo", picture, origin,
            slot=0, source=case.source, actor=aid.actor, group=aid.group, made_from=made_from,
        )  # fmt: skip
        return Mended(saved.change.operation, f"{saved.width} × {saved.height} is left")
