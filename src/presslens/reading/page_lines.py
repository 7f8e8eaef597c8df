"""Page lines: which of the lines found on a web page are the article, and its standfirst."""

from __future__ import annotations

import re
from typing import Any

from presslens.reading.cleaning import STANDFIRST_WORDS, bare, mend_line
from presslens.reading.credits import read_byline
from presslens.reading.dates import is_date_line
from presslens.reading.draft import Draft
from presslens.reading.lines import classify, ends_sentence
from presslens.reading.page import Page, texts
from presslens.reading.page_notices import is_letters_foot, is_notice

# Headline, byline and date stand again on the first lines.
_HEAD = 4
_STANDFIRST = re.compile(
    r"(?:stand-?first|sub-?title|sub-?head(?:line|ing)?|(?:^|[\s_-])dek(?:$|[\s_-]))", re.IGNORECASE
)
_STANDFIRST_LONGEST = 80
# Elements between a heading and the text: share buttons and a picture take a hundred or two.
_NEAR = 400
_GAP_WORDS = 12
_MARKED = ("p", "h2", "h3", "h4", "li", "div", "span")
_LINK_WORDS = range(3, 31)


def article_lines(found: list[str], draft: Draft, page: Page) -> list[str]:
    """The lines without captions, links and notices, and without what heads the text."""
    headings = {bare(heading) for heading in page.headings}
    captions = {bare(caption) for caption in (*draft.captions, *_under_pictures(page.tree))}
    links = _lone_links(page.tree)
    kept: list[str] = []
    ended = False
    for index, line in enumerate(found):
        known = bare(line)
        if is_letters_foot(line):
            ended = bool(kept)
            continue
        # The paper's postal address and the like follow
        ended = ended and not ends_sentence(line)
        if ended:
            continue
        if index < _HEAD and (
            known in headings or is_date_line(line) or _is_own_byline(line, draft)
        ):
            continue
        if known in page.about_authors:
            continue
        if known in captions:
            draft.captions.append(line)
            continue
        if known in links:
            draft.related.append(_title_in(line.removeprefix("- ")))
        elif not is_notice(line, draft):
            kept.append(line)
    return kept


def _title_in(link: str) -> str:
    """The other story's title in a link, without "Also read:"."""
    label = classify(link)
    return label.content if label and label.kind == "related" and label.content else link


def _lone_links(tree: Any) -> set[str]:
    """Paragraphs and list items that are a link to another story and nothing else, bare."""
    found = set()
    for node in tree.iter("p", "li"):
        link = node.find(".//a[@href]")
        if link is None or link.get("href").startswith("#"):
            continue
        text = " ".join(node.text_content().split())
        if len(text.split()) in _LINK_WORDS and not text.endswith((".", ",", ":", ";", "”", '"')):
            linked = " ".join(" ".join(a.text_content() for a in node.iter("a")).split())
            if bare(linked) == bare(text):
                found.add(bare(mend_line(text) or ""))
    return found


def _under_pictures(tree: Any) -> list[str]:
    """What stands in a paragraph with a picture and is no sentence."""
    held = (node for node in tree.iter("p") if node.find(".//img") is not None)
    return [
        line for line in texts(held) if len(line.split()) <= 30 and not line.endswith((".", "”"))
    ]


def with_standfirst(lines: list[str], draft: Draft, page: Page) -> list[str]:
    """The lines with the standfirst before them, which stands between heading and picture."""
    text = {bare(line) for line in lines[: _HEAD + 4]}
    headings = list(page.tree.iter("h1"))
    title = bare(draft.title or "")
    own = [node for node in headings if title and bare(node.text_content()) == title] or headings
    for node in own[0].xpath("following::*")[:_NEAR] if own else ():
        if node.tag not in _MARKED or len(node) > 6:
            continue
        line = mend_line(node.text_content()) or ""
        known = bare(line)
        if known and known in text:
            return lines
        marked = node.get("itemprop") == "description" or _STANDFIRST.search(
            node.get("class") or ""
        )
        if not STANDFIRST_WORDS <= len(line.split()) <= _STANDFIRST_LONGEST:
            continue
        if (marked or known in page.descriptions) and known != title:
            joined = " ".join(bare(each) for each in lines)
            return lines if known in joined else [line, *lines]
    return lines


def _is_own_byline(line: str, draft: Draft) -> bool:
    found = read_byline(line)
    if not found or not any(found):
        return False
    if not draft.authors:
        draft.authors += found[0]
    draft.credits += found[1]
    return True
