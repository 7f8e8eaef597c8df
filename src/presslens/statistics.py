"""Shares, means and differences with intervals from a bootstrap over whole articles.

Words of one article are not independent of one another: articles are drawn, not words. The
intervals are expanded percentile intervals (T. Hesterberg, "What Teachers Should Know About the
Bootstrap", The American Statistician 69(4), 2015, section 5.2): percentiles moved outwards so
that few articles do not make the interval too narrow (in 1,000 simulated samples of 8 articles
with skewed shares, 95 % intervals held the true share in 93 %, plain percentiles in 87 %; of 5
articles in 90 % and 82 %: benchmarks/intervals.py). They cover which articles happened to be
selected and, where errors of the analysis on checked articles are given (see `angles`), how far it
may be off: each draw takes as many checked articles as there are, with replacement, and for each
article the error of one of them. The first stands for not knowing the analysis' bias better than
they tell, the second for its errors on single articles; so one article alone has an interval too.
"""

from __future__ import annotations

import math
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from statistics import NormalDist
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]

# With fewer clusters a bootstrap has too few distinct samples to tell anything (n = 4: 35).
MIN_CLUSTERS = 5
# Numbers held at once while drawing; 16 MB of float64.
_CHUNK = 2_000_000

TOO_FEW = f"fewer than {MIN_CLUSTERS} articles or stories: no interval"
ERROR_ONLY = f"fewer than {MIN_CLUSTERS} articles or stories: the analysis' error alone"
ERROR_ON_A_SIDE = f"fewer than {MIN_CLUSTERS} on a side: there the analysis' error alone"
ALL_ALIKE = "all articles alike: no interval"
EMPTY = "nothing to count"


def angles(shares: Any) -> Floats:
    """Shares on the arcsine scale, on which their errors are about as large at 2 % as at 40 %.

    The errors of an analysis are `angles(what it found) - angles(what is true)`, an array [checked
    articles, parts].
    """
    found: Floats = np.arcsin(np.sqrt(np.clip(np.asarray(shares, float), 0.0, 1.0)))
    return found


def share(
    frame: pd.DataFrame,
    part: str | Sequence[str],
    whole: str,
    *,
    by: str | Sequence[str] | None = None,
    cluster: str = "article_id",
    errors: Floats | None = None,
    level: float = 0.95,
    draws: int = 2000,
    seed: int = 0,
) -> pd.DataFrame:
    """What share of `whole` is `part`: the ratio of their sums, with an interval.

    Args:
        frame: rows with counts, any number of them per cluster.
        part: column of the numerator; several columns give a row each, named in column `part`,
            from the same draws.
        whole: column of the denominator.
        by: column or columns to group by; missing values make no group.
        cluster: column that says what belongs together (the article, the story).
        errors: of the analysis on checked articles, [articles, parts], see `angles`; without
            them the interval covers the selection of articles alone.
        level: confidence level of the interval.

    Returns:
        A row per group (and part): `estimate`, `low`, `high`, `articles` (clusters with a
        positive `whole`), `n` (sum of `whole`) and `note` (why there is no interval, or None).
    """
    parts = [part] if isinstance(part, str) else list(part)
    rows = []
    for keys, group in _groups(frame, by):
        sums = group.groupby(cluster, sort=True)[list(dict.fromkeys([*parts, whole]))].sum()
        sums = sums[sums[whole] > 0]
        numerators = sums[parts].to_numpy(float)
        ratios = _Ratios(numerators, sums[whole].to_numpy(float)[:, None], errors)
        for column, result in enumerate(ratios.estimates(level, draws, seed)):
            named = {} if isinstance(part, str) else {"part": parts[column]}
            rows.append(keys | named | result)
    return _table(rows, by, named=not isinstance(part, str))


def mean(
    frame: pd.DataFrame,
    value: str,
    *,
    weight: str | None = None,
    by: str | Sequence[str] | None = None,
    cluster: str = "article_id",
    level: float = 0.95,
    draws: int = 2000,
    seed: int = 0,
) -> pd.DataFrame:
    """The mean of a column, weighted by another (words), with an interval; rows as in `share`.

    Rows without a value, or without a positive weight, do not count.
    """
    weights = frame[weight].astype(float) if weight else frame[value].notna().astype(float)
    values = frame[value].astype(float)
    kept = values.notna() & (weights > 0)
    weighed = frame.loc[kept].assign(
        _part=(values * weights)[kept].to_numpy(), _whole=weights[kept].to_numpy()
    )
    options: dict[str, Any] = {"by": by, "cluster": cluster, "level": level}
    return share(weighed, "_part", "_whole", draws=draws, seed=seed, **options)


