"""Phrases: the words and patterns by which the noun phrases of sources are read."""

from __future__ import annotations

import re
from collections.abc import Iterator

MALE = frozenset("he his him himself".split())
HE = frozenset("he she his her him hers himself herself".split())
THEY = frozenset("they them their it its themselves itself".split())
SEVERAL = THEY - {"it", "its", "itself"}
RELATIVE = frozenset("who which that whose whom".split())
WRITER = frozenset("i my me we our us".split())

ARTICLE = re.compile(r"^(?:the|this|that)\s+", re.IGNORECASE)
DETERMINER = re.compile(r"^(?:the|that|this)\s+(?P<noun>.+)$", re.IGNORECASE)
APPOSITION = re.compile(r"\s*(?:,|\bwho\b|\bwhich\b| -- | – | — ).*$", re.DOTALL)
POSSESSIVE = re.compile(r"['’]s?$")
# "a statement by the ministry", "the report from X": who speaks is who made it.
MAKER = re.compile(
    r"^.*?\b(?P<paper>statement|message|letter|tweet|post|video|memo|press release|report|data|"
    r"study|survey|poll|analysis|review|research|figures|document|email|brief)s?\s+"
    r"(?:\w+\s+){0,4}?(?:by|from|(?<=statement )of|(?<=message )of|(?<=letter )of|(?<=tweet )of)\s+"
    r"(?P<maker>.+)$",
    re.IGNORECASE,
)
# Papers without a maker: whoever spoke last.
PAPER = re.compile(
    r"(?:a|an|the|its|his|her|their|this)\s+(?:\w+\s+)?(?:statement|letter|message|tweet|post)"
    r"(?:\s+(?:released|issued|published|posted))?",
    re.IGNORECASE,
)
# "the Bishop Lavis community policing forum (CPF)".
SPELLED_OUT = re.compile(r"\((?:the\s)?(?P<acronym>[A-Z][A-Z&/.-]{1,7})\)")
WORDS = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
ACRONYM = re.compile(r"\b[A-Z][A-Z&/.-]{1,7}\b")
# "a senior adviser to Mr. Brandt", "Brandt's lawyer": whom they speak for.
EMPLOYER = re.compile(
    r"\b(?:to|for|of|with)\s(?:[A-Z][\w.]*\s){0,3}([A-Z][\w-]+)\b|\b([A-Z][\w-]+)(?:['’]s)?\s(?=[a-z])"
)
# A name of several words, "Center for Media and Public Affairs".
IN_CAPITALS = re.compile(
    r"[A-Z][\w’'&.-]*(?:\s(?:of|for|and|the|on|in|de|&))*(?:\s[A-Z][\w’'&.-]*(?:\s(?:of|for|and|the|on|in|de|&))*)*"
    r"\s[A-Z][\w’'&.-]*"
)
# A personal name that stands where no name was found.
PERSONAL = re.compile(r"[A-Z][\w’'-]+(?:\s[A-Z]\.)?(?:\s[A-Z][\w’'-]+){0,2}")
# A parliament's debate, as the words beside the chamber's name tell.
_CHAMBER = (
    r"(?:Lok Sabha|Rajya Sabha|House of Commons|House of Lords|[Pp]arliament|National Assembly|"
    r"Legislative Assembly|Knesset|Dáil|Bundestag|the (?:upper|lower) house)"
)
_DEBATING = r"(?:debat\w+|discussion on the bill|passed (?:a|the) bill|question hour|zero hour)"
DEBATE = re.compile(
    rf"\b{_CHAMBER}\b[^.]{{0,120}}\b{_DEBATING}|\b{_DEBATING}\b[^.]{{0,120}}\b{_CHAMBER}\b"
)
# Who rules or reigns alone where a story begins without a name: "A judge ruled".
ONE_OF_A_KIND = frozenset(
    "judge court governor mayor president premier chancellor king queen prince princess emir pope "
    "magistrate tribunal panel".split()
)
ALIKE = {"judge": {"judge", "justice", "magistrate"}, "president": {"president", "pres."}}
WITHHELD = re.compile(
    r"\b(?:senior|top|official|officer|source|familiar|anonymity|former|one|another|unnamed)\b",
    re.IGNORECASE,
)
# "the former model", "the 46-year-old": the person whom the text is about, if it calls them nothing
# else and they were named at most this many characters before.
MEANT = re.compile(r"(?:[\w’'-]+\s){0,3}[\w’'-]+(?:\s(?:of|from|for)\s.+)?$")
OLD = re.compile(r"\byear-old\b|^(?:republican|democrat|conservative|liberal)$", re.IGNORECASE)
MEANT_REACH = 600
# "Roe's first letter", "her ads", "a Gallup poll", "the agency's report": who speaks made it.
PAPER_OF = re.compile(
    r"(?:(?:an?|the|one|another|this|that)\s+(?:(?:new|recent|latest|\w+ed)\s+)?)?"
    r"(?P<owner>(?:his|her|their|[Hh]is|Her)(?=\s)|.+?(?:['’]s?(?=\s)|(?=\s)))\s+(?:[a-z][\w-]*\s+){0,3}?"
    r"(?P<paper>statement|letter|message|tweet|post|email|e-mail|memo|book|memoir|ad|advertisement|video|"
    r"speech|remark|comment|testimony|brief|submission|lawsuit|filing|complaint|report|proposal|"
    r"website|Web site|op-ed|column|blog|answer|word|request|petition|press release|news release|"
    r"survey|poll|study|analysis|review|research|data|figures|announcement|affidavit|"
    r"manifesto|editorial|article|story|interview|documentary|film|campaign ad|investigation|"
    r"mind|spokesperson statement|polling|tracking poll|findings)(?:e?s)?"
    r"(?:\s(?:of|on|about|to|from|in|for|released|published|that|which)\s.*|,.*)?",
    re.DOTALL,
)
# "the study", "the report": the paper again.
AGAIN = re.compile(
    r"(?:the|this|that|the same)\s+(?P<paper>study|survey|poll|report|analysis|review|research|"
    r"data|figures|letter|statement|memo|brief|email|document|documents|complaint|lawsuit|article|story|"
    r"editorial|book|video|ad|proposal|filing|findings)",
    re.IGNORECASE,
)
_STUDIES = tuple("study survey poll report analysis review research data figures findings".split())
_PAPERS = tuple(
    "letter statement memo brief email document documents message press release".split()
)
PAPERS_ALIKE = {
    **dict.fromkeys(_STUDIES, _STUDIES),
    **dict.fromkeys(_PAPERS, _PAPERS),
    **{
        one: (one,)
        for one in "complaint lawsuit article story editorial book video ad proposal filing".split()
    },
}
# "a statement published by the agency": the agency does not speak, but passes on.
PUBLISHED = re.compile(
    r"(?:an?|the)\s+(?:\w+\s)?(?:statement|letter|message|speech)s?\s(?:published|carried|released|"
    r"reported|quoted|aired|broadcast|distributed|run|cited)\sby\s(?P<outlet>.+)",
    re.IGNORECASE,
)
PAPER_OF_POWER = re.compile(
    r"(?:the|this)\s+(?P<paper>order|decree|ruling|directive|circular|resolution|notice|edict)",
    re.IGNORECASE,
)
POSSESSIVE_PRONOUN = re.compile(r"(?:his|her|their)", re.IGNORECASE)
# Between two who speak together, and before the first of them: titles alone.
AND = re.compile(
    r"(?:,?\s[^,;.]{0,40})?\s*,?\s+(?:and|&)\s+(?:[A-Z][\w.’'-]*\s+|(?:the|his|her|former|vice|of|for)\s+|"
    r"[a-z]{4,14},?\s+){0,6}"
)
TITLES = re.compile(r"(?:[A-Z][\w.’'-]*\s+|(?:both|former|vice|the)\s+)*")
# Two who are one source, "the army and the rebels"; nobody is both.
JOINED = re.compile(r"\sand\s")
# What does not lead to a name that is the speaker's: "an aide to Senator Roe".
AWAY = re.compile(r"\b(?:of|like|for|to|with|from|by|about|against)\s")
TITLE_WORDS = 3
# "The president" is no deputy president.
NO_DEPUTY = r"(?<!deputy )(?<!vice )(?<!vice-)(?<!shadow )(?<!former )(?<!ex-)"
DEPUTY = re.compile(r"\b(?:deputy|vice|shadow)[ -]", re.IGNORECASE)
# Nouns for whoever rules, whatever else they are called.
RULER = re.compile(r"\b(?:head of (?:state|government)|leader|ruler)\b")
# Nouns for whoever holds an office of a kind.
ANY_OFFICE = frozenset("official politician lawmaker candidate nominee legislator".split())
# Someone without a name who is new to the article; "the minister" mostly has one.
NEW = re.compile(r"(?:an?|one|another|my|his|her|their)\s", re.IGNORECASE)
PREPOSITION = re.compile(r"\b(?:of|from|in|at|for|with|to|on|by|like|near|under|over|behind)\b")
# What may follow a name in its phrase: a bracket, marks, a possessive ending.
NOTHING = re.compile(r"""(?:['’]s)?(?:\s*\([^)]*\)?)?[\s,:;"“”‘’']*""")
# What stands before a name that it describes, "of intelligence" but not "of": a noun and titles.
CALLED = re.compile(
    r"\b(?!(?:of|from|in|at|for|with|to|on|by|like|and|or|than|as|the|an?|about)\s)"
    r"[a-z][\w-]*\s+(?:[A-Z][\w.]*\s+)*$"
)
# Words that only describe the name they lead to, "Quelling biologist Dr", "its former coach".
LEADS = re.compile(
    r"(?:(?!(?:of|from|in|at|for|with|to|on|by|like|near|under|over|behind|and|or|than|as|about|against|"
    r"that|is|was|said)\b)[\w’'.-]+\s+)+"
)
# Between a description and the name that it is of: "the head of the port, Captain Mira Quennell".
RIGHT_AFTER = re.compile(r"\s*[,–—-]+\s*(?:[A-Z][\w.]*\s+)*")
BRACKETS = re.compile(r"\s*\([^)]*\)?\s*$")
NO_NAME = " ,:;\"“”‘’'"
# "its director" has the type of the body that spoke last.
ITS = re.compile(r"(?:its|their)\s", re.IGNORECASE)
OWNED = re.compile(r"(?:his|her|their|its)\s", re.IGNORECASE)
# Nouns for a body of any kind, and how far before them, in characters, it is named.
ANY_BODY = frozenset("organisation organization group body institution outlet".split())
BODY_REACH = 1500
# The words before a relative pronoun, from a determiner or a number on.
PHRASE = re.compile(
    r"\b(?P<phrase>(?:an?|the|those|these|some|several|many|most|other|two|three|four|five|\d+)"
    r"(?:\s(?!(?:an?|the|those|these|some|several|many|most|and|but|that)\b)[\w’'/-]+){1,6}),?\s*$"
)
# A relative pronoun stands for a name at most this many characters before it.
RELATIVE_REACH = 80
# A title ("Mrs.") is the word before a name, so at most this many characters before it.
TITLE_REACH = 40


def spelled_out(text: str) -> Iterator[tuple[str, str]]:
    """Acronyms in brackets with the words before them whose initials they are made of."""
    for found in SPELLED_OUT.finditer(text):
        letters = [letter for letter in found["acronym"].lower() if letter.isalpha()]
        before = list(WORDS.finditer(text, max(0, found.start() - 120), found.start()))
        for word in reversed(before[-2 * len(letters) - 2 :]):
            name = text[word.start() : found.start()].strip()
            initials = iter(part[0].lower() for part in WORDS.findall(name))
            if word[0][0].lower() == letters[0] and all(one in initials for one in letters):
                yield found["acronym"], name
                break
