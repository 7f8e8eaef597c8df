"""Windows: every piece is kept once, with context on both sides, by as few windows as will do."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import example, given
from hypothesis import strategies as st

from presslens.nlp.windows import MARGIN, REACH, plan_windows

SIZES = st.tuples(st.integers(0, 40), st.integers(1, 60)).map(lambda x: (2 * x[0] + x[1], x[0]))


@given(st.integers(0, 20_000))
@example(REACH)
@example(REACH + 1)
@example(2 * REACH - 2 * MARGIN)
@example(2 * REACH - 2 * MARGIN + 1)
def test_every_piece_is_kept_once_in_order(length: int) -> None:
    kept = [n for window in plan_windows(length) for n in range(window.first, window.last)]
    assert kept == list(range(length))


@given(st.integers(1, 3000), SIZES)
def test_any_reach_and_margin_keep_every_piece_once(length: int, size: tuple[int, int]) -> None:
    reach, margin = size
    windows = plan_windows(length, reach=reach, margin=margin)
    assert [n for w in windows for n in range(w.first, w.last)] == list(range(length))
    assert all(w.end - w.start <= reach for w in windows)


@given(st.integers(1, 20_000))
def test_no_window_is_longer_than_the_encoder_reaches(length: int) -> None:
    for window in plan_windows(length):
        assert 0 <= window.start <= window.first < window.last <= window.end <= length
        assert window.end - window.start <= REACH


@given(st.integers(1, 20_000))
def test_what_is_kept_has_context_but_at_the_articles_ends(length: int) -> None:
    for window in plan_windows(length):
        assert window.start == 0 or window.first - window.start >= MARGIN
        assert window.end == length or window.end - window.last >= MARGIN
        assert window.start > 0 or window.first == 0
        assert window.end < length or window.last == length


@given(st.integers(REACH + 1, 20_000))
def test_windows_of_one_article_are_of_about_one_size(length: int) -> None:
    sizes = [window.end - window.start for window in plan_windows(length)]
    assert max(sizes) - min(sizes) <= 1


@given(st.integers(1, 20_000))
def test_there_are_as_few_windows_as_reach_around(length: int) -> None:
    count = len(plan_windows(length))
    one_less = (count - 1) * (REACH - 2 * MARGIN) + 2 * MARGIN
    assert count == 1 or one_less < length
    assert (count == 1) == (length <= REACH)


def test_neighbouring_windows_share_two_margins() -> None:
    for before, after in pairwise(plan_windows(5000)):
        assert before.last == after.first
        assert before.end - after.start == 2 * MARGIN


def test_nothing_needs_no_window() -> None:
    assert plan_windows(0) == []
