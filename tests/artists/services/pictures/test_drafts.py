"""A picture that is to be cut waits under a token that only we can make, and for a day."""

import time

import pytest

from artists.services.pictures.drafts import KEEP_SECONDS, draft_of, keep_draft, sweep_drafts
from artists.services.pictures.saving import Origin
from stillwater.errors import Gone, NotFound

ORIGIN = Origin("fanarttv", "https://pictures.example.org/1.jpg")


def test_the_bytes_and_where_they_came_from_are_there_again() -> None:
    token = keep_draft(b"bytes", ORIGIN)
    draft = draft_of(token)
    assert (draft.data, draft.origin.provider, draft.origin.url) == (b"bytes", ORIGIN.provider, ORIGIN.url)
    assert keep_draft(b"bytes", ORIGIN) == token


def test_a_token_that_is_not_ours_opens_nothing() -> None:
    token = keep_draft(b"bytes", ORIGIN)
    for other in ("", "x", token[:-1], f"x{token}"):
        with pytest.raises(NotFound):
            draft_of(other)


def test_after_a_day_it_is_gone_and_says_so() -> None:
    token = keep_draft(b"bytes", ORIGIN)
    assert sweep_drafts(time.time()) == 0
    assert sweep_drafts(time.time() + KEEP_SECONDS + 1) == 1
    with pytest.raises(Gone, match="bring it once more"):
        draft_of(token)
