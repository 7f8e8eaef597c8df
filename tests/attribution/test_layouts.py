"""The shipped encoder on lists of quotes, and on quotation marks of other countries."""

from __future__ import annotations

import pytest

from presslens.article import Article
from presslens.attribution.find import find_attributions
from presslens.spans import Span
from presslens.tokens import tokenize

VOICES = {
    "Mira Quennell": "The boat is late every single morning, and nobody tells us why.",
    "Oduya Brandt": "I have taken the bus since they raised the fare.",
    "Tomas Leary": "My children like it, so I don’t complain.",
}
TITLE = "Passengers speak about the Drenholm ferry"


def said_by(text: str) -> dict[str, str]:
    """Who says what in a text."""
    (found,) = find_attributions([tokenize(Article(id="a", text=text))])
    return {_words(text, one.source): _words(text, one.content) for one in found}


def _words(text: str, spans: tuple[Span, ...]) -> str:
    return " ".join(span.of(text) for span in spans)


@pytest.mark.parametrize("dash", ["―", "—", "–", "-"])
def test_each_quote_of_a_list_belongs_to_the_name_after_it(dash: str) -> None:
    quotes = "\n".join(f"“{words}” {dash} {name}" for name, words in VOICES.items())
    found = said_by(f"{TITLE}\n\nThree of them spoke to the Herald.\n\n{quotes}\n")
    assert {name: f"“{words}”" for name, words in VOICES.items()}.items() <= found.items()


@pytest.mark.parametrize("marks", ["“”", '""', "‘’", "''", "«»"])
def test_quotations_are_found_in_any_marks(marks: str) -> None:
    first, last = marks
    text = (
        f"{TITLE}\n\nThe ferry is late again, passengers said.\n\n"
        f"{first}The boat is late every single morning,{last} Mira Quennell, a nurse, told the "
        f"Herald. {first}Nobody tells us why.{last}\n"
    )
    found = said_by(text)
    (quoted,) = (words for name, words in found.items() if "Quennell" in name)
    assert quoted.startswith(f"{first}The boat is late every single morning")
    assert "Nobody tells us why" in quoted
