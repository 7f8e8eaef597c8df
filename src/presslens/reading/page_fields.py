"""Page fields: what a web page states and shows about its article, as the fields of a draft."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from presslens.reading.cleaning import mend_line
from presslens.reading.draft import Draft
from presslens.reading.jsonld import names
from presslens.reading.outlets import find_outlet
from presslens.reading.page import Page, letters, stated_in
from presslens.reading.page_authors import add_authors
from presslens.reading.page_date import date_of
from presslens.reading.page_labels import site_in_title
from presslens.reading.page_title import title_of
from presslens.reading.urls import host_of

_SECTIONS = ("article:section", "og:section", "parsely-section", "prism.section", "section")
_SITES = ("og:site_name", "application-name", "dc.publisher", "publisher", "al:ios:app_name")


def draft_of(page: Page, document: Any) -> Draft:
    """An article's fields; `document` is trafilatura's, for what the page doesn't state plainly."""
    draft = Draft(url=page.url or stated_in(document, "url"))
    outlet = find_outlet(draft.url) if draft.url else None
    site = page.first(_SITES) or next(iter(names(page.stated.get("publisher"))), None)
    site = mend_line(site) or mend_line(stated_in(document, "sitename")) or site_in_title(page)
    draft.outlet = outlet.name if outlet else site
    sites = {letters(name) for name in _sites(draft, site)}
    draft.title = title_of(page, document, sites)
    if when := date_of(page, document, draft.url):
        draft.date_it(when)
    section = next(iter(names(page.stated.get("articleSection"))), None) or page.first(_SECTIONS)
    draft.section = mend_line(section) or mend_line(
        next(iter(getattr(document, "categories", None) or []), None)
    )
    add_authors(draft, page, document, sites)
    return draft


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
