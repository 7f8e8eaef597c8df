"""Head of a dump: title, standfirst, byline, dates, section and masthead above the text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from presslens.reading.bios import is_bio
from presslens.reading.captions import depicts
from presslens.reading.cleaning import bare
from presslens.reading.credits import is_role, people
from presslens.reading.draft import Draft
from presslens.reading.dump_links import ITEM
from presslens.reading.mastheads import (
    copyright_owner,
    has_masthead_form,
    squashed,
    without_edition,
)
from presslens.reading.metadata_lines import Facts, is_section
from presslens.reading.outlets import find_outlet, outlet_named
from presslens.reading.parts import Part, crumbs_of
from presslens.reading.prose import shared, stems
from presslens.reading.titles import kicker_of, split_title, title_among
from presslens.reading.urls import host_of

# So many paragraphs of standfirst may stand above the byline.
_STANDFIRSTS = 2
_LOOK_AHEAD = 4
# Menus and notices of pages have fewer lines.
_LONGEST_HEAD = 120
# A standfirst has so many words, and this share of them are the body's, too.
_FEWEST, _SHARED = 5, 0.25
# Paragraphs of the body that are compared with the lines above them.
_COMPARED, _LETTERS = 12, 300
_KICKER_WORDS = 3
# A menu down the page has more sections than this behind one another.
_COLUMN = 3
# A paragraph that is another story's is short, and has no more words of this one than by chance.
_TEASER, _TEASER_STEMS, _CHANCE = 240, 5, 0.1
# The longest title that is said twice
_ECHO_WORDS = 25
_ENTRANCES = frozenset(
    {
        "home",
        "start",
        "homepage",
        "front page",
        "you are here",
        "accueil",
        "inicio",
        "startseite",
        "forside",
    }
)
# Copyright lines stand among the last ones.
_LAST, _OWNER_LINE = 15, 200
# Sections that say nothing where another stands beside them
_ANY_SECTION = frozenset({"news", "latest news", "top stories", "latest", "start", "home"})


@dataclass(slots=True)
class Head:
    """What was found above the body: what of it is text, names that may be the outlet's, and people
    whose name stands without "By"; `asides` are captions, links and the like."""

    kept: list[Part] = field(default_factory=list)
    papers: list[str] = field(default_factory=list)
    asides: list[Part] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    names_above: list[str] = field(default_factory=list)
    updated: Facts | None = None


def body_start(parts: Sequence[Part]) -> int:
    """Where the text begins: with its first paragraph, but for those above date and byline."""
    parts = parts[:_LONGEST_HEAD]
    start = _first_prose(parts, 0)
    seen = _kinds(parts[:start])
    for _ in range(_STANDFIRSTS):
        ahead = parts[start + 1 : start + 1 + _LOOK_AHEAD]
        later = [n for n, part in enumerate(ahead) if _strong(part) - seen]
        if not later or _is_text(ahead[: later[0]]):
            break
        following = _first_prose(parts, start + 1 + later[-1])
        if following >= len(parts):
            break
        start = following
        seen |= _kinds(parts[:start])
    return start


def _first_prose(parts: Sequence[Part], start: int) -> int:
    """The first prose, or where there is none the first sentence, or the line behind the first."""
    prose = (
        place
        for place in range(start, len(parts))
        if parts[place].kind == "prose"
        and not _is_echo(parts, place)
        and not _is_teaser(parts, place)
    )
    sentences = (
        place
        for place in range(start, len(parts))
        if parts[place].kind == "line" and parts[place].is_sentence
    )
    found = next(prose, None)
    found = next(sentences, None) if found is None else found
    if found is not None:
        return found
    if start:
        return len(parts)
    lines = [place for place, part in enumerate(parts) if part.kind in {"line", "paper", "section"}]
    return lines[1] if len(lines) > 1 else lines[0] if lines else len(parts)


def _is_echo(parts: Sequence[Part], place: int) -> bool:
    """Whether a short part only says a line above it again, or what stands there behind a bar."""
    text = parts[place].text
    if place > _LOOK_AHEAD * 2 or len(text.split()) > _ECHO_WORDS:
        return False
    own = bare(text)
    return any(bare(part.text).endswith(own) for part in parts[:place])


def _is_teaser(parts: Sequence[Part], place: int) -> bool:
    """Whether a short paragraph above date and byline has no word of what follows: another story's
    or a notice's."""
    ahead = parts[place + 1 : place + 1 + 2 * _LOOK_AHEAD]
    if len(parts[place].text) > _TEASER or not any(_strong(part) for part in ahead):
        return False
    if any(_strong(part) for part in parts[:place]):
        return False
    own = stems([parts[place].text])
    following = stems(part.text for part in parts[place + 1 :] if part.kind == "prose")
    return len(own) >= _TEASER_STEMS and len(own & following) <= _CHANCE * len(own)


