"""The word lists of data/codebooks/names.yaml, ready to look words up in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from presslens.codebooks import Codebook, CodebookError, load_codebook
from presslens.paths import MODELS

Phrase = tuple[str, ...]

_PLURALS_BY_RULE = re.compile(r"(?:ese|ish|ch|ss)$")  # Chinese, British, French, Swiss


@dataclass(frozen=True)
class NameLists:
    """Sets of words (lower-case, where case does not matter) and of phrases as word tuples.

    `phrases` leads from a first word to the longest-first phrases that begin with it, each with
    its label; `women` and `men` are given names that tell; `demonyms` hold singular forms,
    `peoples` what stands for people: "Israelis".
    """

    titles: frozenset[Phrase]
    title_modifiers: frozenset[str]
    organisation_words: frozenset[str]
    place_words: frozenset[str]
    place_openers: frozenset[str]
    phrases: dict[str, list[tuple[Phrase, str]]]
    demonyms: frozenset[str]
    peoples: frozenset[str]
    not_names: frozenset[str]
    openers: frozenset[str]
    given_names: frozenset[str]
    women: frozenset[str]
    men: frozenset[str]
    particles: frozenset[str]
    descriptors: frozenset[str]
    aliases: dict[str, str]
    common: frozenset[str]

    def phrase_at(self, words: Sequence[str], start: int) -> tuple[int, str] | None:
        """Length and label of the longest listed name that begins at a word."""
        for phrase, label in self.phrases.get(words[start], ()):
            if tuple(words[start : start + len(phrase)]) == phrase:
                return len(phrase), label
        return None

    def title_at(self, words: Sequence[str], start: int) -> int:
        """How many words of a title begin here: 2 for "Foreign Minister", 0 for none."""
        end = start
        while end < len(words) and words[end].lower() in self.title_modifiers:
            end += 1
        best = 0
        for begin in range(start, end + 1):
            for length in (3, 2, 1):
                phrase = tuple(word.lower() for word in words[begin : begin + length])
                if len(phrase) == length and phrase in self.titles:
                    best = max(best, begin + length - start)
        return best


@cache
def name_lists() -> NameLists:
    """The lists as shipped or edited, read once.

    Raises:
        CodebookError: if a list is missing or of the wrong kind.
    """
    book = load_codebook("names")

    def words(key: str) -> list[str]:
        return [entry.strip() for entry in book.section(key, str).split(",") if entry.strip()]

    def lower(key: str) -> frozenset[str]:
        return frozenset(word.lower() for word in words(key))

    nations = {str(name): str(forms) for name, forms in book.section("nations").items()}
    peoples = [form.strip() for forms in nations.values() for form in forms.split(",")]
    peoples = [form for form in peoples + words("groups") if form not in nations]
    return NameLists(
        titles=frozenset(tuple(title.split()) for title in lower("titles")),
        title_modifiers=lower("title_modifiers"),
        organisation_words=lower("organisation_words"),
        place_words=lower("place_words"),
        place_openers=lower("place_openers"),
        phrases=_by_first_word(
            [(name, "place") for name in [*nations, *words("places")]]
            + [(name, "organisation") for name in words("organisations")]
        ),
        demonyms=frozenset(peoples),
        peoples=frozenset(f"{form}s" for form in peoples if not _PLURALS_BY_RULE.search(form)),
        not_names=frozenset(words("not_names")),
        openers=lower("openers") - lower("place_openers"),
        given_names=frozenset(words("given_names")),
        women=frozenset(words("women")),
        men=frozenset(words("given_names")).difference(words("women"), words("women_or_men")),
        particles=lower("particles"),
        descriptors=lower("descriptors"),
        aliases=_aliases(book),
        common=frozenset((MODELS / "common_words.txt").read_text(encoding="utf-8").split()),
    )


def _by_first_word(names: Iterable[tuple[str, str]]) -> dict[str, list[tuple[Phrase, str]]]:
    index: dict[str, list[tuple[Phrase, str]]] = {}
    for name, label in names:
        phrase = tuple(name.split())
        index.setdefault(phrase[0], []).append((phrase, label))
    for entries in index.values():
        entries.sort(key=lambda entry: -len(entry[0]))
    return index


def _aliases(book: Codebook) -> dict[str, str]:
    section = book.section("aliases")
    if not all(isinstance(names, list) for names in section.values()):
        raise CodebookError(f"{book.path}: 'aliases' must lead from a name to a list of names")
    return {str(other): str(name) for name, others in section.items() for other in others}
