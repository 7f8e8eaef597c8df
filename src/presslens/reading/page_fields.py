"""Page fields: title, date, authors, outlet, section and address of a web page, from what it states
about itself (JSON-LD, meta tags, microdata) and from what it shows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from functools import cached_property
from typing import Any
from urllib.parse import unquote, urlsplit

from presslens.reading.cleaning import bare, mend_line
from presslens.reading.credits import is_agency, is_name, people, read_byline
from presslens.reading.dates import When, find_date, line_date, url_date
from presslens.reading.draft import Draft
from presslens.reading.jsonld import article_fields, named, names, text_of, url_of
from presslens.reading.outlets import find_outlet, outlet_named, writes_month_first
from presslens.reading.urls import host_of

_TITLES = ("og:title", "twitter:title", "parsely-title", "sailthru.title", "dc.title",
           "dcterms.title", "citation_title")  # fmt: skip
_DATES = (
    "article:published_time", "article:published", "og:article:published_time", "datepublished",
    "parsely-pub-date", "sailthru.date", "cxenseparse:publishtime",
    "cxenseparse:recs:publishtime", "dc.date.issued", "dcterms.issued", "dcterms.created",
    "dc.date.created", "dc.date", "dcterms.date", "citation_publication_date",
    "prism.publicationdate", "publish-date", "publish_date", "publishdate", "pubdate", "pub_date",
    "published", "publication_date", "publication-date", "published_at", "article.published",
    "displaydate", "originalpublicationdate", "date", "datecreated",
)  # fmt: skip
_AUTHORS = (
    "author", "article:author", "article:author_name", "og:article:author", "og:author", "byl",
    "byline", "parsely-author", "sailthru.author", "cxenseparse:author", "dc.creator",
    "dcterms.creator", "dc.contributor", "citation_author", "article.author", "authors",
)  # fmt: skip
_SECTIONS = ("article:section", "og:section", "parsely-section", "prism.section", "section")
_SITES = ("og:site_name", "application-name", "dc.publisher", "publisher", "al:ios:app_name")
# A page says each thing a few times; more values of one tag are a catalogue.
_MAX_VALUES = 30
_LONGEST_DATE = 120

# What saving programs note at the top of a page.
_SAVED_FROM = re.compile(
    r"<!--\s{0,9}(?:saved from url=\(\d{1,6}\)|Page saved with SingleFile\s{1,20}url:\s{0,9}"
    r"|Mirrored from )(?P<url>[^\s<>\"]{4,2000})",
    re.IGNORECASE,
)
_NOTE_WITHIN = 20_000
# What a title is followed by in the page's <title>: " | The Paper", " - The Paper".
_LAST_PART = re.compile(r"\s+(?:[|–—·•*»-]|::)\s+(?P<part>[^|–—·•*»]{2,60})$")
_TRUNCATED = re.compile(r"\s*(?:…|\.{3})$")
# Words for "by" and "and" on bylines, by the page's language; in others they may be names.
_BY = {"de": r"von|text:|autor(?:in)?:", "es": r"por|autor(?:a)?:", "pt": r"por", "fr": r"par",
       "it": r"di|a cura di", "nl": r"door", "sv": r"av|text:", "nb": r"av|tekst:", "no": r"av",
       "da": r"af|tekst:", "pl": r"autor:"}  # fmt: skip
_AND = {"de": "und", "es": "y", "pt": "e", "fr": "et", "it": "e", "nl": "en", "sv": "och",
        "nb": "og", "no": "og", "da": "og", "pl": "i"}  # fmt: skip
_CONTACT = re.compile(r"\(?\s?\S+@\S+\.\w+\s?\)?|\S*https?://\S+|(?<!\S)@\w+")
_REFERENCE = re.compile(r"https?://|www\.|^/|^\d+$|^[a-z0-9]+(?:[-_.][a-z0-9]+)*$")
# Bylines that stand for the paper or its staff and name nobody.
_STAFF = re.compile(
    r"(?i:.*\b(?:staff|newsroom|news desk|web desk|editors|editorial board|correspondents?"
    r"|reporters?|redaktion|redacci[oó]n|redação|redazione|redactie|r[eé]daction|redaksjonen|redaktionen"
    r"|news ?agency|agencies|admin(?:istrator)?|webmaster|contributors?|team)\b.*|editor|guest)"
)
_BYLINE_CLASS = re.compile(
    r"(?:^|[\s_-])(?:byline|author|writer)s?(?:[\s_-]?names?)?(?:$|[\s_])", re.IGNORECASE
)
_DATE_CLASS = re.compile(r"date|time|publish|posted|byline", re.IGNORECASE)
_BYLINE_LENGTH = 160
_ASIDE = ("aside", "footer", "nav")


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


def draft_of(page: Page, document: Any) -> Draft:
    """An article's fields; `document` is trafilatura's, for what the page doesn't state plainly."""
    draft = Draft(url=page.url or _of(document, "url"))
    outlet = find_outlet(draft.url) if draft.url else None
    site = page.first(_SITES) or next(iter(names(page.stated.get("publisher"))), None)
    site = mend_line(site) or mend_line(_of(document, "sitename"))
    draft.outlet = outlet.name if outlet else site
    sites = {_bare(name) for name in _sites(draft, site)}
    draft.title = _title(page, document, sites)
    if when := _date(page, document, draft.url):
        draft.date_it(when)
    section = next(iter(names(page.stated.get("articleSection"))), None) or page.first(_SECTIONS)
    draft.section = mend_line(section) or mend_line(
        next(iter(getattr(document, "categories", None) or []), None)
    )
    _add_authors(draft, page, document, sites)
    return draft


