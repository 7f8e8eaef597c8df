"""Pieces: wordpieces as BERT cuts them, each aligned to its token, with shape, place and quotes."""

from __future__ import annotations

import unicodedata
from functools import cache

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from presslens.article import Article, compose
from presslens.doc import Doc
from presslens.nlp import pieces as module
from presslens.nlp.pieces import (
    DIGIT,
    IN_TITLE,
    INITIAL,
    INSIDE,
    LOWER,
    MIXED,
    PARAGRAPH_START,
    PLACES,
    PUNCTUATION,
    SENTENCE_START,
    SHAPES,
    TITLE_CASE,
    UNKNOWN,
    UPPER,
    VOCABULARY,
    shape_of,
    split_pieces,
)
from presslens.tokens import tokenize

ODD_WORDS = (
    "The mayor Ann O'Dell's don't U.S. 1,200 $3.50 re-elected “We’ll \"go\" go.” «Non» (Reuters) "
    "[SEP] [MASK] ##ing naïve Ångström İzmir ﬁne Straße 北京市 한국 дом שלום سلام "
    "so\u00adft zero\u200bwidth e\u0301\u0323te \ufeffBOM 👩‍👩‍👧 🇬🇧 a\x00b \ufffd … — ' "
    "https://a.example/b?c=d unbelievably antidisestablishmentarianism"
)
LONG_OR_UNSEEN = ["x" * 99, "x" * 101, "a" * 250, "\u0301", "\u200b", "\u200d\u200d"]
CHUNKS = st.sampled_from([*ODD_WORDS.split(), *LONG_OR_UNSEEN])
GAPS = st.sampled_from([" ", "  ", "\n\n", "\n", "\t", "\u00a0", "\u2003", ""])
TEXTS = (
    st.lists(st.tuples(CHUNKS, GAPS), min_size=1, max_size=12)
    .map(lambda pairs: "".join(chunk + gap for chunk, gap in pairs))
    .filter(str.strip)
)


def doc_of(text: str) -> Doc:
    return tokenize(Article(id="a", text=text))


@cache
def vocabulary() -> dict[str, int]:
    return {word: n for n, word in enumerate(VOCABULARY.read_text("utf-8").split("\n"))}


def read(text: str) -> list[tuple[str, int]]:
    """The text's letters as BERT sees them, each with the place that it came from."""
    found = []
    for place, character in enumerate(text):
        if character in "\t\n\r" or unicodedata.category(character) == "Zs":
            found.append((" ", place))
        elif character == "\ufffd" or unicodedata.category(character)[0] == "C":
            continue
        else:
            plain = unicodedata.normalize("NFD", character)
            kept = (c for c in plain if unicodedata.category(c) != "Mn")
            found += [(low, place) for c in kept for low in c.lower()]
    return found


def stands_alone(character: str) -> bool:
    category = unicodedata.category(character)
    return category[0] == "P" or character in "$+<=>^`|~" or "\u4e00" <= character <= "\u9fff"


def slow_pieces(text: str) -> list[tuple[int, int]]:
    """Number and place of each wordpiece: greedy, the longest first (Devlin et al. 2019)."""
    words: list[list[tuple[str, int]]] = [[]]
    for letter, place in read(text):
        if letter == " ":
            words.append([])
        elif stands_alone(letter):
            words += [[(letter, place)], []]
        else:
            words[-1].append((letter, place))
    return [piece for word in words if word for piece in slow_word(word)]


def slow_word(word: list[tuple[str, int]]) -> list[tuple[int, int]]:
    whole = "".join(letter for letter, _ in word)
    start, found = 0, []
    while start < len(whole):
        ends = range(len(whole), start, -1)
        known = (end for end in ends if ("##" * (start > 0) + whole[start:end]) in vocabulary())
        end = next(known, 0)
        if not end or len(whole) > 100:
            return [(UNKNOWN, word[0][1])]
        found.append((vocabulary()["##" * (start > 0) + whole[start:end]], word[start][1]))
        start = end
    return found


