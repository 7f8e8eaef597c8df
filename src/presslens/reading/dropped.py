"""Dropped: the lines around an article that it holds nowhere, so that people can check what was
left out.

They are found by comparing the text as it was read with all fields of the article, and only where
that is asked for. So it is the same for every reader, it costs analyses nothing, and it shows what
was lost by mistake as well as what was left out on purpose.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from presslens.article import Article
from presslens.reading.dates import is_date_line
from presslens.reading.draft import WANTS_DROPPED
from presslens.reading.registry import Found
from presslens.reading.visible import visible_lines

# So many words in a row that an article has as well are the article's; three are chance. It is
# also the shortest piece of a line that is shown alone: shorter ones are marks and hyphens.
_RUN = 4
# A line of which less is held shares words with the article by chance.
_MOST_OF_LINE = 0.5
# A book has a million letters; a set of all their words in fours takes some 50 MB.
_MAX_LETTERS = 2_000_000
# A line that only names what the fields hold: "By Ana Lima, Halden Courier, updated 3 May 2024".
_FIELD_WORDS = 25
_WORD = re.compile(r"[^\W_]+")
_LABELS = frozenset(
    "a an the and of for in on at to with by from date time day am pm a m p gmt utc est edt bst cet"
    " cest published publish updated update posted last modified first edited title headline"
    " subject source outlet publication newspaper publisher url link section category author"
    " authors original full permalink byline writer written reporter reporters correspondent"
    " correspondents editor staff agency agencies language english words length copyright monday"
    " tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat"
    " sun https http www".split()
)

_Words = tuple[str, ...]


def with_dropped(found: Iterator[Found]) -> Iterator[Found]:
    """The same, with the articles' `dropped` filled in.

    Readers make drafts deep within, each in its own way; a context variable spares them all from
    handing the wish on. It is set only while the next article is read.
    """
    while True:
        before = WANTS_DROPPED.set(True)
        try:
            item = next(found)
        except StopIteration:
            return
        finally:
            WANTS_DROPPED.reset(before)
        yield item


def dropped_lines(raw: str, article: Article) -> tuple[str, ...]:
    """The lines of a text that an article made of it doesn't hold, in order, each once.

    Args:
        raw: the text as it was read, with its markup if it has any.
        article: what was made of it.

    Of a line that the article holds in part the rest is shown, with `…` where the article's words
    stand. Lines that only say what a field holds are none.
    """
    lines = list(visible_lines(raw, _MAX_LETTERS))
    words = [word for line in lines for word in words_of(line)]
    held = _held(words, _runs_in(article))
    whole, fields = _units(article), _field_words(article)
    dropped: dict[str, None] = {}
    start = 0
    for line in lines:
        own = words_of(line)
        flags = held[start : start + len(own)]
        start += len(own)
        if own and tuple(own) not in whole:
            for rest in _rests(line, flags):
                if not _says_fields(rest, fields, dated=article.published is not None):
                    dropped[rest] = None
    return tuple(dropped)


def words_of(text: str) -> list[str]:
    """The words of a text in small letters, without punctuation."""
    return _WORD.findall(text.casefold())


def _parts(article: Article) -> list[str]:
    """All texts that an article holds."""
    return [
        article.text[:_MAX_LETTERS], *article.captions, *article.related, *article.corrections,
        *article.credits, *article.authors,
    ]  # fmt: skip


def _runs_in(article: Article) -> set[_Words]:
    """All runs of `_RUN` words in an article; they cross line breaks and paragraphs."""
    return {run for part in _parts(article) for run in _runs(words_of(part))}


def _runs(words: list[str]) -> Iterator[_Words]:
    return zip(*(words[skip:] for skip in range(_RUN)), strict=False)


def _held(words: list[str], known: set[_Words]) -> bytearray:
    """For each word whether it stands in a run that is known."""
    held = bytearray(len(words))
    for start, run in enumerate(_runs(words)):
        if run in known:
            held[start : start + _RUN] = b"\x01" * _RUN
    return held


def _units(article: Article) -> set[_Words]:
    """What an article holds as a whole, however short: its paragraphs and the values of fields."""
    texts = article.text[:_MAX_LETTERS].split("\n")
    fields = [article.title, article.outlet, article.section, article.url]
    return {tuple(words_of(text)) for text in (*texts, *_parts(article)[1:], *fields) if text}


def _field_words(article: Article) -> set[str]:
    """The words by which a line is known to say what a field holds."""
    texts = [article.outlet, article.section, article.url, *article.authors, *article.credits]
    if day := article.published:
        texts.append(day.strftime("%Y %B %b"))
    return {word for text in texts if text for word in words_of(text)} - _LABELS


def _rests(line: str, held: bytearray) -> Iterator[str]:
    """The line if few words of it are held, else its longer pieces that are not."""
    if sum(held) < _MOST_OF_LINE * len(held):
        yield line
        return
    places = [match.span() for match in _WORD.finditer(line)]
    if len(places) != len(held):  # a letter became two in small letters, as in "ΐ"
        return
    for gap in re.finditer(rb"\0{%d,}" % _RUN, held):
        first, last = gap.start(), gap.end() - 1
        start = places[first][0] if first else 0
        end = places[last][1] if last + 1 < len(held) else len(line)
        rest = line[start:end].strip()
        yield f"{'… ' if first else ''}{rest}{' …' if last + 1 < len(held) else ''}"


def _says_fields(line: str, fields: set[str], *, dated: bool) -> bool:
    words = words_of(line)
    if len(words) > _FIELD_WORDS:
        return False
    if dated and is_date_line(line):
        return True
    told = [word for word in words if word not in _LABELS]
    return not told or (
        any(word in fields for word in told)
        and all(word in fields or word.isdigit() for word in told)
    )
