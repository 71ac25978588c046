"""What the page of an artist's backdrops shows."""

from dataclasses import dataclass
from typing import Any

from artists.models import Artist, Operation
from artists.queries.backdrops import repeats
from artists.services.undo import can_undo
from artists.views.pictures import LABELS, Picture

Context = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Backdrop(Picture):
    """`repeats`: the slot of the first backdrop that shows the same."""

    repeats: int | None = None

    @property
    def repeated(self) -> str:
        """ "same as backdrop 2", or nothing."""
        if self.repeats is None:
            return ""
        return f"same as backdrop {self.repeats + 1}" if self.repeats else "same as the first"


def gallery(artist: Artist, done: Operation | None = None) -> Context:
    """`done`: what was done a moment ago, with a strip that takes it back."""
    images = list(artist.images.filter(kind="fanart", exists=True).order_by("slot"))
    same = repeats(images)
    others = [(kind, label.lower()) for kind, label in LABELS.items() if kind in ("thumb", "banner")]
    saved = done if done is not None and can_undo(done) else None
    return {
        "artist": artist,
        "pictures": [Backdrop(image, same.get(image.slot)) for image in images],
        "others": others,
        "saved": saved,
    }
