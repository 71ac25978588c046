"""What one line of the artist list shows, made for a whole page in a fixed number of queries."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from django.utils.dateformat import format as date_text
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.timezone import localtime

from artists.models import Artist, ArtistImage, Library
from artists.queries.at_hand import images_of, memberships_of
from artists.row_extras import row_extras
from artists.views.pictures import Picture, first_of
from stillwater.many_urls import url_of


@dataclass(frozen=True, slots=True)
class Row:
    """Everything is worked out once and plain text: a page has hundreds of these, and a template is slow at it."""

    artist: Artist
    pk: str
    name: str
    url: str
    note: str
    """Behind the sort name, where both are shown."""
    sort_name: str
    initial: str
    picture: Picture | None
    thumb: str
    marks: SafeString
    libraries: str
    score: str
    """Blank: never evaluated."""
    health: str
    """The class that colours the score."""
    status: str
    """The class of the findings' words."""
    findings: str
    changed: str
    changed_at: str


def rows_of(artists: Sequence[Artist], libraries: Sequence[Library], trail: str = "") -> list[Row]:
    """One query per floor above; pictures and memberships are at hand (list_artists). `trail` ends each link."""
    extras = row_extras([artist.pk for artist in artists])
    names = {library.pk: library.name for library in libraries}
    return [_row(artist, names, extras[artist.pk], trail) for artist in artists]


def _row(artist: Artist, names: Mapping[int, str], extras: Mapping[str, object], trail: str) -> Row:
    images = [image for image in images_of(artist) if image.exists]
    picture = first_of("thumb", images)
    findings = extras.get("findings")
    level, words = _status(artist, findings)
    changed, changed_at = _moment(artist.updated_at.replace(second=0, microsecond=0))
    sort_name = artist.sort_name if artist.sort_name != artist.name else ""
    return Row(
        artist=artist,
        pk=str(artist.pk),
        name=artist.name,
        url=f"{url_of('artists:detail', artist.pk)}{trail}",
        note=f"{' · ' if sort_name else ''}{artist.disambiguation}" if artist.disambiguation else "",
        sort_name=sort_name,
        initial=artist.name[:1].upper() or "–",
        picture=picture,
        thumb=picture.small if picture else "",
        marks=_marks(artist, images),
        libraries=", ".join(names.get(each.library_id, "") for each in memberships_of(artist)),
        score=f"{artist.health_score:.1f}".removesuffix(".0") if artist.health_evaluated_at else "",
        health=getattr(findings, "level", "") or _level(artist.health_score),
        status=level,
        findings=words,
        changed=changed,
        changed_at=changed_at,
    )


def _level(score: float) -> str:
    """Of a health that no finding explains."""
    return "good" if score >= 90 else "warning" if score >= 70 else "error"


def _status(artist: Artist, findings: object) -> tuple[str, str]:
    """Class and words; an excluded artist has a dash."""
    if artist.is_excluded:
        return "", "–"
    total: int = getattr(findings, "total", 0)
    if total:
        return str(getattr(findings, "level", "")), f"{total} finding{'' if total == 1 else 's'}"
    return ("good", "fine") if artist.health_evaluated_at else ("off", "not checked")


@lru_cache(512)
def _moment(minute: datetime) -> tuple[str, str]:
    """Day alone, and with the time. A scan writes to many artists within a minute."""
    local = localtime(minute)
    return date_text(local, "j M"), date_text(local, "j M Y, H:i")


def _marks(artist: Artist, images: Sequence[ArtistImage]) -> SafeString:
    """The letters of "Has", each with words for everybody."""
    by_kind: dict[str, list[ArtistImage]] = {}
    for image in images:
        by_kind.setdefault(image.kind, []).append(image)
    marks = (
        _mark("M", "MusicBrainz ID", bool(artist.musicbrainz_id)),
        _mark("N", "artist.nfo", artist.nfo_exists),
        _image_mark("T", "thumb", by_kind.get("thumb", [])),
        _image_mark("F", "backdrop", by_kind.get("fanart", [])),
        _image_mark("L", "logo", by_kind.get("logo", [])),
        _image_mark("B", "banner", by_kind.get("banner", [])),
    )
    return mark_safe("".join(marks))  # noqa: S308 - each is escaped by _drawn


def _mark(letter: str, name: str, there: bool) -> SafeString:
    return _drawn(letter, "yes" if there else "", f"{name}: {'yes' if there else 'none'}")


def _image_mark(letter: str, name: str, found: Sequence[ArtistImage]) -> SafeString:
    if not found:
        return _mark(letter, name, False)
    best = max(found, key=lambda image: image.width * image.height)
    size = f"{best.width} × {best.height}" if best.width else "yes"
    several = f", {len(found)} in all" if len(found) > 1 else ""
    if best.low_res:
        return _drawn(letter, "low", f"{name}: {size}, low resolution{several}")
    return _drawn(letter, "yes", f"{name}: {size}{several}")


@lru_cache(4096)
def _drawn(letter: str, state: str, words: str) -> SafeString:
    """`state` is yes, low or nothing. Drawn here, as six to a row take a template longer than all the rest of it."""
    return format_html(
        '<li class="{}" title="{}"><span aria-hidden="true">{}</span><span class="visually-hidden">{}</span></li>',
        state,
        words,
        letter,
        words,
    )
