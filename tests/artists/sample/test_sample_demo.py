"""The demo library: a case for every rule, and healthy enough to be a pleasant sight.

Judged on the plan, with the thresholds of the built-in rules written out by hand.
"""

from collections import Counter
from collections.abc import Callable

import pytest

from artists.sample.demo import SHOWCASE, demo_recipes
from artists.sample.plan import ArtistPlan, plan_library
from artists.sample.shapes import SHAPES

Sizes = dict[str, tuple[int, int]]


@pytest.fixture(scope="module")
def plans() -> list[ArtistPlan]:
    return list(plan_library(1, demo_recipes(1, 60)))


def size(plan: ArtistPlan, base: str) -> tuple[int, int] | None:
    for placed in plan.pictures:
        if placed.file_name.rpartition(".")[0] == base:
            sizes = SHAPES[placed.picture.shape].sizes
            return sizes[placed.picture.number % len(sizes)]
    return None


def far_from(plan: ArtistPlan, base: str, ratio: float) -> bool:
    found = size(plan, base)
    return found is not None and abs(found[0] / found[1] - ratio) / ratio > 0.1


def smaller(plan: ArtistPlan, base: str, width: int, height: int) -> bool:
    found = size(plan, base)
    return found is not None and (found[0] < width or found[1] < height)


def told(plan: ArtistPlan) -> bool:
    """Whether the NFO can be read at all."""
    return plan.nfo not in ("missing", "truncated")


def fanart(plan: ArtistPlan) -> list[str]:
    return [placed.file_name for placed in plan.pictures if placed.file_name.startswith("fanart")]


def same_bytes(plan: ArtistPlan) -> bool:
    seen = Counter((placed.picture, placed.stamp) for placed in plan.pictures if "fanart" in placed.file_name)
    return max(seen.values(), default=0) > 1


def extraneous(plan: ArtistPlan) -> bool:
    own = {"folder", "logo", "banner"}
    names = [placed.file_name.rpartition(".")[0] for placed in plan.pictures]
    return any(name not in own and not name.startswith("fanart") for name in names)


def cross_slot(plan: ArtistPlan) -> bool:
    by_name = {placed.file_name: placed.picture for placed in plan.pictures}
    return by_name.get("folder.jpg") is not None and by_name.get("folder.jpg") == by_name.get("fanart.jpg")


ENABLED: dict[str, Callable[[ArtistPlan], bool]] = {
    "nfo_exists": lambda plan: plan.nfo == "missing",
    "nfo_has_mbid": lambda plan: not (told(plan) and plan.profile.mbid),
    "thumb_exists": lambda plan: size(plan, "folder") is None,
    "thumb_square": lambda plan: far_from(plan, "folder", 1.0),
    "thumb_min_res": lambda plan: smaller(plan, "folder", 500, 500),
    "fanart_exists": lambda plan: not fanart(plan),
    "logo_exists": lambda plan: size(plan, "logo") is None,
    "bio_exists": lambda plan: not told(plan) or len(plan.profile.biography.encode()) < 10,
    "extraneous_images": extraneous,
    "directory_name_mismatch": lambda plan: plan.folder != plan.profile.name.replace("/", "_"),
    "metadata_quality": lambda plan: told(plan) and 0 < len(plan.profile.biography.encode()) < 50,
    "image_duplicate_exact": same_bytes,
    "mbid_contradicts_tags": lambda plan: plan.tags == "other" and bool(plan.profile.albums),
}
OTHERS: dict[str, Callable[[ArtistPlan], bool]] = {
    "fanart_min_res": lambda plan: smaller(plan, "fanart", 1920, 1080),
    "fanart_aspect": lambda plan: far_from(plan, "fanart", 16 / 9),
    "logo_min_res": lambda plan: smaller(plan, "logo", 400, 1),
    "banner_exists": lambda plan: size(plan, "banner") is None,
    "banner_min_res": lambda plan: smaller(plan, "banner", 1000, 185),
    "artist_id_mismatch": lambda plan: plan.folder.endswith("(rips)"),
    "image_duplicate": cross_slot,
    "backdrop_sequencing": lambda plan: "fanart3.jpg" in fanart(plan) and "fanart2.jpg" not in fanart(plan),
    "backdrop_min_count": lambda plan: not fanart(plan),
    "logo_padding": lambda plan: any(placed.picture.shape == "logo.padded" for placed in plan.pictures),
    "name_language_pref": lambda plan: not plan.profile.name[0].isdigit() and ord(plan.profile.name[0]) > 0x370,
    "origin_missing": lambda plan: told(plan) and not plan.profile.origin,
    "discography_populated": lambda plan: bool(told(plan) and plan.profile.mbid and not plan.profile.albums),
    "provider_id_missing": lambda plan: told(plan) and not plan.profile.ids,
}


@pytest.mark.parametrize("rule", sorted((ENABLED | OTHERS).keys()))
def test_every_rule_has_its_case(plans: list[ArtistPlan], rule: str) -> None:
    assert any((ENABLED | OTHERS)[rule](plan) for plan in plans)


def test_the_showcase_names_every_rule_judged_here() -> None:
    assert SHOWCASE.keys() == (ENABLED | OTHERS).keys() | {"cross_artist_backdrop_collision"}


def test_two_artists_share_a_backdrop_byte_for_byte(plans: list[ArtistPlan]) -> None:
    """For the rule cross_artist_backdrop_collision, which no plan breaks by itself."""
    first = Counter(
        (placed.picture, placed.stamp) for plan in plans for placed in plan.pictures if placed.file_name == "fanart.jpg"
    )
    assert max(first.values()) == 2


def test_two_artists_share_a_name_and_two_an_identifier(plans: list[ArtistPlan]) -> None:
    assert 2 in Counter(plan.profile.name for plan in plans).values()
    assert 2 in Counter(plan.profile.mbid for plan in plans if plan.profile.mbid).values()


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_health_lies_between_75_and_90_percent(seed: int) -> None:
    scores = [
        sum(not broken(plan) for broken in ENABLED.values()) / len(ENABLED)
        for plan in plan_library(seed, demo_recipes(seed, 60))
    ]
    assert 0.75 <= sum(scores) / len(scores) <= 0.90


def test_some_artists_are_perfect(plans: list[ArtistPlan]) -> None:
    rules = {name: rule for name, rule in (ENABLED | OTHERS).items() if name != "name_language_pref"}
    perfect = [plan for plan in plans if not any(rule(plan) for rule in rules.values())]
    assert len(perfect) >= 5
