"""What tests/benchmarks/pages.py asks for: the addresses of pages, and the queries of operations."""

HTMX = {"HX-Request": "true"}
KEY = 50_000
ENDLESS = {"getEventStream"}
PLACES = {
    "{key}": "theme",
    "{field}": "biography",
    "{index}": "0",
    "{type}": "thumb",
    "{id}": "{artist}",
    "{libId}": "{library}",
    "{artist_id}": "{artist}",
}
"""What stands in the path of an operation; ids mean artists unless the next table says otherwise."""
OTHER_IDS = {"getJob": "{job}", "getPlatform": "kodi", "getLibrary": "{library}"}

FINDINGS = (
    "",
    "page=2000",
    "severity=error",
    "category=image",
    "rule_id=nfo_exists",
    "fixable=yes",
    "library_id={library}",
    "artist_id={artist}",
    "search=biography",
    "search=zzyzx",
    "search=artist+05",
    *(f"status={status}" for status in ("open", "pending_choice", "dismissed", "resolved")),
    *(f"sort={sort}" for sort in ("artist_name", "rule_id", "created_at")),
    *(f"group_by={group}" for group in ("artist", "rule", "severity", "category")),
)
ARTISTS = (
    "",
    "page=900",
    "page_size=200",
    "search=artist",
    "search=zzyzx",
    "search=artist+0999",
    *(
        f"sort={sort}&order={order}"
        for sort in ("sort_name", "health_score", "updated_at")
        for order in ("asc", "desc")
    ),
    *(f"filter_{key}={sign}y" for key in ("missing_meta", "missing_images", "missing_mbid") for sign in ("%2B", "-")),
    *(f"filter_missing_{kind}=%2By" for kind in ("thumb", "fanart", "logo", "banner")),
    *(f"filter_{key}={sign}y" for key in ("compliant", "excluded", "locked") for sign in ("%2B", "-")),
    *(f"filter_type_{name}=%2By" for name in ("person", "group", "unknown")),
    "library_id={library}",
    "filter_library_{library}=-y",
    "filter_missing_logo=%2By&page=300",
    "filter_missing_meta=%2By&sort=health_score&order=desc",
)
COMPLIANCE = (
    "",
    "page=900",
    "view=matrix",
    "status=compliant",
    "status=non_compliant",
    "filter=missing_logo",
    "search=artist+0999",
    "library_id={library}",
    "sort=health_score&order=desc",
)
PAGES: dict[str, tuple[str, ...]] = {
    "/": ("", "severity=error", "rule_id=nfo_exists", "search=biography", "library_id={library}"),
    "/dashboard/stats": ("",),
    "/dashboard/scan": ("",),
    "/dashboard/news": ("newest=1",),
    "/artists": (*ARTISTS, "panel=1", "panel=1&filter_missing_logo=%2By"),
    "/artists/{artist}": ("", "filter_missing_logo=%2By", "sort=health_score"),
    **{f"/artists/{{artist}}/{part}": ("",) for part in ("header", "findings", "history", "nfo", "members")},
    "/artists/{artist}/fields/biography/edit": ("",),
    "/findings": FINDINGS,
    "/findings/{finding}": ("",),
    "/rules": ("",),
    "/rules/nfo_exists": ("",),
    "/rules/run/state": ("",),
    "/reports/health": ("", "days=365", "library_id={library}"),
    "/reports/compliance": COMPLIANCE,
    "/reports/automation": ("", "kind=replaced&days=365"),
    "/reports/ids": ("",),
    "/reports/rules": ("",),
    "/reports/trend": ("days=365",),
    "/triage": ("", "severity=info", "rule_id=bio_exists", "fixable=yes"),
    "/reports/completeness": ("", "library_id={library}"),
    "/libraries": ("",),
    "/libraries/{library}": ("",),
    "/activity": ("", "field=biography", "source=manual", "artist=artist+0001"),
    "/activity/feed": ("",),
    "/jobs": ("",),
    "/jobs/{job}": ("",),
    "/preferences": ("",),
    **{f"/settings{part}": ("",) for part in ("", "/tokens", "/nfo-output", "/file-names", "/file-names/kodi")},
    "/start": ("",),
}
FRAGMENTS = {"/": ("", "severity=error"), "/artists": ("", "search=artist"), "/findings": ("", "severity=error")}
OPERATIONS = {
    "listArtists": ARTISTS,
    "listNotifications": tuple(f"{query}&page_size=50".lstrip("&") for query in FINDINGS if "fixable" not in query),
    "getComplianceReport": tuple(query for query in COMPLIANCE if "view" not in query),
    "getViolationTrend": ("", "days=365"),
    "getMetadataCompleteness": ("", "library_id={library}"),
    "listGlobalHistory": ("", "field=biography", "artist_id={artist}"),
}
POLLED = {"getNotificationBadge", "getHealthReport", "getHealthByLibrary", "getMetadataCompleteness"}
"""Operations that answer htmx in HTML."""
