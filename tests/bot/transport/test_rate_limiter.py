"""Rate limits: nobody is written to faster than Telegram allows."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.transport.rate_limiter import RateLimiter

GROUP = -100


class Watch:
    """A monotonic clock that is set by hand."""

    def __init__(self) -> None:
        self.at = 1000.0

    def __call__(self) -> float:
        return self.at


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture
def limiter(watch: Watch) -> RateLimiter:
    return RateLimiter(watch)


def test_a_chat_gets_three_at_once_and_then_waits(limiter: RateLimiter) -> None:
    for _ in range(3):
        limiter.take(1)

    assert limiter.waiting() == {1}


def test_a_chat_is_free_again_a_second_after_the_answer(
    limiter: RateLimiter, watch: Watch
) -> None:
    for _ in range(3):
        limiter.take(1)

    watch.at += 1.0
    assert limiter.waiting() == {1}
    limiter.answered(1, 3)
    watch.at += 1.0

    assert limiter.waiting() == frozenset()


def test_one_chat_does_not_slow_another(limiter: RateLimiter) -> None:
    for _ in range(3):
        limiter.take(1)

    assert 2 not in limiter.waiting()


def test_a_group_gets_twenty_a_minute(limiter: RateLimiter, watch: Watch) -> None:
    for _ in range(20):
        limiter.take(GROUP)
        watch.at += 1.0
        limiter.answered(GROUP)

    assert limiter.waiting() == {GROUP}
    watch.at += 40.0
    assert limiter.waiting() == {GROUP}
    watch.at += 1.0
    assert limiter.waiting() == frozenset()


def test_the_papers_of_an_album_count_one_by_one(limiter: RateLimiter) -> None:
    limiter.take(1, 3)

    assert limiter.room() == 27
    assert limiter.waiting() == {1}


def test_after_an_album_of_ten_a_chat_is_free_again_in_two_seconds(
    limiter: RateLimiter, watch: Watch
) -> None:
    limiter.take(1, 10)
    limiter.answered(1, 10)

    watch.at += 1.9
    assert limiter.waiting() == {1}
    watch.at += 0.2
    assert limiter.waiting() == frozenset()


def test_all_chats_together_get_thirty_a_second(limiter: RateLimiter, watch: Watch) -> None:
    for number in range(30):
        limiter.take(number)
        limiter.answered(number)

    assert limiter.room() == 0
    watch.at += 0.9
    assert limiter.room() == 0
    watch.at += 0.3
    assert limiter.room() == 30


def test_what_is_still_on_its_way_counts_however_long_it_takes(
    limiter: RateLimiter, watch: Watch
) -> None:
    for number in range(30):
        limiter.take(number)

    watch.at += 5.0
    assert limiter.room() == 0
    limiter.answered(1)
    watch.at += 1.0
    assert limiter.room() == 1


def test_what_the_way_takes_at_least_is_not_waited_for_again(
    limiter: RateLimiter, watch: Watch
) -> None:
    for number in range(80):
        if number == 50:
            watch.at += 1.0
        limiter.take(number)
        limiter.answered(number, took=0.3)

    watch.at += 0.65
    assert limiter.room() == 0
    watch.at += 0.1
    assert limiter.room() == 30


def test_on_a_way_that_takes_now_more_now_less_nothing_is_spared(
    limiter: RateLimiter, watch: Watch
) -> None:
    for number in range(50):
        limiter.take(number)
        limiter.answered(number, took=0.1 + number * 0.01)

    watch.at += 0.99
    assert limiter.room() == 0


def test_what_is_no_message_counts_for_all_only(limiter: RateLimiter) -> None:
    for _ in range(5):
        limiter.take(None)

    assert limiter.room() == 25
    assert limiter.waiting() == frozenset()


def test_only_the_chat_that_was_refused_waits(limiter: RateLimiter, watch: Watch) -> None:
    limiter.hold(1, 30)

    assert limiter.waiting() == {1}
    assert limiter.room() == 30
    watch.at += 30
    assert limiter.waiting() == frozenset()


def test_a_third_refused_chat_makes_all_wait(limiter: RateLimiter, watch: Watch) -> None:
    limiter.hold(1, 5)
    limiter.hold(2, 5)
    limiter.hold(3, 5)

    assert limiter.room() == 0
    watch.at += 5
    assert limiter.room() == 30


def test_the_same_chat_refused_again_makes_nobody_else_wait(limiter: RateLimiter) -> None:
    for _ in range(5):
        limiter.hold(1, 5)

    assert limiter.room() == 30


def test_a_shorter_hold_does_not_end_a_longer_one(limiter: RateLimiter, watch: Watch) -> None:
    limiter.hold(1, 30)
    limiter.hold(1, 1)

    watch.at += 10

    assert limiter.waiting() == {1}


@given(st.lists(st.floats(min_value=0, max_value=2), max_size=60))
def test_no_second_ever_sees_more_than_four_messages_to_a_chat(pauses: list[float]) -> None:
    watch = Watch()
    limiter = RateLimiter(watch)
    sent = []
    for pause in pauses:
        watch.at += pause
        if 1 not in limiter.waiting():
            limiter.take(1)
            limiter.answered(1)
            sent.append(watch.at)

    assert max((sum(at <= s < at + 1 for s in sent) for at in sent), default=0) <= 4
