"""Page labels: titles that name a site or a section and no article, and the heading instead."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from presslens.reading.cleaning import mend_line
from presslens.reading.lines import classify
from presslens.reading.mastheads import has_masthead_form
from presslens.reading.outlets import outlet_named
from presslens.reading.page import ASIDE, Page, letters

_SEPARATOR = re.compile(r"\s+(?:[|–—·•*»-]|::)\s+|:\s+")
_TITLE_LENGTH = 400
# "News", "Local news", "Subscribe now": a <title> that says no more is the same on many pages.
_LABEL_WORDS = 3
# "Sport", "Comments", "Live": shorter headings are labels too. Chinese has headlines of six signs.
_SHORTEST_HEADLINE = 6
_MAX_HEADINGS = 50
# Standfirsts over headings have fewer words.
_PARAGRAPH_WORDS = 15
# "The Tarrow Evening Post"; headlines are longer.
_PAPER_WORDS = 4
_OF_A_PLACE = frozenset({"de", "del", "di", "do", "da", "of"})
# Words that name sections as well as papers; a paper has one more in its name.
_OF_SECTIONS = frozenset(
    "the a of and news local world national international sport sports business politics breaking"
    " latest top home weather report reports update updates live video videos opinion review"
    " reviews today online media magazine more all our daily weekly morning evening sunday saturday"
    " weekend press release releases radio tv network post posts blog letter letters voice agency"
    " independent special culture travel money tech technology science health".split()
)
_ARTICLE = frozenset({"article", "main"})
_ABOUT_SITE = ASIDE | {"header"}
_LOGO = re.compile(r"(?:^|[\s_-])(?:site|logo|brand|branding|masthead)(?:$|[\s_-])", re.IGNORECASE)
_FRONT = re.compile(r"\s*(?:https?://[^/]+)?/?(?:index\.\w+)?\s*$", re.IGNORECASE)


def site_in_title(page: Page) -> str | None:
    """The paper that the page's <title> names, alone, first or last in it, or None."""
    title = mend_line(page.tree.findtext(".//title")) or ""
    parts = _SEPARATOR.split(title) if len(title) <= _TITLE_LENGTH else [""]
    if len(parts) > 1:
        return next((part for part in (parts[-1], parts[0]) if is_paper(part)), None)
    # "Council Backs Harbour Post" alone may be a headline, unless another stands on the page
    headed = own_heading(page.tree, {letters(title)}) is not None
    return title if is_surely_paper(title) or (headed and is_paper(title)) else None


def is_surely_paper(text: str) -> bool:
    """Whether a text is a paper's name and can be no headline."""
    return bool(outlet_named(text)) or (text.startswith("The ") and is_paper(text))


def is_paper(text: str) -> bool:
    """Whether a text is a paper's name, one of the list or by its form, and no section's: "The
    Harbour Post", "Diario de Velm"."""
    if outlet_named(text):
        return True
    words = text.split()
    if len(words) > _PAPER_WORDS or not {word.casefold() for word in words} - _OF_SECTIONS:
        return False
    # The other words may be any, so that a headline that begins with "Union" is none
    named = has_masthead_form(f"Any {words[-1]}") or (words[1:2] and words[1] in _OF_A_PLACE)
    return bool(named) and has_masthead_form(text)


def is_label(title: str, sites: set[str]) -> bool:
    """Whether a title is a site's name or a section's and may be the same on all its pages."""
    parts = _SEPARATOR.split(title[:_TITLE_LENGTH])
    if letters(parts[0]) in sites or is_paper(parts[0]):
        return True
    return all(len(part.split()) <= _LABEL_WORDS for part in parts)


def own_heading(tree: Any, sites: set[str]) -> str | None:
    """The one heading of the first rank over the text, within the page's article if it has some
    there, that is no site's name and no box's."""
    inside = [node for node in tree.iter("h1", "p") if _is_in(node, _ARTICLE)]
    if not any(node.tag == "h1" for node in inside):
        inside = [node for node in tree.iter("h1", "p") if not _is_in(node, _ABOUT_SITE)]
    nodes = islice(_over_text(inside), _MAX_HEADINGS)
    lines = (mend_line(" ".join(node.itertext())) for node in nodes if not _is_logo(node))
    named = (line for line in lines if line and letters(line) not in sites)
    own = {line for line in named if not is_paper(line) and not classify(line)}
    heading = own.pop() if len(own) == 1 else ""
    return heading if len(letters(heading)) >= _SHORTEST_HEADLINE else None


def _over_text(nodes: Iterable[Any]) -> Iterator[Any]:
    """The headings before the first paragraph of some length."""
    for node in nodes:
        if node.tag == "h1":
            yield node
        elif len(node.text_content().split()) >= _PARAGRAPH_WORDS:
            return


def _is_in(node: Any, tags: frozenset[str]) -> bool:
    return any(above.tag in tags for above in node.iterancestors())


def _is_logo(node: Any) -> bool:
    """Whether a heading leads to the front page or is named as the site's."""
    link = node.find(".//a[@href]")
    naming = f"{node.get('class') or ''} {node.get('id') or ''}"
    return bool(_LOGO.search(naming)) or (link is not None and bool(_FRONT.match(link.get("href"))))
