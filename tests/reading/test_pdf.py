"""PDF: paragraphs from printed pages; the pages are made here, letter by letter, and invented."""

from __future__ import annotations

import textwrap
import time
from pathlib import Path

import pytest
from made_pdf import Text, document, width_of

from presslens.article import Article
from presslens.problems import Problem, ReadingError
from presslens.reading import exports, pdf
from presslens.reading.files import Source
from presslens.reading.layout import Piece, in_reading_order
from presslens.reading.pdf import READER

PARAGRAPHS = [
    (
        "The night ferry between Halden and Sundby will run around the clock from July, its"
        " operator said on Thursday, after nurses and bakers had asked for it for years, in letters"
        " and once with a choir on the quay."
    ),
    (
        "“We heard them,” said the director, Kim Solberg, who took a night boat herself last week."
        " At four in the morning, she said, the quay is full of people in white coats and aprons."
    ),
    (
        "The extra boats will cost the two towns about 9 million crowns a year, according to a"
        " study by the port authority, which had advised against them as the quay is too short."
    ),
    (
        "Sundby's mayor called the plan a gift to the working night. The council of Halden will"
        " vote on its share of the money in June, and a majority for it is likely, members said."
    ),
    (
        "Fishermen fear for their nets, which lie across the fairway until dawn from April on. The"
        " government promised lights for every one of them, paid out of the harbour dues."
    ),
]


@pytest.fixture(autouse=True)
def _no_databases(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exports, "DATABASES", ())


def lines(paragraphs: list[str], columns: int, *, indent: bool = False) -> list[str]:
    """Paragraphs wrapped; with `indent` their first lines are set in, else a blank line parts."""
    wrapped: list[str] = []
    for paragraph in paragraphs:
        wrapped += textwrap.wrap(paragraph, columns, initial_indent="\t" if indent else "")
        wrapped += [] if indent else [""]
    return wrapped


def placed(text: list[str], left: float, top: float, size: float = 10) -> list[Text]:
    found = []
    for number, line in enumerate(text):
        if line:
            inset = 14 if line.startswith("\t") else 0
            found.append((left + inset, top - 1.2 * size * number, size, line.strip()))
    return found


def read(raw: bytes, folder: Path, name: str = "a.pdf") -> list[Article | Problem]:
    path = folder / name
    path.write_bytes(raw)
    return list(READER.read(Source(path, name, name), False))


def article(raw: bytes, folder: Path) -> Article:
    (found,) = read(raw, folder)
    assert isinstance(found, Article), found
    return found


def body_of(found: Article) -> list[str]:
    return found.text[found.body_start :].split("\n\n")


TITLE: Text = (60, 760, 22, "Ferry will run all night")


def test_lines_become_paragraphs_and_the_large_line_the_title(tmp_path: Path) -> None:
    found = article(document([TITLE, *placed(lines(PARAGRAPHS, 90), 60, 700)]), tmp_path)
    assert found.title == "Ferry will run all night"
    assert body_of(found) == PARAGRAPHS
    assert (found.reader, found.origin, found.published) == ("pdf", "a.pdf", None)


def test_indents_part_paragraphs_too(tmp_path: Path) -> None:
    page = placed(lines(PARAGRAPHS, 90, indent=True), 60, 700)
    assert body_of(article(document([TITLE, *page]), tmp_path)) == PARAGRAPHS


@pytest.mark.parametrize("indent", [False, True])
@pytest.mark.parametrize("by_row", [False, True])
def test_two_columns_are_read_one_after_the_other(
    tmp_path: Path, indent: bool, by_row: bool
) -> None:
    wrapped = lines(PARAGRAPHS, 46, indent=indent)
    half = len(wrapped) // 2 + 1
    page = placed(wrapped[:half], 60, 700) + placed(wrapped[half:], 310, 700)
    if by_row:
        page.sort(key=lambda text: -text[1])
    title = (60, 760, 22, "Ferry will run all night for bakers and nurses")
    found = article(document([title, *page]), tmp_path)
    assert found.title == title[3]
    assert body_of(found) == PARAGRAPHS


