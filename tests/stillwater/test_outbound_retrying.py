"""What is asked again, how often and after what pause."""

from email.utils import formatdate

import pytest

from tests.stillwater.misbehaving import Handler, hang_up
from tests.stillwater.upstream import Upstream


class TestRetrying:
    @pytest.mark.parametrize("status", [429, 502, 503, 504])
    def test_a_passing_failure_is_asked_again(self, upstream: Upstream, status: int) -> None:
        upstream.answers((status, {}), (status, {}), (200, {}))
        assert upstream.ask().status == 200
        assert upstream.clock.sleeps == [0.75, 1.5]

    def test_the_number_of_attempts_is_bounded(self, upstream: Upstream) -> None:
        upstream.answers((503, {}))
        error = upstream.failure(policy={"attempts": 4})
        assert (error.kind, error.upstream_status, len(upstream.server.requests)) == ("status", 503, 4)

    @pytest.mark.parametrize("status", [400, 401, 403, 404, 500, 501])
    def test_a_clear_answer_is_not_asked_again(self, upstream: Upstream, status: int) -> None:
        upstream.answers((status, {}))
        error = upstream.failure()
        assert (error.upstream_status, len(upstream.server.requests)) == (status, 1)
        assert error.answer is not None
        assert error.answer.body == b"ok"

    def test_an_accepted_status_is_an_answer(self, upstream: Upstream) -> None:
        upstream.answers((404, {}))
        assert upstream.ask(accept={404}).status == 404

    @pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
    def test_what_may_change_something_is_sent_once(self, upstream: Upstream, method: str) -> None:
        upstream.answers((503, {"Retry_After": "1"}), (200, {}))
        assert upstream.failure(method).upstream_status == 503
        assert len(upstream.server.requests) == 1

    def test_a_write_whose_connection_breaks_is_sent_once(self, upstream: Upstream) -> None:
        upstream.route = hang_up
        assert upstream.failure("POST", json={}).kind == "connection"
        assert len(upstream.server.requests) == 1

    def test_a_post_that_only_reads_is_asked_again(self, upstream: Upstream) -> None:
        upstream.answers((503, {}), (200, {}))
        assert upstream.ask("POST", json={"query": "{}"}, read=True).status == 200

    def test_a_broken_connection_is_tried_again(self, upstream: Upstream) -> None:
        def once(handler: Handler) -> None:
            upstream.route = lambda handler: handler.answer()
            hang_up(handler)

        upstream.route = once
        assert upstream.ask().status == 200

    def test_retry_after_in_seconds_is_kept(self, upstream: Upstream) -> None:
        upstream.answers((429, {"Retry_After": "7"}), (200, {}))
        upstream.ask()
        assert upstream.clock.sleeps == [7]

    def test_retry_after_as_a_date_is_kept(self, upstream: Upstream) -> None:
        upstream.answers((503, {"Retry_After": formatdate(upstream.clock.now + 9, usegmt=True)}), (200, {}))
        upstream.ask()
        assert upstream.clock.sleeps == [9]

    def test_a_server_that_asks_for_more_than_we_wait_is_left_alone(self, upstream: Upstream) -> None:
        upstream.answers((429, {"Retry_After": "3600"}))
        error = upstream.failure(policy={"longest_wait": 20})
        assert (error.retry_after, upstream.clock.sleeps, len(upstream.server.requests)) == (3600, [], 1)

    @pytest.mark.parametrize("value", ["", "soon", "-5", "1e9", "Thu, 99 Foo", formatdate(0, usegmt=True), "9" * 400])
    def test_a_strange_retry_after_counts_as_none(self, upstream: Upstream, value: str) -> None:
        upstream.answers((503, {"Retry_After": value}), (200, {}))
        upstream.ask()
        assert upstream.clock.sleeps == [0.75]
