"""Captions: lines under pictures, told by the photographer and the paper behind or below them."""

from __future__ import annotations

import re
from collections.abc import Iterable

from presslens.reading.lines import classify, ends_sentence
from presslens.reading.outlets import outlet_named
from presslens.reading.parts import Part

_NAME = r"[A-ZÀ-Þ][\w.&'’-]*(?: (?:[A-ZÀ-Þ][\w.&'’-]*|of|the|de|da|van|von|al|bin)){0,5}"
# "… of String. (NL/Wayan Sudirga)", "… wells. [Ana Lima/The Dispatch]"
_BRACKET_CREDIT = re.compile(
    rf".{{3,400}}\s?[(\[](?:(?:photo|picture|image|pic|credit|©)\s?[:/]?\s?)?{_NAME}"
    rf"(?:\s?/\s?|\s\|\s|\s?—\s?|,\s|:\s){_NAME}[)\]]\.?",
    re.IGNORECASE,
)
# "The traffic light at Paso Colihue. | CEDOC", "… last May. © Ana Lima"
_BAR_CREDIT = re.compile(rf".{{8,400}}[.!?”\"’)]\s?(?:\||©|\bPHOTO:|\bPIC:|Credit:)\s?{_NAME}")
# "… from the floe edge. (Submitted by Ana Lima)"
_GIVEN = re.compile(rf"(?<=\s)\((?:[\w ]{{3,25}} )?(?:by|courtesy of|via) {_NAME}\)$")
_WRITTEN = re.compile(
    r"\((?:additional |with |extra )?(?:report|edit|writ|compil|translat|produc|text|story|with)",
    re.IGNORECASE,
)
_CREDIT_ALONE = re.compile(
    rf"(?:{_NAME}\s?/\s?{_NAME}(?:/{_NAME})?|(?:{_NAME},? )?(?:via )?(?:Getty(?: Images)?|AFP"
    rf"|Shutterstock|iStock|Unsplash|Wikimedia(?: Commons)?)|©\s?{_NAME}(?:\s?/\s?{_NAME})?"
    rf"|(?:(?:photo|picture|image|pic|photograph)s?(?: credits?)?\s?[:/]|courtesy(?: of)?:?)\s?"
    rf"{_NAME}(?:\s?/\s?{_NAME})?)"
)
_BOTH_NAMED = re.compile(r"\w\w\s?[/:]\s?\w\w")
_QUOTE = re.compile(r"[“”\"]")
# "Ana Lima (left) and Jo Roe", "From left: …", with no full stop behind
_PLACES = re.compile(
    r"\b(?:from left|(?:left|right|centre|center) to right|pictured)\b|\((?:left"
    r"|right|centre|center|above|below|l|r|c)\)",
    re.IGNORECASE,
)
_MOST_WORDS = 60
_MOST_CREDIT_WORDS = 8
_CAPTION_WORDS = 30
# "Image source, Getty Images", "Image caption," over the caption
_LABELS = frozenset({"image", "media", "video", "photo"})
_LABEL = re.compile(
    r"(?:image|media|video|photo) (?P<kind>source|caption|description|alt(?: text)?)\s*[,:]?\s*"
    r"(?P<text>.*)",
    re.IGNORECASE,
)
_SIGNS = "/|©:—,"


# "Driver Ana Lima checks her mirrors": a name and what its bearer does now; "Some of the pupils
# reading under the bonnet"; where the picture was taken.
_ACTS = re.compile(
    r"(?:\S+ ){0,6}?[A-ZÀ-Þ][\w'’.-]*,?(?: \(\w+\))? (?:[a-z]+(?:ss|[^s\W]s)|\w+ing)\b"
)
_BEING = re.compile(
    r"(?:\S+ ){1,7}?[a-z]{2,}ing\b (?:\w+ ){0,2}?(?:in|at|on|near|under|over|outside|for)\b"
)
_SHOWN = re.compile(
    r"\b(?:pictured|(?:is|are) seen|poses?|posing|looks? on|(?:aerial|general|inside) view"
    r"|file (?:photo|picture|image)|(?<!to )stands? (?:in|at|on|near|outside|beside|next|by)"
    r"|(?<!to )sits? (?:in|at|on|near|outside|beside|next|by)|(?<!to )walks? (?:past|through"
    r"|along|by)"
    r"|(?<!to )waits? (?:in|at|on|near|outside|for|to)|works (?:in|at|on|near|outside)"
    r"|holds (?:up|a|an))\b"
)
_FINITE = re.compile(
    r"\b(?:was|were|had|has|have|been|will|would|could|can|may|might|must|should|did|does|do"
    r"|said|fell|took|began|made|put|lost|gave|went|held|came|saw|won|led|left|got|cut|hit|set|met"
    r"|rose|fled|sank|swept|hurt|spent|paid|sat|wore|ate|drove|flew|threw|taught|thought"
    r"|bought|caught|fought|sought|felt|slept|lay|swam|woke|wrote|chose|froze|rode|spread|shut|cost"
    r"|beat|dug|hid|lit|meant|sang|shook|shrank|split|stole|stuck|tore|wept|withdrew|grew|shot|spoke|found|kept|ran|stood|struck|broke|drew|sold|sent|became|brought|built"
    r"|says|told|tells|asks|adds|is|are|it|he|she|they|we|I|you|It|He|She|They|We|You|How|Why"
    r"|What)\b|[“”\"]|[^\W\d_]{2,}ed\b"
)
# One sentence that names a place or a day: "Women sort herring on the quay at Tellin Bay."
_PLACED = re.compile(
    r"\b(?:in|at|on|near|outside|during|from|of"
    r"|off)\s(?:the\s)?[A-ZÀ-Þ][\w'’-]*(?: [A-ZÀ-Þ][\w'’-]*)*"
    r"(?:,? \d{1,4})?[,.]"
)
_SURELY = re.compile(
    r"\b(?:seen (?:from|in|at|on|here)|in (?:a|this) (?:file |undated |handout )?(?:photo"
    r"|picture)|pictured)\b"
)
# "The market at Tellin Bay. — Bo Ferr", "The market closes early in winter (Bo Ferr)"
_NAME_AFTER_DASH = re.compile(
    r".{10,200}[a-z]{2}[.!?”\"] ?[—–-] ?[A-ZÀ-Þ][\w'’.-]*(?: [A-ZÀ-Þ][\w'’.-]*){1,3}$"
)
_NAME_IN_BRACKETS = re.compile(
    r"(?=(?:.* [a-z]+){3}).{10,200}[^.!?”\"] \([A-ZÀ-Þ][\w'’-]+(?: [A-ZÀ-Þ][\w'’.-]*){1,3}\)$"
)
_TWO = re.compile(r"[a-z]{3}[.!?] +[A-ZÀ-Þ]")
_PLACED_WORDS = 25
_DEPICTED = range(5, 31)