def _meta(tree: Any) -> dict[str, list[str]]:
    """The contents of meta tags by name, property or itemprop, in lower case.

    A property of a thing that is no article (a picture's author) is passed over.
    """
    found: dict[str, list[str]] = {}
    for node in tree.iter("meta"):
        content = (node.get("content") or "").strip()
        if not content or (node.get("itemprop") and _within_another_thing(node)):
            continue
        for attribute in ("property", "name", "itemprop"):
            for key in (node.get(attribute) or "").lower().split():
                values = found.setdefault(key, [])
                if len(values) < _MAX_VALUES and content not in values:
                    values.append(content)
    return found


def _within_another_thing(node: Any) -> bool:
    scope = next(
        (above for above in node.iterancestors() if above.get("itemscope") is not None), None
    )
    kind = (scope.get("itemtype") or "") if scope is not None else ""
    return bool(kind) and not kind.endswith(("Article", "Posting", "WebPage", "Report", "Person"))


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


def _sites(draft: Draft, site: str | None) -> Iterator[str]:
    """The names that the paper goes by: its own, its host's, with and without "The"."""
    host = host_of(draft.url) if draft.url else None
    for name in (draft.outlet, site, host, host.partition(".")[0] if host else None):
        if name:
            yield name
            yield re.sub(r"^the\s+", "", name, flags=re.IGNORECASE)
            yield f"the {name}"
            yield f"{name} online"
            yield re.sub(r"\.\w{2,4}(?:\.\w\w)?$", "", name)


def _title(page: Page, document: Any, sites: set[str]) -> str | None:
    """The headline: of JSON-LD's, the page's heading and OpenGraph's what two agree on, else
    JSON-LD's, which is the paper's own where its heading is a site's name or a section's."""
    stated = [mend_line(text_of(page.stated.get(key))) for key in ("headline", "name")]
    social = page.first(_TITLES)
    headline, other = ([*filter(None, stated), None, None])[:2]
    of_page = mend_line(page.tree.findtext(".//title"))
    whole = [
        _without_site(text, sites) for text in (headline, social, of_page or _of(document, "title"))
    ]
    headings = [_without_site(text, sites) for text in page.headings if _bare(text) not in sites]
    heading = _main_heading([h for h in headings if h], [*filter(None, whole), other or ""])
    first, second, last = whole
    if first and _TRUNCATED.search(first):
        start = _bare(first)
        fuller = (t for t in (heading, second, other) if t and _bare(t).startswith(start))
        first = next((text for text in fuller if len(text) > len(first)), first)
    if heading and second and _agree(heading, second):
        return heading if len(heading) <= len(second) else second
    return first or heading or second or last


def _without_site(title: str | None, sites: set[str]) -> str | None:
    """A title without the paper's name, and what stands behind it, at its end."""
    parts: list[int] = []
    rest = title or ""
    while match := _LAST_PART.search(rest):
        part, rest = match["part"], rest[: match.start()]
        parts.append(match.start())
        if _bare(part) in sites:
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
    mine, theirs = _bare(heading), _bare(title)
    if title.startswith(heading) and re.match(r"\s*[|–—·•*»-]\s", title[len(heading) :]):
        return True
    # A heading may have its kicker before it, inside the element.
    return mine == theirs or (len(theirs) > 8 and mine.endswith(theirs))


def _date(page: Page, document: Any, url: str | None) -> When | None:
    """The day as the page states it, in the zone in which it states it."""
    month_first = writes_month_first(url)
    stated = [
        text_of(page.stated.get(key)) for key in ("datePublished", "dateCreated", "uploadDate")
    ]
    metas = (value for key in _DATES for value in page.meta.get(key, ()))
    for value in (*stated[:1], *_shown_dates(page, "datePublished"), *metas, *stated[1:]):
        if value and (when := _moment(value) or find_date(value, month_first=month_first)):
            return when
    if url and (day := url_date(url)):
        return When(day)
    for value in _shown_dates(page, None):
        if when := find_date(value, month_first=month_first):
            return when
    guess = _of(document, "date")
    return _visible_date(page, month_first=month_first) or (find_date(guess) if guess else None)


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
        elif not any(above.tag in _ASIDE for above in node.iterancestors()):
            if heading:
                return [node]
            before.append(node)
    return before[:1]


