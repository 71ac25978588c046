"""Reads the JSON of MusicBrainz; pure, and unmoved by whatever it gets (S22)."""

from collections.abc import Iterator, Sequence
from typing import Any

from artists.fields import GROUP_TYPES
from artists.matching.similarity import similarity
from artists.matching.tags import classify, concept
from artists.providers.answers import ArtistRecord, ReleaseGroup, SearchHit
from artists.providers.musicbrainz.relations import links_of, members_of, persons_behind
from artists.providers.musicbrainz.words import (
    aliases_of,
    as_mbid,
    gender_of,
    place_of,
    plain,
    type_of,
    years_active,
)
from artists.providers.reading import line, lines, mapping, mappings, number

NAME = "musicbrainz"
_INDIVIDUALS = frozenset({"Person", "Character"})


def hits(data: Any, wanted: str) -> list[SearchHit]:
    """Best first; whoever is as good keeps the order of MusicBrainz."""
    found = [_hit(artist, wanted) for artist in mappings(data, "artists") if as_mbid(line(artist, "id"))]
    return sorted((hit for hit in found if hit.name), key=lambda hit: -hit.score)


def record(data: Any) -> ArtistRecord | None:
    """None where no artist can be made out."""
    mbid, name, kind = as_mbid(line(data, "id")), plain(data, "name"), type_of(data)
    if not mbid or not name:
        return None
    began, ended = line(data, "life-span", "begin"), line(data, "life-span", "end")
    is_over = bool(ended) or mapping(data, "life-span").get("ended") is True
    is_ensemble = kind in GROUP_TYPES
    links, (genres, styles, moods) = links_of(data), _tags(data)
    return ArtistRecord(
        provider=NAME,
        provider_id=mbid,
        name=name,
        sort_name=plain(data, "sort-name"),
        type=kind,
        gender=gender_of(data),
        disambiguation=plain(data, "disambiguation"),
        origin=place_of(data),
        genres=genres,
        styles=styles,
        moods=moods,
        years_active=years_active(kind, began, ended, is_over=is_over),
        born="" if is_ensemble else began,
        formed=began if is_ensemble else "",
        died="" if is_ensemble else ended,
        disbanded=ended if is_ensemble else "",
        members=members_of(data),
        members_authoritative=line(data, "type") in _INDIVIDUALS,
        aliases=(*aliases_of(data), *persons_behind(data)),
        ids={NAME: mbid, **links.ids},
        urls=links.urls,
    )


def release_groups(data: Any) -> Iterator[ReleaseGroup]:
    for group in mappings(data, "release-groups"):
        if title := plain(group, "title"):
            yield ReleaseGroup(
                provider_id=as_mbid(line(group, "id")),
                title=title,
                primary_type=line(group, "primary-type"),
                secondary_types=lines(group, "secondary-types"),
                first_release_date=line(group, "first-release-date"),
            )


def _hit(artist: dict[str, Any], wanted: str) -> SearchHit:
    name, sort_name = plain(artist, "name"), plain(artist, "sort-name")
    aliases = tuple(alias.name for alias in aliases_of(artist))
    closest = max(similarity(wanted, each) for each in (name, sort_name or name, *aliases))
    mbid = as_mbid(line(artist, "id"))
    return SearchHit(
        provider=NAME,
        provider_id=mbid,
        name=name,
        sort_name=sort_name,
        type=line(artist, "type"),
        disambiguation=plain(artist, "disambiguation"),
        origin=place_of(artist),
        score=min(100, max(number(artist, "score"), int(100 * closest))),
        musicbrainz_id=mbid,
        aliases=aliases,
    )


def _tags(data: Any) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """Genres are those of MusicBrainz' own list where it has any; otherwise all tags are sorted (providers.md 2.1)."""
    genres, tags = _names(mappings(data, "genres")), _names(mappings(data, "tags"), least=1)
    if not genres:
        split = classify(tags)
        return split.genres, split.styles, split.moods
    known = {concept(genre) for genre in genres}
    styles = tuple(style for style in classify([*genres, *tags]).styles if concept(style) not in known)
    return tuple(genres), styles, ()


def _names(tags: Iterator[dict[str, Any]], least: int = 0) -> Sequence[str]:
    """Most votes first, since players show the first one only."""
    voted = [(number(tag, "count"), line(tag, "name")) for tag in tags]
    kept = [(votes, name) for votes, name in voted if name and votes >= least]
    return list(dict.fromkeys(name for _, name in sorted(kept, key=lambda pair: -pair[0])))
