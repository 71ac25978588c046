"""The fix that lists in artist.nfo the albums that MusicBrainz knows of the artist."""

from typing import ClassVar

from artists.providers.answers import ReleaseGroup
from artists.providers.base import Lookup
from artists.providers.errors import NothingFound
from artists.services.asking import MUSICBRAINZ
from artists.services.discography import list_albums
from artists.services.gates import Axis
from rules.fixes.base import Aid, Case, Fix, Mended, Stage
from stillwater.errors import Unprocessable, Upstream


class DiscographyFix(Fix):
    """Adds the albums of the wanted types that are not listed; what somebody listed stays."""

    touches: ClassVar[str] = "The albums in artist.nfo; those that are listed stay. Asks MusicBrainz."
    stage: ClassVar[Stage] = "nfo"
    axis: ClassVar[Axis] = "nfo"
    needs_id: ClassVar[bool] = True
    needs_folder: ClassVar[bool] = True
    asks: ClassVar[bool] = True

    def would(self, case: Case) -> str:
        return f"Ask MusicBrainz for releases ({_types(case)}), and list in artist.nfo those that are missing"

    def mend(self, case: Case, aid: Aid) -> Mended:
        wanted = _types(case).split(", ")
        groups = [each for each in _groups(case, aid) if each.primary_type in wanted]
        if not groups:
            raise Unprocessable(f"MusicBrainz knows no release of this artist ({_types(case)})")
        made = list_albums(case.artist, groups, source=case.source, actor=aid.actor, group=aid.group)
        if made is None:
            raise Unprocessable("artist.nfo lists every album that MusicBrainz knows already")
        return Mended(made)


def _groups(case: Case, aid: Aid) -> list[ReleaseGroup]:
    """Raises Upstream where MusicBrainz cannot be asked: silence is never "no albums"."""
    panel = aid.asking.panel(aid.actor)
    provider = panel.providers.get(MUSICBRAINZ)
    if provider is None:
        raise Upstream(f"MusicBrainz {panel.unavailable.get(MUSICBRAINZ, 'is not set up')}")
    try:
        return provider.release_groups(Lookup("", {MUSICBRAINZ: case.artist.musicbrainz_id}))
    except NothingFound:
        return []


def _types(case: Case) -> str:
    return case.config.text("release_types").replace(",", ", ")
