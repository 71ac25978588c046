"""What the tests of this floor share."""

from collections.abc import Iterator

import pytest

from tests.stillwater.upstream import Upstream


@pytest.fixture
def upstream() -> Iterator[Upstream]:
    made = Upstream()
    with made.server:
        yield made
