"""Sentences with offsets: Punkt decides at each possible end, after rules for what it cannot see.

Every rule is a small function of one `Candidate`: True, a sentence ends here; False, none ends;
None, the next rule decides. Punkt has the last word.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from presslens.spans import Span, trim
from presslens.tokens.punkt import ANY_ACRONYM, load_abbreviations, load_parameters, load_punkt
from presslens.tokens.words import ACRONYM, ADDRESS

OPENERS = "\"'“‘„‚«‹([{<*_¿¡"
CLOSERS = "\"'”’»›)]}>*_"
# A word before a full stop is looked for this far back; longer ones are no abbreviations.
LONGEST_WORD = 40

_PARAGRAPH = re.compile(r"[^\n\r\u2028\u2029\x0b\x0c\x85]+")
_CANDIDATE = re.compile(
    r"(?P<mark>(?:\.\s){2,}\.|[.!?…。！？]+)"
    # Closing quotes, also after a space or of the wrong shape, and footnotes: "1971. [1]".
    rf"(?P<close>[{re.escape(CLOSERS)}]*(?:\s+[”»)\]\"]+(?=\s|$)|[“„](?=\s))?(?:\s?\[\d{{1,3}}\])*)"
    rf"(?=(?P<space>\s*)(?P<open>[{re.escape(OPENERS)}]*[”’»]*)"
    r"(?P<next>[^\W_]{1,40}|[^\s\w]?))"
)
_WORD_BEFORE = re.compile(r"[^\s\"“”()\[\]{}<>«»,;:!?…–—*/]+$")
_ENUMERATION = re.compile(r"[\W_]*(?:\d{1,3}(?:\.\d{1,3})*|[A-Za-z]|[ivxlIVXL]{1,5})")
# "Why?" Ann Lee asked: a name of up to four words, or a noun with its article, and a verb.
_REPORTING_CLAUSE = re.compile(
    r"(?:[A-Z][\w.’'-]*\s+){1,5}(?:(?:had|has|have|also|then|later|once|again)\s+){0,2}"
    r"(?:said|says|asked|asks|wondered|wrote|writes|tweeted|shouted|cried|yelled|screamed|replied|"
    r"answered|responded|added|adds|quipped|joked|exclaimed|demanded|continued|told|inquired|"
    r"declared|recalled|retorted|mused|chanted|posted|texted|explained|insisted|warned)\b"
)
_DASHES = "-–—―"
_LONG_WORD = re.compile(r"(?<![\w'’-])[^\W\d_]{5,}")
# Characters that rules look back or ahead, so that no text makes them slow.
_LOOK_AHEAD = 200
# Words of a signature or an agency's name after the last sentence of a paragraph.
_LONGEST_SIGNATURE = 6
_SENTENCE_INSIDE = re.compile(r"\w{2}[.!?]+\s")
# Words after a full stop without a space that are the end of a name of a company or a site.
_DOMAIN_ENDS = frozenset({"Com", "Org", "Net", "Gov", "Edu", "Co", "Io", "Tv", "Uk", "Us", "Info"})


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place where a sentence may end.

    Attributes:
        text: the paragraph.
        begin: where the sentence began that would end here.
        position: of the mark.
        before: the word before the mark, with the periods inside it.
        mark, close, space, open, next: the text from the mark on, by what it is.
        next_start: where the word after the mark begins.
    """

    text: str
    begin: int
    position: int
    before: str
    mark: str
    close: str
    space: str
    open: str
    next: str
    next_start: int


Rule = Callable[[Candidate], bool | None]


def split_sentences(text: str, span: Span | None = None) -> list[Span]:
    """The sentences of a text, or of a part of it, without white space at their ends.

    Line breaks end sentences.

    Punkt (Kiss & Strunk 2006) with parameters learned from news, and rules around it.
    """
    paragraphs = split_paragraphs(text, span)
    return [sentence for paragraph in paragraphs for sentence in _split(text, paragraph)]


def split_paragraphs(text: str, span: Span | None = None) -> list[Span]:
    """The stretches between line breaks that hold more than white space."""
    matches = _PARAGRAPH.finditer(text, *(span or (0, len(text))))
    spans = (trim(text, Span(*match.span())) for match in matches)
    return [span for span in spans if span.start < span.end]


