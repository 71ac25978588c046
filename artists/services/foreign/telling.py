"""Says that other pictures of other programs are listed than before, to whoever counts them."""

from stillwater.events import publish

CHANGED = "foreign.changed"


def tell() -> None:
    publish(CHANGED, {})
