"""The picture cache over REST; for administrators."""

from django.http import HttpRequest
from ninja import Router, Schema

from artists.services.picture_cache import CacheStats, Cleared, cache_stats, clear_cache
from stillwater.api.auth import require_admin
from stillwater.api.errors import errors

router = Router(tags=["Settings"])


class CacheStatsOut(Schema):
    """`in_use_bytes`: pictures that an artist without a folder shows; they are never deleted."""

    size_bytes: int
    file_count: int
    artist_count: int
    in_use_bytes: int


class ClearedOut(Schema):
    files_deleted: int
    bytes_freed: int


@router.get(
    "/settings/cache/stats",
    operation_id="getCacheStats",
    url_name="cache_stats",
    summary="What the picture cache holds",
    response={200: CacheStatsOut, **errors(401, 403)},
)
def stats(request: HttpRequest) -> CacheStats:
    """Thumbnails, and pictures of artists without a folder; not what is kept for undoing."""
    require_admin(request)
    return cache_stats()


@router.delete(
    "/settings/cache",
    operation_id="clearCache",
    url_name="clear_cache",
    summary="Clear the picture cache",
    response={200: ClearedOut, **errors(401, 403)},
)
def clear(request: HttpRequest) -> Cleared:
    """Pictures that an artist shows stay."""
    require_admin(request)
    return clear_cache()
