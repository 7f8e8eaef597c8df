"""Charsets: a page is read by its mark, as UTF-8, as it is stated, or by a guess."""

from __future__ import annotations

import pytest

from presslens.problems import ReadingError
from presslens.reading.charsets import page_text


@pytest.mark.parametrize(
    ("raw", "charset", "text"),
    [
        ("é".encode(), "utf-8", "é"),
        ("é “".encode("cp1252"), "iso-8859-1", "é “"),
        (b'<meta charset="iso-8859-2">\xb1', None, '<meta charset="iso-8859-2">ą'),
        (b'<?xml encoding="koi8-r"?>\xc1', None, '<?xml encoding="koi8-r"?>а'),
        (b"\xef\xbb\xbf\xc3\xa9", "iso-8859-1", "é"),
        ("é".encode(), "unicode_escape", "é"),
        ("é".encode(), "hex", "é"),
        ("naïve café".encode(), "iso-8859-1", "naïve café"),
        ("日本".encode("iso2022_jp"), "iso-2022-jp", "日本"),
        ("中文㐀".encode("gb18030"), "gb2312", "中文㐀"),
        ("①".encode("cp932"), "Shift_JIS", "①"),
    ],
)  # fmt: skip
def test_the_charset_of_a_page(raw: bytes, charset: str | None, text: str) -> None:
    assert page_text(raw, charset) == text


def test_a_stray_nul_costs_no_page_but_many_are_a_binary_file() -> None:
    text = "<p>The ferry runs all night.</p>" * 100
    assert page_text(text.replace("ferry", "fer\0ry", 1).encode()) == text
    with pytest.raises(ReadingError, match="binary"):
        page_text(text.replace("ferry", "fer\0ry").encode())