def _visible_date(page: Page, *, month_first: bool) -> When | None:
    """The date on the first line under the heading that is marked as one and is no update's."""
    heading = page.tree.find(".//h1") is None
    for node in page.tree.iter("h1", "p", "span", "div", "li"):
        heading = heading or node.tag == "h1"
        if not heading or not _DATE_CLASS.search(node.get("class") or "") or len(node) > 10:
            continue
        line = mend_line(node.text_content()) or ""
        found = line_date(line, month_first=month_first) if len(line) <= _LONGEST_DATE else None
        if found and not found[1] and not any(a.tag in _ASIDE for a in node.iterancestors()):
            return found[0]
    return None


def _add_authors(draft: Draft, page: Page, document: Any, sites: set[str]) -> None:
    """Authors from the first place that names a person; agencies on the way become credits."""
    for place in _author_places(page, document):
        for name, organised in place:
            _add_author(draft, name, page.language, sites, organised=organised)
        if draft.authors:
            break
    distinct = {_bare(author): author for author in reversed(draft.authors)}
    draft.authors = list(reversed(distinct.values()))


def _author_places(page: Page, document: Any) -> Iterator[list[tuple[str, bool]]]:
    for key in ("author", "creator"):
        yield named(page.stated.get(key))
    for key in _AUTHORS:
        yield [(value, False) for value in page.meta.get(key, ()) if not _REFERENCE.search(value)]
    yield [(line, False) for line in texts(_marked_authors(page.tree))]
    bylines = (n for n in page.tree.iter("p", "span", "div", "a", "address", "li")
               if _BYLINE_CLASS.search(n.get("class") or ""))  # fmt: skip
    lines = [line for line in texts(bylines) if len(line) <= _BYLINE_LENGTH]
    yield [(line, False) for line in lines if _read_people(line, page.language)][:1]
    yield [(name, False) for name in (_of(document, "author") or "").split(";")]


def _marked_authors(tree: Any) -> list[Any]:
    """The first element that is marked as author, and those beside it."""
    marked = tree.xpath('//body//*[@itemprop="author" or @rel="author"]')
    own = [n for n in marked if n.tag != "meta" and not _within_another_thing(n)]
    own = [n for n in own if 0 < len(n.text_content().strip()) <= _BYLINE_LENGTH]
    if not own:
        return []
    place = next(iter(list(own[0].iterancestors())[1:2]), None)
    return [n for n in own[:_MAX_VALUES] if n is own[0] or place in list(n.iterancestors())[:3]]


def _add_author(
    draft: Draft, author: str, language: str, sites: set[str], *, organised: bool
) -> None:
    if len(author) > 2 * _BYLINE_LENGTH:
        return
    name = mend_line(_CONTACT.sub(" ", mend_line(author) or ""))
    if not name or _bare(name) in sites:
        return
    name = name.strip(" ,;|-–—")
    known = _read_people(name, language)
    if (
        organised
        or outlet_named(name)
        or (_STAFF.fullmatch(name) and not (known and known[0]))
        or is_agency(name)
    ):
        draft.credits.append(name)
    elif known:
        draft.authors += [each for each in known[0] if _bare(each) not in sites]
        draft.credits += [each for each in known[1] if _bare(each) not in sites]
    elif name:
        draft.authors.append(name)


def _read_people(name: str, language: str) -> tuple[list[str], list[str]] | None:
    """The people and agencies that a byline names, whatever its language's words for by and and."""
    if language in _BY:
        name = re.sub(rf"^(?:{_BY[language]})\s*(?=[A-ZÀ-Þ])", "", name, flags=re.IGNORECASE)
        name = re.sub(rf"\s+{_AND[language]}\s+(?=[A-ZÀ-Þ])", " and ", name)
    turned = re.fullmatch(r"([^\s,]+), ([^\s,]+(?: [^\s,]+)?)", name)
    if turned and is_name(f"{turned[2]} {turned[1]}") and not any(map(is_agency, turned.groups())):
        name = f"{turned[2]} {turned[1]}"
    found = read_byline(name) or people(name)
    return found if found and any(found) else None


def _of(document: Any, name: str) -> str | None:
    """A field of what trafilatura found, which may be nothing."""
    value = getattr(document, name, None)
    return value if isinstance(value, str) else None


def _bare(text: str) -> str:
    return re.sub(r"[\W_]+", "", text).casefold()
