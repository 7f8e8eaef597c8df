"""Databases: what the exports of news databases share: their pages, dates and languages as the
interface's language writes them, names of papers, and counts of words to check a text by."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

from presslens.article import Article
from presslens.problems import Problem
from presslens.reading.dates import When, find_date
from presslens.reading.outlets import find_outlet, outlet_named
from presslens.reading.xml import Element

# Databases give 100 to 1,000 documents at once; what has more was not exported from one.
MAX_DOCUMENTS = 2_000
# Of HTML; the longest features have some 100,000 with all their markup.
MAX_DOCUMENT_LETTERS = 400_000
# Line breaks join lines one by one, which takes the square of their number.
_MAX_BREAKS = 2_000
# Where a page's own foot begins behind its last document.
_FOOT = re.compile(r"<script\b|</form\s{0,9}>|</body\s{0,9}>|<div id=\"pageFooter\"", re.IGNORECASE)
# A field of the head is a line; what is longer is no date.
_LONGEST_DATE = 200

_MONTH_NAMES = {
    "january": "janvier janv januar janner enero ene janeiro gennaio gen januari stycznia january"
    " января",
    "february": "fevrier fevr fev februar feber febrero fevereiro febbraio februari lutego"
    " february февраля",
    "march": "mars marz marzo marco maart marca march marts марта",
    "april": "avril avr abril abr aprile kwietnia april апреля",
    "may": "mai mayo maio maggio mag mei maj maja may мая",
    "june": "juin juni junio junho giugno giu czerwca june июня",
    "july": "juillet juil juli julio julho luglio lug lipca july июля",
    "august": "aout agosto ago augustus augusti august sierpnia августа",
    "september": "septembre sept septiembre setiembre setembro settembre set wrzesnia september"
    " сентября",
    "october": "octobre oct oktober octubre outubro ottobre ott pazdziernika october октября",
    "november": "novembre nov november noviembre novembro listopada ноября",
    "december": "decembre dec dezember diciembre dic dezembro dicembre desember grudnia december"
    " декабря",
}
_MONTHS = {name: month for month, names in _MONTH_NAMES.items() for name in names.split()}
_WRITTEN = re.compile(
    r"(?<!\d)(?P<day>\d{1,2})(?:er|\.|º)?\s+(?:de\s+|d[’'])?(?P<month>[^\W\d_]{3,12})\.?,?\s+"
    r"(?:del?\s+)?(?P<year>(?:1[6-9]|20)\d\d)(?!\d)"
)
_CJK = re.compile(
    r"(?P<year>(?:1[6-9]|20)\d\d)\s?[年년]\s?(?P<month>\d{1,2})\s?[月월]\s?(?P<day>\d{1,2})\s?[日일]"
)
_LANGUAGES = {
    "en": "english anglais englisch ingles inglese engels engelska engelsk angielski английский"
    " 英語 英语 英文",
    "fr": "french francais franzosisch frances francese frans franska fransk francuski французский",
    "de": "german allemand deutsch aleman tedesco alemao duits tyska tysk niemiecki немецкий",
    "es": "spanish espagnol spanisch espanol castellano spagnolo espanhol spaans spanska hiszpanski"
    " испанский",
    "it": "italian italien italienisch italiano italiaans italienska wloski итальянский",
    "pt": "portuguese portugais portugiesisch portugues portoghese portugees portugalski"
    " португальский",
    "nl": "dutch neerlandais niederlandisch neerlandes holandes olandese nederlands",
    "ru": "russian russe russisch ruso russo rosyjski русский",
    "pl": "polish polonais polnisch polaco polacco polski",
    "sv": "swedish suedois schwedisch sueco svedese svenska",
    "da": "danish danois danisch danes danese dansk",
    "no": "norwegian norvegien norwegisch noruego norvegese norsk",
    "fi": "finnish finnois finnisch fines finlandese suomi",
    "tr": "turkish turc turkisch turco turkce",
    "ar": "arabic arabe arabisch arabo العربية",
    "ja": "japanese japonais japanisch japones giapponese 日本語",
    "ko": "korean coreen koreanisch coreano 한국어",
    "cs": "czech tcheque tschechisch checo ceco cestina",
    "hu": "hungarian hongrois ungarisch hungaro ungherese magyar",
    "id": "indonesian indonesien indonesisch indonesio bahasa",
    "ms": "malay malais malaiisch malayo",
    "ca": "catalan katalanisch catala",
    "el": "greek grec griechisch griego greco",
    "he": "hebrew hebreu hebraisch hebreo",
    "vi": "vietnamese vietnamien vietnamesisch",
    "th": "thai thailandais",
    "ro": "romanian roumain rumanisch rumano romana",
    "bg": "bulgarian bulgare bulgarisch",
    "sk": "slovak slovaque slowakisch",
    "uk": "ukrainian ukrainien ukrainisch",
    "zh": "chinese chinois chinesisch chino cinese 中文",
}
_CODES = {name: code for code, names in _LANGUAGES.items() for name in names.split()}
# "Chinese - Simplified", "Chinese (Traditional)", "Portuguese-Brazil", "Bahasa Indonesia"; but
# "English edition" is no language.
_LANGUAGE = re.compile(
    r"(?P<name>[^\W\d_]{2,20})(?:\s{0,2}[-–(/,].{1,40}|\s(?:simplified|traditional|brazil\w{0,3}"
    r"|simplifié|traditionnel|indonesia|malaysia|melayu))?",
    re.IGNORECASE,
)
_COUNTED = re.compile(
    r"(?<![\d.,:])(?P<count>[1-9]\d{0,2}(?:[., \u00a0\u202f]\d{3})+|[1-9]\d{0,5})\s?"
    r"(?:words?|mots?|w[öo]rter|wort|palabras?|parole|parola|palavras?|woorden|ord|słów|слов\w{0,2}"
    r"|字|語|词|詞|단어)(?!\w)",
    re.IGNORECASE,
)
# Exports count a few words otherwise than we do, with hyphens or the headline; a text that is cut
# off, or has a menu in it, differs by more than a fifth.
_TOLERANCE = 5
# Where blanks part no words, counts are of characters or mean little.
_UNSPACED = frozenset({"zh", "ja", "th"})
_BY = re.compile(r"(?:Par|PAR|Por|POR|Door|DOOR|Av|AV|Af|AF)\s(?=[A-ZÀ-Þ])")
# Not Spanish "y" and Portuguese "e", which stand within names as well.
_AND = re.compile(r"\s(?:et|und|och|og|en)\s")
_HOST = re.compile(r"(?:[a-z0-9-]{1,63}\.){1,4}[a-z]{2,12}", re.IGNORECASE)


TOO_LONG = (
    f"the document has more than {MAX_DOCUMENT_LETTERS:,} letters of HTML or {_MAX_BREAKS:,} line"
    " breaks, too much for an article; export it again"
)


def parse_html(page: str) -> Element | None:
    """The root of a page or a piece of one, or None where it cannot be parsed."""
    from lxml import etree

    parser = etree.HTMLParser(
        encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=False
    )
    raw = page.replace("\0", "").encode("utf-8", "replace")
    try:
        return etree.fromstring(raw, parser)
    except (etree.LxmlError, ValueError):
        return None


def pieces_of_page(page: str, starts: list[int]) -> Iterator[str | None]:
    """The HTML of each document by where they start; None for one that is too long to be one."""
    for start, end in pairwise([*starts, len(page)]):
        foot = _FOOT.search(page, start, end) if end == len(page) else None
        piece = page[start : foot.start() if foot else end]
        long = len(piece) > MAX_DOCUMENT_LETTERS or piece.lower().count("<br") > _MAX_BREAKS
        yield None if long else piece


def has_class(element: Element, pattern: re.Pattern[str]) -> bool:
    """Whether one of an element's classes is what a pattern says."""
    return any(pattern.fullmatch(name) for name in (element.get("class") or "").split())