def test_three_columns_and_a_headline_over_two_of_them(tmp_path: Path) -> None:
    wrapped = lines(PARAGRAPHS, 34, indent=True)
    third = len(wrapped) // 3 + 1
    page = [
        text
        for column in range(3)
        for text in placed(wrapped[column * third : (column + 1) * third], 50 + 175 * column, 700)
    ]
    page.sort(key=lambda text: -text[1])
    assert body_of(article(document([TITLE, *page]), tmp_path)) == PARAGRAPHS


def justified(text: list[str], left: float, top: float, right: float) -> list[Text]:
    """Lines up to the right edge, each word put down alone; a paragraph's last line is left short.

    A first line (with a tab) is set in.
    """
    found: list[Text] = []
    for number, line in enumerate(text):
        start = left + (14 if line.startswith("\t") else 0)
        words, base = line.split(), top - 12 * number
        last = number + 1 == len(text) or text[number + 1].startswith("\t")
        room = right - start - sum(width_of(word, 10) for word in words)
        blank = 2.8 if last or len(words) == 1 else room / (len(words) - 1)
        for word in words:
            found.append((start, base, 10, word))
            start += width_of(word, 10) + blank
    return found


def test_wide_blanks_of_justified_lines_do_not_hide_the_columns(tmp_path: Path) -> None:
    wrapped = lines(PARAGRAPHS, 36, indent=True)
    half = len(wrapped) // 2
    while not wrapped[half].startswith("\t"):
        half += 1
    page = [
        *justified(wrapped[:half], 60, 700, 280),
        *justified(wrapped[half:], 307, 700, 527),
    ]
    assert body_of(article(document([TITLE, *page]), tmp_path)) == PARAGRAPHS


@pytest.mark.parametrize("left_lines", [2, 3])
def test_a_short_last_page_has_the_columns_of_the_page_before(
    tmp_path: Path, left_lines: int
) -> None:
    wrapped = lines(PARAGRAPHS, 42, indent=True)
    first, rest = wrapped[:-5], wrapped[-5:]
    half = len(first) // 2
    one = placed(first[:half], 60, 700) + placed(first[half:], 307, 700)
    two = placed(rest[:left_lines], 60, 760) + placed(rest[left_lines:], 307, 760)
    two.sort(key=lambda text: -text[1])
    assert body_of(article(document([TITLE, *one], two), tmp_path)) == PARAGRAPHS


def test_a_tables_cells_stay_in_their_rows(tmp_path: Path) -> None:
    towns = ["Halden", "Sundby", "Tarrow", "Wick", "Aven", "Oster"]
    lefts = (60, 160, 320, 420)
    rows: list[Text] = []
    for number, town in enumerate(towns):
        cells = (f"{town} harbour", f"{number + 3} boats", f"{town} council", f"{number} votes")
        rows += [
            (left, 450 - 14 * number, 10, cell) for left, cell in zip(lefts, cells, strict=True)
        ]
    text = placed(lines(PARAGRAPHS, 90), 60, 700)
    found = article(document([TITLE, *text, *rows]), tmp_path)
    assert "Wick harbour 6 boats Wick council 3 votes" in found.text


@pytest.mark.parametrize("leading", [12, 15])
def test_byline_paper_and_date_over_the_text_are_no_part_of_it(
    tmp_path: Path, leading: float
) -> None:
    head = ["By Mira Holt", "The Tarrow Gazette, 3 March 2025"]
    wrapped = textwrap.wrap(PARAGRAPHS[0] + " " + PARAGRAPHS[1], 90)
    page: list[Text] = [
        (60, 700 - leading * number, 10, line) for number, line in enumerate([*head, *wrapped])
    ]
    found = article(document([TITLE, *page]), tmp_path)
    assert found.authors == ("Mira Holt",)
    assert (found.outlet, str(found.published)) == ("The Tarrow Gazette", "2025-03-03")
    assert body_of(found) == [f"{PARAGRAPHS[0]} {PARAGRAPHS[1]}"]


def test_a_line_of_the_text_that_begins_as_a_byline_does_stays_in_its_paragraph(
    tmp_path: Path,
) -> None:
    text = [
        "The harbour was dredged, cleaned and at last painted green on Thursday",
        "by Mira Holt",
    ]
    text += ["and her crew, who had waited for the tide since four in the morning."]
    page = [*placed(text, 60, 700), *placed(lines(PARAGRAPHS, 90), 60, 640)]
    found = article(document([TITLE, *page]), tmp_path)
    assert body_of(found)[0] == " ".join(text)


