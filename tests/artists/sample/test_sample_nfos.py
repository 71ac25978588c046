"""The NFOs of a sample library: odd ones can be read with patience, broken ones cannot."""

import pytest
from lxml import etree

from artists.sample.nfos import BROKEN, ODD, nfo
from artists.sample.plan import plan_library
from artists.sample.profiles import Profile
from artists.sample.recipes import Recipe

STRICT = ("bom", "utf16", "latin1", "kodi", "mbid-url", "mbid-upper", "crlf", "lockdata", "unknown-elements")


@pytest.fixture(scope="module")
def profile() -> Profile:
    """The first artist whose name needs Latin-1."""
    profiles = (plan.profile for plan in plan_library(1, [Recipe()] * 60))
    return next(each for each in profiles if 0x80 < ord(max(each.name)) < 0x100)


@pytest.mark.parametrize("kind", ["good", "sparse", *STRICT])
def test_a_readable_nfo_tells_the_name_and_the_identifier(profile: Profile, kind: str) -> None:
    root = etree.fromstring(nfo(kind, profile))
    assert root.findtext("name") == profile.name
    told = root.findtext("musicbrainzartistid") or root.findtext("musicBrainzArtistID") or ""
    assert profile.mbid in told.lower()


def test_a_good_nfo_lists_every_album(profile: Profile) -> None:
    root = etree.fromstring(nfo("good", profile))
    assert [album.findtext("title") for album in root.iter("album")] == [album.title for album in profile.albums]


@pytest.mark.parametrize("kind", sorted(set(ODD) - set(STRICT)))
def test_the_other_odd_ones_need_more_than_a_strict_parser(profile: Profile, kind: str) -> None:
    with pytest.raises(etree.XMLSyntaxError):
        etree.fromstring(nfo(kind, profile))


@pytest.mark.parametrize("kind", ["truncated", "empty"])
def test_broken_ones_cannot_be_parsed(profile: Profile, kind: str) -> None:
    with pytest.raises(etree.XMLSyntaxError):
        etree.fromstring(nfo(kind, profile))


def test_every_broken_kind_has_its_bytes(profile: Profile) -> None:
    assert len({nfo(kind, profile) for kind in BROKEN}) == len(BROKEN)
