"""Articles that give their quotes in another layout: one by one with a name, or as a transcript.

Readers' voices ("...” — Ama Mensah, Accra), interviews and debates (MENSAH: ...) are common on the
web and rare in PolNeAR. The lead is an article's own; the quotes are those of all articles, under
new names, so that only the layout tells who speaks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from swap_names import WorldNames

Span = tuple[int, int]
Statement = Mapping[str, Sequence[Span]]

DASHES = ("―", "—", "–", "-", "--")
QUOTES = (4, 12)
VOICES = (2, 5)

# A straight mark opens after white space, a bracket, a dash, and at the beginning.
_DOUBLE = re.compile(r"""(?<![^\s(\[—–‘'-])(")|[“”"]""")
_WHOLE = re.compile(r"[“\"]([A-Z][^“”\"]{25,400}[.?!])[”\"]")
_MARKS = (("“", "”"), ('"', '"'), ("‘", "’"))


def in_marks(text: str, opening: str, closing: str) -> str:
    """The text with its double quotation marks in another style, one for one."""

    def mark(match: re.Match[str]) -> str:
        return opening if match[0] == "“" or match[1] is not None else closing

    return _DOUBLE.sub(mark, text)


@dataclass
class Page:
    """A text as it grows, and its statements."""

    text: str
    statements: list[Statement] = field(default_factory=list)

    def add(self, part: str) -> Span:
        """Where the part stands, now that it does."""
        start = len(self.text)
        self.text += part
        return start, len(self.text)

    def state(self, source: Span, cue: Span, content: Span) -> None:
        """A statement with all its three parts."""
        self.statements.append({"source": [source], "cue": [cue], "content": [content]})


def whole_quotes(text: str, statements: Sequence[Statement]) -> Iterator[str]:
    """The contents that are whole sentences between quotation marks, without the marks."""
    for statement in statements:
        for start, end in statement["content"]:
            if match := _WHOLE.fullmatch(text[start:end]):
                yield match.group(1)


def lay_out(lead: Page, quotes: Sequence[str], names: WorldNames, chance: Random) -> Page:
    """The lead with some of the quotes after it, as a list or as a transcript."""
    chosen = chance.sample(quotes, chance.randint(*QUOTES))
    chance.choice((_list, _transcript))(lead, chosen, names, chance)
    return lead


def lead_of(text: str, title: str, statements: Sequence[Statement], chance: Random) -> Page:
    """The title and some paragraphs that no statement leaves, with what is said in them."""
    ends = [match.start() for match in re.finditer(r"\n+", text) if match.start() >= len(title)]
    spans = [[span for role in one.values() for span in role] for one in statements]
    limits = [(min(s for s, _ in one), max(e for _, e in one)) for one in spans if one]
    fitting = [end for end in ends[:6] if not any(low < end < high for low, high in limits)]
    end = chance.choice(fitting or [len(title)])
    inside = [one for one in statements if all(e <= end for role in one.values() for _, e in role)]
    return Page(text[:end], inside)


def _person(names: WorldNames, chance: Random) -> tuple[str, str]:
    people = names.people[chance.choice(sorted(names.people))]
    given, family = chance.choice(people.given_names), chance.choice(people.surnames)
    return f"{given} {family}", family


def _list(page: Page, quotes: Sequence[str], names: WorldNames, chance: Random) -> None:
    """Every quote with a dash and the name of who said it."""
    dash, space = chance.choice(DASHES), chance.choice((" ", " ", ""))
    between, before = chance.choice(("\n", "\n\n")), chance.choice((" ", " ", "\n"))
    opened, closed = chance.choice((*_MARKS, *_MARKS, ("", "")))
    with_place = chance.random() < 0.4
    for quote in quotes:
        page.add(between)
        content = page.add(f"{opened}{quote}{closed}")
        page.add(before)
        cue = page.add(dash)
        page.add(space if dash != "-" else " ")
        name, _ = _person(names, chance)
        place = chance.choice(names.places[chance.choice(sorted(names.places))])
        page.state(page.add(f"{name}, {place}" if with_place else name), cue, content)


def _transcript(page: Page, quotes: Sequence[str], names: WorldNames, chance: Random) -> None:
    """Some voices in turn, each with its name and a colon before what it says."""
    between, capitals = chance.choice(("\n", "\n\n")), chance.random() < 0.5
    opened, closed = chance.choice((*_MARKS, *[("", "")] * 4))
    shortly = chance.random() < 0.5
    voices = [_person(names, chance) for _ in range(chance.randint(*VOICES))]
    last = ""
    for quote in quotes:
        full, family = chance.choice([voice for voice in voices if voice[0] != last])
        last = full
        name = family if shortly else full
        page.add(between)
        source = page.add(name.upper() if capitals else name)
        cue = page.add(":")
        page.add(" ")
        page.state(source, cue, page.add(f"{opened}{quote}{closed}"))
