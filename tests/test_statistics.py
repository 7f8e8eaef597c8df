import math

import numpy as np
import pandas as pd
import pytest

from presslens import statistics


def articles(parts, wholes, **columns):
    ids = [f"a{i}" for i in range(len(parts))]
    return pd.DataFrame({"article_id": ids, "part": parts, "whole": wholes, **columns})


def one(frame):
    assert len(frame) == 1
    return frame.iloc[0]


def test_a_share_is_the_ratio_of_sums_and_counts_articles_once():
    frame = pd.concat([articles([1, 2, 3, 4, 5, 9], [10] * 6)] * 2)
    row = one(statistics.share(frame, "part", "whole"))
    assert row.estimate == pytest.approx(24 / 60)
    assert (row.articles, row.n) == (6, 120)
    assert row.low < row.estimate < row.high
    assert row.note is None


def test_interval_agrees_with_the_analytic_one_of_a_mean():
    rng = np.random.default_rng(5)
    values = rng.normal(10, 2, 200)
    row = one(statistics.mean(articles(values, [1] * 200), "part", draws=8000))
    error = values.std(ddof=1) / math.sqrt(200)
    assert row.estimate == pytest.approx(values.mean())
    assert row.low == pytest.approx(values.mean() - 1.972 * error, abs=0.12 * error)
    assert row.high == pytest.approx(values.mean() + 1.972 * error, abs=0.12 * error)


@pytest.mark.parametrize("clusters", [8, 30])
def test_intervals_cover_the_true_share_about_as_often_as_they_say(clusters):
    rng = np.random.default_rng(clusters)
    hits = 0
    runs = 300
    for seed in range(runs):
        wholes = rng.integers(200, 900, clusters)
        parts = wholes * rng.beta(2, 5, clusters)
        frame = articles(parts, wholes)
        row = one(statistics.share(frame, "part", "whole", draws=1000, seed=seed))
        hits += row.low <= 2 / 7 <= row.high
    assert 0.91 <= hits / runs <= 0.985


def test_clusters_not_rows_make_the_interval():
    alone = articles([2, 8, 3, 7, 4, 6], [10] * 6)
    repeated = pd.concat([alone] * 50)
    narrow = one(statistics.share(repeated, "part", "whole"))
    wide = one(statistics.share(alone, "part", "whole"))
    assert (narrow.low, narrow.high) == pytest.approx((wide.low, wide.high))


def test_few_articles_give_no_interval_but_a_note():
    row = one(statistics.share(articles([1, 2, 3, 4], [10] * 4), "part", "whole"))
    assert row.estimate == pytest.approx(0.25)
    assert math.isnan(row.low)
    assert math.isnan(row.high)
    assert row.note == statistics.TOO_FEW


def test_no_variation_gives_no_interval_but_a_note():
    row = one(statistics.share(articles([0] * 9, [10] * 9), "part", "whole"))
    assert row.estimate == 0
    assert math.isnan(row.low)
    assert row.note == statistics.ALL_ALIKE


def test_nothing_counted_gives_no_number():
    row = one(statistics.share(articles([], []), "part", "whole"))
    assert math.isnan(row.estimate)
    assert row.note == statistics.EMPTY
    assert statistics.share(articles([], [], outlet=[]), "part", "whole", by="outlet").empty


def test_groups_and_several_parts_come_as_rows_and_leave_out_the_unnamed():
    frame = articles([1] * 6, [10] * 6, rest=[9] * 6, outlet=["B", "A", None, "A", "B", "A"])
    table = statistics.share(frame, ["part", "rest"], "whole", by="outlet")
    assert list(table.outlet) == ["A", "A", "B", "B"]
    assert list(table.part) == ["part", "rest"] * 2
    assert list(table.articles) == [3, 3, 2, 2]
    assert table.estimate.tolist() == pytest.approx([0.1, 0.9, 0.1, 0.9])


def test_a_mean_weighs_and_skips_missing_values():
    frame = articles([1.0, None, 3.0], [1, 50, 3])
    row = one(statistics.mean(frame, "part", weight="whole"))
    assert row.estimate == pytest.approx(2.5)
    assert (row.articles, row.n) == (2, 4)


def test_same_seed_same_interval():
    frame = articles([2, 8, 3, 7, 4, 6], [10] * 6)
    first = statistics.share(frame, "part", "whole", seed=3)
    assert first.equals(statistics.share(frame, "part", "whole", seed=3))
    assert not first.equals(statistics.share(frame, "part", "whole", seed=4))


def test_a_difference_between_outlets_adds_both_variances():
    rng = np.random.default_rng(2)
    first, second = rng.normal(0.5, 0.1, 100), rng.normal(0.3, 0.1, 100)
    frame = articles(np.r_[first, second], [1] * 200, outlet=["A"] * 100 + ["B"] * 100)
    row = one(statistics.difference(frame, "part", "whole", by="outlet", groups=("A", "B")))
    error = math.sqrt(first.var(ddof=1) / 100 + second.var(ddof=1) / 100)
    assert row.estimate == pytest.approx(first.mean() - second.mean())
    assert row.high - row.low == pytest.approx(2 * 1.98 * error, rel=0.08)
    assert row.against == "B"


