"""Shown: an article for people to check on a terminal, field by field, and what was left out."""

from __future__ import annotations

import shutil
import textwrap
from collections.abc import Iterator, Sequence

from presslens.article import Article
from presslens.terminal import shown

# Longer lines are hard to read, shorter ones leave no room beside the labels.
_WIDTHS = (50, 100)
_LABEL = 15
NOT_FOUND = "not found"
# What is shown of long lists and of long lines unless all is asked for.
_ITEMS = 40
_LETTERS = 600


def terminal_width() -> int:
    """How many letters a line has, 80 where there is no terminal."""
    narrow, wide = _WIDTHS
    return min(max(shutil.get_terminal_size().columns, narrow), wide)


def article_lines(article: Article, *, full: bool, width: int) -> Iterator[str]:
    """An article as lines: its fields, its body, what was dropped.

    Args:
        article: what was read, with its `dropped`.
        full: the whole body and all lines, instead of the body's ends and the first ones.
        width: letters in a line.
    """
    yield shown(article.origin or article.id)
    for label, values in _fields(article):
        yield from _field(label, values, full=full, width=width)
    yield from _field("body", _body(article, full=full), full=full, width=width)
    yield f"  dropped as not the article: {_counted(len(article.dropped), 'line') or 'nothing'}"
    dropped = article.dropped if full else _longest(article.dropped)
    yield from _indented(dropped, 4, full=full, width=width)
    yield ""


def _fields(article: Article) -> Iterator[tuple[str, Sequence[str | None]]]:
    yield "title", [article.title]
    yield "outlet", [article.outlet]
    yield "published", [_published(article)]
    yield "authors", ["; ".join(article.authors)]
    yield "credits", article.credits
    yield "section", [article.section]
    yield "language", [article.language]
    yield "url", [article.url]
    yield "captions", article.captions
    yield "related", article.related
    yield "corrections", article.corrections
    if article.duplicate_of:
        yield "duplicate of", [article.duplicate_of]
    yield "reader", [article.reader]
    yield "id", [article.id]
    yield "words", [f"{len(article.text[article.body_start :].split()):,}"]


def _published(article: Article) -> str | None:
    """The day, and the moment where it is known, in the zone in which it is kept."""
    if article.published is None:
        return None
    moment = article.published_time
    day = f"{article.published:%A}, {article.published.isoformat()}"
    return f"{day} ({moment.isoformat(' ', 'minutes')})" if moment else f"{day} (no time)"


def _body(article: Article, *, full: bool) -> list[str]:
    """The body's paragraphs, or the first and the last and how much is between them."""
    paragraphs = [part for part in article.text[article.body_start :].split("\n\n") if part.strip()]
    between = paragraphs[1:-1]
    if full or not between:
        return paragraphs
    words = sum(len(paragraph.split()) for paragraph in between)
    gap = f"[… {_counted(len(between), 'paragraph')}, {_counted(words, 'word')} …]"
    return [paragraphs[0], gap, paragraphs[-1]]


def _field(label: str, values: Sequence[str | None], *, full: bool, width: int) -> Iterator[str]:
    """A field's values, each on lines of its own, the label before the first."""
    texts = [value for value in values if value and value.strip()] or [NOT_FOUND]
    start = f"  {label:<{_LABEL - 2}s}"
    for line in _indented(_first(texts, full=full), _LABEL, full=full, width=width):
        yield start + line[_LABEL:]
        start = " " * _LABEL


def _first(texts: Sequence[str], *, full: bool) -> list[str]:
    """The first of many texts and how many more there are."""
    if full or len(texts) <= _ITEMS:
        return list(texts)
    return [*texts[:_ITEMS], f"[… and {len(texts) - _ITEMS:,} more; --full shows them]"]


def _longest(lines: Sequence[str]) -> Sequence[str]:
    """Of many lines the longest, in their order: menus are short, lost sentences are not."""
    if len(lines) <= _ITEMS:
        return lines
    chosen = sorted(range(len(lines)), key=lambda n: -len(lines[n]))[:_ITEMS]
    more = f"[… and {len(lines) - _ITEMS:,} shorter ones; --full shows them]"
    return [*(lines[n] for n in sorted(chosen)), more]


def _indented(texts: Sequence[str], indent: int, *, full: bool, width: int) -> Iterator[str]:
    """Texts as wrapped lines that nothing in them can break or steer; later lines hang."""
    for text in texts:
        line = " ".join((text if full else text[: 2 * _LETTERS]).split())
        if not full and len(line) > _LETTERS:
            line = f"{line[:_LETTERS].rsplit(' ', 1)[0]} [… cut; --full shows it]"
        yield from wrapped(line, indent, indent + 2, width)


def wrapped(text: str, indent: int, hanging: int, width: int) -> list[str]:
    """A text made harmless, in lines that words alone may overrun."""
    return textwrap.wrap(
        shown(text),
        width,
        initial_indent=" " * indent,
        subsequent_indent=" " * hanging,
        break_long_words=False,
        break_on_hyphens=False,
    )


def _counted(number: int, thing: str) -> str:
    """ "1 line", "12 lines", nothing for none."""
    return f"{number:,} {thing}{'' if number == 1 else 's'}" if number else ""
