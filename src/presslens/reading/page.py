"""Page: a parsed web page and what it states about itself (JSON-LD, meta tags, address)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cached_property
from typing import Any
from urllib.parse import unquote, urlsplit

from presslens.reading.cleaning import bare, mend_line
from presslens.reading.jsonld import article_fields, text_of, url_of
from presslens.reading.urls import host_of

# A page says each thing a few times; more values of one tag are a catalogue.
MAX_VALUES = 30
# Parts of a page that are not about its article.
ASIDE = frozenset({"aside", "footer", "nav"})
# What saving programs note at the top of a page.
_SAVED_FROM = re.compile(
    r"<!--\s{0,9}(?:saved from url=\(\d{1,6}\)|Page saved with SingleFile\s{1,20}url:\s{0,9}"
    r"|Mirrored from )(?P<url>[^\s<>\"]{4,2000})",
    re.IGNORECASE,
)
_NOTE_WITHIN = 20_000


class Page:
    """A parsed page and what it states about itself; `tree` is lxml's."""

    def __init__(self, page: str, tree: Any, url: str | None = None) -> None:
        self.tree = tree
        self.meta = _meta(tree)
        self.url = _url(page, tree, self.meta) or url
        self.stated = article_fields(page, url=self.url)
        if stated := url_of(self.stated):
            self.url = self.url if self.url and _has_path(self.url) else stated
        self.language = (tree.get("lang") or "")[:2].lower()

    def first(self, keys: Iterable[str]) -> str | None:
        """The first value that the page's meta tags have for any of these keys."""
        values = (value for key in keys for value in self.meta.get(key, ()))
        return next((line for value in values if (line := mend_line(value))), None)

    @cached_property
    def headings(self) -> list[str]:
        """The texts of the page's headings of the first rank."""
        return texts(self.tree.iter("h1"))

    @cached_property
    def descriptions(self) -> set[str]:
        """What the page says that it is about, bare."""
        keys = ("description", "og:description", "twitter:description", "dc.description")
        stated = [text_of(self.stated.get("description")), *(self.first([key]) for key in keys)]
        return {bare(line) for text in stated if (line := mend_line(text))}

    @cached_property
    def about_authors(self) -> set[str]:
        """What JSON-LD says about the authors, bare; pages repeat it under the text."""
        authors = self.stated.get("author")
        authors = authors if isinstance(authors, list) else [authors]
        told = [text_of(each.get("description")) for each in authors if isinstance(each, dict)]
        return {bare(line) for text in told if (line := mend_line(text))}


def texts(nodes: Iterable[Any]) -> list[str]:
    """The texts of elements, each on a line, without those that have none."""
    found = (" ".join(node.itertext()) for _, node in zip(range(200), nodes, strict=False))
    return [line for text in found if (line := mend_line(text))]


def parse_page(page: str) -> Any:
    """lxml's tree of a page, or None where there is nothing to be parsed."""
    from lxml import etree
    from lxml.html import HTMLParser, document_fromstring

    page = page.replace("\0", "")
    parser = HTMLParser(remove_comments=True, remove_pis=True, encoding="utf-8", huge_tree=False)
    try:
        return document_fromstring(page.encode("utf-8", "replace"), parser=parser)
    except (etree.LxmlError, ValueError, AssertionError):
        return None


def within_another_thing(node: Any) -> bool:
    """Whether microdata say that an element is about a thing that is no article."""
    scope = next(
        (above for above in node.iterancestors() if above.get("itemscope") is not None), None
    )
    kind = (scope.get("itemtype") or "") if scope is not None else ""
    return bool(kind) and not kind.endswith(("Article", "Posting", "WebPage", "Report", "Person"))


def letters(text: str) -> str:
    """The letters and digits of a text alone, to compare names."""
    return re.sub(r"[\W_]+", "", text).casefold()


def stated_in(document: Any, name: str) -> str | None:
    """A field of what trafilatura found, which may be nothing."""
    value = getattr(document, name, None)
    return value if isinstance(value, str) else None


def _meta(tree: Any) -> dict[str, list[str]]:
    """The contents of meta tags by name, property or itemprop, in lower case.

    A property of a thing that is no article (a picture's author) is passed over.
    """
    found: dict[str, list[str]] = {}
    for node in tree.iter("meta"):
        content = (node.get("content") or "").strip()
        if not content or (node.get("itemprop") and within_another_thing(node)):
            continue
        for attribute in ("property", "name", "itemprop"):
            for key in (node.get(attribute) or "").lower().split():
                values = found.setdefault(key, [])
                if len(values) < MAX_VALUES and content not in values:
                    values.append(content)
    return found


def _url(page: str, tree: Any, meta: dict[str, list[str]]) -> str | None:
    links = [
        n.get("href") for n in tree.iter("link") if (n.get("rel") or "").lower() == "canonical"
    ]
    saved = _SAVED_FROM.search(page, 0, _NOTE_WITHIN)
    stated = [*links[:1], *meta.get("og:url", [])[:1], *meta.get("parsely-link", [])[:1]]
    if saved:
        stated.append(saved["url"] if "://" in saved["url"] else f"https://{saved['url']}")
    addresses = [url.strip() for url in stated if url and re.match(r"\s*https?://\S+$", url)]
    # Some pages give the paper's front page as their own address.
    return next(filter(_has_path, addresses), None)


def _has_path(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return bool(host_of(url)) and bool(unquote(parts.path).strip("/") or parts.query)
