"""Speaker: who a source stands for, what the article calls them, and what that tells."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from presslens.attribution.people import Office
from presslens.attribution.states import state_of
from presslens.attribution.types import Told, is_membership, load_types, told_by
from presslens.attribution.voices import OFFICIAL_TYPES

# People of whom a number is all that is told: "40 percent", "a 21-year-old".
_SOMEONE = re.compile(r"^(?:\w+\s)?[\d.]+\s?(?:%|percent|per cent)|\d-year-old\b")

_INTRODUCED = re.compile(r"[\s,]*an?\s", re.IGNORECASE)

_ORDINARY = frozenset({"citizen", "business"})

# Words that tell nothing of a source: numbers, and what makes it look well informed.
_BARE = frozenset(
    "a an the one two three several some many few most other others another any each both all of "
    "them those these this that same who senior reliable informed well-placed unnamed anonymous "
    "inside knowledgeable independent good close".split()
)

# Descriptions of a speaker that the tables hold.
MOST_CALLED = 8


@dataclass(slots=True)
class Speaker:
    """One speaker of an article and all that it calls them.

    Attributes:
        name: the fullest name or description, as it stands in the article.
        person: whether it is a person's name.
        named: whether it is a name at all.
        descriptions: everything that the article calls them, as far as rules see it.
        hints: words that tell their type though the article does not call them so: a place that
            speaks is its government.
        office: the type that a known person had on the day of the article.
        placed: whether a description names a body or a place that they are of.
        sits: whether the article reports a parliament's debate, so that members of parties are
            its members.
        serves: whom they speak for, if they are somebody's staff.
    """

    name: str
    person: bool
    named: bool
    plural: bool
    descriptions: list[str] = field(default_factory=list)
    hints: list[str] = field(default_factory=list)
    office: Office | None = None
    placed: bool = False
    sits: bool = False
    serves: Speaker | None = None

    @property
    def type(self) -> str:
        """What the first description that settles it tells; of "critics" nothing is told."""
        if self._is_anonymous:
            return "unknown"
        if self.sits and any(map(is_membership, self.descriptions)):
            return "legislature"
        told = [one for one in self.told if one.type != "unknown"]
        settled = next((one.type for one in told if one.settled), None)
        if self.serves and self.serves.type != "unknown" and not (self.person and settled):
            return self.serves.type
        if self.office and self.office.certain and not self._is_stranger:
            return self.office.type
        if told:
            return settled or told[0].type
        if self.office and not self._is_stranger:
            return self.office.type
        someone = self.person or _SOMEONE.search(self.name)
        return "citizen" if someone and not self.told else "unknown"

    @property
    def _is_stranger(self) -> bool:
        """Whether a known person's namesake is introduced: "Mike Johnson, a plumber"."""
        introduced = map(told_by, filter(_INTRODUCED.match, self.descriptions))
        return any(one and one.settled and one.type in _ORDINARY for one in introduced) and not any(
            one.type in OFFICIAL_TYPES or one.type == "party" for one in self.told
        )

    @property
    def is_official(self) -> bool:
        """Whether their type is one of officials."""
        return self.type in OFFICIAL_TYPES

    @property
    def has_known_office(self) -> bool:
        """Whether the type is that of an office which a known person held on the day."""
        return self.office is not None and self.office.certain and self.office.type == self.type

    @property
    def is_told(self) -> bool:
        """Whether lists tell the type, or that nothing can be told: of "critics"."""
        if self._is_anonymous:
            return True
        kind = self.type
        return kind not in {"unknown", "citizen"} or bool(kind == "citizen" and self.told)

    @property
    def told(self) -> list[Told]:
        """What the descriptions tell, "unknown" where it is a role in whatever body.

        A person is no document, whatever is told of their papers.
        """
        told = filter(None, map(told_by, (*self.descriptions, *self.hints)))
        return [one for one in told if not (self.person and one.type == "document")]

    @property
    def _is_anonymous(self) -> bool:
        return not self.named and self.name.lower() in load_types().anonymous

    @property
    def naming(self) -> str:
        """Named, affiliated or anonymous (codebook: naming)."""
        if self.named:
            return "named"
        return "anonymous" if self._tells_nothing else "affiliated"

    @property
    def _tells_nothing(self) -> bool:
        """Whether no word of a description tells who they are: "several sources", "critics"."""
        if self._is_anonymous:
            return True
        if self.type != "unknown" or self.told or self.placed:
            return False
        words = re.findall(r"[\w’'-]+", self.name.lower())
        return all(word in load_types().anonymous or word in _BARE for word in words)

    @property
    def is_collective(self) -> bool:
        """Whether a source is plural or a crowd, so that no single name is withheld."""
        return not self.person and self.plural

    @property
    def called(self) -> tuple[str, ...]:
        """What the article calls them beside their name, shortest first, without repetitions."""
        plain = (" ".join(text.split()).strip(" ,;:") for text in self.descriptions)
        name = " ".join(self.name.split()).casefold()
        longer = {text for text in plain if text and text.casefold() not in name}
        return tuple(sorted(longer, key=lambda text: (len(text), text))[:MOST_CALLED])

    @property
    def country(self) -> str | None:
        """The state that they are or speak for, as far as their names and roles tell."""
        return state_of((self.name, *self.descriptions)) or (
            self.serves.country if self.serves else None
        )

    def describe(self, descriptions: Sequence[str]) -> None:
        """Add what the article calls them to what it did before."""
        known = set(self.descriptions)
        self.descriptions += [text for text in descriptions if text.strip() and text not in known]


AUTHOR = Speaker("", person=False, named=False, plural=False, descriptions=[])


@lru_cache(maxsize=4096)
def is_plural(name: str) -> bool:
    """Whether the noun that a description is about is plural, or a crowd's."""
    words = re.findall(r"[\w’'-]+", name.lower())
    if not words:
        return False
    if words[0] in {"a", "an", "one", "another", "each", "every"}:
        return False
    head = re.split(r"\b(?:of|in|for|from|at|with|on|to|by|who|familiar|close)\b", name.lower())[0]
    words = re.findall(r"[\w’'-]+", head) or words
    last = words[-1]
    plural = last.endswith("s") and not last.endswith(("ss", "us", "is", "news"))
    return plural or bool(set(words) & load_types().collective)
