"""Word: what of a document is the article; documents are made here, their people invented."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from found import article_in, body_of, found_in

from presslens import paths
from presslens.article import Article
from presslens.problems import Problem, ReadingError
from presslens.reading import document as documents
from presslens.reading import exports
from presslens.reading.files import source_of
from presslens.reading.registry import Found
from presslens.reading.word import READER

SAMPLE = paths.ROOT.parent / "shared" / "data" / "formats" / "nexis" / "sample.DOCX"
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
FIRST = (
    "The night ferry between Halden and Sundby will run around the clock from July, its operator"
    " said on Thursday, after nurses and bakers had asked for it for years."
)
SECOND = (
    "“We heard them,” said the director, Kim Solberg, who took a night boat herself last week, at"
    " four in the morning, when the quay is full of people in white."
)
THIRD = (
    "Fishermen fear for their nets, which lie across the fairway until dawn from April on, and want"
    " lights for every one of them, paid out of the harbour dues."
)


@pytest.fixture(autouse=True)
def _no_databases(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exports, "DATABASES", ())


def run(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(text: str, style: str = "") -> str:
    marks = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{marks}{text if text.startswith('<') else run(text)}</w:p>"


ARTICLE = paragraph("Ferry will run all night") + paragraph(FIRST) + paragraph(SECOND)


def document(
    body: str,
    *,
    title: str = "",
    author: str = "",
    namespace: str = W,
    styles: str = "",
    main: str = "word/document.xml",
) -> bytes:
    core = (
        '<cp:coreProperties xmlns:cp="urn:cp" xmlns:dc="http://purl.org/dc/elements/1.1/"'
        ' xmlns:dcterms="urn:t">'
        f"<dc:title>{title}</dc:title><dc:creator>{author}</dc:creator>"
        "<dcterms:created>2019-03-04T10:00:00Z</dcterms:created></cp:coreProperties>"
    )
    parts = {
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": f'<R xmlns="urn:r"><Relationship Type="x/officeDocument" Target="{main}"/>'
        "</R>",
        "docProps/core.xml": core,
        main: f'<w:document xmlns:w="{namespace}"><w:body>{body}</w:body></w:document>',
        "word/footnotes.xml": f'<w:footnotes xmlns:w="{W}">{paragraph("A note")}</w:footnotes>',
        "word/header1.xml": f'<w:hdr xmlns:w="{W}">{paragraph("A running head")}</w:hdr>',
    }
    if styles:
        parts["word/styles.xml"] = f'<w:styles xmlns:w="{W}">{styles}</w:styles>'
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        for name, text in parts.items():
            package.writestr(name, text)
    return file.getvalue()


def read(raw: bytes, folder: Path, name: str = "a.docx") -> list[Found]:
    return found_in(READER, raw, folder, name)


def article(raw: bytes, folder: Path, name: str = "a.docx") -> Article:
    return article_in(READER, raw, folder, name)


def test_a_document_is_an_article_with_its_paragraphs(tmp_path: Path) -> None:
    found = article(document(ARTICLE), tmp_path)
    assert found.title == "Ferry will run all night"
    assert body_of(found) == [FIRST, SECOND]
    assert (found.reader, found.origin) == ("word", "a.docx")


def test_byline_and_date_come_from_the_text_and_never_from_the_file(tmp_path: Path) -> None:
    head = paragraph("Ferry will run all night") + paragraph("By Mira Holt")
    dated = article(
        document(head + paragraph("2 May 2024") + paragraph(FIRST), author="Jo Roe"), tmp_path
    )
    assert dated.authors == ("Mira Holt",)
    assert str(dated.published) == "2024-05-02"
    assert article(document(ARTICLE), tmp_path).published is None


@pytest.mark.parametrize("style", ["Title", "Heading1"])
def test_the_first_heading_is_the_title_even_below_a_kicker(tmp_path: Path, style: str) -> None:
    body = paragraph("Harbour and sea") + paragraph("A long night for all of us.", style)
    found = article(document(body + paragraph(FIRST) + paragraph(SECOND)), tmp_path)
    assert found.title == "A long night for all of us."
    assert "A long night" not in found.text[found.body_start :]


def test_a_heading_is_known_by_its_style_name_in_any_language(tmp_path: Path) -> None:
    styles = (
        '<w:style w:styleId="berschrift1"><w:name w:val="heading 1"/></w:style>'
        '<w:style w:styleId="Heading1"><w:name w:val="my body"/></w:style>'
    )
    body = paragraph("Harbour and sea", "Heading1") + paragraph("Boats, at last.", "berschrift1")
    found = article(document(body + paragraph(FIRST), styles=styles), tmp_path)
    assert found.title == "Boats, at last."


def test_a_subheading_far_down_is_no_title(tmp_path: Path) -> None:
    body = ARTICLE + paragraph(FIRST + " " + SECOND) + paragraph("What it costs", "Heading1")
    assert article(document(body + paragraph(SECOND)), tmp_path).title == "Ferry will run all night"


def test_words_that_are_not_running_text_stay_out(tmp_path: Path) -> None:
    text = (
        run("The boat ")
        + '<w:del w:id="1"><w:r><w:delText>sank</w:delText></w:r></w:del>'
        + f'<w:ins w:id="2">{run("sailed")}</w:ins>'
        + f'<w:moveFrom w:id="3">{run(" yesterday")}</w:moveFrom>'
        + "<w:r><w:rPr><w:vanish/></w:rPr><w:t> secretly</w:t></w:r>"
        + '<w:r><w:instrText> HYPERLINK "x"</w:instrText></w:r>'
        + f"<w:hyperlink>{run(' to Sundby')}</w:hyperlink>"
        + "<w:r><w:drawing><a:p xmlns:a='urn:a'><a:t>A chart</a:t></a:p></w:drawing></w:r>"
        + '<w:r><w:footnoteReference w:id="1"/></w:r>'
        + run(" on Friday, its captain told us, and came back before noon.")
    )
    found = article(document(paragraph(text) + paragraph(SECOND)), tmp_path)
    first = "The boat sailed to Sundby on Friday, its captain told us, and came back before noon."
    assert body_of(found) == [first, SECOND]


def test_a_paragraph_whose_end_was_deleted_goes_on(tmp_path: Path) -> None:
    deleted = "<w:pPr><w:rPr><w:del/></w:rPr></w:pPr>"
    half = f"<w:p>{deleted}{run('The boat sailed to Sundby ')}</w:p>"
    found = article(document(half + paragraph("on Friday.") + paragraph(SECOND)), tmp_path)
    assert body_of(found)[0] == "The boat sailed to Sundby on Friday."


def test_breaks_and_tables_and_content_controls_are_read_in_order(tmp_path: Path) -> None:
    body = (
        paragraph("Ferry will run all night")
        + f"<w:sdt><w:sdtContent>{paragraph(FIRST)}</w:sdtContent></w:sdt>"
        + f"<w:tbl><w:tr><w:tc>{paragraph(SECOND)}</w:tc></w:tr></w:tbl>"
        + paragraph(run("The vote is in June.") + "<w:r><w:br/></w:r>" + run("It is open."))
    )
    found = body_of(article(document(body), tmp_path))
    assert found == [FIRST, SECOND, "The vote is in June.", "It is open."]


def test_the_strict_edition_and_another_name_of_the_main_part_are_read(tmp_path: Path) -> None:
    raw = document(
        ARTICLE,
        namespace="http://purl.oclc.org/ooxml/wordprocessingml/main",
        main="word/document2.xml",
    )
    assert body_of(article(raw, tmp_path)) == [FIRST, SECOND]


@pytest.mark.parametrize(
    "title", ["Document1", "storm.docx", "Microsoft Word - night ferry", "Night ferry draft", ""]
)
def test_a_property_that_is_no_title_is_not_taken(tmp_path: Path, title: str) -> None:
    raw = document(paragraph(FIRST) + paragraph(SECOND), title=title)
    assert article(raw, tmp_path, "night-ferry-draft.docx").title is None


def test_a_propertys_title_is_taken_where_the_text_has_none(tmp_path: Path) -> None:
    raw = document(paragraph(FIRST) + paragraph(SECOND), title="Boats for bakers")
    assert article(raw, tmp_path).title == "Boats for bakers"
    assert article(document(ARTICLE, title="Boats for bakers"), tmp_path).title == (
        "Ferry will run all night"
    )


def test_who_saved_the_file_is_no_author(tmp_path: Path) -> None:
    assert article(document(ARTICLE, author="Mira Holt"), tmp_path).authors == ()


def test_python_docx_documents_are_read(tmp_path: Path) -> None:
    docx = pytest.importorskip("docx")
    made = docx.Document()
    made.add_heading("Ferry will run all night", 0)
    for text in (FIRST, SECOND):
        made.add_paragraph(text)
    made.save(str(tmp_path / "b.docx"))
    found = article((tmp_path / "b.docx").read_bytes(), tmp_path)
    assert (found.title, body_of(found)) == ("Ferry will run all night", [FIRST, SECOND])
    assert found.authors == ()


def test_documents_are_recognised_by_content_first() -> None:
    raw = document(ARTICLE)
    assert READER.recognises(raw, "storm.txt")
    assert READER.recognises(raw, "storm.docx")
    assert not READER.recognises(b"<html><body>", "storm.docx")
    assert not READER.recognises(b"%PDF-1.7", "storm.docx")


def test_a_zip_of_documents_and_a_workbook_are_not_claimed() -> None:
    for member in ("may/storm.docx", "xl/workbook.xml"):
        file = io.BytesIO()
        with zipfile.ZipFile(file, "w") as package:
            if member.startswith("xl"):
                package.writestr("[Content_Types].xml", "<Types/>")
            package.writestr(member, document(ARTICLE))
        assert not READER.recognises(file.getvalue().replace(b"word/", b"-----"), "may.zip")
        assert member.startswith("xl") or not READER.recognises(file.getvalue(), "may.zip")


def test_old_and_protected_documents_say_what_to_do(tmp_path: Path) -> None:
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512
    assert READER.recognises(ole, "storm.doc")
    assert not READER.recognises(ole, "table.xls")
    with pytest.raises(ReadingError, match=r"save it as \.docx"):
        read(ole, tmp_path, "storm.doc")


@pytest.mark.parametrize("cut", [40, 400, -30])
def test_a_truncated_document_is_an_error_that_says_so(tmp_path: Path, cut: int) -> None:
    with pytest.raises(ReadingError, match="cut off or damaged"):
        read(document(ARTICLE)[:cut], tmp_path)


def test_flipped_bytes_never_give_anything_but_an_article_or_a_reason(tmp_path: Path) -> None:
    good = document(ARTICLE)
    for position in range(0, len(good), 23):
        raw = bytearray(good)
        raw[position] ^= 0xFF
        try:
            assert all(isinstance(found, Article | Problem) for found in read(bytes(raw), tmp_path))
        except ReadingError as error:
            assert ";" in str(error)


def test_a_document_without_words_is_a_problem(tmp_path: Path) -> None:
    (found,) = read(document(paragraph("")), tmp_path)
    assert isinstance(found, Problem)


def test_more_text_than_any_export_has_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(documents, "MAX_TEXT", 1000)
    assert article(document(ARTICLE), tmp_path)
    with pytest.raises(ReadingError, match="split it"):
        read(document(ARTICLE * 3), tmp_path)


def boxed(*paragraphs: str) -> str:
    """A text box as Word writes it: a drawing, and the same again for old programs."""
    box = f"<w:txbxContent>{''.join(map(paragraph, paragraphs))}</w:txbxContent>"
    mc = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    return (
        f"<w:r><mc:AlternateContent {mc}><mc:Choice><w:drawing>{box}</w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )


def test_text_boxes_are_read_once_where_they_stand(tmp_path: Path) -> None:
    text = paragraph("Ferry will run all night") + paragraph(run(FIRST) + boxed(SECOND))
    assert body_of(article(document(text + paragraph(THIRD)), tmp_path)) == [FIRST, SECOND, THIRD]
    old = f"<w:r><w:pict><w:txbxContent>{paragraph(SECOND)}</w:txbxContent></w:pict></w:r>"
    text = paragraph("Ferry will run all night") + paragraph(run(FIRST) + old)
    assert body_of(article(document(text), tmp_path)) == [FIRST, SECOND]


def test_a_document_all_in_boxes_is_an_article(tmp_path: Path) -> None:
    text = paragraph(boxed("Ferry will run all night")) + paragraph(boxed(FIRST, SECOND))
    found = article(document(text), tmp_path)
    assert found.title == "Ferry will run all night"
    assert body_of(found) == [FIRST, SECOND]


def test_a_box_in_deleted_words_stays_out(tmp_path: Path) -> None:
    text = ARTICLE + paragraph(f'<w:del w:id="1">{boxed(THIRD)}</w:del>')
    assert body_of(article(document(text), tmp_path)) == [FIRST, SECOND]


@pytest.mark.skipif(not SAMPLE.exists(), reason="needs the samples in ../shared/data/formats")
def test_an_exports_paragraphs_come_one_a_line_in_order(monkeypatch: pytest.MonkeyPatch) -> None:
    given: list[str] = []
    monkeypatch.setattr(exports, "articles_of", lambda text, *_, **__: given.append(text) or [])
    assert list(READER.read(source_of(SAMPLE), False)) == []
    lines = given[0].split("\n")
    assert lines.count("End of Document") == 10
    assert sum(line.startswith("Length:") for line in lines) == 10
    assert sum(line.startswith("Load-Date:") for line in lines) == 3
    assert lines.index("Documents (10)") < lines.index("End of Document")
    assert max(map(len, lines)) < 20_000
