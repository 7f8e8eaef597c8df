from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from presslens.spans import (
    Span,
    SpanIndex,
    excerpt,
    format_spans,
    parse_spans,
    trim,
)

SPAN = st.tuples(st.integers(0, 60), st.integers(0, 60)).map(lambda pair: Span(*sorted(pair)))
SPANS = st.lists(
    st.tuples(st.integers(0, 60), st.integers(0, 60)).map(lambda pair: Span(*sorted(pair))),
    max_size=8,
)


def test_a_span_stands_for_its_words() -> None:
    assert Span(4, 9).of("The ferry left") == "ferry"


def test_spans_that_touch_do_not_overlap() -> None:
    assert not Span(0, 4).overlaps(Span(4, 9))
    assert Span(0, 5).overlaps(Span(4, 9))
    assert Span(0, 9).contains(Span(4, 9)) and not Span(4, 9).contains(Span(0, 5))


def test_blanks_and_dropped_characters_are_trimmed() -> None:
    assert trim('  "ferry", ', Span(0, 11)) == Span(2, 10)
    assert trim('  "ferry", ', Span(0, 11), drop='",') == Span(3, 8)
    assert trim("   ", Span(0, 3)) == Span(3, 3)


def test_an_excerpt_shows_its_gaps() -> None:
    assert excerpt("The ferry left", [Span(0, 3), Span(10, 14)]) == "The … left"
    assert excerpt("The ferry left", []) is None


@given(SPANS)
def test_spans_are_read_back_from_a_cell(spans: list[Span]) -> None:
    assert parse_spans(format_spans(spans)) == tuple(spans)


def test_the_form_of_a_cell() -> None:
    assert format_spans([Span(12, 40), Span(52, 60)]) == "12-40;52-60"


@pytest.mark.parametrize("cell", ["12", "a-b", "40-12", "1-2,3-4", "-1-2"])
def test_a_malformed_cell_is_refused(cell: str) -> None:
    with pytest.raises(ValueError, match="is not a span"):
        parse_spans(cell)


@given(SPANS, SPAN)
def test_an_index_finds_what_overlaps_a_stretch(spans, stretch):
    numbers = [number for number, span in enumerate(spans) if span.overlaps(stretch)]
    assert SpanIndex(spans).numbers(stretch) == numbers
    assert SpanIndex(spans).overlapping(stretch) == sorted(spans[number] for number in numbers)
