"""Mastheads: names of papers among the lines of a text, where no list knows them."""

from __future__ import annotations

import re
from functools import lru_cache

from presslens.reading.outlets import outlet_named
from presslens.reading.urls import host_of

_MASTHEAD_WORDS = frozenset(
    "times weekly daily herald tribune gazette chronicle observer telegraph courier bulletin news"
    " journal independent review post star sun mirror mail express standard guardian echo press"
    " record argus advertiser examiner leader monitor sentinel dispatch despatch ledger register"
    " bugle letter tidings wire newswire today nation citizen voice advocate"
    " inquirer enquirer globe"
    " online media radio broadcasting reporter messenger mercury packet clarion beacon banner"
    " republic democrat patriot pioneer sport magazine digest newspaper newspapers outlook vanguard"
    " punch insider chronik diario gaceta jornal folha correio zeitung kurier anzeiger nieuws"
    " courant dagblad tidende avis nyheter gazeta kurir journaal presse monde figaro corriere"
    " giornale gazzetta nazione evening morning sunday saturday weekend agency tv tv1 fm bulletin"
    " advance argosy bee breeze caller commercial constitution enterprise facts forum freeman"
    " headlight index informer item mountaineer nugget optimist oracle picayune"
    " pilot progress rustler"
    " scoop signal spirit torch transcript union visitor witness worker wave telegram broadcaster"
    " network bote blick rundschau tageblatt allgemeine nachrichten noticias"
    " notícias prensa universal"
    " mundo país tiempo vanguardia público expresso estado globo haber sabah akhbar"
    " ahram shimbun ilbo"
    " samachar patrika dainik khabar lloyd's wochenblatt tagblatt post-gazette correspondent"
    " intelligencer spectator statesman quarterly monthly almanac lantern compass crier trumpet"
    " sentinel-tribune watch chronicle-herald eagle planet world update report".split()
)
_SMALL = frozenset("of the and for de del la le & y e di da do und van in".split())
_WORD = re.compile(r"[^\W\d_][\w.'’-]*|&|24|\d{1,3}")
_NOT_LETTERS = re.compile(r"[\W_]+")
_MOST_WORDS = 6
_LIVE = re.compile(
    r"\s*[-–—|:·]?\s*\b(?:live|print(?: this page| edition| version)?"
    r"|printer[- ]friendly(?: version| page)?|website|web ?site|online|homepage|home page|app"
    r"|e-?paper)\s*$",
    re.IGNORECASE,
)
_COPYRIGHT = re.compile(
    r"(?:\bcopyright\b|©|\(c\))[\s:©,]*(?:\(c\)\s*)?(?:(?:19|20)\d\d(?:\s?[-–]\s?(?:19|20)?\d\d)?"
    r"[\s,.:|–-]*)?(?:by\s+)?(?P<name>(?-i:[A-ZÀ-Þ\d])[^|.©\n]{2,60}?)"
    r"(?=\s*(?:[|.©,(]|$|\b(?:19|20)\d\d\b|\ball rights|\blimited\b|\bltd\b|\binc\b|\bllc\b|\bplc\b"
    r"|\bpvt\b|\s[–—-]\s))",
    re.IGNORECASE,
)
_COMPANY = re.compile(
    r"[\s,]+(?:newspapers?|media|publishing|publications?|publishers?|group|holdings?|corporation"
    r"|corp|company|co|limited|ltd|inc|llc|plc|pvt|gmbh|ag|s\.?a\.?|digital|communications?"
    r"|network|news)\.?$",
    re.IGNORECASE,
)
# "She told the Meridian Review", "readers of The Sahel Dispatch": how papers speak of themselves.
# Each with a word of its own in front, which is quicker than all in one
_TOLD = tuple(
    re.compile(
        rf"{verb} (?P<name>(?:[Tt]he |THE )?[A-ZÀ-Þ][\w'’&-]+(?:\s(?:[A-ZÀ-Þ&][\w'’&-]*|of|and))*)"
    )
    for verb in ("told", "spoke to", "spoke with", "interview with", "published in", "readers of")
)


def squashed(name: str) -> str:
    """A name's letters and digits in one, without the article, as addresses have it."""
    return _NOT_LETTERS.sub("", name.casefold().removeprefix("the "))


@lru_cache(maxsize=1024)
def has_masthead_form(line: str) -> bool:
    """Whether a line has the form of a paper's name: a few capitalised words, one of them a word
    that papers are called by, first or last ("Daily Bugle", "The Bugle of Velm")."""
    words = line.split()
    if not 2 <= len(words) <= _MOST_WORDS or line[-1] in ".,:;?!":
        return False
    if not all(_WORD.fullmatch(word.strip("()")) for word in words):
        return False
    if not all(word[:1].isupper() or word[:1].isdigit() or word in _SMALL for word in words):
        return False
    plain = [word.lower().strip("()").rpartition("-")[2] for word in words]
    if plain[0] == "the":
        plain = plain[1:]
    return any(word in _MASTHEAD_WORDS for word in (plain[0], plain[-1])) or bool(
        outlet_named(line)
    )


def without_edition(line: str) -> str:
    """A masthead without "LIVE" or "Print this page" behind it."""
    return _LIVE.sub("", line).strip(" -–—|")


def matches_host(name: str, url: str | None) -> bool:
    """Whether a name is what the host of an address spells: kanoledger.example, The Kano Ledger."""
    host = host_of(url) if url else None
    if not host:
        return False
    letters = squashed(name)
    labels = [label.replace("-", "") for label in host.split(".")]
    return len(letters) >= 4 and any(
        label == letters or label.removeprefix("the") == letters for label in labels
    )


def copyright_owner(line: str) -> str | None:
    """The owner that a copyright line names, without "Ltd" and the like, or None."""
    match = _COPYRIGHT.search(line)
    if not match:
        return None
    name = match["name"].strip(" ,.-–—|")
    while (shorter := _COMPANY.sub("", name)) != name and len(shorter.split()) >= 2:
        name = shorter
    return name if 1 <= len(name.split()) <= _MOST_WORDS and not name.isdigit() else None


def told_to(text: str) -> list[str]:
    """Papers that a text says people spoke to or read."""
    names = (match["name"] for form in _TOLD for match in form.finditer(text))
    names = (name.removeprefix("the ") for name in names)
    return [name for name in names if has_masthead_form(name)]


def cased(name: str) -> str:
    """A name without capitals throughout: "THE KANO LEDGER" → "The Kano Ledger"."""
    if not name.isupper():
        return name
    words = name.split()
    return " ".join(
        word.lower() if place and word.lower() in _SMALL and word != "THE" else _word(word)
        for place, word in enumerate(words)
    )


def _word(word: str) -> str:
    vowel = re.search(r"[AEIOUYÀ-ÖØ-Ý]", word)
    return word if not vowel or (len(word) <= 3 and word not in {"THE", "SUN"}) else word.title()
