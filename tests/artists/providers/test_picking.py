"""The four modes of a bulk run really differ: who is linked alone, and who is left for a person."""

from collections.abc import Sequence

import pytest

from artists.matching.albums import AlbumOverlap, compare_albums
from artists.providers.answers import SearchHit
from artists.providers.picking import MODES, Wanted, pick

OURS = ["Low Tide", "Salt Roads", "Night Ferry"]
A, B = "7d1e0c52-3b64-4f8a-9a17-52c0b6e4d901", "0b1c2d3e-0000-4000-8000-000000000002"
Candidates = Sequence[tuple[SearchHit, AlbumOverlap | None]]


def entry(name: str, mbid: str = A, albums: Sequence[str] | None = None, score: int = 100) -> Candidates:
    overlap = None if albums is None else compare_albums(OURS, albums)
    return [(SearchHit("musicbrainz", mbid, name, score=score, musicbrainz_id=mbid), overlap)]


EXACT = entry("Mara Field")
EXACT_PROVEN = entry("Mara Field", albums=OURS)
EXACT_CONTRADICTED = entry("Mara Field", albums=["Somebody Else"])
NAMESAKES = [*entry("Mara Field"), *entry("Mara Field", B)]
NAMESAKES_ONE_PROVEN = [*entry("Mara Field", albums=["Somebody Else"]), *entry("Mara Field", B, albums=OURS)]
SIMILAR = entry("Mara Fields")
SIMILAR_PROVEN = entry("Mara Fields", albums=OURS[:2] + OURS[2:])
SIMILAR_CONTRADICTED = entry("Mara Fields", albums=["Somebody Else"])
OTHERS = entry("Quillfen Harbor", albums=OURS)
NOBODY: Candidates = []

ORDER = ("prompt_no_match", "auto_exact", "auto_similar", "yolo")
TABLE: list[tuple[str, Candidates, tuple[str, str, str, str]]] = [
    ("the only entry of this name", EXACT, ("", A, A, A)),
    ("the only entry of this name, proven by albums", EXACT_PROVEN, ("", A, A, A)),
    ("the only entry of this name, contradicted by albums", EXACT_CONTRADICTED, ("", "", "", "")),
    ("two entries of this name", NAMESAKES, ("", "", "", "")),
    ("two entries of this name, one proven by albums", NAMESAKES_ONE_PROVEN, ("", "", B, B)),
    ("a similar name", SIMILAR, ("", "", "", A)),
    ("a similar name, proven by albums", SIMILAR_PROVEN, ("", "", A, A)),
    ("a similar name, contradicted by albums", SIMILAR_CONTRADICTED, ("", "", "", "")),
    ("another name altogether, whatever its albums", OTHERS, ("", "", "", "")),
    ("nobody", NOBODY, ("", "", "", "")),
]


def test_the_modes_are_those_of_the_contract() -> None:
    assert tuple(MODES) == ORDER


@pytest.mark.parametrize(("case", "candidates", "linked"), TABLE, ids=[row[0] for row in TABLE])
def test_who_is_linked_alone(case: str, candidates: Candidates, linked: tuple[str, ...]) -> None:
    for mode, mbid in zip(ORDER, linked, strict=True):
        picked = pick(mode, Wanted("Mara Field", 60), candidates)
        assert (mode, picked.hit.musicbrainz_id if picked.hit else "") == (mode, mbid)
        assert picked.why


@pytest.mark.parametrize("mode", ORDER)
class TestNoModeLinks:
    def test_what_the_tags_of_the_files_deny(self, mode: str) -> None:
        assert pick(mode, Wanted("Mara Field", 60, tagged=frozenset({B})), EXACT).hit is None

    def test_a_name_that_two_artists_here_have_without_albums(self, mode: str) -> None:
        assert pick(mode, Wanted("Mara Field", 60, unique=False), EXACT).hit is None

    def test_what_is_no_name(self, mode: str) -> None:
        assert pick(mode, Wanted("-", 0), entry("-")).hit is None


class TestYolo:
    def test_takes_the_better_of_two_similar_names(self) -> None:
        both = [*entry("Mara Fielding", B), *SIMILAR]
        picked = pick("yolo", Wanted("Mara Field", 60), both)
        assert picked.hit is not None
        assert picked.hit.name == "Mara Fields"

    def test_leaves_two_equally_good_ones_to_a_person(self) -> None:
        assert pick("yolo", Wanted("Mara Field", 60), [*SIMILAR, *entry("Mara Fields", B)]).hit is None

    def test_tells_the_evidence(self) -> None:
        assert "91 % alike" in pick("yolo", Wanted("Mara Field", 60), SIMILAR).why
