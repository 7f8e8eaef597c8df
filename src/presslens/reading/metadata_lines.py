"""Metadata lines: dates, bylines, sections and mastheads on a line, alone or together."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache

from presslens.reading.credits import (
    is_agency,
    is_name,
    is_role,
    lone_agencies,
    people,
    read_byline,
    without_contacts,
)
from presslens.reading.dates import When, date_spans, is_date_line, line_date
from presslens.reading.furniture import is_menu
from presslens.reading.mastheads import has_masthead_form, without_edition
from presslens.reading.outlets import outlet_named

_LONGEST, _MOST_WORDS = 220, 32
# A longer line that ends as sentences do is one, if it doesn't end in "p.m.".
_SENTENCE, _ENDS = 60, '.!?”"’'
_HALF_OF_DAY = re.compile(r"\b[ap]\.m\.\W*$")
_SECTION = re.compile(
    r"(?:(?:home|latest|top|local|world|national|international|regional|breaking|general|city|state"
    r"|business|sports?|health)?\s*(?:news|stories)"
    r"|home|politics|world|business|economy|sports?|opinions?|culture|national|nation|international"
    r"|local|regional?|regions?|health|science|technology|tech|environment|climate|education"
    r"|crime|courts?"
    r"|entertainment|lifestyle|life|society|editorials?|africa|asia|europe|americas?|middle east"
    r"|oceania|features?|analysis|comment|commentary|letters|security|defen[cs]e|energy|travel"
    r"|weather|obituar(?:y|ies)|interviews?|investigations?|arts?|music|books?|film|food|fashion"
    r"|markets?|money|finance|companies|industry|agriculture|farming|property|transport|motoring"
    r"|football|cricket|rugby|tennis|golf|basketball|athletics|cycling|reviews?"
    r"|columns?|columnists?"
    r"|profiles?|long reads?|magazine|explainers?|fact ?check|perspectives?|viewpoints?|insight"
    r"|community|council|people|religion|history|heritage|wildlife|nature|consumer|jobs|labou?r"
    r"|human rights|justice|law|immigration|elections?|parliament|diplomacy|conflict|wars?"
    r"|science (?:&|and) (?:tech|technology|environment)|arts (?:&|and) (?:culture|entertainment)"
    r"|culture (?:&|and) (?:arts|society)|health (?:&|and) \w+|op-?eds?|voices|sunday read"
    r"|world news|uk news|us news|metro|cities|districts|rural|our view|leaders?"
    r"|leading article|q ?(?:&|and) ?a|the interview|guest (?:column|essay)|essays?"
    r"|first person|news analysis|live|exclusive|special report|the big read"
    r"|news in brief|soci[eé]t[eéà]|politique|économie|monde|politik|wirtschaft|kultur|lokales"
    r"|regionales"
    r"|panorama|gesellschaft|inland|ausland|portada|actualidad|pol[ií]tica|econom[ií]a|sociedad"
    r"|cultur[ae]l?|deportes?|mundo|nacional|internacional|sociedade|esportes?|cronaca|cultuur"
    r"|binnenland|buitenland|samh[aä]lle|indland|udland|innenriks|nyheter|nyheder|fisheries"
    r"|shipping"
    r"|maritime|banking|housing|policing|water|forests?|parks|main news|top news|front page"
    r"|city news"
    r"|talking point|in focus|spotlight|sunday|weekend|lives|deaths|appreciation"
    r"|markets & \w+|tourism|tributes)",
    re.IGNORECASE,
)
_SEPARATOR = re.compile(
    r"\s*[|•·●»›~◆▪]\s*|\s+[–—/>-]+\s+|\s*—\s*|,\s+|;\s*|\s*/\s*|\s{3,}|\s*[\[\]]\s*"
    r"|\s+(?=(?:Published|Updated|Posted|Last updated|Link copied)\b)"
)
_TIME = re.compile(
    r"(?:(?:yesterday|today) )?(?:at "
    r"|on )?\d{1,2}[:.h]\d\d(?::\d\d)?\s?(?:[ap]\.?m\.?)?\s?(?:hrs|[A-Z]{2,4}|local time)?"
    r"|\d{1,2}\s?[ap]\.?m\.?|(?:[01]\d|2[0-3])[0-5]\d(?:\s?(?:hrs|h|gmt|ist))?",
    re.IGNORECASE,
)
_READ_TIME = re.compile(
    r"\d{1,2}:\d\d ?/ ?\d{1,2}:\d\d|\W*(?:(?:estimated )?(?:reading"
    r"|read) time\W*(?:about )?)?(?:\d{1,2}\s?[-–]\s?)?\d{1,3}[\s-]?"
    r"(?:min(?:ute)?s?|sec(?:ond)?s?)(?:\s?\d{1,2} sec(?:ond)?s?)?(?: (?:to )?(?:read|listen|watch)"
    r"(?:ing)?(?: time)?)?\W*|\W*(?:reading|read) time\W.{1,20}",
    re.IGNORECASE,
)
# "Lesezeit: 3 Min."
_MINUTES = re.compile(r"[^\d.]{0,30}\d{1,2}\s?min\w{0,5}\.?", re.IGNORECASE)
_COUNT = re.compile(
    r"list (?:of \d+ items|\d+ of \d+)|end of list|duration\W{1,3}\d{1,2}:\d\d(?::\d\d)?"
    r"|\W*[\d,.]+[km]?\+?\s?(?:comments?|shares?|views?|reads?|likes?|words?|reactions?|hits"
    r"|replies"
    r"|characters|photos|images)\W*|(?:page|pg|p\.|pp\.|vol\.?|no\.|issue|section)\s?[A-Z]?-?\d+"
    r"(?:\s?(?:of|/)\s?\d+)?|section [A-Z]|[A-Z]?\d{1,3}",
    re.IGNORECASE,
)
_AGO = re.compile(
    r"(?:(?:posted|published|updated|last updated|modified)\s)?(?:about |over )?(?:\d{1,2}|an?|one"
    r"|two|three) (?:second|minute|min|hour|hr|day|week|month|year)s? ago|just now|yesterday|today",
    re.IGNORECASE,
)
_LABELS = re.compile(
    r"\b(?:first |last |originally )?(?:published|posted|updated?|modified|created|issued|released"
    r"|edited|revised|filed|date|dated|time|issue(?: date)?|edition|print(?:ed)?|online|reported"
    r"|on|at|in|from|by|of|the|dateline|admin|web ?master|online editor|yesterday"
    r"|today|publié|publiée|le|mis|jour|à|publicado|actualizado|el|em|stand|veröffentlicht|am"
    r"|uhr|opublikowano"
    r"|pubblicato|gepubliceerd|publisert|publicerad)\b|(?:mon|tues?|wednes|thurs?|fri|satur"
    r"|sun)(?:day)?\b",
    re.IGNORECASE,
)
# A label and a paper: "Published in Dawn", "From The Bugle", "First appeared in …"
_IN_PAPER = re.compile(
    r"(?:(?:first |originally )?(?:published|printed|appeared)\s(?:in|by|on|at)|from"
    r"|source:?|via)\s"
    r"(?P<paper>.{2,60})",
    re.IGNORECASE,
)
# "Photographs by Ana Lima" beside a byline; "(ap/mk)" at the end
_PICTURES_BY = re.compile(
    r"(?:photographs|photography|pictures|photos|illustrations?|graphics?|videos?|visuals)"
    r"(?: and [a-z]+)? by [^.]{3,80}",
    re.IGNORECASE,
)
_INITIALS = re.compile(r"\([a-z]{2,4}(?:\s?/\s?[a-z]{2,4})+\)|/[a-z]{2,3}/")
# What stands between the pieces of a line, or is a date's
_BARS = re.compile(r"[|—•·\d]")
_FIRST = re.compile(r"\b(?:first|originally) published\b", re.IGNORECASE)
_ONLY_LABEL = re.compile(
    r"(?:(?:last |first )?(?:published|posted|updated?|modified|filed)|this story|this article)"
    r"(?:\s(?:at|on|by|in))?\W*(?:\d{1,2}[:.]\d\d(?:\s?[ap]\.?m\.?)?(?: [A-Z]{2,4})?)?",
    re.IGNORECASE,
)


_HOST = re.compile(r"(?:www\.)?[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,8}")
_LEADING = re.compile(
    r"^(?:(?:published|posted|filed|printed)\s)?(?:in|under|by|from|on)\s+(?:the\s)?", re.IGNORECASE
)
# "NATIONAL 3", "A4 Business"
_PAGE = re.compile(r"^[A-Z]?\d{1,3}\s+(?=\D)|(?<=\D)\s+[A-Z]?\d{1,3}$")
# "Link copied"
_BUTTON = 20
_PLACE = re.compile(r"\s+\([A-ZÀ-Þ][^()]{2,30}\)?$")


@dataclass(slots=True)
class Facts:
    """What a line says about an article.

    `papers` may be its outlet; `names` stand without "By"; `kinds` are what the line consists of.
    """

    when: When | None = None
    updated: bool = False
    first: bool = False
    authors: list[str] = field(default_factory=list)
    credits: list[str] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    papers: list[str] = field(default_factory=list)
    section: str | None = None
    kinds: frozenset[str] = frozenset()


def is_section(line: str) -> bool:
    """Whether a line is the name of a part of a paper."""
    return len(line) <= 40 and bool(_SECTION.fullmatch(line.strip(" :|")))


def is_count(line: str) -> bool:
    """Whether a line is the time that reading takes, a count of comments or pages, or "5 h ago"."""
    forms = (_READ_TIME, _MINUTES, _TIME, _COUNT, _AGO, _ONLY_LABEL)
    return len(line) <= 60 and any(form.fullmatch(line) for form in forms)


@lru_cache(maxsize=1024)
def facts_of(line: str, country: str | None = None) -> Facts | None:
    """What a line says about an article if it says nothing else, or None for other lines."""
    if len(line) > _LONGEST or len(line.split()) > _MOST_WORDS:
        return None
    if is_date_line(line):
        dated = line_date(line, country=country)
        when, updated = dated or (None, False)
        first = bool(_FIRST.search(line))
        return Facts(when=when, updated=updated, first=first, kinds=frozenset({"date"}))
    several = (_BARS.search(line) is not None) and _compound(line, country)
    if several and len(several.kinds) > 1:
        return several
    if (names := read_byline(line)) and any(names):
        return Facts(authors=names[0], credits=names[1], kinds=frozenset({"byline"}))
    if _PICTURES_BY.fullmatch(line) or _INITIALS.fullmatch(line):
        return Facts(credits=[line.strip("()")], kinds=frozenset({"agency"}))
    if agencies := lone_agencies(line):
        return Facts(credits=agencies, kinds=frozenset({"agency"}))
    if (alone := names_alone(line)) and not has_masthead_form(line):
        return Facts(names=alone[0], credits=alone[1], kinds=frozenset({"name"}))
    if line[-1] in _ENDS and len(line) > _SENTENCE and not _HALF_OF_DAY.search(line):
        return None
    return _compound(line, country)


_OF_PLACES = re.compile(
    r"^(?:Port|New|San|Santa|St|Saint|Los|Las|Cape|Fort|Mount|Lake|North|South|East"
    r"|West|Upper|Lower|Abu"
    r"|Kuala|Addis|Buenos|Rio|São|Sao|Hong|Phnom|Dar|Tel|Puerto|Ciudad|Villa|Bad|Ho)\s[A-ZÀ-Þ]"
    r"|\s(?:City|Town|Bay|Valley|Islands?|County|Beach|Springs|Falls|Hills?|Province|State|District"
    r"|Region|Harbou?r)$"
)
_NO_PERSON = re.compile(
    rf"\b(?:Getty|Shutterstock|iStock|REUTERS|Reuters|AFP|Alamy|Images?|Wikimedia"
    rf"|Flickr|Unsplash)\b"
    rf"|{_OF_PLACES.pattern}",
)


def names_alone(line: str) -> tuple[list[str], list[str]] | None:
    """People on a line that holds nothing else but their roles and places, or None."""
    if len(line) > 120 or line[-1:] in ".!?:;" or not line[:1].isupper():
        return None
    pieces = [p.strip(" ,.()*_") for p in _NAMES_APART.split(without_contacts(line)) if p.strip()]
    pieces = [_TITLED.sub("", _IN.sub("", _NOW.sub("", piece))).strip() for piece in pieces]
    if pieces and pieces[0].split()[0].lower() in _NO_FIRST_NAMES:
        return None
    if not pieces or not is_name(pieces[0]) or is_menu(line) or _NO_PERSON.search(pieces[0]):
        return None
    dashed = " - " in line or " – " in line
    if dashed and any(map(is_name, pieces[1:])):
        return None
    if (
        len(pieces) == 2
        and not dashed
        and _is_place(pieces[1])
        and not has_masthead_form(pieces[0])
    ):
        pieces.pop()
    if not all(is_name(p) or is_role(p) or is_agency(p) or outlet_named(p) for p in pieces):
        return None
    return people(", ".join(pieces))


def _is_place(text: str) -> bool:
    """Whether a text may be where somebody writes from: "Ana Lima, Port Alma"."""
    if _OF_PLACES.search(text) and len(text.split()) <= 4:
        return True
    return bool(_IN_PLACE.fullmatch(text)) and not (
        is_name(text) or is_role(text) or is_section(text) or is_agency(text)
    )


_NAMES_APART = re.compile(r"\s*(?:,|;|\||/|•|·|\band\b|&|\s[–—-]\s)\s*")
# "Ana Lima, Port Alma"
_IN_PLACE = re.compile(r"[A-ZÀ-Þ][\w'’.-]+(?: (?:[A-ZÀ-Þ][\w'’.-]+|de|la|of|the)){0,3}")
_NO_FIRST_NAMES = frozenset(
    "follow read view see watch share contact email listen subscribe click continue don't don’t"
    " latest related more most also text written".split()
)
# "Ana Lima in Port Alma", "DR ANA LIMA"
_IN = re.compile(r"\s(?:in|from|reporting from)\s[A-ZÀ-Þ][\w'’.-]+(?: [A-ZÀ-Þ][\w'’.-]+){0,2}$")
_TITLED = re.compile(r"^(?:dr|prof|professor|mrs?|ms|rev|sir)\.?\s(?=\S+\s)", re.IGNORECASE)
_NOW = re.compile(r"\s*\((?:now|earlier|until now|[a-z ]{3,20})\)?$")


def _compound(line: str, country: str | None) -> Facts | None:
    spans = date_spans(line)
    if not spans and not _SEPARATOR.search(line) and not _IN_PAPER.match(line):
        return None
    rest = line
    for start, end in sorted(spans, reverse=True):
        rest = f"{rest[:start]} | {rest[end:]}"
    pieces = [piece.strip(" ,.:()*_-–—") for piece in _SEPARATOR.split(rest)]
    facts, kinds = Facts(), set[str]()
    for piece in pieces:
        if not piece:
            continue
        kind = _take_piece(without_contacts(piece).strip(" ,.:()*_-–—"), facts, kinds)
        if kind is None:
            return None
        kinds.add(kind)
    if spans:
        kinds.add("date")
        if dated := line_date(line, country=country):
            facts.when, facts.updated = dated
    facts.kinds = frozenset(kinds - {"label"})
    return facts if facts.kinds & {"date", "byline", "time", "paper"} and _tells(facts) else None


def _tells(facts: Facts) -> bool:
    """Whether pieces together are surely metadata: a paper alone needs something beside it."""
    if facts.kinds & {"date", "byline"}:
        return True
    return len(facts.kinds) > 1


def _take_piece(piece: str, facts: Facts, kinds: set[str]) -> str | None:
    """What a piece of a line is; what it tells goes to the facts. None for text."""
    if kind := _idle_piece(piece) or _take_byline(piece, facts) or _take_section(piece, facts):
        return kind
    if match := _IN_PAPER.fullmatch(piece):
        return _take_paper(match["paper"], facts) or _take_section(match["paper"], facts)
    piece = _LEADING.sub("", piece)
    if kind := _take_section(piece, facts):
        return kind
    if _HOST.fullmatch(piece):
        return "count"
    return _take_paper(piece, facts) or _take_name(piece, facts, kinds)


def _idle_piece(piece: str) -> str | None:
    """A label, a count or a time, which tell nothing."""
    if not piece or not _LABELS.sub("", piece).strip(" :,.-"):
        return "label"
    if _READ_TIME.fullmatch(piece) or _COUNT.fullmatch(piece):
        return "count"
    if _TIME.fullmatch(piece) or _AGO.fullmatch(piece):
        return "time"
    return "count" if len(piece) <= _BUTTON and is_menu(piece) else None


def _take_byline(piece: str, facts: Facts) -> str | None:
    if _PICTURES_BY.fullmatch(piece):
        facts.credits.append(piece)
        return "agency"
    names = read_byline(piece)
    if not names or not any(names):
        return None
    facts.authors += names[0]
    facts.credits += names[1]
    return "byline"


def _take_section(piece: str, facts: Facts) -> str | None:
    piece = _PAGE.sub("", piece)
    if not is_section(piece):
        return None
    facts.section = facts.section or piece
    return "section"


def _take_paper(piece: str, facts: Facts) -> str | None:
    paper = _PLACE.sub("", without_edition(piece))
    if not outlet_named(paper) and not has_masthead_form(paper):
        return None
    facts.papers.append(paper)
    return "paper"


def _take_name(piece: str, facts: Facts, kinds: set[str]) -> str | None:
    """An agency, a person, or what stands beside one: a role or a place."""
    if agencies := lone_agencies(piece):
        facts.credits += agencies
        return "agency"
    if is_name(piece) and (found := people(piece)):
        facts.names += found[0]
        return "name"
    beside_a_name = kinds & {"byline", "name"}
    place = beside_a_name and len(piece.split()) <= 2 and piece[:1].isupper()
    return "role" if place or is_role(piece) else None
