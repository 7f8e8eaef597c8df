"""Sentence borders against the GUM treebank, by genre, beside Punkt as NLTK has it; and speed.

    python benchmarks/sentences.py [--split dev|train] [--errors GENRE] [--data FOLDER]

Text is fed a paragraph at a time, and only the borders inside paragraphs count. The treebanks are
read from `../shared/data/ud`; they are no part of the project.
"""

from __future__ import annotations

import argparse
import json
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from presslens import paths
from presslens.article import Article
from presslens.tokens import split_sentences, tokenize

SHARED = paths.ROOT.parent / "shared" / "data"
SPLITS = {"dev": "en_gum-dev.conllu", "train": "en_gum_open-train.conllu"}
# The genres that the target is set on; the others show what speech and lists do to the rules.
NEWS = ("news", "interview")

Splitter = Callable[[str], Iterable[tuple[int, int]]]


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of a treebank: its text and the ends of its inner sentences."""

    genre: str
    text: str
    borders: frozenset[int]


@dataclass
class Score:
    """Counts of borders: right, missed, made up."""

    hits: int = 0
    missed: int = 0
    extra: int = 0
    errors: list[str] = field(default_factory=list)

    @property
    def precision(self) -> float:
        """Share of the borders found that are right."""
        return self.hits / max(self.hits + self.extra, 1)

    @property
    def recall(self) -> float:
        """Share of the true borders that were found."""
        return self.hits / max(self.hits + self.missed, 1)

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        return 2 * self.hits / max(2 * self.hits + self.missed + self.extra, 1)

    def add(self, other: Score) -> None:
        """Adds another score's counts to this one."""
        self.hits += other.hits
        self.missed += other.missed
        self.extra += other.extra
        self.errors += other.errors


def read_paragraphs(path: Path) -> Iterator[Paragraph]:
    """The paragraphs of a CoNLL-U file, their text rebuilt to the space."""
    genre, sentences = "", list[tuple[str, bool]]()
    for block in path.read_text(encoding="utf-8").split("\n\n"):
        if not block.strip():
            continue
        lines = block.strip().split("\n")
        comments = dict(line[2:].partition(" = ")[::2] for line in lines if line.startswith("#"))
        starts = any(line.startswith(("# newpar", "# newdoc")) for line in lines)
        if starts and sentences:
            yield join(genre, sentences)
            sentences = []
        if "newdoc id" in comments:
            name = comments["newdoc id"]
            genre = name.split("_")[1] if name.startswith("GUM_") else name.split("-")[0]
        sentences.append((comments["text"], "SpaceAfter=No" not in lines[-1]))
    if sentences:
        yield join(genre, sentences)


def join(genre: str, sentences: list[tuple[str, bool]]) -> Paragraph:
    """One paragraph from its sentences and whether a space follows each."""
    text, ends = "", []
    for sentence, space in sentences:
        text += sentence
        ends.append(len(text))
        text += " " if space else ""
    return Paragraph(genre, text.rstrip(), frozenset(ends[:-1]))


def compare(paragraph: Paragraph, splitter: Splitter) -> Score:
    """The inner borders that a splitter finds in one paragraph against the true ones."""
    found = {end for _, end in splitter(paragraph.text)} - {len(paragraph.text)}
    score = Score(
        len(found & paragraph.borders),
        len(paragraph.borders - found),
        len(found - paragraph.borders),
    )
    for mark, positions in (("-", paragraph.borders - found), ("+", found - paragraph.borders)):
        for end in sorted(positions):
            before, after = paragraph.text[max(end - 60, 0) : end], paragraph.text[end : end + 50]
            score.errors.append(f"{mark} {before}⏎{after}")
    return score


def score_by_genre(paragraphs: Iterable[Paragraph], splitter: Splitter) -> dict[str, Score]:
    """Scores of every genre, of news and interviews together, and of all."""
    scores: dict[str, Score] = defaultdict(Score)
    for paragraph in paragraphs:
        score = compare(paragraph, splitter)
        scores[paragraph.genre].add(score)
        scores["all"].add(score)
        if paragraph.genre in NEWS:
            scores["news+interview"].add(score)
    return scores


def print_scores(name: str, scores: dict[str, Score]) -> None:
    """A line per genre: precision, recall, F1, number of true borders."""
    print(f"\n{name:24} {'P':>6} {'R':>6} {'F1':>6} {'borders':>8}")
    for genre in sorted(scores, key=lambda g: (g in {"all", "news+interview"}, g)):
        score = scores[genre]
        figures = f"{score.precision:6.3f} {score.recall:6.3f} {score.f1:6.3f}"
        print(f"  {genre:22} {figures} {score.hits + score.missed:8}")


def measure_speed(data: Path) -> None:
    """Words a second of `tokenize` and of plain NLTK on the same news, in one run."""
    from nltk.tokenize import NLTKWordTokenizer
    from nltk.tokenize.punkt import PunktSentenceTokenizer

    lines = (data / "polnear" / "train.jsonl").read_text(encoding="utf-8").splitlines()[:200]
    articles = [Article(id=str(n), text=json.loads(line)["text"]) for n, line in enumerate(lines)]
    punkt, treebank = PunktSentenceTokenizer(), NLTKWordTokenizer()

    def plain(article: Article) -> Any:
        text = article.text
        return [list(treebank.span_tokenize(text[a:b])) for a, b in punkt.span_tokenize(text)]

    tokenize(articles[0])
    words = sum(len(doc.word_starts) for doc in map(tokenize, articles[100:]))
    seconds = []
    for function in (tokenize, plain):
        start = time.perf_counter()
        for article in articles[100:]:
            function(article)
        seconds.append(time.perf_counter() - start)
    print(f"\nspeed on {words:,} words: {words / seconds[0]:,.0f} words/s", end="; ")
    print(f"plain NLTK {words / seconds[1]:,.0f} words/s; ratio {seconds[1] / seconds[0]:.1f}")


def main() -> None:
    """Prints the figures."""
    from nltk.tokenize.punkt import PunktSentenceTokenizer

    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--split", choices=SPLITS, default="dev")
    parser.add_argument("--file", type=Path, help="another CoNLL-U file")
    parser.add_argument("--data", type=Path, default=SHARED)
    parser.add_argument("--errors", metavar="GENRE", help="print the errors of a genre")
    options = parser.parse_args()
    if not options.data.exists():
        raise SystemExit(f"{options.data} is not there; name the folder that holds ud/ by --data")
    path = options.file or options.data / "ud" / SPLITS[options.split]
    paragraphs = list(read_paragraphs(path))
    print_scores(
        "Punkt, NLTK's defaults", score_by_genre(paragraphs, PunktSentenceTokenizer().span_tokenize)
    )
    scores = score_by_genre(paragraphs, split_sentences)
    print_scores("presslens", scores)
    if options.errors:
        print(*scores[options.errors].errors, sep="\n")
    measure_speed(options.data)


if __name__ == "__main__":
    main()