def byline_written(byline: str | None) -> str | None:
    """A byline in French, German and the like as an enumeration of names: "Par A et B" → "A; B"."""
    if byline is None:
        return None
    return _AND.sub("; ", _BY.sub("", byline.strip()))


def when_written(text: str | None) -> When | None:
    """The first date in a text, its month in any of the languages that databases have."""
    text = (text or "")[:_LONGEST_DATE]
    return find_date(_CJK.sub(r"\g<year>-\g<month>-\g<day>", _WRITTEN.sub(_in_english, text)))


def date_start(text: str) -> int | None:
    """Where a date with its month in words begins in a text, or None."""
    matches = _WRITTEN.finditer(text[:_LONGEST_DATE])
    return next((match.start() for match in matches if _month(match["month"])), None)


def language_named(name: str | None) -> str | None:
    """The code of a language by its name ("Français" → "fr"), or None for other words."""
    match = _LANGUAGE.fullmatch((name or "").strip())
    return _CODES.get(_plain(match["name"])) if match else None


def outlet_called(name: str | None) -> str | None:
    """A paper as our list of outlets calls it, or as it is called where the list has it not."""
    name = " ".join((name or "").split())
    if not name:
        return None
    if _HOST.fullmatch(name) and (outlet := find_outlet(f"https://{name.lower()}/")):
        return outlet.name
    known = outlet_named(name) or outlet_named(name.removeprefix("The "))
    return known or outlet_named(f"The {name}") or name


def words_stated(text: str | None) -> int | None:
    """The number in a count such as "1,248 words" or "295 mots"."""
    match = _COUNTED.search((text or "")[:_LONGEST_DATE])
    return int(re.sub(r"\D", "", match["count"])) if match else None


def is_count(line: str) -> bool:
    """Whether a line is a count of words and nothing else."""
    return bool(_COUNTED.fullmatch(line.strip()[:_LONGEST_DATE]))


def count_problem(article: Article, stated: int | None) -> Problem | None:
    """A Problem if an article's body has by a fifth more or fewer words than its export states."""
    if not stated or article.language in _UNSPACED:
        return None
    words = len(article.text[article.body_start :].split())
    if _TOLERANCE * abs(words - stated) <= stated:
        return None
    return Problem(
        article.origin or article.id,
        "reading",
        f"its text has {words:,} words where the export states {stated:,}; the article was kept,"
        " but compare it with the original or export it again with its full text",
    )


def _in_english(match: re.Match[str]) -> str:
    month = _month(match["month"])
    return f"{match['day']} {month} {match['year']}" if month else match[0]


def _month(name: str) -> str | None:
    return _MONTHS.get(_plain(name))


@lru_cache(maxsize=1024)
def _plain(word: str) -> str:
    """A word without case and accents (Polish ł has none to lose, Russian й keeps its)."""
    word = word.casefold().replace("ł", "l")
    if not word.isascii() and any("\u00c0" <= letter <= "\u024f" for letter in word):
        parts = unicodedata.normalize("NFKD", word)
        word = "".join(letter for letter in parts if not unicodedata.combining(letter))
    return word
