"""NITF: agencies' markup to paragraphs and fields; the people and papers are invented."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from presslens.article import Article, article_id
from presslens.problems import Problem
from presslens.reading import read_all
from presslens.reading.files import source_of
from presslens.reading.nitf import READER
from presslens.reading.registry import Found
from presslens.reading.xml import parse

BODY = """<p>The ferry will run all night from July, its operator said on Thursday.</p>
<hl2>Bakers asked</hl2>
<block><p>&#8220;We heard them,&#8221; said <person>Kim Solberg</person> of
<org>Halden Lines</org>.</p><media media-type="image">
<media-caption>The quay.</media-caption></media>
<ul><li>Boats leave at one.</li><li>Boats leave at four.</li></ul>
<table><tr><td>Fares 12</td></tr></table></block>
<p><q>It is a gift</q>, the mayor said.</p>"""


def nitf(body: str = BODY, head: str = "") -> str:
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE nitf SYSTEM "nitf-3-4.dtd">
<nitf><head><title>ferry-slug</title><tobject><tobject.subject tobject.subject.type="Transport"/>
</tobject><docdata><doc-id id-string="acme-17"/><correction info="Corrects the name of the port."/>
<urgency ed-urg="4"/><date.issue norm="20240602T231000-0200"/><ed-msg info="Note to desks"/>
<doc.copyright holder="Acme Wire" year="2024"/></docdata></head>
<body><body.head><hedline><hl1>Ferry &amp; bakers</hl1><hl2>Boats all night</hl2></hedline>
<byline>By <person>Mira Holt</person><byttl>Staff Reporter</byttl></byline>
<abstract><p>An abstract.</p></abstract>{head}</body.head>
<body.content>{body}</body.content><body.end><tagline>tag</tagline></body.end></body></nitf>"""


def read(text: str | bytes, folder: Path, name: str = "a.xml") -> list[Found]:
    path = folder / name
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return list(READER.read(source_of(path), False))


def article(text: str | bytes, folder: Path) -> Article:
    (found,) = read(text, folder)
    assert isinstance(found, Article)
    return found


def body_of(found: Article) -> list[str]:
    return found.text[found.body_start :].split("\n\n")


def test_fields_come_from_the_head(tmp_path: Path) -> None:
    found = article(nitf(), tmp_path)
    assert (found.title, found.authors) == ("Ferry & bakers", ("Mira Holt",))
    assert (found.outlet, found.section, found.id) == ("Acme Wire", "Transport", "acme-17")
    assert found.published == date(2024, 6, 2)
    assert found.published_time == datetime(2024, 6, 3, 1, 10, tzinfo=UTC)
    assert found.corrections == ("Corrects the name of the port.",)
    assert found.captions == ("The quay.",)
    assert found.credits == ()


def test_headings_and_list_items_are_paragraphs_and_tables_none(tmp_path: Path) -> None:
    assert body_of(article(nitf(), tmp_path)) == [
        "The ferry will run all night from July, its operator said on Thursday.",
        "Bakers asked",
        "“We heard them,” said Kim Solberg of Halden Lines.",
        "Boats leave at one.",
        "Boats leave at four.",
        "“It is a gift”, the mayor said.",
    ]


def test_a_dateline_in_the_head_opens_the_first_paragraph(tmp_path: Path) -> None:
    line = "<dateline><location>PORT ALMA</location>, June 2 (Acme) -</dateline>"
    found = article(nitf(head=line), tmp_path)
    assert body_of(found)[0].startswith("PORT ALMA, June 2 (Acme) - The ferry will")
    assert found.credits == ("Acme",)


def test_a_dateline_that_the_text_has_is_not_said_twice(tmp_path: Path) -> None:
    line = "<dateline><location>PORT ALMA</location></dateline>"
    body = "<p>PORT ALMA, June 2 – The ferry will run all night, its operator said.</p>"
    assert body_of(article(nitf(body, line), tmp_path)) == [
        "PORT ALMA, June 2 – The ferry will run all night, its operator said."
    ]


@pytest.mark.parametrize("byline", ["<byttl>Acme Wire</byttl>", "By Acme News Agency"])
def test_a_byline_without_a_person_is_a_credit(tmp_path: Path, byline: str) -> None:
    text = nitf().replace("By <person>Mira Holt</person><byttl>Staff Reporter</byttl>", byline)
    found = article(text, tmp_path)
    assert found.authors == ()
    assert found.credits == (byline.replace("By ", "").replace("<byttl>", "").split("<")[0],)


def test_quotation_marks_around_a_q_are_not_doubled(tmp_path: Path) -> None:
    body = "<p>“<q>A gift</q>,” she said. <q>“Two,”</q> he said of the <q>third</q> boat.</p>"
    found = article(nitf(body), tmp_path)
    assert body_of(found) == ["“A gift,” she said. “Two,” he said of the “third” boat."]


