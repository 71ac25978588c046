"""The table of rules: for each, an artist that breaks it with the exact sentence, and one that keeps it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone

from artists.models import Artist, MbidCheck, MbidVerdict, NfoState
from tests.builders import make_artist, make_image

MBID = "11111111-2222-4333-8444-555555555555"
OTHER_MBID = "99999999-2222-4333-8444-555555555555"
TAGGED = {"musicbrainz_id": MBID, "tag_mbid": OTHER_MBID, "tag_mbids": OTHER_MBID}
Picture = tuple[str, dict[str, Any]]
LONG = "She sang in every harbour of the northern sea for forty years."


@dataclass(frozen=True)
class Case:
    """`breaks` and `keeps` are columns of the artist, `pictures` and `good_pictures` its images."""

    rule: str
    sentence: str
    breaks: dict[str, Any] = field(default_factory=dict)
    keeps: dict[str, Any] = field(default_factory=dict)
    pictures: tuple[Picture, ...] = ()
    good_pictures: tuple[Picture, ...] = ()
    config: dict[str, Any] = field(default_factory=dict)
    others: Callable[[], object] | None = None


def build(columns: dict[str, Any], pictures: tuple[Picture, ...]) -> Artist:
    artist = make_artist(**{"path": "/music/Mara Field", **columns})
    for kind, values in pictures:
        make_image(artist, kind, **values)
    return artist


def _neighbour() -> None:
    make_image(make_artist("Other", path="/music/Other", musicbrainz_id=MBID), "fanart", content_hash="aa" * 32)


def _merged_elsewhere() -> None:
    """What was said of an identifier that the artist does not have any more is nobody's finding."""
    MbidCheck.objects.create(
        artist=Artist.objects.get(),
        mbid=MBID,
        verdict=MbidVerdict.MERGED,
        survivor=OTHER_MBID,
        found_name="Mara Fields",
        checked_at=timezone.now(),
    )


