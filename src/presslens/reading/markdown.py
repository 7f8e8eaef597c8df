"""Markdown: marks of headings, links, pictures and emphasis, taken out of texts that have them."""

from __future__ import annotations

import re

# What headings and captions of pictures begin with afterwards; no text has these characters.
HEADING, PICTURE = "\ue001", "\ue002"

# Fields that clippers of web pages put above a text
_FRONT_MATTER = re.compile(r"\s{0,20}---\n(?P<fields>(?:[^\n]{0,1000}\n){1,40}?)---\n")
_FIELD = re.compile(r"(?P<name>[\w -]{2,20}):\s?(?P<value>.*)")
_KEPT_FIELDS = frozenset(
    "title source url author authors published date publication site section".split()
)
_UNDERLINED = re.compile(r"^(?P<text>\S.{2,200})\n(?:={3,}|-{3,})$", re.MULTILINE)
# No article is longer, and bracket after bracket takes a millisecond each.
_LONGEST = 300_000
_SIGNS = re.compile(
    r"^={3,}$|(?<![\w*])\*\*\S[^*\n]{1,300}\*\*|\]\((?:https?:|/|mailto:)|^#{1,6} \S|^!\[",
    re.MULTILINE,
)
_PICTURE = re.compile(r"!\[(?P<alt>[^\]\n]{0,500})\]\([^)\s]{0,500}(?:\s\"[^\"\n]{0,300}\")?\)")
_LINK = re.compile(
    r"\[(?P<text>[^\]\n]{0,400})\]\((?P<url>[^)\s]{0,1000})(?:\s\"[^\"\n]{0,300}\")?\)"
)
_OWN = re.compile(r"permalink|original|source|short ?link|view (?:original|online)", re.IGNORECASE)
_HEADING = re.compile(r"^#{1,6}[ \t]+(?P<text>[^\n]*?)[ \t]*#*$", re.MULTILINE)
_STRONG = re.compile(r"(?<!\w)(\*\*|__)(?=\S)(?P<text>[^\n]{1,1000}?)(?<=\S)\1(?!\w)")
_EMPHASIS = re.compile(r"(?<![\w*])([*_])(?=[^\s*_])(?P<text>[^\n*]{1,1000}?)(?<=\S)\1(?![\w*])")
_RULE = re.compile(r"^ {0,3}(?:[-*_] ?){3,}$", re.MULTILINE)
_QUOTE = re.compile(r"^> ?", re.MULTILINE)
_ADDRESS = re.compile(r"<(https?://[^\s<>]{1,1000})>")


def without_markdown(text: str) -> str:
    """A text without Markdown's marks, but for those of headings and pictures, which become
    `HEADING` and `PICTURE`; texts without links or headings stay as they are."""
    text = _without_front_matter(text)
    if len(text) > _LONGEST:
        return text
    if not any(map(text.__contains__, ("](", "# ", "\n==", "**"))):
        return text
    if not _SIGNS.search(text):
        return text
    text = _PICTURE.sub(lambda match: f"{PICTURE}{match['alt']}", text)
    text = _LINK.sub(_linked, text)
    text = _HEADING.sub(lambda match: f"{HEADING}{match['text']}", text)
    text = _UNDERLINED.sub(lambda match: f"{HEADING}{match['text']}", text)
    text = _ADDRESS.sub(r"\1", _RULE.sub("", _QUOTE.sub("", text)))
    for pattern in (_STRONG, _EMPHASIS):
        text = pattern.sub(lambda match: match["text"], text)
    return text


def _linked(match: re.Match[str]) -> str:
    """The text of a link; the address, too, where it is the article's own."""
    return f"{match['text']}: {match['url']}" if _OWN.fullmatch(match["text"]) else match["text"]


def _without_front_matter(text: str) -> str:
    """A text whose front matter has become lines such as "Title: …", each apart."""
    match = _FRONT_MATTER.match(text) if text.lstrip()[:3] == "---" else None
    if match is None:
        return text
    fields: list[list[str]] = []
    for line in match["fields"].split("\n"):
        if field := _FIELD.fullmatch(line):
            fields.append([field["name"].strip(), _unquoted(field["value"])])
        elif fields and line.strip():
            value = _unquoted(line.strip().lstrip("- "))
            fields[-1][1] = f"{fields[-1][1]}, {value}".lstrip(", ")
    kept = [f"{name}: {value}" for name, value in fields if name.lower() in _KEPT_FIELDS and value]
    return "\n\n".join([*kept, text[match.end() :]])


def _unquoted(value: str) -> str:
    return value.strip(" \"'[]")


def marks_removed(text: str) -> str:
    """A line without the signs that stand for Markdown's marks."""
    return text.replace(HEADING, "").replace(PICTURE, "").strip()
