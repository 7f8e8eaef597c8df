"""Person names: whether words have the form of a person's name, and how names in capitals are
written."""

from __future__ import annotations

import re

_PARTICLES = frozenset({
    "de", "da", "do", "dos", "das", "du", "des", "del", "della", "di", "la", "le", "les", "van",
    "von", "der", "den", "ter", "ten", "bin", "ibn", "bint", "al", "el", "y", "e", "zu", "af",
    "av", "abu", "binti", "binte", "a/l", "a/p", "ould", "ul", "ur", "os", "dela", "'t", "’t",
})  # fmt: skip
_NO_NAME = frozenset({
    "the", "a", "an", "this", "that", "in", "on", "at", "for", "of", "to", "with", "news",
    "staff", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
    "january", "february", "march", "april", "june", "july", "august", "september", "october",
    "november", "december", "is", "are", "was", "were", "says", "said", "how", "why", "what",
    "when", "where", "who", "after", "before", "new", "more", "not", "about", "our", "my", "your",
    "its", "it", "all", "into", "over", "under", "first", "last", "top", "best", "key", "full",
    "other", "some",
})  # fmt: skip
_WORD = re.compile(
    r"[^\W\d_][\w.'’`-]*|[a-z]['’][A-Z]\w+|[Aa]l-\w+|[Ee]l-\w+|['’‘`][^\W\d_][\w’'-]+"
)
_QUOTED = re.compile(r"[\"“‘'(][^\W\d_][\w .-]{1,20}[\"”’')]")
_MOST_WORDS = 5
_INITIAL = re.compile(r"\b([A-ZÀ-Þ])(?= |$)")
_SURNAME_FIRST = re.compile(
    r"(?P<last>[^\W\d_][\w'’ -]{0,40}), ?(?P<first>[^\W\d_][\w'’. -]{0,40}?)"
    r"(?P<suffix>,? (?:[JS]r\.?|II|III|IV))?"
)
# Before a name, and behind it: "Dr Ana Lima, PhD".
_HONORIFICS = re.compile(
    r"(?:(?:dr|prof|professor|mr|mrs|ms|miss|rev|fr|sr|eng|engr|arch|barr|barrister|adv|hon|alhaji"
    r"|hajia|pastor|sir|dame)\.?\s+){1,3}(?=\S+\s+\S)",
    re.IGNORECASE,
)
_DEGREES = re.compile(
    r"\s*,?\s+(?:ph\.?\s?d|m\.?d|m\.?a|b\.?a|llb|llm|mba|msc|bsc|obe|mbe|cbe|esq|rn|mp)\.?$",
    re.IGNORECASE,
)
_VOWEL = re.compile(r"[AEIOUYÀ-ÖØ-Ý]")
_ROMAN = frozenset({"II", "III", "IV"})
# Surnames of two letters without a vowel, which are no initials.
_SHORT_SURNAMES = frozenset({"NG"})
_CASED_PART = re.compile(r"[^\W\d_]+")
_SHOUTED = re.compile(r"Ma?c[A-ZÀ-Þ]{2,}")
_SCOTTISH = re.compile(r"(M[Cc])([^\W\d_]{2,})")


def has_name_form(text: str) -> bool:
    """Whether a text has the form of a person's name: two to five capitalised words, with
    particles such as "van der" or "bin" between them."""
    words = _QUOTED.sub(" ", text).split()
    if not 2 <= len(words) <= _MOST_WORDS or any(map(_is_no_part, words)):
        return False
    named = [word for word in words if _WORD.fullmatch(word) and _capitalised(word)]
    return len(named) >= 2 and all(word in named or word.lower() in _PARTICLES for word in words)


def _is_no_part(word: str) -> bool:
    """Whether a word stands in no name; "A." is an initial."""
    return word.lower().strip(".,") in _NO_NAME and word != "A."


def _capitalised(word: str) -> bool:
    letters = word.lstrip("'’‘`")
    return letters[:1].isupper() or bool(re.match(r"[a-z]['’][A-Z]|[ae]l-\w", letters))


def given_name_first(name: str) -> str:
    """ "Lima, Ana M", as libraries write it, as "Ana M. Lima"; other texts stay as they are."""
    match = _SURNAME_FIRST.fullmatch(name)
    if match is None:
        return name
    first = _INITIAL.sub(r"\1.", match["first"].strip())
    turned = f"{first} {match['last']}{match['suffix'] or ''}"
    return turned if has_name_form(turned) else name


def plain_name(name: str) -> str:
    """A name without honorifics and degrees, and without capitals throughout.

    "DR JANE O'ROE-MCDONALD" → "Jane O'Roe-McDonald"; "Jean DUPONT" → "Jean Dupont".
    """
    name = _DEGREES.sub("", _HONORIFICS.sub("", name.strip()))
    words = name.split()
    shout = len(words) > 1 and all(word.isupper() or _SHOUTED.fullmatch(word) for word in words)
    return " ".join(_cased(word, n, shout=shout) for n, word in enumerate(words))


def _cased(word: str, place: int, *, shout: bool) -> str:
    """A word of a name with a capital where names have one; initials stay as they are."""
    if match := _SCOTTISH.fullmatch(word.strip(".,")):
        return f"Mc{match[2].capitalize()}" if match[2].isupper() else word
    letters = "".join(_CASED_PART.findall(word))
    if not letters.isupper() or (not shout and len(letters) < 4) or letters in _ROMAN:
        return word
    if place and word.lower() in _PARTICLES and len(word) < 4 and word not in {"AL", "EL"}:
        return word.lower()
    if "." in word.rstrip(".") or len(letters) == 1 or _initials(letters):
        return word
    if word.startswith(("MC", "Mc")) and len(word) > 3 and "-" not in word:
        return f"Mc{word[2:].capitalize()}"
    return _CASED_PART.sub(lambda part: _part(part[0]), word)


def _part(part: str) -> str:
    if part.startswith("MC") and len(part) > 3:
        return f"Mc{part[2:].capitalize()}"
    return part.capitalize()


def _initials(letters: str) -> bool:
    return len(letters) <= 3 and not _VOWEL.search(letters) and letters not in _SHORT_SURNAMES
