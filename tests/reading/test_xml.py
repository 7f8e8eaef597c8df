"""XML: hostile documents are refused, slightly broken ones read, broken items left out."""

from __future__ import annotations

import contextlib
import time
from pathlib import Path

import pytest

from presslens.problems import ReadingError
from presslens.reading.xml import lines_in, local, parse, root_name, text_in
from presslens.reading.xml_items import parse_items

BOMB = (
    b'<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "aaaaaaaaaa">'
    b'<!ENTITY b "&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;">]><lolz>&c;</lolz>'
)


def test_an_entity_bomb_is_refused() -> None:
    with pytest.raises(ReadingError, match="entities of its own"):
        parse(BOMB)


def test_a_bomb_behind_a_comment_with_a_tag_is_refused() -> None:
    with pytest.raises(ReadingError, match="entities of its own"):
        parse(BOMB.replace(b"<!DOCTYPE", b"<!-- <lolz> --><!DOCTYPE"))


def test_a_long_entity_said_often_is_refused() -> None:
    raw = b'<!DOCTYPE a [<!ENTITY x "' + b"y" * 50_000 + b'">]><a>' + b"&x;" * 50_000 + b"</a>"
    with pytest.raises(ReadingError, match="entities of its own"):
        parse(raw)


@pytest.mark.parametrize("kind", ["SYSTEM", 'PUBLIC "x"'])
@pytest.mark.parametrize("percent", ["", "% "])
def test_an_entity_that_names_a_file_is_refused(tmp_path: Path, kind: str, percent: str) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("the secret")
    raw = f'<!DOCTYPE a [<!ENTITY {percent}x {kind} "{secret.as_uri()}">]><a>&x;</a>'
    with pytest.raises(ReadingError, match="entities of its own"):
        parse(raw.encode())


def test_a_file_is_not_included(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("the secret")
    raw = (
        '<a xmlns:xi="http://www.w3.org/2001/XInclude">'
        f'<xi:include href="{secret.as_uri()}" parse="text"/>text</a>'
    )
    assert text_in(parse(raw.encode())) == "text"


def test_a_doctype_is_passed_over_without_being_loaded(tmp_path: Path) -> None:
    dtd = tmp_path / "x.dtd"
    dtd.write_text('<!ENTITY paper "Harbour Post">')
    raw = f'<!DOCTYPE nitf SYSTEM "{dtd.as_uri()}"><nitf>A &paper; B</nitf>'
    assert text_in(parse(raw.encode())) == "A &paper; B"


def test_entities_for_single_characters_are_read() -> None:
    raw = (
        b'<!DOCTYPE a [<!ENTITY auml "&#228;">]><a>&auml;&nbsp;&eacute;&mdash;&#8220;&amp;&lt;</a>'
    )
    assert parse(raw).text == "ä\u00a0é—“&<"


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        (b"<a>R&D at AT&T</a>", "R&D at AT&T"),
        (b"<a>3 < 4 and 5 <6</a>", "3 < 4 and 5 <6"),
        (b"<a>one\x0btwo&#0;&#11;</a>", "onetwo"),
        (b"<a>one<br>two<br>three</a>", "onetwothree"),
        (b"<a><p:b>one</p:b></a>", "one"),
        (b"<a><![CDATA[R&D <b> &nbsp;]]></a>", "R&D <b> &nbsp;"),
        (b"\xef\xbb\xbf  \n<a>text</a>\n\n", "text"),
    ],
)
def test_what_is_slightly_broken_is_read_without_losing_text(raw: bytes, text: str) -> None:
    assert text_in(parse(raw)) == text


@pytest.mark.parametrize(
    ("encoding", "declared"),
    [
        ("iso-8859-1", "ISO-8859-1"),
        ("cp1252", "iso-8859-1"),
        ("cp1252", "UTF-8"),
        ("utf-8", "UTF-16"),
        ("utf-16", "UTF-16"),
        ("utf-16-le", "UTF-16"),
        ("utf-8", "zlib"),
    ],
)
def test_encodings_are_as_declared_or_as_they_are(encoding: str, declared: str) -> None:
    text = f'<?xml version="1.0" encoding="{declared}"?>\n<a>Señora Ibáñez in Årdal</a>'
    assert text_in(parse(text.encode(encoding))) == "Señora Ibáñez in Årdal"


