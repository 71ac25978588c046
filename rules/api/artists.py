"""Health of one artist over REST: its findings now, and a run of the rules over it."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from ninja import Router, Schema

from artists.models import Artist
from rules.api.schemas import ViolationOut, also
from rules.queries.findings import FindingFilter, findings
from rules.services.evaluation import artist_verdict, evaluate_artist
from rules.views import fragments
from stillwater.api.errors import errors
from stillwater.errors import NotFound
from stillwater.htmx import is_fragment
from stillwater.numbers import whole_number

router = Router(tags=["Artists"])


class ArtistHealth(Schema):
    artist_id: str
    artist_name: str
    violations: list[ViolationOut]
    rules_passed: int
    rules_total: int
    health_score: float
    warning: str = ""


class ArtistRun(Schema):
    violations_found: int
    dashboard_url: str


@router.get(
    "/artists/{id}/health",
    operation_id="evaluateArtistHealth",
    url_name="artist_health",
    summary="Evaluate one artist",
    response={200: ArtistHealth, **errors(401, 404, 500)},
    exclude_none=True,
)
def artist_health(request: HttpRequest, id: str) -> ArtistHealth:
    """Evaluates now and stores what it found. Excluded and locked artists are told as they were last found."""
    artist = _artist(id)
    evaluate_artist(artist)
    verdict = artist_verdict(artist)
    rows = findings(FindingFilter(artist_id=artist.pk))
    return ArtistHealth(
        artist_id=str(artist.pk),
        artist_name=artist.name,
        violations=[ViolationOut.of(row) for row in rows],
        rules_passed=verdict.considered.bit_count() - verdict.broken.bit_count(),
        rules_total=verdict.considered.bit_count(),
        health_score=verdict.health,
        warning=_warning(artist),
    )


@router.post(
    "/artists/{id}/run-rules",
    operation_id="runArtistRules",
    url_name="run_artist_rules",
    summary="Run the rules over one artist",
    response={200: ArtistRun, **errors(401, 404, 500, 503)},
    openapi_extra=also("text/html"),
)
def run_rules(request: HttpRequest, id: str) -> ArtistRun | HttpResponse:
    """At once. Nothing happens to excluded and locked artists."""
    artist = _artist(id)
    found = evaluate_artist(artist).found
    if is_fragment(request):
        return fragments.artist_run(request, artist, found)
    return ArtistRun(violations_found=found, dashboard_url=f"{reverse('dashboard')}?artist={artist.pk}")


def _artist(artist_id: str) -> Artist:
    artist = Artist.objects.filter(pk=whole_number(artist_id) or 0).first()
    if artist is None:
        raise NotFound("artist not found")
    return artist


def _warning(artist: Artist) -> str:
    if artist.is_excluded:
        return "artist is excluded: rules are not evaluated"
    if artist.locked:
        return "artist is locked: rules are not evaluated"
    return artist.scan_note
