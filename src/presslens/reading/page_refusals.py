"""Page refusals: pages that a site sends in place of an article: errors, checks, consent, paywalls.

A long text is always an article, whatever its title: papers write about cookies and error pages.
"""

from __future__ import annotations

import re

from presslens.reading.page import Page, letters
from presslens.reading.page_notices import asks_to_pay
from presslens.reading.visible import visible_lines

# Error pages have a few sentences, consent pages some more, with the list of purposes.
_ERROR_WORDS = 120
_CONSENT_WORDS = 400
# What is shown of an article before its paywall: with a plea in the text, and with one anywhere on
# the page, which pages of open articles may hold as well, unseen.
_TEASER_WORDS = 80
_SHORT_TEASER_WORDS = 40
# How many of the sentences of a page about consent speak of it.
_CONSENT_SHARE = 0.3
_LONGEST_TITLE = 120
_OPENING = 300
_SHOWN = 100_000

_NOT_FOUND = re.compile(
    r"(?:error\s*)?404|error\s*[45]\d\d"
    r"|(?:error\s*)?(?:40[013-9]|41\d|429|451|50[0-4])(?:\W{1,4}(?:error|page|file|not|found|forbidden"
    r"|gone|bad|gateway|service|unavailable|internal|server|timeout|unauthorized|too|many"
    r"|requests?|temporarily)){1,8}"
    r"|404\W{1,4}(?:error|(?:page |file )?not found|that.s an error)"
    r"|(?:(?:sorry|oops|uh.?oh|whoops)\W{1,4})?(?:the |this |that |your )?(?:requested )?"
    r"(?:page|article|story|content|file|url)(?: you(?: are|.re)? (?:looking for|requested))?"
    r"(?: was| is| has| could| can|does)?(?: ?not|n.t)? ?(?:be |been |longer )?"
    r"(?:found|available|exist|missing|unavailable)"
    r"|not found|page missing|bad gateway|service unavailable|internal server error"
    r"|we can.?t find (?:that|this|the) page"
    r"|(?:die |diese )?seite (?:(?:wurde |konnte )?nicht gefunden(?: werden)?|existiert nicht)"
    r"|(?:cette )?page (?:introuvable|non trouvée|inexistante)|p[áa]gina não encontrada"
    r"|p[áa]gina no encontrada|pagina non trovata|pagina niet gevonden|siden? (?:ble |blev )?ikke"
    r" fun(?:net|det)|sidan (?:hittades inte|kunde inte hittas)|nie znaleziono strony",
    re.IGNORECASE,
)
_CHECKED = re.compile(
    r"just a moment|attention required|access (?:to this page has been )?denied|are you a robot"
    r"|(?:verify|verifying|checking)(?: that| if)? (?:you are|you.re|your browser)"
    r"(?: (?:a |not a )?(?:human|robot|bot))?|human verification|pardon our interruption"
    r"|you have been blocked|request blocked|please enable (?:cookies|javascript)",
    re.IGNORECASE,
)
# Consent pages begin with what the site does, and speak to the reader.
_USES = re.compile(
    r"\b(?:(?:we|us)(?: and our (?:\d+ )?\w+)?(?: may)? (?:use|store|set"
    r"|value your privacy|care about your privacy)|(?:site|website|page|app) uses"
    r"|your privacy (?:matters|is important)|your choices"
    r"|before you continue|wir (?:und unsere \w+ )?(?:verwenden|nutzen|setzen|benötigen)"
    r"|(?:web)?site (?:verwendet|nutzt)|nous (?:et nos \w+ )?(?:utilisons|déposons)|site utilise"
    r"|nosotros y nuestros|utili[zs]amos|usamos|sitio (?:web )?utiliza|site utiliza"
    r"|utilizziamo|sito utilizza|(?:wij|we) (?:en onze \w+ )?gebruiken|site gebruikt"
    r"|vi (?:bruger|bruker|använder))\b",
    re.IGNORECASE,
)
_YOU = re.compile(
    r"\b(?:you|your|sie|ihre?r?|vous|votre|vos|usted|su|sus|tu|tus|você|seu|suas?|puoi|tuo|tuoi|tue|u|uw"
    r"|je|du|din|dine)\b",
    re.IGNORECASE,
)
_CONSENT = re.compile(
    r"\b(?:cookies?|cookie-\w+|consent|privacy|personal data|accept(?: all)?|reject all|opt[ -]out"
    r"|einwilligung|datenschutz\w*|akzeptieren|confidentialité|consentement|accepter|privacidad"
    r"|consentimiento|aceptar|privacidade|aceitar|accetta\w*|consenso|toestemming|accepteren"
    r"|informasjonskapsler|kakor|samtykk\w+|samtyck\w+)\b",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"[.!?]\s+|\n")

_ADVICE_ERROR = (
    "the page says that there is no such page or that it may not be seen, and holds no article;"
    " save the article's page again from a browser"
)
_ADVICE_CONSENT = (
    "the page asks for consent to cookies and holds no article; accept or refuse in a browser, then"
    " save the article's page"
)
_ADVICE_PAY = (
    "the page shows only the beginning of its article, for those who don't pay; save it while"
    " logged in, or take the text from a database"
)


def refusal(page: Page, found: list[str], source: str) -> str | None:
    """Why a page is no article but what a site sends in its place, with what to do; else None.

    Args:
        page: what the page states about itself.
        found: the lines that were found as its text.
        source: the page as it came, looked through only where the text is short.
    """
    words = sum(len(line.split()) for line in found)
    if words > _CONSENT_WORDS:
        return None
    text = "\n".join(found)
    titles = [page.tree.findtext(".//title") or "", *page.headings[:3]]
    if words <= _ERROR_WORDS and any(map(_is_error, titles)):
        return _ADVICE_ERROR
    if _asks_consent(text):
        return _ADVICE_CONSENT
    free = letters(str(page.stated.get("isAccessibleForFree")))
    if words > _TEASER_WORDS or free == "true":
        return None
    cut = asks_to_pay(text) or (
        words <= _SHORT_TEASER_WORDS
        and (free == "false" or asks_to_pay(" ".join(visible_lines(source, _SHOWN))))
    )
    return _ADVICE_PAY if cut else None


def _is_error(title: str) -> bool:
    """Whether a title, or what stands before or behind the site's name in it, is an error's."""
    if len(title) > _LONGEST_TITLE:
        return False
    parts = [title, *re.split(r"\s[|–—·•»-]+\s", title), title.rpartition(": ")[2]]
    plain = (" ".join(part.split()).strip(" .!…?-–—|:") for part in parts)
    return any(_NOT_FOUND.fullmatch(part) or _CHECKED.fullmatch(part) for part in plain)


def _asks_consent(text: str) -> bool:
    opening = text[:_OPENING]
    if not (_USES.search(opening) and _CONSENT.search(opening) and _YOU.search(text)):
        return False
    sentences = [sentence for sentence in _SENTENCE.split(text) if sentence.strip()]
    about = sum(1 for sentence in sentences if _CONSENT.search(sentence))
    return about >= _CONSENT_SHARE * len(sentences)