def _kinds(parts: Sequence[Part]) -> set[str]:
    return {kind for part in parts for kind in _strong(part)}


def _strong(part: Part) -> set[str]:
    """What of date and byline a part is."""
    return set(part.facts.kinds & {"date", "byline"}) if part.facts else set()


def _is_text(parts: Sequence[Part]) -> bool:
    """Whether there are two paragraphs of prose, behind which no head goes on."""
    return sum(part.kind == "prose" for part in parts) >= 2


def take_head(parts: Sequence[Part], rest: Sequence[Part], draft: Draft) -> Head:
    """Takes what stands above the text over into the draft.

    Args:
        parts: the parts above the body.
        rest: the body and what follows it.
        draft: what is known of the article so far.
    """
    head = Head()
    body = stems(part.text[:_LETTERS] for part in rest[:_COMPARED] if part.kind == "prose")
    given = draft.title is not None
    title = None
    if not given:
        owners = {
            squashed(owner) for part in (*parts, *rest[-_LAST:])
            if len(part.text) <= _OWNER_LINE and (owner := copyright_owner(part.text))
        }  # fmt: skip
        first = rest[0] if rest else None
        title = title_among(parts, following=first, url=draft.url, body=body, owners=owners)
    above = parts[: title.place] if title else ()
    below = parts[title.place + 1 :] if title else parts
    if title:
        draft.title = title.text
        if section := kicker_of(parts[title.place].text)[0]:
            draft.section = _section(section)
        head.papers += [title.paper] if title.paper else []
    for place, part in enumerate(above):
        if not _in_column(above, place):
            _take_above(part, draft, head)
    _take_kicker(above, draft)
    _take_below(below, draft, head, body, titled=title is not None or given)
    if head.updated and head.updated.when and draft.published is None and draft.url is None:
        draft.date_it(head.updated.when)
    if not draft.authors:
        draft.authors += head.names or head.names_above
    return head


def _in_column(parts: Sequence[Part], place: int) -> bool:
    """Whether a section's name is an item of a menu that runs down the page."""
    if parts[place].kind != "section":
        return False
    start, end = place, place
    while start and parts[start - 1].kind in {"section", "menu"}:
        start -= 1
    while end + 1 < len(parts) and parts[end + 1].kind in {"section", "menu"}:
        end += 1
    if end - start >= _COLUMN:
        return True
    above = place and not parts[place].gap and parts[place - 1].kind in {"section", "menu"}
    below = parts[place + 1 : place + 2]
    return bool(above) or (
        bool(below) and not below[0].gap and below[0].kind in {"section", "menu"}
    )


def _take_above(part: Part, draft: Draft, head: Head) -> None:
    """A part above the title, of which only metadata are worth keeping."""
    if part.facts:
        _take_facts(part.facts, draft, head, head.names_above)
    elif part.kind == "paper":
        head.papers.append(without_edition(part.text))
        known = find_outlet(draft.url) if draft.url else None
        own = known is None or squashed(known.name) in squashed(part.text)
        if not own and outlet_named(part.text) is None:
            # The paper is another, so that this is a part of it: "Taiwan News"
            draft.section = draft.section or _section(part.text)
    elif part.kind == "section":
        # The one next to the title counts
        draft.section = _section(part.text)
    elif part.kind == "crumbs":
        _take_crumbs(part.text, draft, head)
    elif part.kind == "menu":
        first = re.split(r"\s*[|•·]\s*", part.text)[0]
        head.papers += [first] if has_masthead_form(first) else []
    elif part.kind in {"line", "prose"}:
        # Another form of the title or the paper's name
        paper = split_title(part.text, draft.url)[1]
        plain = without_edition(part.text)
        plain = re.sub(r",\s[A-ZÀ-Þ][\w ]{2,20}$", "", plain)
        head.papers += [paper] if paper else [plain] if len(plain.split()) <= 5 else []
    elif part.kind == "picture" or (part.aside and part.aside.kind != "related"):
        head.asides.append(part)


def _take_kicker(above: Sequence[Part], draft: Draft) -> None:
    """The line right above a title is a section if the address has it, too."""
    for part in reversed(above):
        if ITEM.match(part.text):
            continue
        letters = re.sub(r"[\W_]+", "", part.text.casefold())
        path = re.sub(r"[^a-z0-9/]+", "", _path(draft.url))
        short = len(part.text.split()) <= _KICKER_WORDS
        if part is above[-1] and len(above) > 1 and _is_kicker(part, draft):
            draft.section = _section(part.text)
            return
        if short and draft.section is None and letters and f"/{letters}/" in path:
            draft.section = _section(part.text)
            draft.authors = [name for name in draft.authors if name != part.text]
            return


