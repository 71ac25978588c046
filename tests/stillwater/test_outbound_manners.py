"""How the client treats a server: in turn, slower when asked, not at all while it is silent, and within its budget."""

from itertools import pairwise
from typing import Any

import pytest

from stillwater.outbound import Answer, Budget, OutboundError, Rate, Verdict
from stillwater.outbound.policy import MARGIN, SLOW_MARGIN
from tests.stillwater.misbehaving import Handler
from tests.stillwater.upstream import Upstream


def slept(upstream: Upstream) -> float:
    return round(sum(upstream.clock.sleeps), 3)


def quota_in_the_body(answer: Answer) -> Verdict | None:
    return {b"quota": "throttled", b"nonsense": "broken"}.get(answer.body)  # type: ignore[return-value]


def bodies(upstream: Upstream, *left: bytes) -> None:
    queue = list(left)
    upstream.route = lambda handler: handler.answer(200, queue.pop(0) if len(queue) > 1 else queue[0])


class TestTurns:
    def test_requests_of_one_bucket_keep_their_distance(self, upstream: Upstream) -> None:
        with upstream.client(rate=Rate("musicbrainz", per_second=2)) as client:
            for _ in range(3):
                client.request("GET", upstream.server.url())
        assert slept(upstream) == pytest.approx(2 * MARGIN / 2)

    def test_the_time_to_connect_is_spent_before_the_turn(self, upstream: Upstream) -> None:
        moments = []

        def slow_road(host: str, port: int) -> list[str]:
            upstream.clock.now += 0.15
            return ["127.0.0.1"]

        upstream.route = lambda handler: (moments.append(upstream.clock.now), handler.answer(Connection="close"))[1]
        with upstream.client(rate=Rate("musicbrainz", per_second=1), resolve=slow_road) as client:
            for _ in range(4):
                client.request("GET", upstream.server.url())
        assert [round(after - before, 3) for before, after in pairwise(moments)] == [SLOW_MARGIN] * 3

    def test_each_hop_of_a_redirect_takes_a_turn(self, upstream: Upstream) -> None:
        upstream.answers((302, {"Location": "/there"}), (200, {}))
        upstream.ask(policy={"rate": Rate("mb", per_second=1), "redirects": 1})
        assert slept(upstream) == SLOW_MARGIN

    def test_a_wait_that_is_too_long_is_refused_before_anything_is_sent(self, upstream: Upstream) -> None:
        with upstream.client(rate=Rate("slow", per_second=0.01, patience=5)) as client:
            client.request("GET", upstream.server.url())
            with pytest.raises(OutboundError) as caught:
                client.request("GET", upstream.server.url())
        assert (caught.value.kind, caught.value.retry_after) == ("waiting", 103.5)
        assert len(upstream.server.requests) == 1


class TestThrottling:
    def test_retry_after_holds_back_every_other_client_of_the_bucket(self, upstream: Upstream) -> None:
        upstream.answers((429, {"Retry_After": "40"}), (200, {}))
        for turn in range(2):
            with upstream.client(rate=Rate("shared", per_second=10)) as client:
                if turn == 0:
                    with pytest.raises(OutboundError):
                        client.request("GET", upstream.server.url())
                else:
                    client.request("GET", upstream.server.url())
        assert slept(upstream) == 40

    @pytest.mark.parametrize("status", [429, 503])
    def test_a_throttle_makes_the_next_requests_slower(self, upstream: Upstream, status: int) -> None:
        upstream.answers((status, {}), (200, {}))
        policy = {"rate": Rate("mb", per_second=1)}
        upstream.ask(policy=policy)
        assert slept(upstream) == 2
        upstream.ask(policy=policy)
        assert slept(upstream) == 2 + 2 * SLOW_MARGIN

    def test_a_quota_inside_an_ordinary_answer_is_a_throttle_and_asked_again(self, upstream: Upstream) -> None:
        bodies(upstream, b"quota", b"quota", b"fine")
        answer = upstream.ask(policy={"rate": Rate("deezer", per_second=5)}, judge=quota_in_the_body)
        assert answer.body == b"fine"
        assert slept(upstream) == 2 + 4

    def test_a_quota_that_stays_is_told(self, upstream: Upstream) -> None:
        bodies(upstream, b"quota")
        error = upstream.failure(judge=quota_in_the_body)
        assert (error.kind, len(upstream.server.requests)) == ("throttled", 3)

    def test_an_answer_that_the_judge_calls_broken_is_not_asked_again(self, upstream: Upstream) -> None:
        bodies(upstream, b"nonsense", b"fine")
        assert upstream.failure(judge=quota_in_the_body).kind == "bad_content"
        assert len(upstream.server.requests) == 1


