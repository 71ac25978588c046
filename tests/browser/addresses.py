"""Every page that a signed-in administrator can open, for the tests that visit them all."""

from collections.abc import Callable
from typing import Any

from tests.browser.server import Server


def _artist(server: Server) -> str:
    """One with much to show, and something wrong."""
    findings: list[dict[str, Any]] = server.rest.get("/notifications", rule_id="thumb_square")["violations"]
    return str(findings[0]["artist_id"])


def _refreshed(server: Server) -> str:
    """The same one, once its providers were asked."""
    server.rest.post(f"/artists/{_artist(server)}/refresh")
    return _artist(server)


def _finding(server: Server) -> str:
    return str(server.rest.get("/notifications")["violations"][0]["id"])


def _job(server: Server) -> str:
    return str(server.rest.get("/jobs")[-1]["id"])


def _library(server: Server) -> str:
    return str(server.rest.get("/libraries")[0]["id"])


def _connection(server: Server) -> str:
    """One that nobody speaks with and that does not answer: what is shown comes from here alone."""
    known = server.rest.get("/connections")
    if not known:
        told = {"name": "Cellar", "type": "emby", "url": "http://127.0.0.1:9/emby", "api_key": "none"}
        known = [server.rest.post("/connections", **told, enabled=False, skip_test=True)]
    return str(known[0]["id"])


def _run(server: Server) -> str:
    """A run over one artist that asks nobody."""
    server.rest.post("/artists/bulk-actions", action="scan", ids=[_artist(server)])
    runs = [job for job in server.rest.get("/jobs") if job["kind"] == "bulk_action"]
    return str(runs[0]["id"])


def _pair(server: Server) -> str:
    """Two artists who would be merged."""
    one, other = server.rest.get("/artists")["artists"][:2]
    return f"artist={one['id']}&artist={other['id']}"


ADDRESSES: dict[str, str | Callable[[Server], str]] = {
    "dashboard": "/",
    "artist list": "/artists",
    "artist list with the filter panel": "/artists?panel=1&filter_missing_mbid=%2By",
    "artist list without a match": "/artists?search=nobody-at-all",
    "artist": lambda server: f"/artists/{_artist(server)}",
    "field of an artist": lambda server: f"/artists/{_artist(server)}/fields/biography/edit",
    "pictures for an artist": lambda server: f"/artists/{_artist(server)}/pictures/thumb",
    "compare board of an artist": lambda server: f"/artists/{_artist(server)}/pictures/logo/board",
    "compare board, wipe": lambda server: f"/artists/{_artist(server)}/pictures/thumb/board?mode=wipe",
    "cutting a picture": lambda server: f"/artists/{_artist(server)}/pictures/thumb/crop",
    "backdrops of an artist": lambda server: f"/artists/{_artist(server)}/backdrops",
    "NFO of an artist": lambda server: f"/artists/{_artist(server)}/nfo",
    "history of an artist": lambda server: f"/artists/{_artist(server)}/history",
    "a field of an artist beside its providers": lambda server: f"/artists/{_artist(server)}/fields/genres/compare",
    "who an artist is": lambda server: f"/artists/{_artist(server)}/identify",
    "an artist at MusicBrainz": lambda server: f"/artists/{_artist(server)}/musicbrainz",
    "why a value of an artist": lambda server: f"/artists/{_refreshed(server)}/why/genres",
    "findings of an artist": lambda server: f"/artists/{_artist(server)}/findings",
    "identify": "/identify",
    "findings": "/findings",
    "findings in groups": "/findings?group_by=rule&severity=error",
    "findings, none": "/findings?status=dismissed",
    "finding": lambda server: f"/findings/{_finding(server)}",
    "foreign files": "/reports/foreign-files",
    "same pictures": "/reports/same-pictures",
    "duplicates": "/reports/duplicates?near=1",
    "merging two artists": lambda server: f"/reports/duplicates/preview?{_pair(server)}",
    "providers": "/settings/providers",
    "the order of providers": "/settings/priorities",
    "what is fetched": "/settings/fetching",
    "a run over artists": lambda server: f"/artists/runs/{_run(server)}",
    "servers": "/settings/servers",
    "a new server": "/settings/servers/add",
    "a server to change": lambda server: f"/settings/servers/{_connection(server)}",
    "what a server writes": lambda server: f"/settings/servers/{_connection(server)}/files",
    "shared files": "/settings/servers/shared",
    "webhooks": "/settings/webhooks",
    "a new webhook": "/settings/webhooks/new",
    "addresses to paste": "/settings/webhooks/inbound",
    "picture settings": "/settings/images",
    "picture cache": "/settings/picture-cache",
    "triage": "/triage",
    "triage, none": "/triage?search=nobody-at-all",
    "rules": "/rules",
    "rule": "/rules/thumb_min_res",
    "health report": "/reports/health",
    "compliance report": "/reports/compliance",
    "completeness report": "/reports/completeness",
    "rules report": "/reports/rules",
    "trend report": "/reports/trend?days=30",
    "automation report": "/reports/automation",
    "report of changed files": "/reports/automation/files",
    "report of written IDs": "/reports/ids",
    "quick start": "/start",
    "libraries": "/libraries",
    "new library": "/libraries/new",
    "library": lambda server: f"/libraries/{_library(server)}",
    "activity": "/activity",
    "jobs": "/jobs",
    "job": lambda server: f"/jobs/{_job(server)}",
    "preferences": "/preferences",
    "settings of the rules": "/settings/rules",
    "password": "/settings/password",
    "tokens": "/settings/tokens",
    "NFO output": "/settings/nfo-output",
    "file names": "/settings/file-names",
    "a profile of file names": "/settings/file-names/kodi",
    "not found": "/nowhere",
}


def address(server: Server, name: str) -> str:
    """Where the page is on this server."""
    place = ADDRESSES[name]
    return place if isinstance(place, str) else place(server)
