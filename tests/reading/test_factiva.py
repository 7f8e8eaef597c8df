"""Factiva: fields and text of its HTML, XML and text exports; people and papers are invented."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from found import found_in, is_recognised, sort_out

from presslens.article import Article
from presslens.paths import ROOT
from presslens.problems import Problem, ReadingError
from presslens.reading.factiva import READER, articles_from_text, is_export
from presslens.reading.files import read_head, source_of
from presslens.reading.registry import Found

SAMPLES = ROOT.parent / "shared" / "data" / "formats" / "factiva"
needs_samples = pytest.mark.skipif(not SAMPLES.exists(), reason=f"needs the samples in {SAMPLES}")

LEAD = "The ferry between Halden and Sundby will run all night from July, its operator said."
SECOND = "Nurses and bakers had asked for the boats for years, and the council had said no to them."
LAST = "The mayor of Sundby called the plan a gift to all who work at night in the two towns."
WORDS = sum(len(text.split()) for text in (LEAD, SECOND, LAST))
NUMBER = "HARPO00020210503eh5300001"


def row(code: str, value: str) -> str:
    return f'<tr><td class="index"><b>{code}</b>&nbsp;</td><td>{value}</td></tr>'


def paragraph(text: str) -> str:
    return f'<p class="articleParagraph enarticleParagraph">{text}</p>\n'


def coded(number: str = NUMBER, words: int = WORDS, tail: str = "") -> str:
    rows = [
        row("SE", "Business"),
        row("HD", "<b class='enHeadline'>Ferry to run &amp; run</b>"),
        row("BY", "By Mira Holt and Jo Roe"),
        row("WC", f"{words} words"),
        row("PD", "3 May 2021"),
        row("ET", "12:34"),
        row("SN", "Harbour Post"),
        row("SC", "HARPO"),
        row("LA", "English"),
        row("CY", "Copyright 2021 Harbour Post."),
        row("LP", paragraph(LEAD) + paragraph(SECOND)),
        row("TD", paragraph(LAST) + tail),
        row("CO", "<br/>hafe : Halden Ferries"),
        row("IN", "<br/>i74 : Sea Transport"),
        row("NS", "<br/>gcat : General News"),
        row("RE", "<br/>noruz : Northland"),
        row("PUB", "<br/>Harbour Press"),
        row("AN", f"<br/>Document {number}"),
    ]
    return f'<div class="article enArticle"><table>{"".join(rows)}</table><br/></div>'


def displayed() -> str:
    fields = [
        "31 mots",
        "3 mai 2021",
        "Le Monde",
        "LEMON",
        "A4",
        "Français",
        "Copyright 2021 Phare. Tous droits réservés.",
    ]
    return (
        '<div class="article frArticle"><div>Vie locale</div>'
        '<div id="hd"><span class="frHeadline">Le bac de nuit</span></div>'
        '<div class="author">Par Ana Lima</div>'
        + "".join(f"<div>{each}</div>" for each in fields)
        + paragraph(LEAD)
        + paragraph(SECOND)
        + "<p>Document PHARE00020210503eh5300002</p></div>"
    )


def page(*documents: str, style: str = "") -> str:
    return (
        "<!DOCTYPE html><html><head><title>Factiva</title><style>.dedupMenu{}.dedupDropdown{}"
        f"{style}</style></head><body><form><h1>Factiva</h1>{''.join(documents)}"
        '<div id="pageFooter">&copy; 2021 Factiva, Inc.</div></form></body></html>'
    )


def item(number: int = 1, extra: str = "", when: str = "2021-05-03T01:35:58Z") -> str:
    return f"""<ppsarticle><article><accessionNo>HARPO00020210503eh530000{number}</accessionNo>
<baseLanguage>EN</baseLanguage><copyright>(c) 2021 Harbour Press</copyright>
<byline>By Mira Holt</byline><headline><paragraph lang="EN"><hlt>Ferry</hlt> to run</paragraph>
</headline><leadParagraph><paragraph>{LEAD}</paragraph></leadParagraph>
<publicationDate><dateTime>{when}</dateTime></publicationDate>
<sectionName>Business</sectionName><sourceName>Harbour Post</sourceName>
<region code="x"><name>Northland</name></region>{extra}
<tailParagraphs><paragraph>{SECOND}</paragraph><paragraph>{LAST}</paragraph></tailParagraphs>
<wordCount>{WORDS}</wordCount></article></ppsarticle>"""


def result(*items: str, doctype: str = "") -> str:
    return (
        f'<?xml version="1.0" encoding="utf-8"?>{doctype}<PPSResponse><ppsArticleResponse'
        f' xmlns="http://global.factiva.com/pps/2.0"><ppsarticleResultSet count="{len(items)}">'
        f"{''.join(items)}</ppsarticleResultSet></ppsArticleResponse></PPSResponse>"
    )


CODED_TEXT = f"""HD|Ferry to run|
BY|By Mira Holt|
WC|{WORDS} words|
PD|3 May 2021|
SN|The Guardian|
SC|GRDN|
LA|English|
CY|Copyright 2021.|
LP|{LEAD}
{SECOND}
|
TD|{LAST}
|
CO|hafe : Halden Ferries|
IN|i74 : Sea Transport|
NS|gcat : General News|
PUB|Harbour Press|
AN|Document GRDN000020210503eh5300001|
"""
DISPLAYED_TEXT = f"""Business
Ferry to run all night
By Mira Holt and Jo Roe
{WORDS} words
3 May 2021
12:34 GMT
Harbour Post
HARPO
First edition
A4
English
Copyright 2021 Harbour Post. All Rights Reserved.