def test_a_difference_within_articles_uses_the_pairing():
    rng = np.random.default_rng(2)
    level = rng.normal(0.5, 0.3, 40)
    noise = rng.normal(0, 0.01, 40)
    frame = pd.concat(
        [
            articles(level, [1] * 40, voice="official"),
            articles(level + 0.1 + noise, [1] * 40, voice="own"),
        ]
    )
    table = statistics.difference(frame, "part", "whole", by="voice")
    assert list(table.voice) == ["official", "own"]
    assert table.estimate.tolist() == pytest.approx([-0.1, 0.1], abs=0.01)
    assert (table.high - table.low).max() < 0.02


def test_each_group_against_the_rest_and_small_sides_without_interval():
    frame = articles([1] * 9 + [5] * 3, [10] * 12, outlet=["A"] * 9 + ["B"] * 3)
    table = statistics.difference(frame, "part", "whole", by="outlet")
    assert table.estimate.tolist() == pytest.approx([-0.4, 0.4])
    assert (table.note == statistics.TOO_FEW).all()
    alone = statistics.difference(frame[:9], "part", "whole", by="outlet")
    assert alone.note.tolist() == [statistics.EMPTY]


@pytest.mark.parametrize(("degrees", "exact"), [(4, 2.776), (5, 2.571), (9, 2.262), (30, 2.042)])
def test_student_quantile(degrees, exact):
    assert statistics.student_quantile(0.975, degrees) == pytest.approx(exact, abs=0.01)


def errors(number, *, bias=0.0, spread=0.05, seed=9):
    return np.random.default_rng(seed).normal(bias, spread, (number, 1))


def test_one_article_has_the_error_of_the_analysis_as_its_interval():
    row = one(statistics.share(articles([30], [100]), ["part"], "whole", errors=errors(40)))
    assert row.estimate == pytest.approx(0.3)
    assert row.low == pytest.approx(0.3 - 1.96 * 0.05 * 2 * math.sqrt(0.21), abs=0.02)
    assert row.high == pytest.approx(0.3 + 1.96 * 0.05 * 2 * math.sqrt(0.21), abs=0.02)
    assert row.note == statistics.ERROR_ONLY


def test_nothing_found_may_still_be_something():
    row = one(statistics.share(articles([0], [100]), ["part"], "whole", errors=errors(40)))
    assert row.low == 0
    assert 0.001 < row.high < 0.05


def test_what_the_analysis_finds_too_much_lowers_the_whole_interval():
    frame = articles([30] * 50, [100] * 50)
    row = one(statistics.share(frame, ["part"], "whole", errors=errors(40, bias=0.1)))
    assert row.estimate == pytest.approx(0.3)
    assert row.high < 0.28
    assert row.note is None


def test_errors_widen_the_interval_as_far_as_they_are_not_averaged_out():
    rng = np.random.default_rng(1)
    frame = articles(rng.integers(10, 50, 200), [100] * 200)
    plain = one(statistics.share(frame, ["part"], "whole"))
    few, many = (
        one(statistics.share(frame, ["part"], "whole", errors=errors(n))) for n in (8, 800)
    )
    widths = [row.high - row.low for row in (plain, many, few)]
    assert widths == sorted(widths)
    assert widths[2] > 1.2 * widths[0]


def test_intervals_with_errors_cover_the_true_share_about_as_often_as_they_say():
    rng = np.random.default_rng(4)
    hits, runs = 0, 200
    for seed in range(runs):
        true = rng.beta(3, 7, 30)
        checked = rng.normal(0.02, 0.08, (40, 1))
        seen = np.sin(np.clip(statistics.angles(true) + rng.normal(0.02, 0.08, 30), 0, 1.57)) ** 2
        frame = articles(seen, [1.0] * 30)
        row = one(statistics.share(frame, ["part"], "whole", errors=checked, draws=600, seed=seed))
        hits += row.low <= 0.3 <= row.high
    assert 0.9 <= hits / runs <= 0.99


def test_what_is_wrong_alike_on_both_sides_of_a_difference_cancels_out():
    frame = articles([40] * 30 + [20] * 30, [100] * 60, outlet=["A"] * 30 + ["B"] * 30)
    off = errors(40, bias=0.1, spread=0.001)
    row = one(
        statistics.difference(frame, "part", "whole", by="outlet", groups=("A", "B"), errors=off)
    )
    assert row.low == pytest.approx(row.high, abs=0.01)
    assert row.estimate == pytest.approx(0.2)
    assert row.low == pytest.approx(0.18, abs=0.02)


def test_a_difference_of_two_articles_has_the_error_of_both():
    frame = articles([40, 20], [100, 100], outlet=["A", "B"])
    row = one(statistics.difference(frame, "part", "whole", by="outlet", groups=("A", "B"),
                                    errors=errors(40)))  # fmt: skip
    assert row.low < 0.2 < row.high
    assert row.note == statistics.ERROR_ON_A_SIDE


def test_few_stories_in_both_groups_stay_as_they_are():
    counts = [(1, 10, "A"), (9, 10, "B"), (5, 10, "A"), (5, 10, "B"), (8, 10, "A"), (2, 10, "B")]
    frame = pd.DataFrame(counts, columns=["part", "whole", "outlet"])
    frame["article_id"] = ["s1", "s1", "s2", "s2", "s3", "s3"]
    none = np.zeros((30, 1))
    row = one(
        statistics.difference(frame, "part", "whole", by="outlet", groups=("A", "B"), errors=none)
    )
    assert math.isnan(row.low) or row.low == pytest.approx(row.high)
