"""What a scan goes by: the active profile's file names, the excluded artists, the NFO mapping, and the stamp that
changes with the first two."""

import hashlib
from dataclasses import dataclass

from django.conf import settings

from artists.folders.names import is_excluded_artist
from artists.folders.naming import ImageNaming, validate_naming
from artists.models import Library, PlatformProfile
from artists.nfo.mapping import OutputMapping
from artists.services.nfo_output import output_mapping
from artists.services.scanner.inspection import Namings

LOOK_VERSION = "3"
"""Raise it when inspection.py learns to see more: every folder is then looked into once again."""

DEFAULT_LIST, OWN_LIST = "default exclusion list", "exclusion list"


@dataclass(frozen=True, slots=True)
class Conditions:
    """The same for all libraries of one scan."""

    active: ImageNaming
    all_namings: tuple[ImageNaming, ...]
    own_exclusions: tuple[str, ...]
    mapping: OutputMapping

    @classmethod
    def current(cls) -> "Conditions":
        profiles = list(PlatformProfile.objects.order_by("id"))
        active = [_naming(profile) for profile in profiles if profile.is_active]
        return cls(
            active[0] if active else ImageNaming(kodi_numbering=True),
            tuple(_naming(profile) for profile in profiles),
            tuple(settings.STILLWATER_SCANNER_EXCLUSIONS),
            output_mapping(),
        )

    def namings(self, library: Library | None) -> Namings:
        """In a folder that a server writes to as well, every profile's names are at home."""
        return Namings(self.active, self.all_namings if library is not None and library.is_shared else ())

    def salt(self, library: Library | None) -> str:
        return hashlib.sha256(repr((LOOK_VERSION, self.namings(library), self.own_exclusions)).encode()).hexdigest()

    def why_excluded(self, folder: str, name: str, mbid: str) -> str:
        """The reason to leave an artist out, blank for none. The folder's name counts as well as the artist's."""
        if is_excluded_artist(folder, mbid) or is_excluded_artist(name):
            return DEFAULT_LIST
        own = self.own_exclusions
        return OWN_LIST if is_excluded_artist(folder, "", own) or is_excluded_artist(name, "", own) else ""


def _naming(profile: PlatformProfile) -> ImageNaming:
    """A stored mapping that no longer passes its checks falls back to the usual names."""
    kodi = profile.pk == "kodi"
    try:
        return validate_naming(profile.image_naming, kodi_numbering=kodi)
    except ValueError:
        return ImageNaming(kodi_numbering=kodi)