{LEAD}

{SECOND}

{LAST}

Document {NUMBER}

Bakers win the vote for an early boat
20 words
4 May 2021
Harbour Post
HARPO
English
(c) 2021 Harbour Post
Bakers won the vote on Tuesday, and the first boat will leave at three at night, the mayor said.

Document HARPO00020210504eh5400001
"""


def read(content: str | bytes, tmp_path: Path, name: str = "export.html") -> list[Found]:
    return found_in(READER, content, tmp_path, name)


def articles(found: list[Found]) -> list[Article]:
    return sort_out(found)[0]


def recognised(content: str | bytes, name: str = "export.html") -> bool:
    return is_recognised(READER, content, name)


def test_a_page_with_codes_gives_all_fields(tmp_path: Path) -> None:
    (article,) = read(page(coded()), tmp_path)
    assert isinstance(article, Article)
    assert article.text == f"Ferry to run & run\n\n{LEAD}\n\n{SECOND}\n\n{LAST}"
    assert (article.title, article.section) == ("Ferry to run & run", "Business")
    assert (article.outlet, article.language) == ("Harbour Post", "en")
    assert article.authors == ("Mira Holt", "Jo Roe")
    # A time without its zone is no moment
    assert (article.published, article.published_time) == (date(2021, 5, 3), None)
    assert (article.id, article.reader) == (NUMBER, "factiva")
    assert article.origin == "export.html:1"


def test_a_page_without_codes_gives_the_same_fields(tmp_path: Path) -> None:
    (article,) = articles(read(page(displayed()), tmp_path))
    assert article.text == f"Le bac de nuit\n\n{LEAD}\n\n{SECOND}"
    assert (article.outlet, article.language, article.section) == ("Le Monde", "fr", "Vie locale")
    assert (article.published, article.authors) == (date(2021, 5, 3), ("Ana Lima",))
    assert article.id == "PHARE00020210503eh5300002"


def test_documents_are_numbered_and_keep_to_themselves(tmp_path: Path) -> None:
    broken = '<div class="article enArticle"><table><tr><td class="index"><b>HD</b></td><td>Only a'
    found = read(page(coded(), broken, displayed()), tmp_path)
    places = [(each.origin or "").rpartition(":")[2] for each in found]
    assert places[:2] == ["1", "2"]
    assert isinstance(found[1], Problem)
    assert [article.title for article in articles(found)] == [
        "Ferry to run & run",
        "Le bac de nuit",
    ]


def test_a_table_in_the_text_is_no_field(tmp_path: Path) -> None:
    table = f"<table>{row('PD', '1 January 1999')}{row('SN', 'Wrong')}</table>"
    (article,) = articles(read(page(coded(tail=table)), tmp_path))
    assert (article.published, article.outlet) == (date(2021, 5, 3), "Harbour Post")


def test_the_lead_is_said_once_where_the_text_begins_with_it(tmp_path: Path) -> None:
    twice = coded().replace(paragraph(LAST), paragraph(SECOND) + paragraph(LAST))
    (article,) = articles(read(page(twice), tmp_path))
    assert article.text.count(SECOND) == 1
    assert article.text.endswith(LAST)


@pytest.mark.parametrize(
    ("stated", "differs"),
    [(WORDS, False), (int(WORDS * 1.2), False), (WORDS * 2, True), (WORDS // 2, True)],
)
def test_a_count_that_differs_by_a_fifth_is_told_beside_the_article(
    stated: int, differs: bool, tmp_path: Path
) -> None:
    found = read(page(coded(words=stated)), tmp_path)
    assert len(articles(found)) == 1
    problems = [each for each in found if isinstance(each, Problem)]
    assert len(problems) == differs
    for problem in problems:
        assert problem.origin == "export.html:1"
        assert str(WORDS) in problem.reason
        assert str(stated) in problem.reason


@pytest.mark.parametrize(
    ("written", "day"),
    [("29 décembre 2011", date(2011, 12, 29)), ("1er août 2020", date(2020, 8, 1)),
     ("5. März 2013", date(2013, 3, 5)), ("7 de mayo de 2021", date(2021, 5, 7)),
     ("9 września 2019", date(2019, 9, 9)), ("2021年5月3日", date(2021, 5, 3)),
     ("3 mayhem 2021", None), ("31 février 2021", None)],
)  # fmt: skip
def test_dates_are_read_in_the_languages_of_the_interface(
    written: str, day: date | None, tmp_path: Path
) -> None:
    (article,) = articles(read(page(coded().replace("3 May 2021", written)), tmp_path))
    assert article.published == day


def test_a_page_whose_articles_lie_behind_a_long_style_sheet_is_recognised(tmp_path: Path) -> None:
    long = page(coded(), style="p{}" * 40_000)
    assert recognised(long)
    assert len(articles(read(long, tmp_path))) == 1


def test_exports_are_recognised_whatever_their_name() -> None:
    assert recognised(page(coded()), "export.txt")
    assert recognised("\ufeff" + result(item()), "export.html")
    assert recognised(page(coded()).encode("utf-16"), "x")


@pytest.mark.parametrize(
    "content",
    [
        "<html><head><title>Factiva</title></head><body><p>What is Factiva?</p></body></html>",
        '<html><body><div class="article"><h1>Ferry</h1><p>It runs.</p></div></body></html>',
        '<html><body><p>Use &lt;div class="article enArticle"&gt; articleParagraph</p></html>',
        '<?xml version="1.0"?><article><headline>Ferry</headline></article>',
        '<?xml version="1.0"?><nitf><body/></nitf>',
        'The class is <div class="article enArticle"> with articleParagraph.',
        "HD Ferry\nplain text\n",
        "%PDF-1.4",
        "",
    ],
)
def test_other_files_are_not_claimed(content: str) -> None:
    assert not recognised(content, "factiva.html")


def test_xml_gives_all_fields(tmp_path: Path) -> None:
    (article,) = read(result(item()), tmp_path, "export.xml")
    assert isinstance(article, Article)
    assert article.text == f"Ferry to run\n\n{LEAD}\n\n{SECOND}\n\n{LAST}"
    assert (article.outlet, article.section) == ("Harbour Post", "Business")
    assert (article.authors, article.language) == (("Mira Holt",), "en")
    assert article.published == date(2021, 5, 3)
    assert article.published_time == datetime(2021, 5, 3, 1, 35, 58, tzinfo=UTC)


def test_midnight_in_xml_is_a_day_without_a_time(tmp_path: Path) -> None:
    (article,) = articles(read(result(item(when="2021-05-03T00:00:00Z")), tmp_path))
    assert (article.published, article.published_time) == (date(2021, 5, 3), None)


def test_a_broken_article_in_xml_costs_no_other(tmp_path: Path) -> None:
    found = read(result(item(1), item(2, extra="<notes></region>"), item(3)), tmp_path)
    assert [type(each) for each in found] == [Article, Problem, Article]
    assert [(each.origin or "")[-2:] for each in found] == [":1", ":2", ":3"]


def test_xml_that_is_cut_off_gives_what_was_whole(tmp_path: Path) -> None:
    whole = result(item(1), item(2))
    found = read(whole[: whole.rindex("<tailParagraphs>")], tmp_path)
    assert [type(each) for each in found] == [Article, Problem]


@pytest.mark.parametrize(
    "doctype",
    ['<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
     '<!DOCTYPE r [<!ENTITY a "hahahahaha"><!ENTITY x "&a;&a;&a;&a;&a;&a;&a;">]>'],
)  # fmt: skip
def test_entities_are_refused(doctype: str, tmp_path: Path) -> None:
    with pytest.raises(ReadingError, match="entities"):
        read(result(item(extra="<notes>&x;</notes>"), doctype=doctype), tmp_path)


def texts_of(text: str) -> Iterator[Article]:
    return (each for each in articles_from_text(text, origin="x.rtf") if isinstance(each, Article))


@pytest.mark.parametrize("gap", ["|", "\t", "  ", " ", "\n"])
def test_text_with_codes_gives_all_fields_however_they_are_parted(gap: str) -> None:
    text = CODED_TEXT.replace("|\n", "\n").replace("|", gap) if gap != "|" else CODED_TEXT
    assert is_export(text)
    (article,) = articles_from_text(text, origin="x.rtf")
    assert isinstance(article, Article)
    assert article.text == f"Ferry to run\n\n{LEAD}\n\n{SECOND}\n\n{LAST}"
    assert (article.outlet, article.language) == ("The Guardian", "en")
    assert (article.published, article.authors) == (date(2021, 5, 3), ("Mira Holt",))
    assert (article.id, article.origin) == ("GRDN000020210503eh5300001", "x.rtf:1")


def test_words_in_capitals_that_look_like_codes_stay_in_the_text() -> None:
    sentences = "TD Bank lent the money.\nIN the end, it paid.\nCO said no."
    text = CODED_TEXT.replace("|\n", "\n").replace("|", " ").replace(LAST, f"{LAST}\n{sentences}")
    (article,) = texts_of(text)
    assert article.text.endswith("TD Bank lent the money.\n\nIN the end, it paid.\n\nCO said no.")


def test_text_as_pages_show_it_gives_all_fields() -> None:
    assert is_export(DISPLAYED_TEXT)
    first, second = articles_from_text(DISPLAYED_TEXT, origin="x.rtf")
    assert isinstance(first, Article)
    assert isinstance(second, Article)
    assert first.text == f"Ferry to run all night\n\n{LEAD}\n\n{SECOND}\n\n{LAST}"
    assert (first.section, first.authors) == ("Business", ("Mira Holt", "Jo Roe"))
    assert (first.outlet, first.language) == ("Harbour Post", "en")
    assert first.published_time == datetime(2021, 5, 3, 12, 34, tzinfo=UTC)
    assert (second.title, second.section) == ("Bakers win the vote for an early boat", None)
    assert second.text.startswith(f"{second.title}\n\nBakers won")
    assert second.origin == "x.rtf:2"


def test_page_numbers_and_contents_of_an_export_are_no_text() -> None:
    front = "Ferry to run all night.......... 2\nPage 1 of 2 © 2021 Factiva, Inc.\n"
    text = front + DISPLAYED_TEXT.replace(SECOND, f"{SECOND}\n\nPage 2 of 2 © 2021 Factiva, Inc.\n")
    first, _ = texts_of(text)
    assert first.title == "Ferry to run all night"
    assert "Factiva" not in first.text


def test_a_document_without_text_is_a_problem_and_costs_no_other() -> None:
    head = DISPLAYED_TEXT.replace(f"{LEAD}\n\n{SECOND}\n\n{LAST}\n", "")
    found = list(articles_from_text(head, origin="x.rtf"))
    assert [type(each) for each in found] == [Problem, Article]
    assert found[0].origin == "x.rtf:1"


@pytest.mark.parametrize(
    "text",
    [
        "",
        f"{LEAD}\n\n{SECOND}",
        f"Ferry to run\n512 words\n3 May 2021\n{LEAD}",
        f"Ferry to run\n{LEAD}\nDocument {NUMBER}",
        "HD video is here\nTD Bank too\nLA and CA agree\nSC voted\nSN is a code\n",
        "Document A12\n12 words\n",
    ],
)
def test_other_texts_are_no_exports(text: str) -> None:
    assert not is_export(text)


def test_damaged_files_give_articles_or_reasons(tmp_path: Path) -> None:
    chance = random.Random(5)  # noqa: S311 -- no secrets
    for good in (page(coded(), displayed()), result(item(1), item(2))):
        for _ in range(60):
            raw = bytearray(good.encode())
            for _ in range(12):
                raw[chance.randrange(len(raw))] = chance.randrange(256)
            cut = bytes(raw[: chance.randrange(1, len(raw))])
            for content in (bytes(raw), cut):
                try:
                    found = read(content, tmp_path)
                except ReadingError:
                    continue
                assert found
    for _ in range(60):
        text = DISPLAYED_TEXT + CODED_TEXT
        start = chance.randrange(len(text))
        list(articles_from_text(text[start : start + chance.randrange(900)], origin="x"))


@needs_samples
def test_the_html_sample_gives_both_articles() -> None:
    source = source_of(SAMPLES / "factiva_test.html")
    assert READER.recognises(read_head(source.path), source.name)
    found = articles(list(READER.read(source, False)))
    assert [article.title is not None for article in found] == [True, True]
    assert [article.published for article in found] == [date(2011, 12, 29)] * 2
    assert {article.language for article in found} == {"fr"}
    assert [article.outlet for article in found] == ["Test newspaper", "Ouest France"]
    assert [article.text.count("\n\n") for article in found] == [4, 2]


@needs_samples
def test_the_xml_sample_gives_all_three_articles() -> None:
    source = source_of(SAMPLES / "factiva_test.xml")
    assert READER.recognises(read_head(source.path), source.name)
    found = articles(list(READER.read(source, False)))
    assert [article.published for article in found] == [
        date(2012, 1, 9), date(2012, 1, 6), date(2012, 5, 6)]  # fmt: skip
    assert [article.language for article in found] == ["en", "fr", "en"]
    assert all(article.title and article.outlet == "My Newspaper" for article in found)
    assert [article.text.count("\n\n") for article in found] == [2, 2, 2]
