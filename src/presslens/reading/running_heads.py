"""Running heads: lines that printers and browsers put on every page of a text."""

from __future__ import annotations

import re
from collections import Counter

from presslens.reading.dates import date_spans

# "3/8/24, 10:14 AM   Storm cuts power | The Post" above and "https://… 1/2" below a printed page
_BROWSER = re.compile(
    r"\s*\d{1,2}[/.]\d{1,2}[/.]\d{2,4},? \d{1,2}:\d\d(?:\s?[AP]M)?\s+(?P<title>\S.{5,200})"
)
_ADDRESS = re.compile(
    r"\s*(?P<url>https?://\S+)\s+(?:page )?\d{1,3}\s?(?:/|of)\s?\d{1,3}\s*", re.IGNORECASE
)
_PAGE = re.compile(r"\b(?:page|pg|p\.|seite|pagina|página)\s?\d", re.IGNORECASE)
_NUMBER = re.compile(r"\d{1,4}")
_WORDS = re.compile(r"[^\W\d_]+")
_LONGEST = 160
_DIGIT = re.compile(r"\d")
# Printed articles have fewer lines.
_MOST_LINES = 50_000
# A page has more lines; lines of a table stand closer together.
_PAGE_LINES = 6


def without_running_heads(text: str) -> str:
    """A text without heads and feet of pages but the first one, which may name paper and date.

    They are lines that differ in their numbers alone.
    """
    if text.count("\n") > _MOST_LINES:
        return text
    lines = text.split("\n")
    seen: Counter[str] = Counter()
    forms = {line: _form(line) for line in lines if _may_be_one(line)}
    counts = Counter(forms[line] for line in lines if line in forms)
    kept: list[str] = []
    last: dict[str, int] = {}
    for number, line in enumerate(lines):
        if line not in forms:
            kept.append(line)
            continue
        form = forms[line]
        near = number - last.get(form, -_PAGE_LINES) < _PAGE_LINES
        last[form] = number
        seen[form] += not near
        browser, address = _BROWSER.fullmatch(line), _ADDRESS.fullmatch(line)
        if seen[form] > 1 and (counts[form] > 1 and (browser or address or _is_head(line))):
            continue
        kept.append(browser["title"] if browser else address["url"] if address else line)
    return "\n".join(kept)


def _may_be_one(line: str) -> bool:
    """Whether a line is short and has a number, which is quick to ask."""
    return 0 < len(line) <= _LONGEST and _DIGIT.search(line) is not None


def _form(line: str) -> str:
    """A line's words, whatever their order, without numbers."""
    return " ".join(sorted(_WORDS.findall(line.casefold())))


def _is_head(line: str) -> bool:
    """Whether a line is a running head by its form: gaps or bars, or a page's number at an end."""
    stripped = line.strip()
    if not _WORDS.search(stripped):
        return False
    ends = stripped.split()
    numbered = any(_NUMBER.fullmatch(word) for word in (ends[0], ends[-1]))
    apart = "   " in stripped or "|" in stripped or "\t" in stripped
    return bool(_PAGE.search(stripped)) or (apart and (numbered or bool(date_spans(stripped))))