def test_without_a_body_there_is_a_problem(tmp_path: Path) -> None:
    (found,) = read(nitf(""), tmp_path)
    assert isinstance(found, Problem)
    assert "no text" in found.reason


@pytest.mark.parametrize(
    ("head", "own"),
    [
        (nitf().encode(), True),
        (nitf().encode("utf-16"), True),
        (b"<nitf:nitf xmlns:nitf='x'>", True),
        (b"<html><body>nitf</body></html>", False),
        (b"<newsItem><nitf/></newsItem>", False),
        (b"plain <nitf>", False),
        (b"", False),
    ],
)
def test_it_is_recognised_by_its_root_whatever_its_name(head: bytes, own: bool) -> None:
    assert READER.recognises(head, "page.html") is own


def test_documents_behind_each_other_are_each_read(tmp_path: Path) -> None:
    broken = nitf().replace("</p>", "", 1)
    first, problem, last = read(f"{nitf()}\n{broken}{nitf('<p>Boats leave.</p>')}", tmp_path)
    assert isinstance(first, Article)
    assert isinstance(problem, Problem)
    assert isinstance(last, Article)
    assert [str(found.origin)[-2:] for found in (first, problem, last)] == [":1", ":2", ":3"]
    assert body_of(last) == ["Boats leave."]


@pytest.mark.parametrize("status", ["canceled", "withheld", "killed"])
def test_what_the_agency_took_back_is_a_problem(tmp_path: Path, status: str) -> None:
    text = nitf().replace("<docdata>", f'<docdata management-status="{status}">')
    (found,) = read(text, tmp_path)
    assert isinstance(found, Problem)
    assert "withdrew" in found.reason
    assert article(text.replace(status, "usable"), tmp_path)


ARCHIVED = """<nitf><head><title>Ferry and bakers</title><meta name="dsk" content="Harbour Desk"/>
<meta name="online_sections" content="Transport; Opinion"/><docdata><doc-id id-string="17"/>
</docdata><pubdata date.publication="19950303T000000" name="Halden Courier"
ex-ref="https://courier.example/1995/ferry.html"/></head><body><body.head>
<byline class="print_byline">By MIRA HOLT</byline>
<byline class="normalized_byline">Holt, Mira</byline>
<abstract><p>The ferry sails by night.</p></abstract></body.head><body.content>
<block class="lead_paragraph"><p>LEAD: The ferry will run all night.</p></block>
<block class="full_text"><p>LEAD: The ferry will run all night.</p>
<p>The ferry will run all night.</p><p>Bakers asked for it, <person>Kim Solberg</person> said.</p>
</block></body.content><body.end><tagline>Mira Holt lives in Halden.</tagline></body.end></body>
</nitf>"""


def test_an_archive_of_a_paper_gives_its_address_section_and_each_person_once(
    tmp_path: Path,
) -> None:
    found = article(ARCHIVED, tmp_path)
    assert (found.authors, found.credits) == (("Mira Holt",), ())
    assert (found.section, found.outlet) == ("Transport", "Halden Courier")
    assert (found.url, found.id) == ("https://courier.example/1995/ferry.html", "17")
    desk = article(ARCHIVED.replace("online_sections", "other"), tmp_path)
    assert desk.section == "Harbour Desk"


def test_a_normalized_byline_alone_has_the_given_name_first(tmp_path: Path) -> None:
    printed = '<byline class="print_byline">By MIRA HOLT</byline>'
    assert article(ARCHIVED.replace(printed, ""), tmp_path).authors == ("Mira Holt",)


def test_a_lead_that_stands_before_the_full_text_is_not_said_twice(tmp_path: Path) -> None:
    ending = "Bakers asked for it, Kim Solberg said."
    assert body_of(article(ARCHIVED, tmp_path)) == ["The ferry will run all night.", ending]
    alone = ARCHIVED.replace("\n<p>The ferry will run all night.</p>", "")
    assert body_of(article(alone, tmp_path)) == ["The ferry will run all night.", ending]


def test_a_tagline_that_is_a_credit_is_kept_as_one(tmp_path: Path) -> None:
    credit = "(Reporting by Mira Holt; Editing by Jo Roe)"
    found = article(ARCHIVED.replace("Mira Holt lives in Halden.", credit), tmp_path)
    assert any("Jo Roe" in line for line in found.credits)


def test_what_is_dropped_is_shown_line_by_line_and_the_id_rests_on_the_raw_text(
    tmp_path: Path,
) -> None:
    path = tmp_path / "a.xml"
    path.write_text(ARCHIVED.replace(' id-string="17"', "").replace("ex-ref=", "other="))
    (found,) = read_all([path], dropped=True)
    assert isinstance(found, Article)
    assert found.dropped == ("The ferry sails by night.", "Mira Holt lives in Halden.")
    (plain,) = read_all([path])
    root = parse(path.read_bytes())
    assert isinstance(plain, Article)
    assert found.id == plain.id == article_id("".join(root.itertext()))
