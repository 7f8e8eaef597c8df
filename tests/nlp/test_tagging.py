"""Tagging: spans become one tag a token and come back; what may follow what."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from presslens.nlp.tagging import ATTRIBUTION, NAMES, Scheme

Found = tuple[int, int, str]
SCHEMES = [ATTRIBUTION, NAMES]


@st.composite
def spans_of(draw: st.DrawFn, scheme: Scheme) -> tuple[list[Found], int]:
    """Spans that don't overlap, in order, and the length of what they stand in."""
    spans, place = [], 0
    steps = draw(st.lists(st.tuples(st.integers(0, 3), st.integers(1, 5)), max_size=8))
    for gap, size in steps:
        start = place + gap
        place = start + size
        spans.append((start, place, draw(st.sampled_from(scheme.kinds))))
    return spans, place + draw(st.integers(0, 3))


def test_tags_stand_in_the_order_that_the_weights_were_trained_in() -> None:
    assert " ".join(ATTRIBUTION.tags) == (
        "O B-source I-source E-source S-source B-cue I-cue E-cue S-cue "
        "B-content I-content E-content S-content"
    )
    assert NAMES.tags[::4] == ("O", "S-person", "S-organisation", "S-place", "S-group", "S-other")


@pytest.mark.parametrize("scheme", SCHEMES)
@given(data=st.data())
def test_spans_come_back_from_their_tags(scheme: Scheme, data: st.DataObject) -> None:
    spans, length = data.draw(spans_of(scheme))
    tags = scheme.encode(spans, length)
    assert len(tags) == length
    assert scheme.decode(tags) == spans
    assert scheme.decode(tags.tolist()) == spans


@pytest.mark.parametrize("scheme", SCHEMES)
@given(data=st.data())
def test_tags_of_spans_are_a_sequence_that_the_scheme_allows(
    scheme: Scheme, data: st.DataObject
) -> None:
    spans, length = data.draw(spans_of(scheme))
    tags = scheme.encode(spans, length).tolist()
    assert all(scheme.allowed[a, b] for a, b in pairwise(tags))
    assert not tags or (scheme.starts[tags[0]] and scheme.ends[tags[-1]])


def may_follow(first: str, second: str) -> bool:
    if first[0] in "BI":
        return second[0] in "IE" and second[2:] == first[2:]
    return second[0] in "OBS"


@pytest.mark.parametrize("scheme", SCHEMES)
def test_a_span_that_was_begun_goes_on_and_ends_as_its_kind(scheme: Scheme) -> None:
    expected = [[may_follow(a, b) for b in scheme.tags] for a in scheme.tags]
    assert scheme.allowed.tolist() == expected
    assert [t for t, may in zip(scheme.tags, scheme.starts, strict=True) if may] == [
        tag for tag in scheme.tags if tag[0] in "OBS"
    ]
    assert [t for t, may in zip(scheme.tags, scheme.ends, strict=True) if may] == [
        tag for tag in scheme.tags if tag[0] in "OES"
    ]


def test_of_overlapping_spans_the_first_given_stays() -> None:
    tags = ATTRIBUTION.encode([(2, 6, "content"), (0, 3, "source"), (5, 7, "cue")], 8)
    assert ATTRIBUTION.decode(tags) == [(2, 6, "content")]


def test_spans_may_touch_and_fill_everything() -> None:
    spans = [(0, 1, "source"), (1, 3, "cue"), (3, 4, "cue"), (4, 9, "content")]
    assert ATTRIBUTION.decode(ATTRIBUTION.encode(spans, 9)) == spans


def test_no_spans_are_all_outside() -> None:
    assert not ATTRIBUTION.encode([], 5).any()
    assert ATTRIBUTION.decode(np.zeros(5, dtype=np.int64)) == []
    assert ATTRIBUTION.decode(ATTRIBUTION.encode([], 0)) == []
