"""Pronouns: whom "he", "she" and "it" may stand for, by titles, roles and sentence subjects."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from functools import lru_cache

from presslens.attribution.types import load_types
from presslens.doc import Doc
from presslens.mentions import Mention
from presslens.names.lists import name_lists
from presslens.spans import Span

_SHE = frozenset("she her hers herself".split())
_HE = frozenset("he his him himself".split())

_WOMAN = re.compile(
    r"\b(?:mrs|ms|miss|madam|sister|queen|princess|baroness|dame|mother|wife|widow|daughter|aunt|"
    r"grandmother|granddaughter|girl|\w*wom[ae]n|actress)\b",
    re.IGNORECASE,
)
_MAN = re.compile(
    r"\b(?:mr|sir|lord|king|prince|baron|father|husband|widower|son|uncle|brother|"
    r"grandfather|grandson|boy|(?:spokes|chair|business|congress|police)?man)\b",
    re.IGNORECASE,
)

# A pronoun's antecedent is the subject of one of this many sentences before it, at most.
SUBJECT_REACH = 2


def may_be(pronoun: str, name: str, descriptions: Iterable[str]) -> bool:
    """Whether nothing in what somebody is called speaks against "he", or against "she".

    What titles and roles tell counts before what the given name does.
    """
    called = "; ".join(descriptions)
    woman, man = bool(_WOMAN.search(called)), bool(_MAN.search(called))
    if woman == man:
        given, lists = name.split(" ")[0], name_lists()
        woman, man = given in lists.women, given in lists.men
    if woman == man:
        return True
    return woman if pronoun in _SHE else man if pronoun in _HE else True


@lru_cache(maxsize=4096)
def is_human(description: str) -> bool:
    """Whether a description is of one or several people, rather than of a body or a paper."""
    signs = load_types().signs(description)
    return any(not sign.is_body and not sign.owns for sign in signs)


def last_subject(doc: Doc, mentions: Sequence[Mention], span: Span) -> Mention | None:
    """The last person who is the subject of a sentence shortly before a pronoun.

    A name is taken for the subject where only capitalised words stand before it in its sentence.
    """
    index = doc.sentence_at(span.start).index
    reach = doc.sentences[max(0, index - SUBJECT_REACH)].span.start
    last = bisect_right(mentions, span.start, key=lambda mention: mention.span.end)
    for mention in reversed(mentions[:last]):
        if mention.span.start < reach:
            break
        if mention.label == "person" and mention.span.end <= span.start:
            sentence = doc.sentence_at(mention.span.start)
            before = doc.text[sentence.span.start : mention.span.start].split()
            owns = doc.text[mention.span.end : mention.span.end + 1] in {"'", "’"}
            if all(word[0].isupper() for word in before) and not owns and not sentence.is_title:
                return mention
    return None
