"""The pictures of other programs that wait for a decision."""

from django.db.models import Q, QuerySet

from artists.models import AllowedFile, ForeignFile
from artists.queries.filters import of_artists_called
from stillwater.errors import NotFound
from stillwater.numbers import whole_number


def listed_files(search: str = "", library: int | None = None) -> QuerySet[ForeignFile]:
    """The newest first. `search`: part of a file's name, or of an artist's."""
    rows = ForeignFile.objects.exclude(content_hash="").select_related("artist")
    if search:
        rows = rows.filter(Q(file_name__icontains=search) | of_artists_called(search))
    return rows if library is None else rows.filter(artist__memberships__library=library)


def foreign_file(key: str) -> ForeignFile:
    """Raises NotFound."""
    found = listed_files().filter(pk=whole_number(key) or 0).first()
    if found is None:
        raise NotFound("foreign file not found")
    return found


def allowed_files() -> QuerySet[AllowedFile]:
    return AllowedFile.objects.select_related("artist")


def allowed_file(key: str) -> AllowedFile:
    """Raises NotFound."""
    found = allowed_files().filter(pk=whole_number(key) or 0).first()
    if found is None:
        raise NotFound("allow list entry not found")
    return found