def _split(text: str, paragraph: Span) -> Iterator[Span]:
    prose = paragraph.of(text)
    begin = 0
    for match in _CANDIDATE.finditer(prose):
        if not match["next"] and not match["open"]:
            break
        if match.start() >= begin and is_border(_candidate(prose, begin, match)):
            end, following = _part(match)
            yield Span(paragraph.start + begin, paragraph.start + end)
            begin = following
    yield Span(paragraph.start + begin, paragraph.end)


def _candidate(prose: str, begin: int, match: re.Match[str]) -> Candidate:
    window = prose[max(match.start() - LONGEST_WORD, begin) : match.start()]
    before = _WORD_BEFORE.search(window)
    word = before[0].lstrip("'‘’") if before else ""
    return Candidate(
        text=prose,
        begin=begin,
        position=match.start(),
        before=word,
        mark=match["mark"],
        close=match["close"],
        space=match["space"],
        open=match["open"],
        next=match["next"],
        next_start=match.start("next"),
    )


def _part(match: re.Match[str]) -> tuple[int, int]:
    """Where the sentence ends, with the quotes and brackets that close it, and the next begins."""
    prose, start, end = match.string, match.start("close"), match.end("close")
    quote = match["close"].rfind('"')
    is_plain = match["space"] and not any(map(str.isspace, match["close"]))
    # said."He, said. " He: such a quote closes where an odd number stands before it.
    if quote < 0 or is_plain or prose.count('"', 0, start + quote) % 2:
        return end, match.end("space")
    return start + len(match["close"][:quote].rstrip()), start + quote


def is_border(candidate: Candidate) -> bool:
    """Whether a sentence ends at the candidate, by the first rule that knows."""
    for rule in RULES:
        verdict = rule(candidate)
        if verdict is not None:
            return verdict
    return True


def goes_on_in_lower_case(c: Candidate) -> bool | None:
    """'"Why now?" she asked', "Yahoo! shares": but names like "iPhone" tell nothing."""
    if c.next[:1].islower() and not c.next[1:2].isupper():
        return False
    return None


def goes_on_with_punctuation(c: Candidate) -> bool | None:
    """A comma, colon or the like goes on with the sentence."""
    if c.next and not c.next[0].isalnum():
        return bool(c.space and c.next[0] not in ".…,;:/=+%&)]}”’»|")
    return None


def goes_on_with_dash(c: Candidate) -> bool | None:
    """ "TRENTON, N.J. — The mayor" and signatures: "for ever." — Ann Lee"."""
    if c.next and c.next in _DASHES:
        rest = c.text[c.next_start : c.next_start + _LOOK_AHEAD].strip(_DASHES)
        if _is_abbreviation(c.before) or rest.lstrip()[:1].islower():
            return False
        is_long = len(rest.split()) > _LONGEST_SIGNATURE or _SENTENCE_INSIDE.search(rest)
        return bool(c.space and is_long)
    return None


def lacks_a_space(c: Candidate) -> bool | None:
    """ "said.Kharkin" ends a sentence; "example.com", "U.S.A", "3.5" and "Overstock.Com" do not."""
    if c.space:
        return None
    if c.mark[0] in "。！？":
        return True
    looks_new = c.next[:1].isupper() and (c.next[1:2].islower() or c.next in {"A", "I"})
    looks_old = bool(c.close) or c.mark != "." or c.before[-2:].islower() or c.before[-1:].isdigit()
    if not looks_new or not looks_old or c.next in _DOMAIN_ENDS or _in_address(c):
        return False
    return None


def _in_address(c: Candidate) -> bool:
    window = c.text[max(c.position - _LOOK_AHEAD, c.begin) : c.position]
    start = c.position - len(window.rsplit(maxsplit=1)[-1]) if window.strip() else c.position
    end = c.next_start + len(c.text[c.next_start : c.next_start + _LOOK_AHEAD].split(maxsplit=1)[0])
    return any(m.start() < c.position < m.end() - 1 for m in ADDRESS.finditer(c.text, start, end))


