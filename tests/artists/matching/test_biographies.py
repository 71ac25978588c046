"""Biographies that say nothing are told apart from short but real ones."""

import pytest

from artists.matching.biographies import is_junk


def test_a_real_biography_is_fine():
    assert is_junk("An English rock band formed in Abingdon, Oxfordshire, in 1985 by five friends.") == ""


@pytest.mark.parametrize(
    "text", ["", "  \n", "?", "N/A", "unknown", "TBD", "---", "...", "None", "No biography available.", "Too short."]
)
def test_blanks_fillers_and_stubs_are_junk(text):
    assert is_junk(text)


def test_length_is_counted_in_bytes_so_that_dense_scripts_are_not_called_short():
    assert is_junk("椎名林檎は日本のシンガーソングライターである") == ""
    assert is_junk("x" * 49) == "only 49 bytes long, less than 50"
    assert is_junk("x" * 50) == ""