class TestSilence:
    def fail(self, upstream: Upstream, times: int, **options: Any) -> list[str]:
        policy = {"circuit": "adb", "attempts": 1}
        return [upstream.failure(policy=policy, **options).kind for _ in range(times)]

    @pytest.mark.parametrize("status", [500, 502, 503, 504])
    def test_a_server_that_keeps_failing_is_not_asked_any_more(self, upstream: Upstream, status: int) -> None:
        upstream.answers((status, {}))
        assert self.fail(upstream, 6) == ["status"] * 5 + ["unavailable"]
        assert len(upstream.server.requests) == 5

    def test_it_says_when_it_is_worth_asking_again(self, upstream: Upstream) -> None:
        upstream.answers((500, {}))
        self.fail(upstream, 5)
        assert upstream.failure(policy={"circuit": "adb"}).retry_after == 30
        assert upstream.clock.sleeps == []

    def test_nobody_waits_in_line_for_a_server_that_is_left_alone(self, upstream: Upstream) -> None:
        upstream.answers((500, {}))
        self.fail(upstream, 5)
        policy = {"circuit": "adb", "rate": Rate("adb", per_second=0.1)}
        upstream.failure(policy=policy)
        upstream.failure(policy=policy)
        assert upstream.clock.sleeps == []

    def test_it_is_asked_again_after_its_rest(self, upstream: Upstream) -> None:
        upstream.answers(*[(500, {})] * 5, (200, {}))
        self.fail(upstream, 5)
        upstream.clock.now += 30
        assert [upstream.ask(policy={"circuit": "adb"}).status for _ in range(9)] == [200] * 9

    @pytest.mark.parametrize("status", [400, 401, 403, 404, 429])
    def test_refusals_and_misses_are_answers(self, upstream: Upstream, status: int) -> None:
        upstream.answers((status, {}))
        assert self.fail(upstream, 8) == ["status"] * 8

    def test_connections_that_break_and_answers_that_nobody_can_read_count(self, upstream: Upstream) -> None:
        def hang_up(handler: Handler) -> None:
            handler.close_connection = True
            handler.connection.close()

        upstream.route = hang_up
        self.fail(upstream, 3)
        bodies(upstream, b"nonsense")
        self.fail(upstream, 2, judge=quota_in_the_body)
        assert self.fail(upstream, 1) == ["unavailable"]


class TestBudget:
    def test_waiting_attempts_and_pauses_share_it(self, upstream: Upstream) -> None:
        def drip(handler: Handler) -> None:
            handler.send_response(200)
            handler.send_header("Content-Length", "1000000000")
            handler.end_headers()
            handler.pour(b"x")

        upstream.route, upstream.clock.step = drip, 0.1
        began = upstream.clock.now
        budget = Budget.of(13, upstream.clock)
        kinds = {
            upstream.failure(policy={"body_limit": 10**10, "circuit": "adb"}, budget=budget).kind for _ in range(4)
        }
        assert kinds == {"timeout"}
        assert upstream.clock.now - began < 15
        assert len(upstream.server.requests) == 1

    def test_our_own_haste_is_not_held_against_the_server(self, upstream: Upstream) -> None:
        self.test_waiting_attempts_and_pauses_share_it(upstream)
        upstream.route, upstream.clock.step = (lambda handler: handler.answer()), 0
        assert [upstream.ask(policy={"circuit": "adb"}).status for _ in range(3)] == [200] * 3

    def test_no_pause_is_begun_that_would_outlast_it(self, upstream: Upstream) -> None:
        upstream.answers((503, {"Retry_After": "9"}))
        error = upstream.failure(budget=Budget.of(5, upstream.clock))
        assert (error.retry_after, upstream.clock.sleeps) == (9, [])

    def test_no_turn_is_waited_for_that_would_outlast_it(self, upstream: Upstream) -> None:
        with upstream.client(rate=Rate("slow", per_second=0.1)) as client:
            client.request("GET", upstream.server.url())
            with pytest.raises(OutboundError) as caught:
                client.request("GET", upstream.server.url(), budget=Budget.of(5, upstream.clock))
        assert (caught.value.kind, upstream.clock.sleeps) == ("waiting", [])