def with_stops(doc: Doc, pieces: list[tuple[int, int]]) -> list[tuple[int, float]]:
    """The pieces, with a full stop half a character before each end that has none."""
    ends = [paragraph.end for paragraph in doc.paragraphs if doc.text[paragraph.end - 1].isalnum()]
    stops = [(vocabulary()["."], end - 0.5) for end in ends if pieces]
    return sorted([*pieces, *stops], key=lambda piece: piece[1])


def test_a_paragraph_that_ends_in_a_word_is_read_with_a_full_stop() -> None:
    doc = doc_of("Rain comes\n\nIt rains. Roe said so:\n\nYes")
    words = list(vocabulary())
    read = [words[number] for number in split_pieces(doc).ids]
    assert read == "rain comes . it rains . roe said so : yes .".split()


@given(TEXTS)
@example("한국 said")
@example("İzmir")
def test_pieces_are_those_of_a_plain_wordpiece_reader(text: str) -> None:
    doc = doc_of(text)
    expected = [number for number, _ in with_stops(doc, slow_pieces(text))] or [UNKNOWN]
    assert split_pieces(doc).ids.tolist() == expected


@given(TEXTS)
@example("한국 said")
@example("\u0301a b")
def test_a_token_is_aligned_to_the_piece_in_which_it_begins(text: str) -> None:
    doc = doc_of(text)
    own = [place for _, place in slow_pieces(text)] or [0]
    places = [place for _, place in with_stops(doc, slow_pieces(text))] or [0]
    expected = []
    for token in doc.tokens:
        before = [place for place in own if place <= token.start] or own[:1]
        expected.append(places.index(before[-1]))
    assert split_pieces(doc).firsts.tolist() == expected


@given(TEXTS | st.text(st.characters(exclude_categories=["Cs"]), min_size=1).filter(str.strip))
def test_every_piece_and_every_token_has_its_numbers(text: str) -> None:
    doc = doc_of(text)
    pieces = split_pieces(doc)
    assert len(pieces) == len(pieces.ids) == len(pieces.features) > 0
    assert {pieces.ids.dtype, pieces.features.dtype, pieces.firsts.dtype} == {np.dtype(np.int64)}
    assert len(pieces.firsts) == len(doc.tokens)
    assert (np.diff(pieces.firsts) >= 0).all()
    assert 0 <= pieces.firsts.min() <= pieces.firsts.max() < len(pieces)
    assert 0 <= pieces.features.min() <= pieces.features.max() < module.FEATURES


def test_tokens_that_the_vocabulary_cuts_elsewhere_share_a_piece() -> None:
    doc = doc_of("They don't know.")
    assert [token.of(doc.text) for token in doc.tokens] == ["They", "do", "n't", "know", "."]
    # they, don, ', t, know, .
    assert split_pieces(doc).firsts.tolist() == [0, 1, 1, 4, 5]


def test_markers_of_the_model_in_a_text_are_text() -> None:
    ids = split_pieces(doc_of("He typed [SEP] and [MASK], [CLS], [PAD], [UNK] and [unused1].")).ids
    markers = {vocabulary()[f"[{name}]"] for name in ("SEP", "MASK", "CLS", "PAD", "UNK")}
    assert not markers & set(ids.tolist())


@pytest.mark.parametrize("text", ["\u200b", "\u200b\u200d \u2060", "\ufeff\u00ad", "\u0301"])
def test_a_text_that_the_vocabulary_cannot_see_is_one_unknown_piece(text: str) -> None:
    doc = doc_of(text)
    pieces = split_pieces(doc)
    assert pieces.ids.tolist() == [UNKNOWN]
    assert pieces.firsts.tolist() == [0] * len(doc.tokens)


def test_a_document_without_tokens_has_no_pieces() -> None:
    pieces = split_pieces(Doc(Article(id="a", text="Unread."), (), ()))
    assert (len(pieces), len(pieces.features), len(pieces.firsts)) == (0, 0, 0)


