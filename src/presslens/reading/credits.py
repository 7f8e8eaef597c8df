"""Credits: people, agencies and desks on bylines, and agencies in datelines and at the end."""

from __future__ import annotations

import re
from functools import cache

from presslens.agencies import is_agency as is_listed_agency
from presslens.codebooks import load_codebook
from presslens.reading.mastheads import has_masthead_form
from presslens.reading.outlets import outlet_named
from presslens.reading.person_names import has_name_form, plain_name

_BYLINE = re.compile(
    r"(?:(?:(?:words|story|report|text|analysis|opinion|comment|commentary|column|review"
    r"|interview|exclusive|explainer|editorial|feature)\s?[|:–—-]?\s?|(?:written|reported|posted"
    r"|published|written and reported|compiled|reporting)\s)?by\b|(?-i:Von|Por|Par|Di"
    r"|Af|Av|Door)\b|(?P<label>authors?|byline|words"
    r"|text|writers?|reporters?|reporting|story|report|journalist|interview|review|essay)\s?:)"
    r"\s{0,3}[:|–—-]?\s{1,3}(?P<names>\S.{1,160})",
    re.IGNORECASE,
)
# "From Ana Lima, Port Alma" is a byline where nothing else stands on the line.
_FROM = re.compile(r"from:?\s{1,3}(?P<names>[^\W\d_].{3,100})", re.IGNORECASE)
_CONTACT = re.compile(
    r"\(?\s?(?:e-?mail|twitter|x|follow|contact|tel|phone)\s?(?:me|him|her|us)?\s?(?:on twitter)?"
    r"\s?(?:at|on)?\s?:?\s?(?=\S*@)"
    r"|[(<\[]?\s?[\w.+-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,64}){1,4}\s?[)>\]]?"
    r"|[(\[]?(?<![\w.])@\w{2,30}[)\]]?",
    re.IGNORECASE,
)
_FIELDS = (
    r"(?:staff|senior|chief|principal|lead|special|political|politics|foreign|diplomatic|business"
    r"|economics?|economy|finance|financial|money|markets?|industry|industrial|energy|property"
    r"|retail|consumer|transport|motoring|aviation|sports?|football|racing|rugby|cricket|tennis"
    r"|golf|boxing|health|medical|science|technology|tech|climate|environment|environmental"
    r"|agriculture|farming|rural|wildlife|education|schools?|religious|religion|royal|arts"
    r"|culture|music|film|tv|media|fashion|food|travel|lifestyle|showbiz|entertainment|features?"
    r"|crime|courts?|legal|law|police|security|defen[cs]e|military|investigations?|investigative"
    r"|social|affairs|home|public|local|regional|district|county|city|state|national"
    r"|international|world|global|europe|european|asia|africa|middle|east|us|washington"
    r"|westminster|whitehall|parliamentary|parliament|scottish|welsh|irish|democracy|community"
    r"|data|digital|online|web|multimedia|video|audience|live|breaking|news|night|weekend|sunday"
    r"|deputy|assistant|associate|executive|managing|contributing|guest|freelance|editorial"
    r"|opinion|our|own|a|an|the|and|of)"
)
_ROLE_NOUN = (
    r"(?:correspondents?|reporters?|writers?|editors?|journalists?|columnists?|contributors?|desk"
    r"|analyst|producer|stringer|team|agency|critic|photographer|intern|bureau chief)"
)
# What a person is, from the first word that says so: "Ana Lima, Home Affairs Editor".
_ROLE = re.compile(
    rf"(?:^|\s)(?:{_FIELDS}[\s/-]){{0,5}}{_ROLE_NOUN}\b.*"
    r"|\s(?:special|exclusive)\s(?:to|for)\s.*",
    re.IGNORECASE,
)
# Who wrote where no person is named: "Our Correspondent", "Web Desk", "Herald Reporter".
_DESK = re.compile(
    rf"(?:{_FIELDS}\s){{0,4}}(?:correspondents?|reporters?|writers?|editors?|journalists?"
    r"|contributors?|desk|team|staff|bureau|newsroom|news ?room|editorial board|web ?desk"
    r"|newsdesk|news service|foreign service|report|representative|service)"
    r"|staff(?: report(?:s|er)?| writers?)?|(?:the )?editorial board|special to .{2,40}"
    r"|redacci[oó]n|redação|redaktion|redazione|r[eé]daction",
    re.IGNORECASE,
)
_LAST_OF_DESK = re.compile(
    r"(?P<paper>.{2,40}?)\s(?:staff\s)?(?:reporters?|correspondents?|staff|desk"
    r"|bureau|team|newsroom"
    r"|writers?|news service|foreign service|news|online|web ?desk)",
    re.IGNORECASE,
)
_PAPER_WORD = re.compile(
    r"(?:daily|evening|morning|sunday|times|star|post|news|herald|mail|express|standard|tribune"
    r"|guardian|chronicle|observer|gazette|sun|mirror|telegraph|independent|journal|courier|monitor"
    r"|vision|record|press|echo|voice|citizen|nation|today)",
    re.IGNORECASE,
)
# Xinhua and others put it first: "Xinhua writers Ana Lima, Jo Roe".
_ROLE_BEFORE = re.compile(
    rf"(?P<agency>[A-Z]\w{{1,20}}\s)?(?:staff\s|special\s)?{_ROLE_NOUN}:?\s(?=[A-ZÀ-Þ])"
)
_TRAILING_PLACE = re.compile(r"\s+(?:in|at|from|reporting from)\s+[A-ZÀ-Þ].*")
_BRACKET = re.compile(r"\s{0,3}\((?P<inside>[^()]{1,60})\)?$")
_AND = re.compile(
    r"\s{0,3}(?:;|,|\band\b|&|\bwith\b|/|\||•|·|(?<=\s)[–—-](?=\s))\s{0,3}", re.IGNORECASE
)
_HELPED = re.compile(
    r"(?:additional |other |further )?(?:reporting|research|edit(?:ing|ed)|writing|contributions?)"
    r"\s(?:by|from)\s.{3,}",
    re.IGNORECASE,
)
# Agencies that no list holds, told by their last word; desks of papers.
_AGENCY = re.compile(
    r"(?:the )?(?:[\w'’.-]+ ){0,4}(?:news agency|press|agence|agency|agencies|service|wires?|bureau"
    r"|news desk|news ?room|newswire|media|times|news|online|staff|reporters?|desk)|sabc|tnn|ens",
    re.IGNORECASE,
)
_DATELINE_AGENCY = re.compile(
    r"(?:[A-ZÀ-Þ][\w .,'’/–—-]{1,70}?)?\s?\((?P<agency>[A-Z][\w.&'’ /-]{1,40})\)\s{0,3}"
    r"(?P<dash>(?:[–—:-]+|\s-)\s{0,3})?(?=\S)"
)
_TRAILING_BRACKET = re.compile(
    r"(?P<text>.*[.!?…][\"”’'»)]*)\s*[(\[](?P<agency>[A-Z]{1,8}(?:[/ -][A-Z]{2,8})*"
    r"|[A-Z][\w.&'’-]+(?:[ /][A-Z][\w.&'’-]*){0,3}|[a-z][\w-]*(?:\.[a-z]{2,})+"
    r"|with \w[^)\]]{2,60})[)\]]",
    re.DOTALL,
)
_TRAILING_DASH = re.compile(
    r"(?P<text>.*[.!?…][\"”’'»)]*)\s*[-–—]{1,2}\s?(?P<agency>(?:[A-Z][\w.&'’-]*"
    r"|[\w-]+\.\w{2,})(?:[ /,]+(?:and )?[A-Z][\w.&'’-]*){0,5})",
    re.DOTALL,
)
_TRAILING_LENGTH = 100
_LONE_DASH = re.compile(r"[-–—/]{1,2}\s?(?P<agency>[A-Z][\w.&'’/-]*(?: [A-Z][\w.&'’/-]*){0,4})")
# What follows a name on a byline and says what the person is.
_OFFICE = re.compile(
    r"\b(?:director|president|chief|economist|professor|minister|head|officer|fellow|lecturer"
    r"|scholar"
    r"|researcher|chair\w*|ceo|founder|manager|advis[eo]r|secretary|author|lawyer|analyst|expert"
    r"|member)\b",
    re.IGNORECASE,
)
# A longer line is no byline.
_LONGEST = 400
# A name of four and an agency's or a paper's of five.
_MOST_WORDS = 9
# Papers' names end in these, and people's do not.
_MASTHEAD = re.compile(
    r"\b(?:times|weekly|daily|express|herald|tribune|gazette|chronicle|observer|telegraph|courier"
    r"|bulletin|news|journal|independent|magazine|review|online|media|today)$",
    re.IGNORECASE,
)
# Names of listed agencies have at most half as many characters; a longer line is text.
_LONGEST_AGENCY = 100
# Of a page's buttons, that for the size of letters.
_BUTTONS = frozenset({"AA"})
_STRIPPED = " ,.()–—-:|*_"