def difference(
    frame: pd.DataFrame,
    part: str,
    whole: str,
    *,
    by: str,
    groups: tuple[Hashable, Hashable] | None = None,
    cluster: str = "article_id",
    errors: Floats | None = None,
    level: float = 0.95,
    draws: int = 2000,
    seed: int = 0,
) -> pd.DataFrame:
    """How far shares differ: first group minus second or, without `groups`, each from the rest.

    Where every cluster lies within one group (articles in outlets) each group is drawn on its
    own; where clusters cross groups (voices within articles) whole clusters are drawn, so that
    the pairing counts. What the analysis gets wrong alike on both sides cancels out.

    Returns:
        A row per comparison: `by` (the group), `against`, `estimate`, `low`, `high`, `articles`
        (of the smaller side), `n` and `note`.
    """
    known = frame[frame[by].notna() & (frame[whole] > 0)]
    names = list(groups) if groups else sorted(known[by].unique(), key=str)
    rows = []
    for name in names[:1] if groups else names:
        other = known[by] == groups[1] if groups else known[by] != name
        both = known[(known[by] == name) | other]
        sides = np.where(both[by] == name, "first", "second")
        sums = both.assign(_side=sides).pivot_table(
            index=cluster, columns="_side", values=[part, whole], aggfunc="sum", fill_value=0
        )
        compared = {by: name, "against": groups[1] if groups else "all others"}
        counts = [(kind, side) for side in ("first", "second") for kind in (part, whole)]
        sides_of = sums.reindex(columns=counts, fill_value=0)
        pair = _Pair(sides_of.to_numpy(float), errors)
        rows.append(compared | pair.difference(level, draws, seed))
    return _table(rows, [by, "against"], named=False)


