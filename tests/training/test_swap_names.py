"""training/encoder/swap_names.py: names of the whole world take the places of those in a text."""

from __future__ import annotations

import importlib.util
import re
import sys
from collections.abc import Iterator
from random import Random
from types import ModuleType
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from presslens.paths import ROOT

ENCODER = ROOT / "training" / "encoder"
Entity = tuple[int, int, str]


def load_script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("swap_names", ENCODER / "swap_names.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # dataclasses look their module up
    spec.loader.exec_module(module)
    return module


swap_names = load_script()
LISTS: dict[str, Any] = yaml.safe_load((ENCODER / "world_names.yaml").read_text(encoding="utf-8"))
NAMES = swap_names.load_world_names(ENCODER / "world_names.yaml")
SEEDS = range(40)
LABELS = {"p": "person", "o": "organisation", "l": "place", "g": "group", "x": "other"}

STORY = (
    "[p:QUENNELL] WINS IN [l:ORLAND]\n\n[p:Mira Quennell], a [g:Federalist] from the [l:Tollen "
    "Valley], told the [o:Orland Senate] that [g:Federalists] in [l:Orland] backed [p:Mira]. "
    "“[p:Quennell]'s plan is an [g:Orlandish] one,” the [o:F.B.O.] said 😀 to [o:Acme Corp.] "
    "about [x:Careplan]."
)


def seeded(seed: int) -> Random:
    return Random(seed)  # noqa: S311 no secret hangs on it


def marked(story: str) -> tuple[str, list[Entity]]:
    """A text and its entities from one with [p:Mira Quennell] for a person, and so on."""
    text, entities, done = "", [], 0
    for match in re.finditer(r"\[(\w):(.*?)\]", story):
        text += story[done : match.start()]
        entities.append((len(text), len(text) + len(match[2]), LABELS[match[1]]))
        text += match[2]
        done = match.end()
    return text + story[done:], entities


def swapped(story: str, seed: int, share: float = 1.0) -> list[str]:
    """The names that stand in the text after the swap."""
    text, entities = swap_names.swap(*marked(story), NAMES, seeded(seed), share=share)
    return [text[start:end] for start, end, _ in entities]


def others(text: str, entities: list[Entity]) -> list[str]:
    """The stretches between the entities."""
    ends = [0, *(end for _, end, _ in entities)]
    starts = [*(start for start, _, _ in entities), len(text)]
    return [text[end:start] for end, start in zip(ends, starts, strict=True)]


@pytest.mark.parametrize("seed", SEEDS)
def test_nothing_but_the_names_changes(seed: int) -> None:
    text, entities = marked(STORY)
    new, moved = swap_names.swap(text, entities, NAMES, seeded(seed), share=1.0)
    assert others(new, moved) == others(text, entities)
    assert [label for *_, label in moved] == [label for *_, label in entities]
    for (start, end, label), (was, until, _) in zip(moved, entities, strict=True):
        assert (new[start:end] == text[was:until]) == (label == "other")


@given(st.lists(st.tuples(st.text(), st.text(min_size=1), st.sampled_from([*LABELS.values()]))))
def test_spans_hold_for_any_text(pieces: list[tuple[str, str, str]]) -> None:
    text, entities = "", []
    for before, name, label in pieces:
        text += before
        entities.append((len(text), len(text) + len(name), label))
        text += name
    new, moved = swap_names.swap(text, entities, NAMES, seeded(len(text)))
    assert others(new, moved) == others(text, entities)
    assert all(start < end for start, end, _ in moved)


def test_a_place_becomes_a_place_of_the_list() -> None:
    places = {place for region in LISTS["places"].values() for place in region}
    assert all(swapped("He lives in [l:Orland] now.", seed)[0] in places for seed in SEEDS)


def test_a_place_after_the_becomes_one_that_takes_the() -> None:
    for seed in SEEDS:
        assert swapped("He left the [l:Tollen Valley].", seed)[0] in LISTS["places_with_the"]
        inside = swapped("He left [l:the Tollen Valley].", seed)[0]
        assert inside.startswith("the ")
        assert inside.removeprefix("the ") in LISTS["places_with_the"]


def test_the_same_name_gets_the_same_new_name() -> None:
    story = "[p:Mira Quennell] met [o:Acme Corp.] in [l:Orland]. "
    for seed in SEEDS:
        first = swapped(story * 2, seed)
        assert first[:3] == first[3:]


def test_different_names_stay_different() -> None:
    story = "The [g:Orlandish], the [g:Federalists], [l:Orland], [l:Quay], [p:Mira Oss], [p:Bo Oss]"
    assert all(len(set(swapped(story, seed))) == 6 for seed in SEEDS)


def test_short_forms_are_parts_of_the_new_full_name() -> None:
    story = "[p:Quennell] won. [p:Mira Jane Quennell] won, [p:Mira] did, and [p:Quennell]'s dog."
    for seed in SEEDS:
        early, full, given_name, late = swapped(story, seed)
        assert given_name in full
        assert early.casefold() == late.casefold()
        assert late.casefold() in full.casefold()


def test_the_family_name_goes_with_the_family_name() -> None:
    family = {name for people in NAMES.people.values() for name in people.surnames}
    found = [swapped("He met [p:Mira Quennell]. So [p:Quennell] left.", seed)[1] for seed in SEEDS]
    known = [name in family or name.split("-")[-1] in family or " " in name for name in found]
    assert sum(known) > 0.8 * len(known)  # the rest bear no surname, as Mahathir bin Mohamad


def test_two_people_of_one_name_are_told_apart_by_who_was_named_last() -> None:
    story = "[p:Mira Quennell] spoke. [p:Quennell] left. [p:Bo Quennell] spoke. [p:Quennell] left."
    for seed in SEEDS:
        mira, she, bo, he = swapped(story, seed)
        assert she.casefold() in mira.casefold()  # Al-Harbi where a sentence begins
        assert he.casefold() in bo.casefold()


def test_a_middle_name_does_not_make_another_person() -> None:
    for seed in SEEDS:
        story = (
            "A [p:Mira Jane Quennell], b [p:Mira Quennell Jr.], c [p:Jane Quennell], [p:Quennell]"
        )
        one, other, longer, short = swapped(story, seed)
        assert one == other
        assert longer == short
        assert short in one


def test_names_in_capitals_stay_in_capitals() -> None:
    for seed in SEEDS:
        headline, place, full, *_ = swapped(STORY, seed)
        assert headline.isupper()
        assert place.isupper()
        assert headline in full.upper()
        assert not full.isupper()


def test_an_initialism_becomes_an_initialism() -> None:
    for seed in SEEDS:
        plain, dotted, place = swapped("The [o:FBO] told the [o:F.B.O.] in the [l:UQ].", seed)
        assert plain.isupper()
        assert re.fullmatch(r"(\S\.)+", dotted)
        assert place in LISTS["place_initialisms"]


def test_groups_keep_their_number() -> None:
    form = dict(LISTS["groups"])
    for seed in SEEDS:
        one, many = swapped("A man, [g:Orlandian] by birth, met [g:Orlandians].", seed)
        assert form[one] == many


def test_a_and_an_before_a_group_stay_right() -> None:
    for seed in SEEDS:
        one, other = swapped("He is a [g:Tollener], she is an [g:Orlandian].", seed)
        assert one[0] not in "AEIOU"
        assert other[0] in "AEIO"


def test_a_possessive_inside_the_name_is_kept() -> None:
    assert all(swapped("So [p:Quennell’s] dog left.", seed)[0].endswith("’s") for seed in SEEDS)


def test_the_same_random_gives_the_same_text() -> None:
    assert swapped(STORY, 7, share=0.5) == swapped(STORY, 7, share=0.5)
    assert swapped(STORY, 7) != swapped(STORY, 8)


def test_share_is_the_share_of_names_that_are_swapped() -> None:
    story = " ".join(f"[l:Quay{number}]" for number in range(20))
    kept = sum(name.startswith("Quay") for seed in SEEDS for name in swapped(story, seed, 0.7))
    assert 0.25 < kept / (20 * len(SEEDS)) < 0.35
    assert swapped(story, 0, share=0.0) == [f"Quay{number}" for number in range(20)]


def test_entities_come_back_in_the_order_given() -> None:
    text, entities = marked("[l:Orland] and [p:Mira Quennell]")
    _, moved = swap_names.swap(text, entities[::-1], NAMES, seeded(0))
    assert [label for *_, label in moved] == ["person", "place"]
    assert moved[0][0] > moved[1][0]


@pytest.mark.parametrize(
    "entities", [[(0, 4, "place"), (2, 6, "place")], [(0, 99, "place")], [(0, 4, "river")]]
)
def test_faulty_entities_are_refused(entities: list[Entity]) -> None:
    with pytest.raises(ValueError, match=r"expected one of|overlaps"):
        swap_names.swap("Orland is small.", entities, NAMES, seeded(0))


def lists_of(value: Any, path: str = "") -> Iterator[tuple[str, list[Any]]]:
    if isinstance(value, list):
        yield path, value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from lists_of(inner, f"{path}/{key}")


@pytest.mark.parametrize(("path", "items"), list(lists_of(LISTS)))
def test_no_list_holds_a_name_twice(path: str, items: list[Any]) -> None:
    folded = [str(item).casefold() for item in items]
    assert len(set(folded)) == len(folded), path


@pytest.mark.parametrize("kind", ["places", "organisations", "organisation_templates"])
def test_the_parts_of_a_list_share_no_name(kind: str) -> None:
    items = [item for part in LISTS[kind].values() for item in part]
    assert len(set(items)) == len(items)


def test_every_name_is_text() -> None:
    for path, items in lists_of(LISTS):
        for item in items:
            words = item if path == "/groups" else [item]
            assert all(isinstance(word, str) and word == word.strip() != "" for word in words), path


def test_the_lists_are_long_enough() -> None:
    assert len(LISTS["people"]) >= 13
    assert list(LISTS["places"]) == list(LISTS["people"])
    for people in LISTS["people"].values():
        assert len(people["given_names"]) >= 60
        assert len(people["surnames"]) >= 60
    assert sum(map(len, LISTS["places"].values())) + len(LISTS["places_with_the"]) >= 600
    assert len(LISTS["groups"]) >= 200
    assert sum(map(len, LISTS["organisation_templates"].values())) >= 150
    assert sum(map(len, LISTS["organisations"].values())) >= 250


def test_every_slot_has_names_and_no_organisation_begins_with_the() -> None:
    known = {*LISTS["slots"], "place", "surname", "group"}
    for templates in LISTS["organisation_templates"].values():
        assert {slot for one in templates for slot in re.findall(r"\{(\w+)\}", one)} <= known
        assert not any(one.casefold().startswith("the ") for one in templates)
    for people in LISTS["people"].values():
        slots = {slot for one in people["patterns"] for slot in re.findall(r"\{(\w+)\}", one)}
        assert slots <= {"given", "surname", "initial", "initials"}