def is_name(text: str) -> bool:
    """Whether a text is a person's name by its form: two to five capitalised words that are no
    place, outlet or agency that the lists know."""
    return (
        has_name_form(text)
        and not _MASTHEAD.search(text)
        and _bare(text) not in _places()
        and not is_listed_agency(text)
        and outlet_named(text) is None
    )


def is_agency(text: str) -> bool:
    """Whether a text is an agency or a desk rather than a person."""
    text = text.strip(" .()")
    return is_listed_agency(text) or bool(_AGENCY.fullmatch(text)) or _is_desk(text)


def _is_desk(text: str) -> bool:
    """Whether a text is a paper's desk or an unnamed member of its staff."""
    if len(text.split()) > 6:
        return False
    if _DESK.fullmatch(text):
        return True
    match = _LAST_OF_DESK.fullmatch(text)
    paper = re.sub(r"^(?:our|the|a|by)\s", "", match["paper"], flags=re.IGNORECASE) if match else ""
    return bool(paper) and (
        is_listed_agency(paper)
        or (paper.isupper() and len(paper) <= 5)
        or bool(_PAPER_WORD.fullmatch(paper.split()[-1]))
        or outlet_named(paper) is not None
    )


def is_role(text: str) -> bool:
    """Whether a text says what a person is at a paper: "Court Reporter", "Our Correspondent"."""
    return len(text) <= _LONGEST_AGENCY and bool(_ROLE.fullmatch(text) or _DESK.fullmatch(text))


