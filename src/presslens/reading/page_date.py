"""Page date: when a web page's article was published, as the page states or shows it."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any

from presslens.reading.cleaning import mend_line
from presslens.reading.dates import When, find_date, line_date, url_date
from presslens.reading.jsonld import text_of
from presslens.reading.outlets import country_of
from presslens.reading.page import ASIDE, Page, stated_in

_DATES = (
    "article:published_time", "article:published", "og:article:published_time", "datepublished",
    "parsely-pub-date", "sailthru.date", "cxenseparse:publishtime",
    "cxenseparse:recs:publishtime", "dc.date.issued", "dcterms.issued", "dcterms.created",
    "dc.date.created", "dc.date", "dcterms.date", "citation_publication_date",
    "prism.publicationdate", "publish-date", "publish_date", "publishdate", "pubdate", "pub_date",
    "published", "publication_date", "publication-date", "published_at", "article.published",
    "displaydate", "originalpublicationdate", "date", "datecreated",
)  # fmt: skip
_DATE_CLASS = re.compile(r"date|time|publish|posted|byline", re.IGNORECASE)
_LONGEST_DATE = 120


def date_of(page: Page, document: Any, url: str | None) -> When | None:
    """The day as the page states it, in the zone in which it states it."""
    country = country_of(url)
    stated = [
        text_of(page.stated.get(key)) for key in ("datePublished", "dateCreated", "uploadDate")
    ]
    metas = (value for key in _DATES for value in page.meta.get(key, ()))
    for value in (*stated[:1], *_shown_dates(page, "datePublished"), *metas, *stated[1:]):
        if value and (when := _moment(value) or find_date(value, country=country)):
            return when
    if url and (day := url_date(url)):
        return When(day)
    for value in _shown_dates(page, None):
        if when := find_date(value, country=country):
            return when
    guess = stated_in(document, "date")
    return _visible_date(page, country=country) or (find_date(guess) if guess else None)


def _moment(value: str) -> When | None:
    """A moment that is given in seconds or thousandths since 1970."""
    if not re.fullmatch(r"[12]\d{9}(?:\d{3})?", value):
        return None
    moment = datetime.fromtimestamp(int(value[:10]), tz=UTC)
    return When(moment.date(), moment)


def _shown_dates(page: Page, prop: str | None) -> list[str]:
    """What elements say that are marked as dates of publication, or stand as times by the text."""
    if prop:
        nodes = page.tree.xpath(f'//body//*[@itemprop="{prop}"] | //body//time[@pubdate]')
    else:
        nodes = _time_by_the_heading(page.tree)
    values = [n.get("datetime") or n.get("content") or n.text_content() for n in nodes[:5]]
    return [value.strip() for value in values if value and len(value) <= _LONGEST_DATE]


def _time_by_the_heading(tree: Any) -> list[Any]:
    """The first time after the first heading, or before where none comes after."""
    heading, before = False, []
    for node in tree.iter("h1", "time"):
        if node.tag == "h1":
            heading = True
        elif not any(above.tag in ASIDE for above in node.iterancestors()):
            if heading:
                return [node]
            before.append(node)
    return before[:1]


def _visible_date(page: Page, *, country: str | None) -> When | None:
    """The date on the first line under the heading that is marked as one and is no update's."""
    heading = page.tree.find(".//h1") is None
    for node in page.tree.iter("h1", "p", "span", "div", "li"):
        heading = heading or node.tag == "h1"
        if not heading or not _DATE_CLASS.search(node.get("class") or "") or len(node) > 10:
            continue
        line = mend_line(node.text_content()) or ""
        found = line_date(line, country=country) if len(line) <= _LONGEST_DATE else None
        if found and not found[1] and not any(a.tag in ASIDE for a in node.iterancestors()):
            return found[0]
    return None
