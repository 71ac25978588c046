"""A list of any length as JSON: the same text in one piece or in many, and never more rows at hand than are sent."""

import json
from collections.abc import Iterator

import pytest
from django.http import StreamingHttpResponse
from django.utils import timezone

from stillwater.json_lists import PIECE, SHORT, json_list


@pytest.mark.parametrize("count", [0, 1, PIECE, PIECE + 1, SHORT, SHORT + 1, SHORT + PIECE])
def test_every_row_is_sent_and_counted(count: int) -> None:
    response = json_list("rows", ({"number": number} for number in range(count)), groups=[])
    text = b"".join(response) if response.streaming else response.content
    expected = {"rows": [{"number": number} for number in range(count)], "count": count, "groups": []}
    assert json.loads(text) == expected
    assert response.streaming is (count > SHORT)


def test_rows_are_fetched_while_they_are_sent() -> None:
    fetched = 0

    def rows() -> Iterator[dict[str, int]]:
        nonlocal fetched
        for fetched in range(1, 10 * SHORT + 1):
            yield {"number": fetched}

    response = json_list("rows", rows())
    assert isinstance(response, StreamingHttpResponse)
    sent = iter(response)
    next(sent)
    assert fetched == SHORT + 1
    list(sent)
    assert fetched == 10 * SHORT


def test_moments_and_letters_are_written_as_everywhere_in_the_api() -> None:
    moment = timezone.now().replace(microsecond=120000)
    row = json.loads(json_list("rows", [{"at": moment, "name": "Ænima \u2028"}]).content)["rows"][0]
    assert row == {"at": f"{moment:%Y-%m-%dT%H:%M:%S}.120Z", "name": "Ænima \u2028"}
