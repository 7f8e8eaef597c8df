from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from presslens.problems import ReadingError
from presslens.reading.decoding import decode

TEXT = "“Nous irons à Bréval,” she said – and they did… It’s café time in Łódź."


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_unicode_is_read_with_and_without_its_mark(encoding: str) -> None:
    assert decode(TEXT.encode(encoding)) == TEXT


def test_windows_1252_is_known_by_its_quotes() -> None:
    text = (
        "The farmers’ union of Bréval rejected the offer on Friday. “We’ll be back on the roads.”"
    )
    assert decode(text.encode("cp1252")) == text


def test_latin_1_accents_are_read() -> None:
    text = "The café in Bréval was full, and the señora said so to all who came in. " * 3
    assert decode(text.encode("latin-1")) == text


def test_another_script_is_guessed() -> None:
    text = "Министр заявил во вторник, что переговоры продолжатся на следующей неделе. " * 5
    assert decode(text.encode("cp1251")) == text


def test_a_file_cut_off_in_a_character_is_still_utf_8() -> None:
    raw = ("“It’s cold,” she said. " * 3).encode()
    assert decode(raw[:-2] + "é".encode()[:1]).startswith("“It’s cold,” she said.")


@pytest.mark.parametrize(
    "raw", [b"a\0b", b"\x01\x02\x03\x04 abc \x05\x06", b"%PDF-1.4", b"{\\rtf1 x}"]
)
def test_what_is_not_text_is_refused(raw: bytes) -> None:
    with pytest.raises(ReadingError, match="not text"):
        decode(raw)


@given(st.binary(max_size=200))
def test_any_bytes_are_decoded_or_refused(raw: bytes) -> None:
    try:
        assert isinstance(decode(raw), str)
    except ReadingError as error:
        assert "not text" in str(error)
