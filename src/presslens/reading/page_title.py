"""Page title: the headline of a web page, of what the page gives as its title in many places."""

from __future__ import annotations

import re
from typing import Any

from presslens.reading.cleaning import bare, mend_line
from presslens.reading.jsonld import text_of
from presslens.reading.page import Page, letters, stated_in
from presslens.reading.page_labels import is_label, is_surely_paper, own_heading

_TITLES = ("og:title", "twitter:title", "parsely-title", "sailthru.title", "dc.title",
           "dcterms.title", "citation_title")  # fmt: skip
# What a title is followed by in the page's <title>: " | The Paper", " - The Paper".
_LAST_PART = re.compile(r"\s{1,5}(?:[|–—·•*»-]|::)\s+(?P<part>(?:(?!\s-\s)[^|–—·•*»]){2,60})$")
_TRUNCATED = re.compile(r"\s*(?:…|\.{3})$")


def title_of(page: Page, document: Any, sites: set[str]) -> str | None:
    """The headline: of JSON-LD's, the page's heading and OpenGraph's what two agree on, else
    JSON-LD's, which is the paper's own where its heading is a site's name or a section's.

    Where the other titles are a site's name or a section's, what they share with a heading says
    nothing, and the article's own heading counts.
    """
    stated = [mend_line(text_of(page.stated.get(key))) for key in ("headline", "name")]
    social = page.first(_TITLES)
    headline, other = ([*filter(None, stated), None, None])[:2]
    of_page = mend_line(page.tree.findtext(".//title"))
    whole = [
        without_site(text, sites)
        for text in (headline, social, of_page or stated_in(document, "title"))
    ]
    headings = [without_site(text, sites) for text in page.headings if letters(text) not in sites]
    heading = _main_heading([h for h in headings if h], [*filter(None, whole), other or ""])
    first, second, last = whole
    if not first and all(is_label(text, sites) for text in (second, last) if text):
        heading = own_heading(page.tree, sites) or heading
    if first and _TRUNCATED.search(first):
        start = letters(first)
        fuller = (t for t in (heading, second, other) if t and letters(t).startswith(start))
        first = next((text for text in fuller if len(text) > len(first)), first)
    if heading and second and _agree(heading, second):
        return heading if len(heading) <= len(second) else second
    return first or heading or second or (None if last and is_surely_paper(last) else last)


def without_site(title: str | None, sites: set[str]) -> str | None:
    """A title without the paper's name, and what stands behind it, at its end."""
    parts: list[int] = []
    rest = title or ""
    while match := _LAST_PART.search(rest):
        part, rest = match["part"], rest[: match.start()]
        parts.append(match.start())
        if letters(part) in sites:
            return rest or title
        if len(parts) == 2:
            break
    return title


def _main_heading(headings: list[str], others: list[str]) -> str | None:
    """The heading that says what other titles of the page say; a lone one needs one word of it."""
    words = [set(bare(other).split()) for other in others if other]
    shares = [
        max((len(mine & theirs) / len(mine) for theirs in words), default=0.0) if mine else 0.0
        for mine in (set(bare(heading).split()) for heading in headings)
    ]
    best = max(shares, default=0.0)
    if not headings or (words and best < 0.2):
        return None
    return headings[shares.index(best)]


def _agree(heading: str, title: str) -> bool:
    mine, theirs = letters(heading), letters(title)
    if title.startswith(heading) and re.match(r"\s*[|–—·•*»-]\s", title[len(heading) :]):
        return True
    # A heading may have its kicker before it, inside the element.
    return mine == theirs or (len(theirs) > 8 and mine.endswith(theirs))