def is_enumeration(c: Candidate) -> bool | None:
    """ "1. The", "b. He", "iv. They" at the start of a sentence."""
    if c.mark == "." and _ENUMERATION.fullmatch(c.text, c.begin, c.position):
        return False
    return None


def is_quoted_question(c: Candidate) -> bool | None:
    """'"Why now?" Ann Lee asked' is one sentence, if it began with the quote."""
    if not c.close or c.open or c.mark[-1] not in "!?…":
        return None
    if c.text[c.begin] in OPENERS and _REPORTING_CLAUSE.match(c.text, c.next_start):
        return False
    return None


def is_numbered(c: Candidate) -> bool | None:
    """ "No. 10", "Jan. 6"."""
    if c.mark == "." and c.next[:1].isdigit() and not c.close:
        known = load_abbreviations()
        if c.before in known.before_numbers or c.before in known.other:
            return False
    return None


def is_title(c: Candidate) -> bool | None:
    """ "Sen. Vance", "Mrs. Lee", "e.g. Spain"."""
    if (
        c.mark == "."
        and not c.close
        and c.before.rsplit("-")[-1] in load_abbreviations().before_names
    ):
        return False
    return None


def is_initial(c: Candidate) -> bool | None:
    """ "George W. Bush", "J. D. Vance": a capital after a name, or where the sentence begins."""
    if c.mark != "." or c.close or len(c.before) != 1 or not c.before.isupper():
        return None
    if _opens_sentences(c.next):
        return True
    start = max(c.begin, c.position - LONGEST_WORD)
    preceding = c.text[start : c.position - 1].rsplit(maxsplit=1)
    return None if preceding and preceding[-1][:1].islower() else False


def is_in_headline(c: Candidate) -> bool | None:
    """In "Old Hands Help U.S. Media" the capital after an abbreviation tells nothing."""
    if c.mark == "." and _is_abbreviation(c.before) and not _opens_sentences(c.next):
        return False if is_title_case(c.text) else None
    return None


def ends_with_etc(c: Candidate) -> bool | None:
    """A capital after "etc." begins a sentence."""
    return True if c.before.lower() == "etc" else None


def ends_strongly(c: Candidate) -> bool | None:
    """Question and exclamation marks."""
    return True if c.mark[-1] in "!?。！？" else None


def asks_punkt(c: Candidate) -> bool:
    """Punkt's own decision, by the word before, the mark and the word after."""
    is_ellipsis = len(c.mark) > 1 or c.mark == "…"
    if is_ellipsis and c.next in {"I", "A"}:
        return True
    return punkt_decides(c.before.rsplit("-")[-1], "..." if is_ellipsis else ".", c.next)


@lru_cache(maxsize=1 << 15)
def punkt_decides(before: str, mark: str, after: str) -> bool:
    """Whether Punkt ends a sentence between two words."""
    if ACRONYM.fullmatch(before):
        before = ANY_ACRONYM
    elif mark == "." and _is_miswritten(before):
        return True
    return bool(load_punkt().text_contains_sentbreak(f"{before}{mark} {after}"))


def _is_miswritten(word: str) -> bool:
    """Whether an abbreviation has the wrong case, so that it is a word: "mass." for "Mass."."""
    return word not in load_abbreviations() and word.title() in load_abbreviations()


def _opens_sentences(word: str) -> bool:
    return word.lower() in load_parameters().starters


def _is_abbreviation(word: str) -> bool:
    word = word.rsplit("-")[-1]
    return ACRONYM.fullmatch(word) is not None or word in load_abbreviations()


@lru_cache(maxsize=64)
def is_title_case(text: str) -> bool:
    """Whether a paragraph is a headline in title case, as its longer words tell."""
    words = _LONG_WORD.findall(text)
    return 1 < len(words) < 20 and all(word[0].isupper() for word in words)


RULES: tuple[Rule, ...] = (
    goes_on_in_lower_case,
    goes_on_with_dash,
    goes_on_with_punctuation,
    lacks_a_space,
    is_enumeration,
    is_quoted_question,
    is_numbered,
    is_title,
    is_initial,
    ends_with_etc,
    is_in_headline,
    ends_strongly,
    asks_punkt,
)
