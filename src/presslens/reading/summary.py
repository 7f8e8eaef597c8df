"""Summary: what was read of a folder: by reader and format, what articles lack, what failed."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import PurePath

from presslens.article import Article
from presslens.problems import Problem
from presslens.reading.shown import wrapped
from presslens.terminal import shown

FIELDS = ("title", "published", "outlet", "authors", "url")
# Briefs have some fifty words; what has fewer is mostly a teaser, a caption or cut off.
SHORT_WORDS = 50
_ORIGINS = 5
# Reasons that differ only here and there are one; so many are read by people, the rest on demand.
_REASONS = 30
_NUMBER_IN_FILE = re.compile(r":\d+$")
# What makes a reason one input's own: addresses, quoted names, ids and numbers.
_OWN = re.compile(r"https?://\S+|'[^'\n]{1,200}'|\b(?=[a-z]{0,16}\d)[0-9a-f]{8,64}\b|\d[\d.,]*")
_ENDING = 10
_NO_ARTICLE = "(no article)"


@dataclass(slots=True)
class Reason:
    """A reason that several inputs gave; `origins` has the first of them."""

    stage: str
    text: str
    count: int = 0
    origins: list[str] = field(default_factory=list)


class Summary:
    """Counts articles and problems as they are read; keeps names of files, not texts."""

    def __init__(self) -> None:
        self.articles: Counter[tuple[str, str]] = Counter()
        self.lacking: Counter[str] = Counter()
        self.short = self.foreign = self.copies = 0
        self.failed = False
        self._files: dict[tuple[str, str], set[str]] = {}
        self._with_article: set[str] = set()
        self._with_problem: set[str] = set()
        self._reasons: dict[tuple[str, str], Reason] = {}

    def add(self, item: Article | Problem) -> None:
        """Counts an article or a problem."""
        if isinstance(item, Problem):
            self._add_problem(item)
            return
        file = file_of(item.origin or item.id)
        kind = (item.reader or "", format_of(file))
        self.articles[kind] += 1
        self._files.setdefault(kind, set()).add(file)
        self._with_article.add(file)
        self.lacking.update(name for name in FIELDS if not getattr(item, name))
        self.short += len(item.text[item.body_start :].split()) < SHORT_WORDS
        self.copies += item.duplicate_of is not None

    def _add_problem(self, problem: Problem) -> None:
        self.failed = self.failed or problem.failed
        self.foreign += problem.stage == "language"
        self.copies += problem.stage == "duplicate"
        self._with_problem.add(file_of(problem.origin))
        key = (problem.stage, _OWN.sub("…", problem.reason))
        reason = self._reasons.setdefault(key, Reason(problem.stage, problem.reason))
        reason.count += 1
        if reason.text != problem.reason:
            reason.text = key[1]
        if len(reason.origins) < _ORIGINS:
            reason.origins.append(problem.origin)

    @property
    def reasons(self) -> list[Reason]:
        """Why articles are missing or set aside, the commonest first."""
        return sorted(self._reasons.values(), key=lambda reason: -reason.count)

    def lines(self, *, full: bool, width: int) -> Iterator[str]:
        """The summary for people; `full` lists every reason, `width` is letters in a line."""
        yield from self._read()
        yield ""
        yield from self._lacks()
        yield ""
        yield from self._problems(full=full, width=width)

    def _read(self) -> Iterator[str]:
        yield f"{'reader':12s} {'format':10s} {'files':>8s} {'articles':>9s}"
        for kind, count in sorted(self.articles.items()):
            yield _row(*kind, len(self._files[kind]), count)
        without: Counter[str] = Counter(
            format_of(file) for file in self._with_problem - self._with_article
        )
        for ending, count in sorted(without.items()):
            yield _row(_NO_ARTICLE, ending, count, 0)
        files = len(self._with_article | self._with_problem)
        yield _row("all", "", files, self.articles.total())

    def _lacks(self) -> Iterator[str]:
        total = self.articles.total()
        for name in FIELDS:
            label = "date" if name == "published" else name
            yield _share(f"without {label}", self.lacking[name], total)
        yield _share(f"under {SHORT_WORDS} words", self.short, total)
        yield f"{'not in English':20s} {self.foreign:8,d}"
        yield f"{'duplicates':20s} {self.copies:8,d}"

    def _problems(self, *, full: bool, width: int) -> Iterator[str]:
        reasons = self.reasons
        if not reasons:
            yield "no problems"
            return
        yield f"{sum(reason.count for reason in reasons):,} problems"
        for reason in reasons if full else reasons[:_REASONS]:
            yield from wrapped(f"{reason.count:6,d}  {reason.stage}: {reason.text}", 0, 8, width)
            for origin in reason.origins:
                yield f"          {shown(origin)}"
            if reason.count > len(reason.origins):
                yield f"          … and {reason.count - len(reason.origins):,} more"
        if not full and len(reasons) > _REASONS:
            yield f"… and {len(reasons) - _REASONS:,} more reasons; --full shows them"


def file_of(origin: str) -> str:
    """The file, or the member of an archive, that an article or a problem is of."""
    return _NUMBER_IN_FILE.sub("", origin)


def format_of(file: str) -> str:
    """A file's ending in small letters; in an archive the member's own, if its name has one."""
    outer, bracket, member = file.removesuffix(")").rpartition(" (")
    names = [member, outer] if bracket and file.endswith(")") else [file]
    endings = (PurePath(name).suffix.lower() for name in names if "://" not in name)
    return next((shown(ending) for ending in endings if 1 < len(ending) <= _ENDING), "no ending")


def _row(reader: str, ending: str, files: int, articles: int) -> str:
    return f"{shown(reader):12s} {ending:10s} {files:8,d} {articles:9,d}"


def _share(label: str, count: int, total: int) -> str:
    share = f" ({100 * count / total:.0f} %)" if count and total else ""
    return f"{label:20s} {count:8,d}{share}"