def depicts(text: str, *, sentence: bool, first: bool = False) -> bool:
    """Whether a short line says what a picture shows: who does what in it, now.

    A `sentence` must say so, since features speak of the present, too; one that stands `first`,
    over the first paragraph, may name a place instead.
    """
    if len(text.split()) not in _DEPICTED or text[-1] in "?!:;," or not text[0].isupper():
        return False
    shown = _SHOWN.search(text) is not None
    finite = _FINITE.search(text.replace("is seen", "").replace("are seen", ""))
    if _NAME_AFTER_DASH.match(text) or _NAME_IN_BRACKETS.match(text):
        return True
    if finite:
        return False
    if _SURELY.search(text):
        return True
    if sentence:
        placed = first and len(text.split()) <= _PLACED_WORDS and not _TWO.search(text)
        return (shown and bool(_ACTS.match(text) or _BEING.match(text))) or (
            placed and bool(_PLACED.search(text))
        )
    return shown or bool(_BEING.match(text))


def is_captioned(text: str) -> bool:
    """Whether a line ends in a picture's credit."""
    if len(text) < 300 and not ends_sentence(text) and _PLACES.search(text):
        return True
    if text[-1] == ")" and len(text.split()) <= _MOST_WORDS and not _QUOTE.search(text):
        given = _GIVEN.search(text)
        if given is not None:
            return not _WRITTEN.match(given[0])
    if text[-1] not in ")]." and "|" not in text and "©" not in text and ":" not in text:
        return False
    if len(text.split()) > _MOST_WORDS or not any(map(text[-90:].__contains__, _SIGNS)):
        return False
    bracket = text.rstrip(".")[-1:] in ")]" and _BRACKET_CREDIT.fullmatch(text)
    if bracket:
        inside = re.split(r"[(\[]", text)[-1]
        if _QUOTE.search(text):
            return False
        return bool(_BOTH_NAMED.search(inside)) or "|" in inside or _names_photo(inside)
    return bool(_BAR_CREDIT.fullmatch(text))


def _names_photo(inside: str) -> bool:
    return bool(re.match(r"(?:photo|picture|image|pic|credit|©)", inside, re.IGNORECASE)) or bool(
        outlet_named(inside.rstrip(")].").split(",")[-1].strip())
    )


def is_picture_credit(text: str) -> bool:
    """Whether a line is only a photographer or a picture agency: "Ana Lima/The Dispatch"."""
    if len(text) > 90 or len(text.split()) > _MOST_CREDIT_WORDS:
        return False
    if _CREDIT_ALONE.fullmatch(text):
        return True
    line = classify(text)
    return line is not None and line.kind == "photo credit"


def with_captions(parts: Iterable[Part]) -> list[Part]:
    """The parts with captions told as such; a credit under a line makes both a caption, and so does
    a label such as "Image caption," above it."""
    found: list[Part] = []
    labelled = False
    for part in parts:
        if part.text.rstrip(":").lower() in _LABELS:
            continue
        if part.text[:5].lower() in _LABELS and (match := _LABEL.fullmatch(part.text)):
            labelled = not match["text"] and match["kind"].lower() != "source"
            if match["text"] and match["kind"].lower() != "source":
                found.append(part._replace(kind="picture", text=match["text"]))
            continue
        below_credit = (
            not part.gap and found and found[-1].kind == "picture" and found[-1].gap
            and part.kind in {"line", "prose"} and len(part.text.split()) <= _CAPTION_WORDS
        )  # fmt: skip
        if below_credit and is_picture_credit(found[-1].text):
            found[-1] = found[-1]._replace(text=f"{part.text} {found[-1].text}")
            continue
        if labelled and not part.gap and part.kind in {"line", "prose"}:
            part = part._replace(kind="picture")
        labelled = False
        if part.kind in {"line", "prose", "crumbs", "paper"} and is_captioned(part.text):
            found.append(part._replace(kind="picture"))
        elif part.kind in {"line", "aside", "facts"} and is_picture_credit(part.text):
            above = found[-1] if found else None
            if (
                above
                and not part.gap
                and len(above.text.split()) <= _MOST_WORDS
                and (
                    above.kind in {"line", "prose"}
                    and not above.heading
                    and above.text[0].isupper()
                    and (above.gap or not above.is_sentence)
                )
            ):
                found[-1] = above._replace(kind="picture", text=f"{above.text} {part.text}")
            else:
                copyright_ = part.text.startswith("©") and part.gap and bool(found)
                found.append(part._replace(kind="picture") if copyright_ else part)
        else:
            found.append(part)
    return found
