"""What a name names: a person, an organisation or a place, by the encoder, words and neighbours."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from presslens.names.lists import NameLists
from presslens.names.runs import Segment
from presslens.names.tagged import OTHER, Tagged
from presslens.spans import SpanIndex

Votes = dict[str, float]

_SPEECH = frozenset(
    "said says told added asked argued wrote explained noted who tweeted stressed insisted warned "
    "believes believed thinks recalled replied knows admitted joked".split()
)
_IN = frozenset("in near across throughout outside inside around into towards via".split())
_MAYBE_PLACE = frozenset("from to at between visit visited visiting leave left".split())
_POSSESSIVE = frozenset({"'s", "’s"})
_KIN = frozenset(
    "mother father wife husband son daughter brother sister parents family girlfriend boyfriend "
    "partner lawyer lawyers aides fans children widow friends career supporters".split()
)
_FINITE = frozenset("was is has had who also will".split())
_DIRECTIONS = frozenset(
    "northern southern eastern western central northeastern northwestern southeastern southwestern "
    "north-eastern north-western south-eastern south-western downtown nearby rural".split()
)
_AREAS = frozenset(
    "city town village district province region state county island islands river lake mountain "
    "valley area municipality township suburb peninsula coast desert border sea prefecture capital "
    "port neighborhood neighbourhood settlement governorate department division sub-district "
    "upazila kibbutz camp crossing residents".split()
)
_LINKS = frozenset({"of", "for", "on", "and", "&"})
_ACRONYM = re.compile(r"(?:[A-Z][A-Za-z]?){2,}[A-Z]?s?$|(?:[A-Z]\.){2,}$")
_AGE = re.compile(r"\d{1,2}$")

# Votes for a label; order of size is what counts. Tried on benchmarks/names.py.
_SURE, _LIKELY, _LEANING, _SLIGHT = 10.0, 4.0, 2.0, 1.0
# What the encoder says of just these words, or of some of them; times its own probability.
_TAGGED, _PARTLY_TAGGED = 6.0, 3.0


def label_names(
    segments: Sequence[Segment], lists: NameLists, tagged: Sequence[Tagged] = ()
) -> dict[tuple[str, ...], str]:
    """A label for every name of an article; all its mentions vote together.

    Args:
        segments: the names.
        lists: names that are known, and words that tell.
        tagged: what the encoder tagged in the article.
    """
    votes: dict[tuple[str, ...], Votes] = defaultdict(lambda: defaultdict(float))
    places = SpanIndex([one.segment.span for one in tagged])
    for segment in segments:
        near = [tagged[number] for number in places.numbers(segment.span)]
        for label, weight in [*_votes(segment, lists), *_by_encoder(segment, near)]:
            votes[segment.name][label] += weight
    labels = {name: max(sorted(found), key=found.__getitem__) for name, found in votes.items()}
    people = [name for name, label in labels.items() if label == "person" and len(name) > 1]
    surnames = {name[-1] for name in people} | {name[0] for name in people}
    for name in labels:
        if len(name) == 1 and name[0] in surnames and max(votes[name].values()) < _SURE:
            labels[name] = "person"
    return labels


def _votes(segment: Segment, lists: NameLists) -> list[tuple[str, float]]:
    name = segment.name
    known = lists.phrase_at(name, 0)
    votes = [("organisation", 0.5)]
    if segment.title is not None:
        votes.append(("person", _SURE))
    if known and known[0] == len(name):
        votes.append((known[1], _SURE))
    elif name[-1] in lists.peoples or (len(name) == 1 and name[0] in lists.demonyms):
        return [("group", _SURE)]
    votes += _by_words(name, lists)
    return votes + _by_neighbours(segment)


def _by_encoder(segment: Segment, near: Sequence[Tagged]) -> list[tuple[str, float]]:
    same = [one for one in near if one.segment.span == segment.span]
    weight = _TAGGED if same else _PARTLY_TAGGED
    return [(one.kind, weight * one.share) for one in same or near if one.kind != OTHER]


def _by_words(name: tuple[str, ...], lists: NameLists) -> list[tuple[str, float]]:
    return _by_longer_name(name, lists) if len(name) > 1 else _by_single_word(name[0], lists)


def _by_longer_name(name: tuple[str, ...], lists: NameLists) -> list[tuple[str, float]]:
    first, last = name[0].lower(), name[-1].lower()
    linked = bool(_LINKS & set(name))
    if last in lists.organisation_words or (linked and first in lists.organisation_words):
        return [("organisation", _SURE)]
    if last in lists.place_words:
        return [("place", _LIKELY + _LEANING)]
    if name[0] in lists.given_names:
        return [("person", _LIKELY + _LEANING)]
    if any(word.lower() in lists.organisation_words for word in name):
        return [("organisation", _LIKELY)]
    if first in lists.place_openers:
        return [("place", _LIKELY)]
    thing = linked or len(name) > 4 or any(_tells_thing(word, lists) for word in name)
    return [("organisation" if thing else "person", _LEANING)]


def _by_single_word(word: str, lists: NameLists) -> list[tuple[str, float]]:
    if _ACRONYM.match(word):
        return [("organisation", _LIKELY)]
    if word.lower() in lists.organisation_words:
        return [("organisation", _LEANING)]
    return [("person", _SLIGHT)] if word in lists.given_names else []


def _tells_thing(word: str, lists: NameLists) -> bool:
    """A common word or a listed place in a longer name: rather a firm than a person."""
    return word.lower() in lists.common or bool(lists.phrase_at((word,), 0))


def _by_neighbours(segment: Segment) -> list[tuple[str, float]]:
    words, start, end = segment.words, segment.start, segment.end
    before = words[start - 1].lower() if start else ""
    after = words[end].lower() if end < len(words) else ""
    second = words[end + 1] if end + 1 < len(words) else ""
    area_before = words[start - 2].lower() if start > 1 else ""
    votes: list[tuple[str, float]] = []
    area = after in _AREAS or (before == "of" and area_before in _AREAS)
    if before in _IN or before in _DIRECTIONS or area:
        votes.append(("place", _LIKELY))
    elif before in _MAYBE_PLACE:
        votes.append(("place", _SLIGHT))
    elif before == "the":
        votes.append(("organisation", _LEANING))
    kin = after in _POSSESSIVE and second.lower() in _KIN
    if kin or (after == "," and (_AGE.match(second) or (before == "," and area_before in _KIN))):
        votes.append(("person", _LIKELY))
    if after in _SPEECH or before in _SPEECH:
        votes.append(("person", _LEANING))
    elif after in _FINITE:
        votes.append(("person", _SLIGHT))
    return votes
