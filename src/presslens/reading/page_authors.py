"""Page authors: the people who wrote a web page's article, apart from agencies and the paper."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from presslens.reading.cleaning import mend_line
from presslens.reading.credits import is_agency, is_name, people, read_byline
from presslens.reading.draft import Draft
from presslens.reading.jsonld import named
from presslens.reading.outlets import outlet_named
from presslens.reading.page import MAX_VALUES, Page, letters, stated_in, texts, within_another_thing

_AUTHORS = (
    "author", "article:author", "article:author_name", "og:article:author", "og:author", "byl",
    "byline", "parsely-author", "sailthru.author", "cxenseparse:author", "dc.creator",
    "dcterms.creator", "dc.contributor", "citation_author", "article.author", "authors",
)  # fmt: skip
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
# Bylines that are nobody's although they look like names.
_NOBODY = re.compile(
    r"(?:the )?(?:editorial(?: board| team)?|letters? to the editor|special to .+|guest (?:post"
    r"|author|column))",
    re.IGNORECASE,
)
# What the paper's own name is followed by where it stands for a desk.
_DESK = re.compile(
    r"(?:news|sports?|business|politics|world|money|culture|entertainment|travel|online|digital"
    r"|staff|team|desk|reporters?|correspondents?|editors?|newsroom|\s){1,4}",
    re.IGNORECASE,
)
# What follows a name: "for The Post", "(The Post)", "• Halden", "Senior Reporter".
_BEHIND_NAME = re.compile(
    r"\s+(?:for (?:the )?(?=[A-ZÀ-Þ])|\(|[•·] ?|(?:senior|chief|staff|political|sports?|business"
    r"|health|science|education|crime|deputy|investigative|national|foreign|world|city|features?"
    r"|culture|technology) (?:[\w&]+ ){0,2}(?:reporter|correspondent|writer|editor|journalist"
    r"|columnist)$).{0,80}",
    re.IGNORECASE,
)
_BYLINE_CLASS = re.compile(
    r"(?:^|[\s_-])(?:byline|author|writer)s?(?:[\s_-]?names?)?(?:$|[\s_])", re.IGNORECASE
)
_BYLINE_LENGTH = 160


def add_authors(draft: Draft, page: Page, document: Any, sites: set[str]) -> None:
    """Authors from the first place that names a person; agencies on the way become credits."""
    for place in _author_places(page):
        for name, organised in place:
            _add_author(draft, name, page.language, sites, organised=organised)
        if draft.authors:
            break
    guess = stated_in(document, "author") or ""
    for name in guess.split(";") if not (draft.authors or draft.credits) else ():
        _add_author(draft, name, page.language, sites, organised=False)
    distinct = {letters(author): author for author in reversed(draft.authors)}
    draft.authors = list(reversed(distinct.values()))


def _author_places(page: Page) -> Iterator[list[tuple[str, bool]]]:
    for key in ("author", "creator"):
        yield named(page.stated.get(key))
    for key in _AUTHORS:
        yield [(value, False) for value in page.meta.get(key, ()) if not _REFERENCE.search(value)]
    yield [(line, False) for line in texts(_marked_authors(page.tree))]
    bylines = (n for n in page.tree.iter("p", "span", "div", "a", "address", "li")
               if _BYLINE_CLASS.search(n.get("class") or ""))  # fmt: skip
    lines = [line for line in texts(bylines) if len(line) <= _BYLINE_LENGTH]
    yield [(line, False) for line in lines if _read_people(line, page.language)][:1]


def _marked_authors(tree: Any) -> list[Any]:
    """The first element that is marked as author, and those beside it."""
    marked = tree.xpath('//body//*[@itemprop="author" or @rel="author"]')
    own = [n for n in marked if n.tag != "meta" and not within_another_thing(n)]
    own = [n for n in own if 0 < len(n.text_content().strip()) <= _BYLINE_LENGTH]
    if not own:
        return []
    place = next(iter(list(own[0].iterancestors())[1:2]), None)
    return [n for n in own[:MAX_VALUES] if n is own[0] or place in list(n.iterancestors())[:3]]


def _add_author(
    draft: Draft, author: str, language: str, sites: set[str], *, organised: bool
) -> None:
    if len(author) > 2 * _BYLINE_LENGTH:
        return
    name = mend_line(_CONTACT.sub(" ", mend_line(author) or ""))
    if not name or letters(name) in sites:
        return
    name = _name_alone(name.strip(" ,;|-–—"), sites)
    known = _read_people(name, language)
    if (
        organised
        or outlet_named(name)
        or _NOBODY.fullmatch(name)
        or _is_desk(name, sites)
        or (_STAFF.fullmatch(name) and not (known and known[0]))
        or is_agency(name)
    ):
        draft.credits.append(name)
    elif known:
        draft.authors += [each for each in known[0] if letters(each) not in sites]
        draft.credits += [each for each in known[1] if letters(each) not in sites]
    elif name:
        draft.authors.append(name)


def _name_alone(text: str, sites: set[str]) -> str:
    """A person's name without the paper, the place or the office that stands behind it."""
    behind = _BEHIND_NAME.search(text)
    name = text[: behind.start()] if behind else text
    return name if is_name(name) and letters(name) not in sites else text


def _is_desk(name: str, sites: set[str]) -> bool:
    """Whether a name is the paper's own with that of a desk, as in "Harbour Post Sport"."""
    words = name.split()
    return any(
        letters(" ".join(words[:count])) in sites and _DESK.fullmatch(" ".join(words[count:]))
        for count in range(1, len(words))
    )


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
