"""Rules that are broken by a hair: rounded to whole numbers, the measured value would be the wanted one."""

from tests.rules.cases import MBID, Case

NARROW_CASES = (
    Case(
        "thumb_square",
        "Thumbnail is 1101 × 1000: ratio 1.101, wanted 1.000 ± 0.100.",
        pictures=(("thumb", {"width": 1101, "height": 1000}),),
        good_pictures=(("thumb", {"width": 1100, "height": 1000}),),
    ),
    Case(
        "logo_padding",
        "15.4 % of the logo's area is empty, wanted at most 15 %.",
        pictures=(("logo", {"padding": 0.154}),),
        good_pictures=(("logo", {"padding": 0.15}),),
    ),
    Case(
        "artist_id_mismatch",
        "Folder “Mara Fields” and name “Mara Field” are 89.6 % alike, wanted at least 90 %.",
        {"path": "/music/Mara Fields", "folder_similarity": 0.896},
        {"folder_similarity": 0.9},
        config={"tolerance": 0.9},
    ),
    Case(
        "image_duplicate",
        "Thumbnail and fanart look the same: 98.4 % alike, wanted less than 98.2 %.",
        pictures=(
            ("thumb", {"perceptual_hash": "0123456789abcdef"}),
            ("fanart", {"perceptual_hash": "0123456789abcdee"}),
        ),
        config={"tolerance": 0.982},
    ),
    Case(
        "discography_populated",
        "artist.nfo names 99 albums, the folder holds 199: 49.7 %, wanted at least 50 %.",
        {"musicbrainz_id": MBID, "nfo_exists": True, "album_count": 99, "folder_album_count": 199},
        {"musicbrainz_id": MBID, "nfo_exists": True, "album_count": 100, "folder_album_count": 199},
    ),
)