@dataclass(frozen=True, slots=True)
class _Ratios:
    """Numerators (clusters × parts) over one denominator (clusters × 1), and errors if known."""

    numerators: Floats
    denominators: Floats
    errors: Floats | None = None

    def estimates(self, level: float, draws: int, seed: int) -> Iterator[dict[str, Any]]:
        clusters, parts = self.numerators.shape
        total = float(self.denominators.sum())
        few = clusters < MIN_CLUSTERS
        sampled = None
        if clusters and not (few and self.errors is None):
            rng = np.random.default_rng(seed)
            sampled = np.concatenate(list(self.draw(draws, rng, _checks(self.errors, draws, rng))))
        for column in range(parts):
            estimate = float(self.numerators[:, column].sum()) / total if total else math.nan
            note: str | None = (TOO_FEW if total else EMPTY) if sampled is None else None
            low = high = math.nan
            if sampled is not None:
                low, high, note = _interval(
                    sampled[:, column], level, _degrees(self.errors, clusters)
                )
                note = ERROR_ONLY if few else note
            yield _row(estimate, low, high, clusters, total, note)

    def draw(self, draws: int, rng: np.random.Generator, checks: Ints | None) -> Iterator[Floats]:
        """Ratios of drawn clusters, [draws at a time, parts]; few clusters stay as they are."""
        clusters, parts = self.numerators.shape
        step = max(1, _CHUNK // (clusters * (parts + 2)))
        for first in range(0, draws, step):
            size = (min(step, draws - first), clusters)
            picked = rng.integers(clusters, size=size)
            if clusters < MIN_CLUSTERS:
                picked = np.broadcast_to(np.arange(clusters), size)
            sums = self._numerators(picked, rng, None if checks is None else checks[first:])
            yield sums / self.denominators[picked].sum(axis=1)

    def _numerators(self, picked: Ints, rng: np.random.Generator, checks: Ints | None) -> Floats:
        """Sums of the picked clusters' numerators, each off by the error of a checked article."""
        values = self.numerators[picked]
        if checks is not None and self.errors is not None:
            found = angles(self.numerators / self.denominators)[picked]
            which = rng.integers(checks.shape[1], size=picked.shape)
            off = self.errors[np.take_along_axis(checks[: len(picked)], which, axis=1)]
            true = np.sin(np.clip(found - off, 0.0, math.pi / 2)) ** 2
            values = true * self.denominators[picked]
        sums: Floats = values.sum(axis=1)
        return sums


@dataclass(frozen=True, slots=True)
class _Pair:
    """Part and whole of the first side, then of the second, by cluster; and errors if known."""

    counts: Floats
    errors: Floats | None

    def difference(self, level: float, draws: int, seed: int) -> dict[str, Any]:
        totals = self.counts.sum(axis=0)
        if not (totals[1] and totals[3]):
            return _row(math.nan, math.nan, math.nan, 0, 0.0, EMPTY)
        estimate = totals[0] / totals[1] - totals[2] / totals[3]
        present = self.counts[:, [1, 3]] > 0
        smaller = int(present.sum(axis=0).min())
        row = (float(estimate), smaller, float(totals[1]))
        if smaller < MIN_CLUSTERS and self.errors is None:
            return _row(row[0], math.nan, math.nan, *row[1:], TOO_FEW)
        rng = np.random.default_rng(seed)
        checks = _checks(self.errors, draws, rng)
        if present.all(axis=1).any():
            sampled = np.concatenate(list(self._paired(draws, rng, checks)))
        else:
            sampled = self._side(0, draws, rng, checks) - self._side(2, draws, rng, checks)
        low, high, note = _interval(sampled.ravel(), level, _degrees(self.errors, smaller))
        few = smaller < MIN_CLUSTERS
        return _row(row[0], low, high, *row[1:], ERROR_ON_A_SIDE if few else note)

    def _side(
        self, column: int, draws: int, rng: np.random.Generator, checks: Ints | None
    ) -> Floats:
        there = self.counts[self.counts[:, column + 1] > 0]
        ratios = _Ratios(there[:, [column]], there[:, [column + 1]], self.errors)
        return np.concatenate(list(ratios.draw(draws, rng, checks)))

    def _paired(
        self, draws: int, rng: np.random.Generator, checks: Ints | None
    ) -> Iterator[Floats]:
        """Differences of clusters that have both sides; each side has an error of its own."""
        step = max(1, _CHUNK // (len(self.counts) * 5))
        for first in range(0, draws, step):
            size = (min(step, draws - first), len(self.counts))
            picked = rng.integers(len(self.counts), size=size)
            if len(self.counts) < MIN_CLUSTERS:
                picked = np.broadcast_to(np.arange(len(self.counts)), size)
            some = None if checks is None else checks[first:]
            with np.errstate(invalid="ignore", divide="ignore"):
                left, right = (
                    self._ratios(column)._numerators(picked, rng, some)
                    / self.counts[picked, column + 1].sum(axis=1)[:, None]
                    for column in (0, 2)
                )
                yield left - right

    def _ratios(self, column: int) -> _Ratios:
        wholes = self.counts[:, [column + 1]]
        return _Ratios(self.counts[:, [column]], np.maximum(wholes, 1e-9), self.errors)


def _checks(errors: Floats | None, draws: int, rng: np.random.Generator) -> Ints | None:
    """For each draw as many checked articles as there are, with replacement."""
    return None if errors is None else rng.integers(len(errors), size=(draws, len(errors)))


def _degrees(errors: Floats | None, clusters: int) -> int:
    """How many articles an interval rests on: the selected or, if they are few, the checked."""
    return clusters if errors is None or clusters >= MIN_CLUSTERS else len(errors)


def _interval(sampled: Floats, level: float, clusters: int) -> tuple[float, float, str | None]:
    """Expanded percentile interval of bootstrap draws, or a note that says why there is none."""
    sampled = sampled[np.isfinite(sampled)]
    if not sampled.size or np.ptp(sampled) < 1e-12:
        return math.nan, math.nan, ALL_ALIKE
    tail = (1 - level) / 2
    widened = math.sqrt(clusters / (clusters - 1)) * student_quantile(tail, clusters - 1)
    tail = NormalDist().cdf(widened)
    low, high = np.quantile(sampled, [tail, 1 - tail])
    return float(low), float(high), None


def student_quantile(probability: float, degrees: int) -> float:
    """Quantile of Student's t (Cornish–Fisher expansion; Abramowitz and Stegun 26.7.5).

    Within 0.01 of the exact value for 4 and more degrees of freedom and tails of 2.5 %.
    """
    z = NormalDist().inv_cdf(probability)
    return (
        z
        + (z**3 + z) / (4 * degrees)
        + (5 * z**5 + 16 * z**3 + 3 * z) / (96 * degrees**2)
        + (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / (384 * degrees**3)
    )


def _row(
    estimate: float, low: float, high: float, articles: int, n: float, note: str | None
) -> dict[str, Any]:
    return {
        "estimate": float(estimate),
        "low": low,
        "high": high,
        "articles": articles,
        "n": n,
        "note": note,
    }


def _groups(
    frame: pd.DataFrame, by: str | Sequence[str] | None
) -> Iterator[tuple[dict[str, Any], pd.DataFrame]]:
    if by is None:
        yield {}, frame
        return
    columns = [by] if isinstance(by, str) else list(by)
    for values, group in frame.groupby(columns, sort=True, observed=True):
        yield dict(zip(columns, values, strict=True)), group


def _table(
    rows: list[dict[str, Any]], by: str | Sequence[str] | None, *, named: bool
) -> pd.DataFrame:
    import pandas as pd

    keys = [by] if isinstance(by, str) else list(by or ())
    columns = [*keys, *(["part"] if named else []), "estimate", "low", "high", "articles", "n"]
    return pd.DataFrame(rows, columns=[*columns, "note"])
