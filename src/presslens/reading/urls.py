"""URLs: lines that are one, healed where a dump broke them, and their canonical form for ids."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlencode, urlsplit

_START = re.compile(r"(?:https?://|www\.)\S", re.IGNORECASE)
_WHOLE = re.compile(r"[<(\[]?(?P<url>(?:https?://|www\.)[^\s<>\"]+?)[>)\],.]*", re.IGNORECASE)
# A piece of a URL that a stray space cut off holds what words of a sentence seldom do.
_PIECE = re.compile(r"[\w%~+.,=&?#/:@!-]*[-/=%&_?\d][\w%~+.,=&?#/:@!-]*|\w+\.(?:html?|php|aspx?)")
_MAX_PIECES = 4
# Query parameters that say how a reader came, not what he read.
_TRACKING = re.compile(
    r"utm_\w+|fbclid|gclid|dclid|msclkid|twclid|igshid|mc_[ce]id|ref|ref_src|ref_url|referrer"
    r"|cmp|cmpid|ocid|ito|smid|sh|share|source|src|module|pgtype|mod|ns_\w+|at_\w+|xtor|amp"
    r"|spm|from|feature|__twitter_impression|taid|output|partner|via",
    re.IGNORECASE,
)


# Addresses at the edges of a text that are no article's.
_OTHER_PAGES = re.compile(
    r"mailman|/listinfo|unsubscribe|/(?:subscribe|privacy|terms|about|contact"
    r"|newsletters?|donate)\b"
    r"|^(?:https?://)?[^/]+/?$",
    re.IGNORECASE,
)


def url_of_line(line: str) -> str | None:
    """The URL that a line consists of, without stray spaces in it, or None.

    "https://paper.example/2024/11/15/mayor-res igns-a87" is one; a sentence that begins with a
    URL is none.
    """
    line = line.strip().strip("<>[]()").strip()
    if not _START.match(line):
        return None
    first, *rest = line.split()
    if len(rest) >= _MAX_PIECES or not all(_PIECE.fullmatch(piece) for piece in rest):
        return None
    match = _WHOLE.fullmatch(first + "".join(rest))
    return match["url"] if match and host_of(match["url"]) else None


def continues_url(url: str, line: str) -> bool:
    """Whether a line is the rest of a URL that a hard wrap cut: one piece that cannot be a word."""
    return (
        " " not in line
        and bool(_PIECE.fullmatch(line))
        and not _START.match(line)
        and (url.endswith(("-", "/", "_", "=", "&", "?")) or "-" in line or "/" in line)
    )


def may_be_article(url: str) -> bool:
    """Whether an address may be an article's, not a front page or a page to subscribe."""
    return not _OTHER_PAGES.search(url)


def host_of(url: str) -> str | None:
    """The host in lower case, without "www." and the like, or None where there is none."""
    try:
        host = urlsplit(url if "://" in url else f"https://{url}").hostname
    except ValueError:
        return None
    if not host or "." not in host:
        return None
    return re.sub(r"^(?:www\d?|m|mobile|amp)\.(?=.*\.)", "", host.rstrip("."))


def canonical_url(url: str) -> str:
    """The form of a URL that ids are made from.

    Scheme and host in lower case, https for http, no "www.", fragment, tracking parameters or
    final slash; other parameters in alphabetical order.
    """
    try:
        parts = urlsplit(url if "://" in url else f"https://{url}")
        port = f":{parts.port}" if parts.port not in {None, 80, 443} else ""
    except ValueError:
        return url.strip()
    pairs = parse_qsl(parts.query, keep_blank_values=True)
    query = urlencode(sorted(pair for pair in pairs if not _TRACKING.fullmatch(pair[0])))
    host = host_of(url) or (parts.hostname or "")
    return f"https://{host}{port}{parts.path.rstrip('/')}" + (f"?{query}" if query else "")


def slug_words(url: str) -> set[str]:
    """The words of a URL's path that echo the headline: letters only, four or more of them."""
    try:
        path = urlsplit(url).path
    except ValueError:
        return set()
    slug = max(path.split("/"), key=lambda piece: len(re.findall(r"[-_+]", piece)))
    words = [word for word in re.split(r"[^a-z]+", slug.lower()) if len(word) >= 4]
    return set(words) if len(words) >= 3 else set()
