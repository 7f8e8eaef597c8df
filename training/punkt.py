"""Learns Punkt's parameters from news: `python training/punkt.py`, a minute on one core.

Reads `../shared/data` (PolNeAR train, worldwide newswire, NewsMTSC, GUM and EWT train) and writes
src/presslens/models/punkt_news.txt, which holds single words and pairs of words only.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

from nltk.tokenize.punkt import PunktTrainer

from presslens import paths
from presslens.tokens.punkt import PARAMETERS, Parameters, format_parameters, load_abbreviations

SHARED = paths.ROOT.parent / "shared" / "data"

# A word that stands fewer times than this is left out: names of single stories are no evidence,
# and the file stays small.
MIN_COUNT = 6
# Up to this share of capitals inside sentences a word counts as common: titles of books, headlines
# inside the text and shouting give every word a few.
MAX_CAPITALS = 0.08
# Punkt learns many acronyms and rare names at ends of sentences as abbreviations ("CSA.", "Ani.").
# Only those that a lower-case word or a comma follows this often are taken.
MIN_INSIDE = 0.5

QUOTES = str.maketrans("“”„«»‘’", '"""""\'\'')
URL = re.compile(r"(?:https?://|www\.)\S+|\S+@\S+")
WORD = re.compile(r"(?<![\w.'@#-])[A-Za-z][a-z]+(?:'[a-z]+)?(?![\w@-])")
ABBREVIATION = re.compile(r"(?<![\w.-])([A-Za-z]+)\.(?=\s|,)(,|\s+[a-z])?")
SENTENCE_START = re.compile(r"(?:^|[.!?:;…\"()\[\]*–—|/-]\s*)$")


def read_texts(data: Path) -> Iterator[str]:
    """News and web paragraphs, one at a time."""
    for name in ("polnear/train", "ner/worldwide_newswire"):
        for line in (data / f"{name}.jsonl").read_text(encoding="utf-8").splitlines():
            yield from json.loads(line)["text"].splitlines()
    seen = set()
    for line in (data / "newsmtsc" / "train.jsonl").read_text(encoding="utf-8").splitlines():
        seen.add(json.loads(line)["sentence"])
    yield from sorted(seen)
    for name in ("en_gum_open-train", "en_ewt-train"):
        for line in (data / "ud" / f"{name}.conllu").read_text(encoding="utf-8").splitlines():
            if line.startswith("# text = "):
                yield line.removeprefix("# text = ")


def is_prose(paragraph: str) -> bool:
    """Whether a paragraph is running text, not a headline or a menu, by its last character."""
    return len(paragraph.split()) > 8 and paragraph.rstrip("\"') ").endswith((".", "?", "!"))


def count_cases(paragraphs: list[str]) -> tuple[Counter[str], Counter[str]]:
    """How often each word stands in lower case, and with a capital, inside sentences."""
    lower, upper = Counter[str](), Counter[str]()
    for paragraph in paragraphs:
        for match in WORD.finditer(paragraph):
            word = match[0]
            if word[0].islower():
                lower[word] += 1
            elif not SENTENCE_START.search(paragraph, max(match.start() - 3, 0), match.start()):
                upper[word.lower()] += 1
    return lower, upper


def learn(paragraphs: list[str]) -> Parameters:
    """Trains Punkt and prunes what it learned to what is frequent and sure."""
    trainer = PunktTrainer()
    trainer.INCLUDE_ABBREV_COLLOCS = True
    trainer.train("\n\n".join(paragraphs), finalize=False)
    trainer.finalize_training()
    learned = trainer.get_params()
    lower, upper = count_cases(paragraphs)
    inside = count_abbreviations_inside(paragraphs)
    words = [word for word, count in lower.items() if count >= MIN_COUNT]
    common = {w for w in words if upper[w] <= MAX_CAPITALS * (lower[w] + upper[w])}
    return Parameters(
        abbreviations={
            word
            for word in learned.abbrev_types
            if inside[word] > MIN_INSIDE and is_abbreviation(word) and word not in lower
        },
        collocations={
            f"{first} {second}"
            for first, second in learned.collocations
            if first in load_abbreviations().other and second in words
        },
        starters={word for word in learned.sent_starters if word in common},
        common=common,
        either=set(words) - common,
    )


def count_abbreviations_inside(paragraphs: list[str]) -> dict[str, float]:
    """Of each word with a period, the share before a comma or a word in lower case."""
    every, inside = Counter[str](), Counter[str]()
    for paragraph in paragraphs:
        for match in ABBREVIATION.finditer(paragraph):
            every[match[1].lower()] += 1
            inside[match[1].lower()] += match[2] is not None
    shares = {w: inside[w] / n for w, n in every.items() if n >= MIN_COUNT}
    return defaultdict(float, shares)


def is_abbreviation(word: str) -> bool:
    """Whether a learned abbreviation is known neither by the codebook nor by its inner periods."""
    return word.isalpha() and 1 < len(word) <= 5 and word not in load_abbreviations()


def main() -> None:
    """Writes the file and says what it holds."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--data", type=Path, default=SHARED)
    parser.add_argument("--out", type=Path, default=PARAMETERS)
    options = parser.parse_args()
    texts = (URL.sub("", text.translate(QUOTES)).strip() for text in read_texts(options.data))
    parameters = learn([text for text in texts if is_prose(text)])
    comments = [
        "Punkt's parameters for English news, one entry a line; made by training/punkt.py.",
        "abbreviations: without the last period. collocations: a period between the two is none",
        "of a sentence. starters: words that open sentences. common: words in lower case inside",
        "sentences. either: words in lower case and with capitals inside sentences.",
    ]
    options.out.write_text(format_parameters(parameters, comments), encoding="utf-8")
    print({name: len(entries) for name, entries in vars(parameters).items()}, options.out)


if __name__ == "__main__":
    main()
