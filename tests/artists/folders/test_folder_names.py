"""Names of artist folders: skipped, excluded, canonical, refused."""

import pytest

from artists.folders.names import (
    canonical_directory_name,
    directory_name_fits,
    directory_name_problem,
    is_excluded_artist,
    is_ignored_folder,
    same_directory_name,
    why_ignored,
)


@pytest.mark.parametrize("name", ["Björk", "!!!", "311", "@", "#1 Dads", "AC_DC", "Lost+Sound"])
def test_artists_are_not_ignored(name):
    assert not is_ignored_folder(name)


@pytest.mark.parametrize(
    "name",
    ["#recycle", "@eaDir", ".Trash-1000", "lost+found", "$RECYCLE.BIN", "System Volume Information", ".AppleDouble",
     "._x"],
)  # fmt: skip
def test_folders_of_the_system_are_passed_over_in_silence(name):
    ignored = why_ignored(name)
    assert ignored is not None
    assert not ignored.report


@pytest.mark.parametrize("name", [".38 Special", "...And You Will Know Us by the Trail of Dead"])
def test_a_real_band_behind_a_dot_is_reported(name):
    ignored = why_ignored(name)
    assert ignored is not None
    assert ignored.report
    assert "dot" in ignored.reason


@pytest.mark.parametrize(
    "name", ["Various Artists", "various", "VA", "OST", "Soundtracks", "[unknown]", " unknown artist "]
)
def test_collective_names_are_excluded(name):
    assert is_excluded_artist(name)


def test_exclusion_is_exact_and_can_be_configured():
    assert not is_excluded_artist("Various Cruelties")
    assert not is_excluded_artist("VA", exclusions=["Diverse"])
    assert is_excluded_artist("diverse", exclusions=["Diverse"])


def test_musicbrainz_various_artists_is_excluded_under_any_name():
    assert is_excluded_artist("Vários", mbid="89AD4AC3-39F7-470E-963A-56509C546377")


@pytest.mark.parametrize(
    ("name", "mode", "folder"),
    [
        ("The Beatles", "prefix", "The Beatles"),
        ("The Beatles", "suffix", "Beatles, The"),
        ("The Beatles", "strip", "Beatles"),
        ("A Tribe Called Quest", "suffix", "Tribe Called Quest, A"),
        ("An Horse", "strip", "Horse"),
        ("The The", "strip", "The"),
        ("Theatre of Tragedy", "strip", "Theatre of Tragedy"),
        ("The", "strip", "The"),
        ("AC/DC", "prefix", "AC_DC"),
        ('a\\b:c*d?e"f<g>h|i', "prefix", "a_b_c_d_e_f_g_h_i"),
        ("Fun.", "prefix", "Fun"),
        (".38 Special", "prefix", "38 Special"),
        ("CON", "prefix", "CON_"),
        ("aux.h", "prefix", "aux_.h"),
        ("...", "prefix", ""),
        ("..", "prefix", ""),
        ("", "prefix", ""),
        ("a\x00b\n", "prefix", "ab"),
    ],
)
def test_the_canonical_name_is_safe_on_every_disk(name, mode, folder):
    assert canonical_directory_name(name, mode) == folder


def test_a_very_long_name_is_cut_between_letters():
    folder = canonical_directory_name("漢" * 100)
    assert folder == "漢" * 85
    assert directory_name_problem(folder) == ""


def test_case_and_composition_make_no_difference():
    assert same_directory_name("BJÖRK", "bjo\u0308rk")
    assert not same_directory_name("Bjork", "Björk")


@pytest.mark.parametrize(
    ("folder", "name"),
    [
        ("AC_DC", "AC/DC"),
        ("AC-DC", "AC/DC"),
        ("ACDC", "AC/DC"),
        ("Fun.", "fun."),
        ("Fun", "fun."),
        ("38 Special", ".38 Special"),
        ("CON_", "CON"),
        ("whatever", "..."),
        ("bjo\u0308rk", "Björk"),
    ],
)
def test_a_fair_rendering_of_a_name_is_not_renamed_to_and_fro(folder, name):
    assert directory_name_fits(folder, name)


@pytest.mark.parametrize(
    ("folder", "name", "mode"),
    [
        ("AC+DC Live", "AC/DC", "prefix"),
        ("Beatles, The", "The Beatles", "prefix"),
        ("The Beatles", "The Beatles", "suffix"),
        ("Jay_Z", "Jay-Z", "prefix"),
        ("Bjork", "Björk", "prefix"),
    ],
)
def test_another_name_does_not_fit(folder, name, mode):
    assert not directory_name_fits(folder, name, mode)


@pytest.mark.parametrize("name", ["Björk", "Fun.Land", "AC_DC", "!!!", "漢" * 85, "What! Yes; this (is)"])
def test_a_usable_name_has_no_problem(name):
    assert directory_name_problem(name) == ""


@pytest.mark.parametrize(
    "name",
    ["", "  ", ".", "..", "a/b", "a\\b", "../x", "a\x00b", "a\nb", "Fun.", "Fun ", ".38 Special", "CON", "nul.txt",
     "lpt1", "x" * 256, "漢" * 86, "bad\udce9", "#recycle", "@eaDir", "Recycler", "a:b", "Why?", "a*b", "<a>", "a|b",
     '"a"'],
)  # fmt: skip
def test_a_name_that_some_disk_would_not_keep_or_no_scan_would_find_is_refused(name):
    assert directory_name_problem(name)
