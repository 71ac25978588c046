"""How one text differs from another, word by word."""

from artists.matching.wording import MOST_WORDS, Piece, word_diff


def test_equal_texts_are_one_piece() -> None:
    assert word_diff("as it was", "as it was") == [Piece("same", "as it was")]


def test_a_changed_word_stands_between_what_stayed() -> None:
    pieces = word_diff("formed in 2004 in Leipzig", "formed in 2005 in Leipzig")
    assert pieces == [
        Piece("same", "formed in "),
        Piece("gone", "2004"),
        Piece("new", "2005"),
        Piece("same", " in Leipzig"),
    ]


def test_the_pieces_make_both_texts_again() -> None:
    old, new = "One two\nthree  four.", "Two\nthree four five."
    pieces = word_diff(old, new)
    assert "".join(piece.text for piece in pieces if piece.kind != "new") == old
    assert "".join(piece.text for piece in pieces if piece.kind != "gone") == new


def test_what_is_too_long_to_compare_is_told_apart_as_a_whole() -> None:
    long = "word " * (MOST_WORDS + 1)
    assert [piece.kind for piece in word_diff("short", long)] == ["gone", "new"]
    assert word_diff("", "") == []
