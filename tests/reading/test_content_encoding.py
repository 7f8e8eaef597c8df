"""Content encoding: bodies as servers pack them, one encoding over another, bombs too."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Callable

import brotli
import pytest
from backports import zstd

from presslens.problems import ReadingError
from presslens.reading import content_encoding
from presslens.reading.content_encoding import unpacked_body

PAGE = (
    b"<!DOCTYPE html><html><body>" + b"<p>The ferry ran all night.</p>" * 5000 + b"</body></html>"
)
FORMS = {"gzip": gzip.compress, "deflate": zlib.compress, "br": brotli.compress,
         "zstd": zstd.compress}  # fmt: skip


@pytest.mark.parametrize(("name", "pack"), FORMS.items())
def test_a_body_is_unpacked(name: str, pack: Callable[[bytes], bytes]) -> None:
    assert unpacked_body(pack(PAGE), name.upper()) == PAGE
    assert unpacked_body(gzip.compress(pack(PAGE)), f"{name}, gzip") == PAGE


@pytest.mark.parametrize("name", [*FORMS, "identity", ""])
def test_a_page_that_the_crawler_unpacked_is_taken_as_it_is(name: str) -> None:
    assert unpacked_body(PAGE, name) == PAGE


@pytest.mark.parametrize(("name", "pack"), FORMS.items())
def test_damage_is_an_error_that_says_so(name: str, pack: Callable[[bytes], bytes]) -> None:
    packed = pack(bytes(range(256)) * 500)
    with pytest.raises(ReadingError, match=r"too early|damaged"):
        unpacked_body(packed[: len(packed) // 2], name)


@pytest.mark.parametrize(("name", "pack"), FORMS.items())
def test_a_bomb_is_stopped(
    name: str, pack: Callable[[bytes], bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(content_encoding, "MAX_ARTICLE_BYTES", 2**20)
    with pytest.raises(ReadingError, match="too much for one article"):
        unpacked_body(pack(bytes(2**22)), name)


def test_a_packing_that_is_not_known_is_named() -> None:
    with pytest.raises(ReadingError, match="packed as 'sdch'"):
        unpacked_body(b"\1\2", "sdch")
