"""What the admin pages of floor 2 share."""

from typing import ClassVar

from stillwater.admin_base import LookOnly


class OfAnArtist(LookOnly):
    """A table that hangs below the artists."""

    search_fields: ClassVar[tuple[str, ...]] = ("artist__name",)
    list_select_related: ClassVar[tuple[str, ...]] = ("artist",)
    ordering = ("-pk",)
