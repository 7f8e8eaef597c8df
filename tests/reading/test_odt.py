"""ODT: what of a document is the article; documents are made here, their people invented."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from presslens.article import Article
from presslens.problems import Problem, ReadingError
from presslens.reading import exports, office
from presslens.reading.files import Source
from presslens.reading.odt import READER

FIRST = (
    "The night ferry between Halden and Sundby will run around the clock from July, its operator"
    " said on Thursday, after nurses and bakers had asked for it for years."
)
SECOND = (
    "“We heard them,” said the director, Kim Solberg, who took a night boat herself last week, at"
    " four in the morning, when the quay is full of people in white."
)
NAMES = (
    'xmlns:office="urn:o" xmlns:text="urn:t" xmlns:style="urn:s" xmlns:draw="urn:d"'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:meta="urn:m"'
)
TYPE = "application/vnd.oasis.opendocument.text"
ARTICLE = (
    '<text:h text:outline-level="1">Ferry will run all night</text:h>'
    f"<text:p>{FIRST}</text:p><text:p>{SECOND}</text:p>"
)


@pytest.fixture(autouse=True)
def _no_databases(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exports, "DATABASES", ())


def content(body: str, styles: str = "") -> str:
    return (
        f"<office:document-content {NAMES}><office:automatic-styles>{styles}"
        f"</office:automatic-styles><office:body><office:text>{body}</office:text></office:body>"
        "</office:document-content>"
    )


def meta(title: str = "", author: str = "") -> str:
    return (
        f"<office:document-meta {NAMES}><office:meta><dc:title>{title}</dc:title>"
        f"<meta:initial-creator>{author}</meta:initial-creator><dc:creator>Jo Roe</dc:creator>"
        "<dc:date>2019-03-04T10:00:00</dc:date></office:meta></office:document-meta>"
    )


def document(text: str, properties: str = "", media: str = TYPE, manifest: str = "<m/>") -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr(zipfile.ZipInfo("mimetype"), media)
        package.writestr("content.xml", text)
        package.writestr("META-INF/manifest.xml", manifest)
        if properties:
            package.writestr("meta.xml", properties)
    return file.getvalue()


def read(raw: bytes, folder: Path, name: str = "a.odt") -> list[Article | Problem]:
    path = folder / name
    path.write_bytes(raw)
    return list(READER.read(Source(path, name, name), False))


def article(raw: bytes, folder: Path) -> Article:
    (found,) = read(raw, folder)
    assert isinstance(found, Article), found
    return found


def body_of(found: Article) -> list[str]:
    return found.text[found.body_start :].split("\n\n")


def test_a_document_is_an_article_with_its_paragraphs(tmp_path: Path) -> None:
    found = article(document(content(ARTICLE)), tmp_path)
    assert (found.title, body_of(found)) == ("Ferry will run all night", [FIRST, SECOND])
    assert (found.reader, found.origin, found.published) == ("odt", "a.odt", None)


def test_a_flat_document_is_read_too(tmp_path: Path) -> None:
    flat = (
        f'<?xml version="1.0"?><office:document {NAMES} office:mimetype="{TYPE}"><office:meta>'
        "<meta:initial-creator>Mira Holt</meta:initial-creator></office:meta>"
        f"<office:body><office:text>{ARTICLE}</office:text></office:body></office:document>"
    ).encode()
    assert READER.recognises(flat, "a.xml")
    found = article(flat, tmp_path)
    assert (found.authors, body_of(found)) == (("Mira Holt",), [FIRST, SECOND])


def test_words_that_are_not_running_text_stay_out(tmp_path: Path) -> None:
    text = (
        "<text:tracked-changes><text:changed-region><text:deletion><text:p>It sank.</text:p>"
        "</text:deletion></text:changed-region></text:tracked-changes>"
        "<text:p>The boat<text:note><text:note-citation>1</text:note-citation><text:note-body>"
        "<text:p>A note</text:p></text:note-body></text:note> sailed"
        "<office:annotation><dc:creator>Jo</dc:creator><text:p>Sure?</text:p></office:annotation>"
        " to<text:s/><text:span>Sundby<text:span>, on</text:span></text:span>"
        "<draw:frame><draw:text-box><text:p>A box</text:p></draw:text-box></draw:frame>\n"
        "   <text:a>Friday</text:a>, its captain told us, and came back.</text:p>"
    )
    found = article(document(content(text + f"<text:p>{SECOND}</text:p>")), tmp_path)
    first = "The boat sailed to Sundby, on Friday, its captain told us, and came back."
    assert body_of(found) == [first, SECOND]


def test_lists_tables_sections_and_breaks_are_read_in_order(tmp_path: Path) -> None:
    text = (
        f"<text:section><text:p>{FIRST}</text:p></text:section>"
        f"<text:list><text:list-item><text:p>{SECOND}</text:p></text:list-item></text:list>"
        "<text:p>The vote is in June.<text:line-break/>It is open.</text:p>"
    )
    found = article(document(content(text)), tmp_path)
    assert body_of(found) == [FIRST, SECOND, "The vote is in June.", "It is open."]


def test_a_style_made_from_title_marks_the_title(tmp_path: Path) -> None:
    styles = '<style:style style:name="P1" style:parent-style-name="Title"/>'
    text = f'<text:p text:style-name="P1">Boats, at last.</text:p><text:p>{FIRST}</text:p>'
    assert article(document(content(text, styles)), tmp_path).title == "Boats, at last."


def test_a_plain_property_fills_what_the_text_leaves_open(tmp_path: Path) -> None:
    text = content(f"<text:p>{FIRST}</text:p><text:p>{SECOND}</text:p>")
    found = article(document(text, meta("Boats for bakers", "Mira Holt")), tmp_path)
    assert (found.title, found.authors) == ("Boats for bakers", ("Mira Holt",))
    found = article(document(text, meta("Untitled 1", "Default User")), tmp_path)
    assert (found.title, found.authors, found.published) == (None, (), None)


def test_broken_properties_cost_nothing(tmp_path: Path) -> None:
    assert article(document(content(ARTICLE), "<broken"), tmp_path).title


def test_documents_are_recognised_by_content_first() -> None:
    raw = document(content(ARTICLE))
    assert READER.recognises(raw, "storm.txt")
    sheet = document(content(""), media="application/vnd.oasis.opendocument.spreadsheet")
    assert not READER.recognises(sheet, "table.odt")
    assert not READER.recognises(b"<html><body>", "storm.odt")
    assert not READER.recognises(b'<?xml version="1.0"?><nitf/>', "storm.xml")


def test_a_protected_document_says_so(tmp_path: Path) -> None:
    raw = document("\x01\x02", manifest="<m><manifest:encryption-data/></m>")
    with pytest.raises(ReadingError, match="password"):
        read(raw, tmp_path)


@pytest.mark.parametrize("cut", [30, 300, -30])
def test_a_truncated_document_is_an_error_that_says_so(tmp_path: Path, cut: int) -> None:
    with pytest.raises(ReadingError, match="cut off or damaged"):
        read(document(content(ARTICLE))[:cut], tmp_path)


def test_flipped_bytes_never_give_anything_but_an_article_or_a_reason(tmp_path: Path) -> None:
    good = document(content(ARTICLE), meta())
    for position in range(0, len(good), 17):
        raw = bytearray(good)
        raw[position] ^= 0xFF
        try:
            assert all(isinstance(found, Article | Problem) for found in read(bytes(raw), tmp_path))
        except ReadingError as error:
            assert ";" in str(error) or "must not" in str(error)


def test_empty_documents_are_problems(tmp_path: Path) -> None:
    (found,) = read(document(content("<text:p/>")), tmp_path)
    assert isinstance(found, Problem)
    with pytest.raises(ReadingError, match="no text document"):
        read(document("<a/>"), tmp_path)


def test_bombs_and_entities_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    entity = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    with pytest.raises(ReadingError, match="document type"):
        read(document(entity + content("<text:p>&x;</text:p>")), tmp_path)
    monkeypatch.setattr(office, "MAX_PART", 2**20)
    with pytest.raises(ReadingError, match="more than 1 MB"):
        read(document(content(f"<text:p>{'a' * 2**21}</text:p>")), tmp_path)
