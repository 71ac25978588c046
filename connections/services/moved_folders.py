"""Tells servers where the folder of an artist is now, or what they write next brings the old one back (bug 37)."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from connections.clients.errors import ClientError, NotReachable
from connections.models import ArtistLink
from connections.services.access import client_of
from connections.services.paths import server_path
from stillwater.progress import Progress, no_progress


@dataclass
class Told:
    """How many servers learned of a folder, and how many would not have it."""

    told: int = 0
    refused: int = 0

    def words(self) -> str:
        return f"{self.told} folders told" + (f", {self.refused} refused" if self.refused else "")


def concerned(artist_ids: Iterable[int]) -> QuerySet[ArtistLink]:
    """The links of artists with a folder, on servers that may be asked to look."""
    links = ArtistLink.objects.filter(
        artist_id__in=list(artist_ids), connection__enabled=True, connection__feature_trigger_refresh=True
    )
    return links.exclude(artist__path="").select_related("artist", "connection").order_by("pk")


def tell_moved(artist_ids: Iterable[int], *, progress: Progress = no_progress) -> Told:
    """A server whose folders we do not see is left alone; a refusal is shown on the artist's card of that server.

    Raises ClientError for a server that is silent; a second run tells the rest.
    """
    result, links = Told(), list(concerned(artist_ids))
    for done, link in enumerate(links, start=1):
        place = server_path(link.connection, link.artist.path)
        try:
            result.told += bool(place) and client_of(link.connection).move(link.platform_artist_id, place)
        except NotReachable:
            raise
        except ClientError as error:
            result.refused += 1
            problem = f"where its folder is now could not be told: {error.message}"[:500]
            ArtistLink.objects.filter(pk=link.pk).update(push_problem=problem)
        progress(done, len(links), result.words())
    return result
