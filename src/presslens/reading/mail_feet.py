"""Mail's feet: what stands under a newsletter's article, why it came and how to be rid of it."""

from __future__ import annotations

import re
from dataclasses import replace

from presslens.article import Article, compose
from presslens.reading.draft import WANTS_DROPPED
from presslens.reading.lines import ends_sentence

# Whoever writes about newsletters says the same in a longer paragraph, or farther up.
_MOST_WORDS = 60
_LAST_PARAGRAPHS = 12
# Under the foot stand addresses and rights, while another story has longer paragraphs.
_STORY_WORDS = 45
# A publisher's postal address may stand above the foot.
_ADDRESS_WORDS = 15
_FOOT = re.compile(
    r"\byou(?:[’']re|\s+are|\s+have)?\s+(?:been\s+)?receiv(?:ed|ing|e)\s+(?:this|these|our|the)\b"
    r"[^.]{0,40}\b(?:e-?mails?|newsletters?|messages?|briefings?|alerts?)\b"
    r"|\bthis\s+(?:e-?mail|newsletter|message)\s+was\s+sent\s+(?:to|by)\b"
    r"|\b(?:to|click\s+here\s+to|click\s+to)\s+unsubscribe\b"
    r"|\bunsubscribe\s+(?:here|from\s+(?:this|these|our)|instantly|at\s+any\s+time)\b"
    r"|\b(?:manage|update|change|edit)\s+(?:your\s+)?(?:e-?mail\s+|subscription\s+|newsletter\s+)?"
    r"preferences\b"
    r"|\bsie\s+(?:erhalten|bekommen)\s+(?:diese[ns]?|unseren)\s+(?:e-?mail|newsletter)\b"
    r"|\bnewsletter\s+(?:abbestellen|abmelden)\b|\bvom\s+newsletter\s+abmelden\b"
    r"|\bvous\s+(?:recevez|avez\s+reçu)\s+(?:cet|ce|cette)\b[^.]{0,20}\b(?:e-?mail|courriel"
    r"|newsletter|lettre)\b|\bse\s+désabonner\b|\bsi\s+no\s+desea\s+recibir\b"
    r"|\b(?:darse\s+de\s+baja|cancelar\s+(?:la\s+)?suscripción|cancelar\s+inscrição)\b"
    r"|^\W*(?:unsubscribe|abmelden|abbestellen|désinscription|annulla\s+iscrizione|disiscriviti)\b"
    r"(?=\W*(?:$|https?:|[|·•]))",
    re.IGNORECASE,
)


def without_foot(article: Article) -> Article:
    """A newsletter's article without its foot, which is among the dropped lines where they were
    asked for."""
    paragraphs = article.text[article.body_start :].split("\n\n")
    end = _foot_at(paragraphs)
    if end is None:
        return article
    text, body_start = compose(article.title, paragraphs[:end])
    cut = tuple(paragraphs[end:]) if WANTS_DROPPED.get() else ()
    return replace(article, text=text, body_start=body_start, dropped=(*article.dropped, *cut))


def _foot_at(paragraphs: list[str]) -> int | None:
    """The number of the foot's first paragraph; at least one paragraph stands above it."""
    for number in range(max(len(paragraphs) - _LAST_PARAGRAPHS, 1), len(paragraphs)):
        if not _is_foot(paragraphs[number]):
            continue
        if any(_is_story(below) for below in paragraphs[number + 1 :]):
            continue
        return number - 1 if number > 1 and _is_address(paragraphs[number - 1]) else number
    return None


def _is_foot(paragraph: str) -> bool:
    return len(paragraph.split()) <= _MOST_WORDS and bool(_FOOT.search(paragraph))


def _is_story(paragraph: str) -> bool:
    return len(paragraph.split()) > _STORY_WORDS and not _FOOT.search(paragraph)


def _is_address(paragraph: str) -> bool:
    few = len(paragraph.split()) <= _ADDRESS_WORDS and not ends_sentence(paragraph)
    return few and "," in paragraph and any(map(str.isdecimal, paragraph))