def test_lines_that_cross_the_gutter_without_end_take_no_time() -> None:
    def pieces(left: float, width: float, count: int, leading: float) -> list[Piece]:
        return [Piece("ferry", left, left + width, leading * number, 10) for number in range(count)]

    page = [
        *pieces(100, 300, 15_000, 0.03),
        *pieces(50, 190, 15_000, 0.02),
        *pieces(260, 200, 15_000, 0.02),
    ]
    start = time.process_time()
    list(in_reading_order([page, page]))
    assert time.process_time() - start < 3


def test_a_paragraph_goes_on_over_the_page(tmp_path: Path) -> None:
    wrapped = lines(PARAGRAPHS, 90, indent=True)
    first, second = placed(wrapped[:5], 60, 700), placed(wrapped[5:], 60, 740)
    assert body_of(article(document([TITLE, *first], second), tmp_path)) == PARAGRAPHS


def test_running_heads_feet_and_page_numbers_are_dropped(tmp_path: Path) -> None:
    wrapped = lines(PARAGRAPHS, 90, indent=True)
    pages = [
        [
            (60, 810, 8, "The Harbour Post"),
            (480, 810, 8, "2 May 2019"),
            (290, 30, 8, f"- {number} -"),
            (60, 30, 8, f"Printed for the reading room, sheet {number} of 3"),
            *placed(wrapped[4 * number : 4 * number + 4 if number < 2 else None], 60, 740),
        ]
        for number in range(3)
    ]
    pages[0].append((60, 780, 22, "Ferry will run all night"))
    found = article(document(*pages), tmp_path)
    assert body_of(found) == PARAGRAPHS
    assert found.published is None


def test_one_pages_number_is_dropped_and_its_years_are_not(tmp_path: Path) -> None:
    page = [*placed(lines(PARAGRAPHS, 90), 60, 700), (290, 30, 8, "Page 3 of 5")]
    assert body_of(article(document([TITLE, *page]), tmp_path)) == PARAGRAPHS


def test_a_title_that_later_pages_repeat_stays_on_the_first(tmp_path: Path) -> None:
    wrapped = lines(PARAGRAPHS, 90)
    first = [(60, 780, 22, TITLE[3]), *placed(wrapped[:9], 60, 700)]
    others = [[(60, 810, 8, TITLE[3]), *placed(wrapped[9:], 60, 700)], [(60, 810, 8, TITLE[3])]]
    found = article(document(first, *others), tmp_path)
    assert (found.title, body_of(found)) == (TITLE[3], PARAGRAPHS)


def test_a_browsers_foot_gives_the_address(tmp_path: Path) -> None:
    url = "https://www.harbourpost.example/local/ferry-all-night"
    wrapped = lines(PARAGRAPHS, 90)
    pages = [
        [
            (30, 825, 8, "05/03/2024, 10:12"),
            (200, 825, 8, "Ferry will run all night"),
            (30, 15, 8, url),
            (560, 15, 8, f"{number + 1}/2"),
            *placed(wrapped[9 * number : 9 * number + 9], 60, 700),
        ]
        for number in range(2)
    ]
    found = article(document(*pages), tmp_path)
    assert (found.url, found.published) == (url, None)
    assert body_of(found) == PARAGRAPHS


@pytest.mark.parametrize(
    ("text", "healed"),
    [
        (["The govern-", "ment said so."], "The government said so."),
        (["The well-", "known captain said so."], "The well-known captain said so."),
        (["The Halden-", "Sundby line said so."], "The Halden-Sundby line said so."),
        (
            ["The night-boat left. The night-", "boat came back."],
            "The night-boat left. The night-boat came back.",
        ),
        (["It is a lot \x97", "it is all."], "It is a lot — it is all."),
        (["The govern\xad", "ment said so."], "The government said so."),
    ],
)
def test_words_that_a_line_broke_are_healed(tmp_path: Path, text: list[str], healed: str) -> None:
    page = placed([line.replace("\x97", "—") for line in text], 60, 300)
    found = article(document([TITLE, *placed(lines(PARAGRAPHS, 90), 60, 700), *page]), tmp_path)
    assert body_of(found)[-1] == healed