def without_contacts(line: str) -> str:
    """A line without addresses of mail and handles."""
    return _CONTACT.sub(" ", line) if "@" in line else line


def read_byline(line: str) -> tuple[list[str], list[str]] | None:
    """Authors and agencies of a line that begins with "By" or its like, or None for other lines.

    "By Ana Lima and Jo Roe, Political Correspondent" → ["Ana Lima", "Jo Roe"].
    """
    line = line.strip(" *_|")
    if match := _BYLINE.fullmatch(line):
        names = match["names"]
        found = people(names)
        if (
            found is None
            and match["label"]
            and re.fullmatch(r"[^\W\d_a-zß-ÿ][^\W\d_]{2,20}", names)
        ):
            return [plain_name(names)], []
        return found
    match = _FROM.fullmatch(line)
    if match is None or not all(_is_known(piece) for piece in _AND.split(match["names"])):
        return None
    found = people(match["names"])
    return found if found and found[0] else None


def _is_known(piece: str) -> bool:
    piece = _TRAILING_PLACE.sub("", piece).strip(_STRIPPED)
    return is_name(piece) or _bare(piece) in _places() or is_agency(piece)


def people(text: str) -> tuple[list[str], list[str]] | None:
    """Authors and agencies of an enumeration of them, or None if it begins with neither.

    Roles, places, papers, addresses of mail and handles beside the names are left out.
    """
    authors: list[str] = []
    agencies: list[str] = []
    pieces = _AND.split(_CONTACT.sub(" ", text[:_LONGEST]).strip(" .()"))
    for index, piece in enumerate(piece.strip() for piece in pieces):
        if index and _HELPED.fullmatch(piece):
            agencies.append(piece)
            continue
        if match := _ROLE_BEFORE.match(piece):
            agencies += [match["agency"].strip()] if match["agency"] else []
            piece = piece[match.end() :]
        if match := _BRACKET.search(piece):
            agencies += [match["inside"]] if is_listed_agency(match["inside"]) else []
            piece = piece[: match.start()]
        piece = _TRAILING_PLACE.sub("", piece.strip(_STRIPPED))
        if index and _OFFICE.search(piece):
            break
        if employed := _employed(piece):
            authors.append(employed[0])
            agencies += employed[1]
        elif is_agency(piece):
            agencies += [] if authors and _is_of_person(piece) else [piece]
        elif is_name(name := plain_name(_ROLE.sub("", piece).strip(_STRIPPED))):
            authors += [] if authors and has_masthead_form(name) else [name]
        elif index == 0 and not agencies:
            return None
    return list(dict.fromkeys(authors)), list(dict.fromkeys(agencies))


