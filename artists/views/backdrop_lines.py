"""What the page of an artist's backdrops shows."""

from typing import Any

from artists.models import Artist, Operation
from artists.services.undo import can_undo
from artists.views.pictures import LABELS, Picture

Context = dict[str, Any]


def gallery(artist: Artist, done: Operation | None = None) -> Context:
    """`done`: what was done a moment ago, with a strip that takes it back."""
    images = artist.images.filter(kind="fanart", exists=True).order_by("slot")
    others = [(kind, label.lower()) for kind, label in LABELS.items() if kind in ("thumb", "banner")]
    saved = done if done is not None and can_undo(done) else None
    return {"artist": artist, "pictures": [Picture(image) for image in images], "others": others, "saved": saved}