@pytest.mark.parametrize(
    ("word", "shape"),
    [
        ("said", LOWER),
        ("Ann", TITLE_CASE),
        ("Élan", TITLE_CASE),
        ("O'neill", TITLE_CASE),
        ("NATO", UPPER),
        ("U.S.", UPPER),
        ("A", INITIAL),
        ("J.", INITIAL),
        ("McKay", MIXED),
        ("iPhone", MIXED),
        ("O'Neill", MIXED),
        ("2025", DIGIT),
        ("G7", DIGIT),
        ("٣", DIGIT),
        (",", PUNCTUATION),
        ("👩‍👧", PUNCTUATION),
        ("北京", LOWER),
        ("’s", LOWER),
    ],
)
def test_the_shape_of_a_word_is_what_lower_case_loses(word: str, shape: int) -> None:
    assert shape_of(word) == shape


def told(doc: Doc) -> list[tuple[str, int, int, bool]]:
    """Each token with the shape, the place and the quotation of its first piece."""
    pieces = split_pieces(doc)
    found = []
    for token, feature in zip(doc.tokens, pieces.features[pieces.firsts].tolist(), strict=True):
        rest, shape = divmod(feature, SHAPES)
        quoted, place = divmod(rest, PLACES)
        found.append((token.of(doc.text), shape, place, bool(quoted)))
    return found


def quoted_words(text: str) -> str:
    return " ".join(word for word, _, _, quoted in told(doc_of(text)) if quoted)


def test_a_title_paragraphs_and_sentences_are_marked() -> None:
    text, body_start = compose("Dam Bursts. Twice", ["It rained. It poured.", "Then it stopped."])
    doc = tokenize(Article(id="a", text=text, title="Dam Bursts. Twice", body_start=body_start))
    assert [(word, place) for word, _, place, _ in told(doc)] == [
        ("Dam", IN_TITLE),
        ("Bursts", IN_TITLE),
        (".", IN_TITLE),
        ("Twice", IN_TITLE),
        ("It", PARAGRAPH_START),
        ("rained", INSIDE),
        (".", INSIDE),
        ("It", SENTENCE_START),
        ("poured", INSIDE),
        (".", INSIDE),
        ("Then", PARAGRAPH_START),
        ("it", INSIDE),
        ("stopped", INSIDE),
        (".", INSIDE),
    ]


def test_without_a_known_title_the_first_line_is_a_paragraph() -> None:
    places = [place for _, _, place, _ in told(doc_of("Dam Bursts\n\nIt rained."))]
    assert places == [PARAGRAPH_START, INSIDE, PARAGRAPH_START, INSIDE, INSIDE]


def test_all_pieces_of_a_token_carry_its_features() -> None:
    doc = doc_of("It rained on Xyzqwvania again.")
    pieces = split_pieces(doc)
    start, end = pieces.firsts[3], pieces.firsts[4]
    assert end - start > 1
    assert set(pieces.features[start:end].tolist()) == {TITLE_CASE + SHAPES * INSIDE}


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("He said “it rains” again.", "“ it rains ”"),
        ('He said "it rains" again.', '" it rains "'),
        ("He said «it rains» again.", "« it rains »"),
        ("He said „it rains” again.", "„ it rains ”"),
        ("He said ``it rains'' again.", "`` it rains ''"),
        ("“It rains. It pours,” he said.", "“ It rains . It pours , ”"),
        ('"It rains," he said, "and pours." He left.', '" It rains , " " and pours . "'),
        ("‘It doesn’t rain,’ he said.", "‘ It does n’t rain , ’"),
        ("'It rains,' he said, 'and pours.'", "' It rains , ' ' and pours . '"),
        ("It's the mayors' dogs' fault.", ""),
    ],
)
def test_words_in_quotation_marks_are_marked_with_their_marks(text: str, quoted: str) -> None:
    assert quoted_words(text) == quoted


@pytest.mark.parametrize("mark", ["“", '"'])
def test_a_quotation_that_is_not_closed_ends_with_its_paragraph(mark: str) -> None:
    assert quoted_words(f"{mark}It rains.\n\nHe left.\n\n{mark}It pours.") == (
        f"{mark} It rains . {mark} It pours ."
    )