def _is_of_person(piece: str) -> bool:
    """Whether a desk or a paper behind a name says where the person works."""
    return not is_listed_agency(piece) and (_is_desk(piece) or has_masthead_form(piece))


def _employed(piece: str) -> tuple[str, list[str]] | None:
    """The person of "Ana Lima of The Associated Press" or "Ana Lima BBC News", and the agency."""
    words = piece.split()
    if is_listed_agency(piece) or len(words) > _MOST_WORDS:
        return None
    for end in range(2, len(words)):
        rest = " ".join(words[end:]).removeprefix("of ").removeprefix("for ")
        name = plain_name(" ".join(words[:end]))
        agency = is_listed_agency(rest)
        if (agency or (len(words) - end > 1 and outlet_named(rest))) and is_name(name):
            return name, [rest] if agency else []
    return None


def dateline_agencies(paragraph: str) -> list[str]:
    """The agencies in a first paragraph's dateline: "PORT ALMA, Nov 3 (Reuters) -".

    Without the dash they must be listed.
    """
    match = _DATELINE_AGENCY.match(paragraph)
    if match is None or not (match["dash"] or is_listed_agency(match["agency"])):
        return []
    return _split(match["agency"])


def trailing_agencies(paragraph: str) -> tuple[str, list[str]]:
    """The last paragraph without the agency after its last full stop, and the agency.

    "… the court heard. — SPA", "… said. (Yonhap)"; initials of a desk go the same way.
    """
    start = max(len(paragraph) - _TRAILING_LENGTH, 0)
    end = paragraph[start:]
    match = _TRAILING_BRACKET.fullmatch(end) or _TRAILING_DASH.fullmatch(end)
    if not match:
        return paragraph, []
    agencies = [agency for agency in _split(match["agency"]) if len(agency) > 1]
    return paragraph[:start] + match["text"], agencies


def lone_agencies(line: str) -> list[str]:
    """The agencies of a line that is nothing else: "— AP", "(AFP)", "Reuters"."""
    line = line.strip()
    if match := _LONE_DASH.fullmatch(line):
        return _split(match["agency"])
    bare = line.strip("()[]. ")
    if len(bare) > _LONGEST_AGENCY or (bare == line and bare in _BUTTONS):
        return []
    lone = is_listed_agency(bare) or (len(bare.split()) <= 3 and _is_credit(bare))
    return _split(bare) if lone else []


def _is_credit(text: str) -> bool:
    """Whether a line alone is an agency or a desk; a paper's name alone is its masthead."""
    return is_agency(text) and not _MASTHEAD.search(text)


def _split(agencies: str) -> list[str]:
    names = re.split(r"\s*/\s*|\s*,\s*|\s+and\s+", agencies.strip(" .-"))
    return [name for name in names if name]


def _bare(text: str) -> str:
    return " ".join(text.casefold().replace(".", "").split())


@cache
def _places() -> frozenset[str]:
    """The places that bylines carry beside names."""
    listed = load_codebook("names").section("places", str)
    return frozenset(_bare(place) for place in listed.split(","))
