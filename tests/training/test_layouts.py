"""training/encoder/layouts.py: quotes as a list with names, or as a transcript."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from types import ModuleType

import pytest

from presslens.paths import ROOT

ENCODER = ROOT / "training" / "encoder"
TITLE = "Ferry to run"
LEAD = f"{TITLE}\n\nThe ferry sails. Ann Ode said “It is late.”\n\nNobody knows why.\n\nThe end."
QUOTES = [f"We waited for the boat for {n} hours." for n in range(20)]


@pytest.fixture(scope="module")
def layouts(script: Callable[..., ModuleType]) -> ModuleType:
    return script("layouts")


@pytest.fixture(scope="module")
def world(script: Callable[..., ModuleType]) -> object:
    return script("swap_names").load_world_names(ENCODER / "world_names.yaml")


def statement(source: str, cue: str, content: str) -> dict[str, list[tuple[int, int]]]:
    found = {}
    for role, words in (("source", source), ("cue", cue), ("content", content)):
        found[role] = [(LEAD.index(words), LEAD.index(words) + len(words))]
    return found


SAID = statement("Ann Ode", "said", "“It is late.”")


@pytest.mark.parametrize("seed", range(12))
def test_every_quote_has_the_name_beside_it(layouts: ModuleType, world: object, seed: int) -> None:
    chance = Random(seed)  # noqa: S311
    page = layouts.lay_out(layouts.Page(LEAD, [SAID]), QUOTES, world, chance)
    assert page.text.startswith(LEAD)
    first, *rest = page.statements
    assert first == SAID
    assert layouts.QUOTES[0] <= len(rest) <= layouts.QUOTES[1]
    lines = page.text[len(LEAD) :]
    for one in rest:
        source, cue, content = (page.text[slice(*one[r][0])] for r in ("source", "cue", "content"))
        assert content.strip('“”‘’"') in QUOTES
        if cue == ":":
            assert f"{source}: {content}" in lines
        else:
            assert cue in layouts.DASHES
            together = page.text[one["content"][0][0] : one["source"][0][1]]
            assert "".join(together.split()) == "".join(f"{content}{cue}{source}".split())


def test_no_statement_leaves_the_lead(layouts: ModuleType) -> None:
    across = {**SAID, "content": [(LEAD.index("“It"), LEAD.index("knows"))]}
    for seed in range(12):
        chance = Random(seed)  # noqa: S311
        page = layouts.lead_of(LEAD, TITLE, [SAID], chance)
        assert LEAD.startswith(page.text)
        assert page.statements == ([SAID] if "late" in page.text else [])
        cut = layouts.lead_of(LEAD, TITLE, [across], chance)
        assert cut.statements == ([across] if "knows" in cut.text else [])
        assert ("late" in cut.text) == ("knows" in cut.text)


def test_only_whole_sentences_in_quotation_marks_are_taken(layouts: ModuleType) -> None:
    text = "“We waited for it all day long.” “and waited for it all day,” that it is late"
    spans = [(0, 32), (33, 61), (62, len(text))]
    found = layouts.whole_quotes(text, [{"source": [], "cue": [], "content": spans}])
    assert list(found) == ["We waited for it all day long."]