@pytest.mark.parametrize(
    "raw",
    [b"", b"no xml", b"<", b"<a", b"<a>", b"<a><b>text</b>", b"<a><b>text</a>", b"<a x=1>text</a>",
     b"<a>one</a><a>two</a>", b"<a>" * 5000 + b"</a>" * 5000, bytes(range(256))],
)  # fmt: skip
def test_what_is_broken_is_refused_with_a_reason(raw: bytes) -> None:
    with pytest.raises(ReadingError):
        parse(raw)


def test_a_fault_is_named_with_the_line_of_the_file() -> None:
    raw = b'<?xml version="1.0"?>\n<!DOCTYPE a\n SYSTEM "x">\n<a>\n<b>text</a>\n'
    with pytest.raises(ReadingError, match="line 5"):
        parse(raw)


def items(*texts: str) -> bytes:
    inside = "".join(f"<x:item>{text}</x:item>" for text in texts)
    return f'<x:list xmlns:x="urn:x"><head>h<br/></head><set>{inside}</set></x:list>'.encode()


def test_a_broken_item_does_not_cost_the_others() -> None:
    root, broken = parse_items(items("one", "<p>two", "three"), ["item"])
    assert [text_in(node) for node in root.iter() if local(node.tag) == "item"] == ["one", "three"]
    assert list(broken) == [2]
    assert "broken" in broken[2]


def test_a_file_that_is_cut_off_loses_its_last_item_alone() -> None:
    raw = items("one", "two", "three")
    root, broken = parse_items(raw[: raw.index(b"three") + 2], ["item"])
    assert [text_in(node) for node in root.iter() if local(node.tag) == "item"] == ["one", "two"]
    assert list(broken) == [3]


def test_cut_off_anywhere_it_is_read_or_refused() -> None:
    raw = items("one &amp; <b>two</b>", "three")
    for end in range(len(raw)):
        try:
            root, broken = parse_items(raw[:end], ["item"])
        except ReadingError:
            continue
        whole = [text_in(node) for node in root.iter() if local(node.tag) == "item"]
        assert whole == ["one & two", "three"][: len(whole)]
        assert broken


@pytest.mark.parametrize(
    ("head", "name"),
    [
        (b"<?xml version='1.0'?>\n<!-- <rss> --><!DOCTYPE nitf [<!ENTITY a '<b>'>]><nitf>", "nitf"),
        (b"\xef\xbb\xbf<n:newsItem xmlns:n='urn:n'>", "newsItem"),
        ("<?xml version='1.0'?><rss/>".encode("utf-16"), "rss"),
        (b"<!DOCTYPE html><html>", "html"),
        (b"text with <rss> in it", None),
        (b"", None),
        (b"<!-- never closed", None),
        (b"<!DOCTYPE a [", None),
    ],
)
def test_the_root_is_told_by_the_first_bytes(head: bytes, name: str | None) -> None:
    assert root_name(head) == name


@pytest.mark.parametrize(
    "raw",
    [b"<a>" + b"<![CDATA[" * 200_000, b"<a>" + b"&" * 2_000_000 + b"</a>",
     b"<a>" + b"<br" * 500_000, b"<!DOCTYPE a [" + b"]" * 500_000, b"<!--" * 500_000,
     b"<item>" * 300_000],
    ids=["cdata", "ampersands", "tags", "brackets", "comments", "items"],
)  # fmt: skip
def test_hostile_repetition_takes_no_time(raw: bytes) -> None:
    started = time.monotonic()
    root_name(raw[:65536])
    with contextlib.suppress(ReadingError):
        parse_items(raw, ["item"])
    assert time.monotonic() - started < 8


def test_lines_are_kept_apart_and_words_within_a_line_are_not() -> None:
    root = parse(b"<a><b>Ferry</b>\n<c><d>By <e>Mira</e> Holt</d></c><f/><g> one\ntwo </g></a>")
    assert lines_in(root) == ["Ferry", "By Mira Holt", "one two"]


def test_a_page_is_known_by_its_document_type() -> None:
    assert root_name(b"<!DOCTYPE html>\n<title>Ferry</title>") == "html"
    assert root_name(b"<!DOCTYPE nitf>\n<nitf>") == "nitf"