def _is_kicker(part: Part, draft: Draft) -> bool:
    """Whether the line right above a title, below others, is a part of the paper."""
    words = part.text.split()
    plain = (
        part.kind == "line"
        and not part.is_sentence
        and part.text.replace(" ", "").replace("&", "").isalpha()
    )
    return plain and draft.section is None and len(words) <= _KICKER_WORDS


def _path(url: str | None) -> str:
    return (url or "").casefold().partition(host_of(url) or " ")[2] if url else ""


def _take_below(
    parts: Sequence[Part], draft: Draft, head: Head, body: set[str], *, titled: bool
) -> None:
    """The parts between the title and the text."""
    for place, part in enumerate(parts):
        before_facts = any(one.facts for one in parts[place + 1 :])
        if _tells_of_page(part, draft, head):
            continue
        if part.kind in {"picture", "aside"}:
            head.asides.append(part)
        elif is_bio(part, draft.authors, ()):
            if not draft.authors and (name := people(" ".join(part.text.split()[:2]))):
                head.names += name[0]
        elif part.kind == "line" and depicts(part.text, sentence=part.is_sentence):
            head.asides.append(part._replace(kind="picture"))
        elif part.kind in {"prose", "line"} and _is_text_above(
            part, draft, body, titled=titled, before_facts=before_facts
        ):
            head.kept.append(part)


def _tells_of_page(part: Part, draft: Draft, head: Head) -> bool:
    """Whether a part below the title is metadata, which goes to the draft."""
    if part.facts:
        _take_facts(part.facts, draft, head, head.names)
    elif part.kind == "section":
        _set_section(draft, part.text)
    elif part.kind == "crumbs":
        _take_crumbs(part.text, draft, head)
    elif part.kind == "paper":
        head.papers.append(without_edition(part.text))
    else:
        return False
    return True


def _is_text_above(
    part: Part, draft: Draft, body: set[str], *, titled: bool, before_facts: bool
) -> bool:
    """Whether a line between title and text is a standfirst or a first sentence."""
    if draft.title and bare(part.text).startswith(bare(draft.title)):
        return False
    if titled and ITEM.match(part.text):
        return False
    if part.kind == "prose" or part.is_sentence:
        return True
    if not titled:
        return len(part.text.split()) >= _FEWEST and not before_facts
    words = len(part.text.split())
    return words >= _FEWEST and shared(part.text, body) >= _SHARED


def _take_facts(facts: Facts, draft: Draft, head: Head, names: list[str]) -> None:
    if facts.when and facts.updated:
        head.updated = head.updated or facts
    elif facts.when and (draft.published is None or facts.first):
        draft.date_it(facts.when)
    if facts.kinds <= {"agency"} and (draft.authors or names) and all(map(is_role, facts.credits)):
        return  # what the person named above is
    draft.authors += facts.authors
    draft.credits += facts.credits
    names += facts.names
    head.papers += facts.papers
    if facts.section:
        draft.section = draft.section or _section(facts.section)


def _take_crumbs(text: str, draft: Draft, head: Head) -> None:
    """The first section of a breadcrumb that says more than "News", and the paper's name."""
    crumbs = crumbs_of(text)
    named = [crumb for crumb in crumbs if is_section(crumb) and crumb.casefold() != "home"]
    last = crumbs[-1]
    if len(last.split()) <= _KICKER_WORDS and named and not has_masthead_form(last):
        named.append(last)
    if named:
        telling = [crumb for crumb in named if crumb.casefold() not in _ANY_SECTION]
        draft.section = _section((telling or named)[0])
    head.papers += [crumb for crumb in crumbs if crumb not in named and has_masthead_form(crumb)]
    first = crumbs[0]
    if named and first not in named and first[0].isupper() and first.casefold() not in _ENTRANCES:
        # The first of a breadcrumb is the site, as sure as if it were said twice.
        head.papers += [first, first]


def _set_section(draft: Draft, text: str) -> None:
    """Takes a section over, unless one is known that says more than "News"."""
    if draft.section is None or draft.section.casefold() in _ANY_SECTION:
        draft.section = _section(text)


def _section(text: str) -> str:
    """A section without capitals throughout."""
    text = text.strip(" :|")
    return text.title() if text.isupper() and len(text) > 3 else text
