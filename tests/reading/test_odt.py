"""ODT: what of a document is the article; documents are made here, their people invented."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from found import article_in, body_of, found_in

from presslens.article import Article
from presslens.problems import Problem, ReadingError
from presslens.reading import exports, package
from presslens.reading.odt import READER
from presslens.reading.registry import Found

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
TEXT = f"<text:p>{FIRST}</text:p><text:p>{SECOND}</text:p>"
ARTICLE = f'<text:h text:outline-level="1">Ferry will run all night</text:h>{TEXT}'


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


def read(raw: bytes, folder: Path, name: str = "a.odt") -> list[Found]:
    return found_in(READER, raw, folder, name)


def article(raw: bytes, folder: Path, name: str = "a.odt") -> Article:
    return article_in(READER, raw, folder, name)


def test_a_document_is_an_article_with_its_paragraphs(tmp_path: Path) -> None:
    found = article(document(content(ARTICLE)), tmp_path)
    assert (found.title, body_of(found)) == ("Ferry will run all night", [FIRST, SECOND])
    assert (found.reader, found.origin, found.published) == ("odt", "a.odt", None)


def test_a_flat_document_is_read_too(tmp_path: Path) -> None:
    flat = (
        f'<?xml version="1.0"?><office:document {NAMES} office:mimetype="{TYPE}"><office:meta>'
        "<dc:title>Boats for bakers</dc:title></office:meta>"
        f"<office:body><office:text>{TEXT}</office:text></office:body></office:document>"
    ).encode()
    assert READER.recognises(flat, "a.xml")
    found = article(flat, tmp_path)
    assert (found.title, body_of(found)) == ("Boats for bakers", [FIRST, SECOND])


def test_words_that_are_not_running_text_stay_out(tmp_path: Path) -> None:
    text = (
        "<text:tracked-changes><text:changed-region><text:deletion><text:p>It sank.</text:p>"
        "</text:deletion></text:changed-region></text:tracked-changes>"
        "<text:p>The boat<text:note><text:note-citation>1</text:note-citation><text:note-body>"
        "<text:p>A note</text:p></text:note-body></text:note> sailed"
        "<office:annotation><dc:creator>Jo</dc:creator><text:p>Sure?</text:p></office:annotation>"
        " to<text:s/><text:span>Sundby<text:span>, on</text:span></text:span>"
        "<draw:frame><draw:text-box><text:p><draw:frame><draw:image/></draw:frame>The quay</text:p>"
        "</draw:text-box></draw:frame>\n"
        "   <text:a>Friday</text:a>, its captain told us, and came back.</text:p>"
    )
    found = article(document(content(text + f"<text:p>{SECOND}</text:p>")), tmp_path)
    first = "The boat sailed to Sundby, on Friday, its captain told us, and came back."
    assert body_of(found) == [first, SECOND]


def test_text_boxes_follow_their_paragraph_or_stand_last(tmp_path: Path) -> None:
    def box(text: str) -> str:
        return f"<draw:frame><draw:text-box><text:p>{text}</text:p></draw:text-box></draw:frame>"

    fixed = "Lights will be paid out of the harbour dues, the government promised in April."
    text = f"{box(fixed)}<text:p>{FIRST}{box(SECOND)}</text:p><text:p>The vote is in June.</text:p>"
    found = article(document(content(text)), tmp_path)
    assert body_of(found) == [FIRST, SECOND, "The vote is in June.", fixed]


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


def test_the_files_own_title_is_taken_and_who_saved_it_is_no_author(tmp_path: Path) -> None:
    found = article(document(content(TEXT), meta("Boats for bakers", "Mira Holt")), tmp_path)
    assert (found.title, found.authors, found.published) == ("Boats for bakers", (), None)
    assert article(document(content(TEXT), meta("Untitled 1")), tmp_path).title is None


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
    monkeypatch.setattr(package, "MAX_PART", 2**20)
    with pytest.raises(ReadingError, match="more than 1 MB"):
        read(document(content(f"<text:p>{'a' * 2**21}</text:p>")), tmp_path)