_FIRST = ("fanart", {"content_hash": "aa" * 32})
CASES = (
    Case("nfo_exists", "There is no artist.nfo in the folder.", {}, {"nfo_exists": True}),
    Case("nfo_has_mbid", "There is no MusicBrainz ID.", {}, {"musicbrainz_id": MBID}),
    Case("thumb_exists", "There is no thumbnail.", good_pictures=(("thumb", {}),)),
    Case(
        "thumb_exists",
        "Thumbnail folder.jpg is no picture: it is cut off.",
        pictures=(("thumb", {"problem": "it is cut off"}),),
        good_pictures=(("thumb", {}),),
    ),
    Case(
        "fanart_exists",
        "There is no fanart.",
        pictures=(("fanart", {"exists": False}),),
        good_pictures=(("fanart", {}),),
    ),
    Case("logo_exists", "There is no logo.", good_pictures=(("logo", {}),)),
    Case("banner_exists", "There is no banner.", good_pictures=(("banner", {}),)),
    Case(
        "thumb_square",
        "Thumbnail is 600 × 779: ratio 0.77, wanted 1.00 ± 0.10.",
        pictures=(("thumb", {"width": 600, "height": 779}),),
        good_pictures=(("thumb", {"width": 600, "height": 650}),),
    ),
    Case(
        "thumb_square",
        "Thumbnail is 1200 × 1000: ratio 1.20, wanted 1.00 ± 0.10.",
        pictures=(("thumb", {"width": 1200, "height": 1000}),),
        good_pictures=(("thumb", {"width": 0, "height": 0}),),
    ),
    Case(
        "fanart_aspect",
        "Fanart is 1000 × 1000: ratio 1.00, wanted 1.78 ± 0.18.",
        pictures=(("fanart", {}),),
        good_pictures=(("fanart", {"width": 1920, "height": 1080}),),
    ),
    Case(
        "thumb_min_res",
        "Thumbnail is 499 × 800, wanted at least 500 × 500.",
        pictures=(("thumb", {"width": 499, "height": 800}),),
        good_pictures=(("thumb", {"width": 500, "height": 500}),),
    ),
    Case(
        "fanart_min_res",
        "Fanart is 1920 × 1079, wanted at least 1920 × 1080.",
        pictures=(("fanart", {"width": 1920, "height": 1079}),),
        good_pictures=(("fanart", {"width": 1920, "height": 1080}),),
    ),
    Case(
        "banner_min_res",
        "Banner is 900 × 200, wanted at least 1000 × 185.",
        pictures=(("banner", {"width": 900, "height": 200}),),
        good_pictures=(("banner", {"width": 1000, "height": 185}),),
    ),
    Case(
        "logo_min_res",
        "Logo is 399 pixels wide, wanted at least 400.",
        pictures=(("logo", {"width": 399}),),
        good_pictures=(("logo", {"width": 400, "height": 20}),),
    ),
    Case(
        "logo_padding",
        "31 % of the logo's area is empty, wanted at most 15 %.",
        pictures=(("logo", {"padding": 0.31}),),
        good_pictures=(("logo", {"padding": None}),),
    ),
    Case("bio_exists", "There is no biography.", {}, {"biography": "Sings well"}),
    Case(
        "bio_exists", "Biography has 9 characters, wanted at least 10.", {"biography": "Sings now"}, {"biography": LONG}
    ),
    Case(
        "metadata_quality",
        "Biography says nothing: it is only a filler (n/a).",
        {"biography": "n/a", "biography_junk": "only a filler (n/a)"},
        {"biography": "", "biography_junk": "blank"},
    ),
    Case("origin_missing", "Origin is empty.", {}, {"origin": "Leipzig"}),
    Case(
        "mbid_resolves",
        f"MusicBrainz has merged {MBID} into {OTHER_MBID} (Mara Fields).",
        {"musicbrainz_id": MBID},
        {"musicbrainz_id": OTHER_MBID},
        others=_merged_elsewhere,
    ),
    Case("genres_missing", "There are no genres.", {}, {"genres": ["Folk"]}),
    Case(
        "name_language_pref",
        "Name “Кино”: not written in a script of en.",
        {"name": "Кино", "sort_name": "Kino"},
        {"name": "Кино", "sort_name": "Kino", "locked_fields": ["name"]},
    ),
    Case(
        "extraneous_images",
        "1 picture does not belong to the folder: old.jpg.",
        {"extraneous_files": ["old.jpg"]},
        {"extraneous_files": []},
    ),
    Case(
        "extraneous_images",
        "5 pictures do not belong to the folder: a.jpg, b.jpg, c.jpg and 2 more.",
        {"extraneous_files": ["a.jpg", "b.jpg", "c.jpg", "d.jpg", "e.jpg"]},
        {},
    ),
    Case(
        "artist_id_mismatch",
        "Folder “Sonder” and name “Mara Field” are 20 % alike, wanted at least 80 %.",
        {"path": "/music/Sonder", "folder_similarity": 0.2},
        {"folder_similarity": 0.8},
    ),
    Case(
        "directory_name_mismatch",
        "Folder is “mara”, wanted “Mara Field”.",
        {"path": "/music/mara", "folder_fits": False},
        {"path": "", "folder_fits": False},
    ),
    Case(
        "directory_name_mismatch",
        "Folder is “The Sound”, wanted “Sound, The”.",
        {"name": "The Sound", "path": "/music/The Sound"},
        {"name": "The Sound", "path": "/music/Sound, The", "folder_fits": False},
        config={"article_mode": "suffix"},
    ),
    Case(
        "image_duplicate",
        "Thumbnail and fanart look the same: 98 % alike, wanted less than 90 %.",
        pictures=(
            ("thumb", {"perceptual_hash": "0123456789abcdef"}),
            ("fanart", {"perceptual_hash": "0123456789abcdee"}),
        ),
        good_pictures=(("thumb", {"perceptual_hash": "0" * 16}), ("fanart", {"perceptual_hash": "0" * 16})),
    ),
    Case(
        "image_duplicate_exact",
        "Backdrop 3 is byte for byte the same as an earlier one.",
        pictures=(_FIRST, ("fanart", {"slot": 2, "content_hash": "aa" * 32})),
        good_pictures=(("fanart", {}), ("fanart", {"slot": 1}), ("fanart", {"slot": 2, "content_hash": "bb" * 32})),
    ),
    Case(
        "cross_artist_backdrop_collision",
        "Backdrop 1 is also a backdrop of another artist.",
        pictures=(_FIRST,),
        good_pictures=(("fanart", {"content_hash": "cc" * 32}),),
        others=_neighbour,
    ),
    Case(
        "backdrop_sequencing",
        "Backdrops are out of order: fanart3.jpg should be fanart2.jpg.",
        {"sequence_problem": "fanart3.jpg should be fanart2.jpg"},
        {},
    ),
    Case(
        "backdrop_sequencing",
        "There is a gap between the backdrops.",
        {"path": ""},
        {"path": ""},
        pictures=(("fanart", {}), ("fanart", {"slot": 2})),
        good_pictures=(("fanart", {}), ("fanart", {"slot": 1})),
    ),
    Case(
        "backdrop_min_count",
        "There is 1 backdrop, wanted at least 2.",
        pictures=(("fanart", {}), ("fanart", {"slot": 1, "exists": False})),
        good_pictures=(("fanart", {}), ("fanart", {"slot": 1})),
        config={"min_count": 2},
    ),
    Case("backdrop_min_count", "There are no backdrops, wanted at least 1.", good_pictures=(("fanart", {}),)),
    Case(
        "discography_populated",
        "artist.nfo names 2 albums, the folder holds 5: 40 %, wanted at least 50 %.",
        {"musicbrainz_id": MBID, "nfo_exists": True, "album_count": 2, "folder_album_count": 5},
        {"musicbrainz_id": MBID, "nfo_exists": True, "album_count": 3, "folder_album_count": 6},
    ),
    Case(
        "discography_populated",
        "artist.nfo names no albums.",
        {"musicbrainz_id": MBID, "nfo_exists": True},
        {"nfo_exists": True},
    ),
    Case(
        "provider_id_missing",
        "There is no ID for Discogs, Deezer.",
        {},
        {"discogs_id": "7", "deezer_id": "8"},
    ),
    Case(
        "mbid_duplicate",
        f"Another artist has the same MusicBrainz ID {MBID}.",
        {"musicbrainz_id": MBID},
        {},
        others=_neighbour,
    ),
    Case(
        "mbid_contradicts_tags",
        f"The audio tags of 2 of 3 albums name {OTHER_MBID}, none names the stored MusicBrainz ID {MBID}.",
        {**TAGGED, "tag_mbid_albums": 2, "tag_albums": 3},
        {**TAGGED, "tag_mbid_albums": 2, "tag_albums": 3, "tag_mbids": f"{MBID} {OTHER_MBID}"},
    ),
    Case(
        "mbid_contradicts_tags",
        f"The audio tags of 1 of 1 album name {OTHER_MBID}, none names the stored MusicBrainz ID {MBID}.",
        {**TAGGED, "tag_mbid_albums": 1, "tag_albums": 1},
        {**TAGGED, "tag_mbid_albums": 1, "tag_albums": 2},
    ),
    Case(
        "nfo_readable",
        "artist.nfo is broken: line 3 has no end.",
        {"nfo_exists": True, "nfo_state": NfoState.BROKEN, "nfo_error": "line 3 has no end"},
        {"nfo_exists": True, "nfo_state": NfoState.OK},
    ),
)