def test_a_masthead_is_no_title(tmp_path: Path) -> None:
    page = [
        (60, 800, 40, "Harbour Post"),
        (60, 740, 22, "Ferry will run all night for"),
        (60, 714, 22, "bakers and nurses"),
        *placed(lines(PARAGRAPHS, 90), 60, 680),
    ]
    assert article(document(page), tmp_path).title == (
        "Ferry will run all night for bakers and nurses"
    )


def test_properties_fill_what_the_pages_leave_open(tmp_path: Path) -> None:
    info = "/Title(Boats for bakers)/Author(Mira Holt)/CreationDate(D:20190304100000Z)"
    page = placed(lines(PARAGRAPHS, 90), 60, 700)
    found = article(document(page, info=info), tmp_path)
    assert (found.title, found.authors, found.published) == ("Boats for bakers", (), None)
    info = "/Title(Boats for bakers | Harbour Post)"
    assert article(document(page, info=info), tmp_path).title == "Boats for bakers"
    info = "/Title(Microsoft Word - boats.docx)/Author(Windows User)"
    found = article(document(page, info=info), tmp_path)
    assert (found.title, found.authors) == (None, ())


def test_ligatures_and_embedded_fonts_are_read(tmp_path: Path) -> None:
    matplotlib = pytest.importorskip("matplotlib.figure")
    figure = matplotlib.Figure(figsize=(8.3, 11.7))
    text = "The office of the first official was off limits, its efficient staff said on Friday."
    for number, line in enumerate(textwrap.wrap(text, 40)):
        figure.text(0.1, 0.8 - 0.018 * number, line, size=11)
    figure.savefig(tmp_path / "f.pdf")
    found = article((tmp_path / "f.pdf").read_bytes(), tmp_path)
    assert found.text == text


def test_a_scan_says_that_its_text_must_be_recognised(tmp_path: Path) -> None:
    with pytest.raises(ReadingError, match="OCR"):
        read(document([], [(60, 30, 8, "2")]), tmp_path)


def test_an_encrypted_document_says_so(tmp_path: Path) -> None:
    raw = document([TITLE])
    lock = "<</Filter/Standard/V 1/R 2/P -4/O<{0}>/U<{0}>>>".format("ab" * 32)
    ids = f"/Encrypt {lock}/ID[<00><00>]/Root 1 0 R"
    with pytest.raises(ReadingError, match="encrypted"):
        read(raw.replace(b"/Root 1 0 R", ids.encode()), tmp_path)


def test_too_many_pages_or_letters_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    raw = document(*[placed(lines(PARAGRAPHS, 90), 60, 700)] * 3)
    monkeypatch.setattr(pdf, "MAX_PAGES", 2)
    with pytest.raises(ReadingError, match="3 pages, more than 2"):
        read(raw, tmp_path)
    monkeypatch.setattr(pdf, "MAX_PAGES", 3)
    monkeypatch.setattr(pdf, "MAX_LETTERS", 1000)
    with pytest.raises(ReadingError, match="letters"):
        read(raw, tmp_path)


def test_documents_are_recognised_by_content_first() -> None:
    raw = document([TITLE])
    assert READER.recognises(raw, "storm.txt")
    assert READER.recognises(b"\r\n\r\n" + raw, "storm.pdf")
    assert not READER.recognises(b"<html><body>", "storm.pdf")
    assert not READER.recognises(b"How to write %PDF-1.4 by hand", "storm.txt")


def test_a_table_is_no_pair_of_columns(tmp_path: Path) -> None:
    table = [
        text
        for number in range(6)
        for text in (
            (60, 300 - 14 * number, 10, f"Pier {number}"),
            (330, 300 - 14 * number, 10, f"{number} boats"),
        )
    ]
    found = article(document([TITLE, *placed(lines(PARAGRAPHS, 90), 60, 700), *table]), tmp_path)
    assert "Pier 2 2 boats" in found.text


def test_damaged_documents_give_an_article_or_a_reason(tmp_path: Path) -> None:
    good = document([TITLE, *placed(lines(PARAGRAPHS, 90), 60, 700)])
    for position in range(9, len(good), 61):
        for raw in (good[:position], good[:position] + b"\xff\0(<" + good[position + 4 :]):
            try:
                found = read(raw, tmp_path)
            except ReadingError as error:
                assert ";" in str(error)
            else:
                assert all(isinstance(item, Article | Problem) for item in found)
