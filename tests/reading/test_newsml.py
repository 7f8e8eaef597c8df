"""NewsML: items alone and in messages, XHTML, NITF and plain text; all names are invented."""

from __future__ import annotations

import re
import time
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from presslens.article import Article
from presslens.paths import ROOT
from presslens.problems import PresslensError, Problem
from presslens.reading.files import source_of
from presslens.reading.newsml import READER
from presslens.reading.registry import Found

SAMPLES = ROOT.parent / "shared" / "data" / "formats" / "newsml"
needs_samples = pytest.mark.skipif(not SAMPLES.exists(), reason="needs the samples in ../shared")
G2 = 'xmlns="http://iptc.org/std/nar/2006-10-01/" standard="NewsML-G2" xml:lang="en-GB"'
XHTML = """<inlineXML contenttype="application/xhtml+xml"><html
 xmlns="http://www.w3.org/1999/xhtml"><head><title>slug</title></head><body>
<p>SUNDBY, June 2 (Acme) – The ferry will run all night, R&amp;D chief Kim&#160;Solberg said.</p>
<h2>Bakers asked</h2><table><tr><td>12</td></tr></table><ul><li>Boats leave at four.</li></ul>
<figure><img src="x.jpg"/><figcaption>The quay.</figcaption></figure></body></html></inlineXML>"""
NITF = """<inlineXML contenttype="application/nitf+xml"><nitf
 xmlns="http://iptc.org/std/NITF/2006-10-18/"><body><body.head><hedline><hl1>Other</hl1></hedline>
<dateline><location>SUNDBY</location></dateline></body.head><body.content>
<p>The ferry will run all night, its chief said.</p></body.content></body></nitf></inlineXML>"""
BODY = ["SUNDBY, June 2 (Acme) – The ferry will run all night, R&D chief Kim Solberg said.",
        "Bakers asked", "Boats leave at four."]  # fmt: skip


def item(
    content: str = XHTML, guid: str = "urn:acme:17", meta: str = "", kind: str = "text"
) -> str:
    return f"""<newsItem {G2} guid="{guid}" version="3"><rightsInfo>
<copyrightHolder><name>Acme Media</name></copyrightHolder></rightsInfo>
<itemMeta><itemClass qcode="ninat:{kind}"/><provider qcode="nprov:ACME"/>
<versionCreated>2024-06-05T10:00:00Z</versionCreated>
<firstCreated>2024-06-02T23:10:00-02:00</firstCreated>
<edNote>Pictures to follow</edNote>{meta}</itemMeta>
<contentMeta><urgency>4</urgency><by>By Mira Holt</by><creditline>Acme/Port Office</creditline>
<creator qcode="a:1"><name>Jo Roe</name></creator><infoSource><name>Acme News Agency</name>
</infoSource><genre qcode="g:1"><name>Feature</name></genre><subject type="cpnat:person">
<name>Kim Solberg</name></subject><subject type="cpnat:abstract"><name>transport</name></subject>
<slugline>FERRY</slugline><headline>Ferry &amp; bakers</headline>
<description role="drol:caption">A picture of {guid}.</description></contentMeta>
<contentSet>{content}</contentSet></newsItem>"""


def message(*items: str) -> str:
    inside = "".join(items)
    header = "<header><sent>x</sent></header>"
    return f"<newsMessage {G2}>{header}<itemSet>{inside}</itemSet></newsMessage>"


def read(text: str | bytes, folder: Path) -> list[Found]:
    path = folder / "a.xml"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return list(READER.read(source_of(path), False))


def article(text: str | bytes, folder: Path) -> Article:
    (found,) = read(text, folder)
    assert isinstance(found, Article), found
    return found


def body_of(found: Article) -> list[str]:
    return found.text[found.body_start :].split("\n\n")


def test_an_item_with_xhtml_gives_text_and_fields(tmp_path: Path) -> None:
    found = article(item(), tmp_path)
    assert found.title == "Ferry & bakers"
    assert body_of(found) == BODY
    assert found.published == date(2024, 6, 2)
    assert found.published_time == datetime(2024, 6, 3, 1, 10, tzinfo=UTC)
    assert found.authors == ("Mira Holt", "Jo Roe")
    assert found.credits == ("Acme/Port Office", "Acme News Agency", "Acme")
    assert (found.outlet, found.section, found.language) == ("ACME", "transport", "en")
    assert (found.id, found.reader) == ("urn:acme:17", "newsml")
    assert found.captions == ("The quay.",)
    assert found.corrections == ()


def test_nitf_inside_is_read_and_its_dateline_opens_the_text(tmp_path: Path) -> None:
    found = article(item(NITF), tmp_path)
    assert found.title == "Ferry & bakers"
    assert body_of(found) == ["SUNDBY – The ferry will run all night, its chief said."]


@pytest.mark.parametrize(
    "content",
    [
        "<inlineData>One boat, R&amp;D says.\n\nTwo boats sail.</inlineData>",
        "<inlineData><![CDATA[<p>One boat, R&amp;D says.</p><p>Two boats sail.</p>]]></inlineData>",
        "<remoteContent/><inlineData>One boat, R&amp;D says.\n\nTwo boats sail.</inlineData>",
    ],
)
def test_inline_data_is_plain_text_or_html(content: str, tmp_path: Path) -> None:
    assert body_of(article(item(content), tmp_path)) == ["One boat, R&D says.", "Two boats sail."]


def test_without_provider_the_holder_of_the_rights_is_the_outlet(tmp_path: Path) -> None:
    text = item().replace('<provider qcode="nprov:ACME"/>', '<provider uri="http://x.example"/>')
    assert article(text, tmp_path).outlet == "Acme Media"


def test_a_correction_is_kept_where_the_item_is_signalled_as_one(tmp_path: Path) -> None:
    found = article(item(meta='<signal qcode="sig:correction"/>'), tmp_path)
    assert found.corrections == ("Pictures to follow",)


def test_a_message_gives_each_text_and_pictures_give_captions(tmp_path: Path) -> None:
    picture = item('<remoteContent href="x.jpg"/>', "urn:acme:p", kind="picture")
    package = f'<packageItem {G2} guid="urn:acme:k"/>'
    (found,) = read(message(item(), picture, package), tmp_path)
    assert isinstance(found, Article)
    assert found.captions == ("A picture of urn:acme:p.", "The quay.")
    link = '<link rel="irel:seeAlso" residref="urn:acme:p"/>'
    several = read(message(item(), picture, item(guid="urn:acme:18", meta=link)), tmp_path)
    assert [found.origin.rpartition(":")[2] for found in several if found.origin] == ["1", "3"]
    assert [len(found.captions) for found in several if isinstance(found, Article)] == [1, 2]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (item('<remoteContent href="story.xml"/>'), r"another file, story\.xml"),
        (item(""), "no text"),
        (item(meta='<pubStatus qcode="stat:canceled"/>'), "withdrew"),
        (item(meta='<pubStatus qcode="stat:withheld"/>'), "withdrew"),
        (item(kind="picture"), "picture"),
    ],
)
def test_what_has_no_text_is_a_problem_with_its_reason(
    text: str, reason: str, tmp_path: Path
) -> None:
    (found,) = read(text, tmp_path)
    assert isinstance(found, Problem)
    assert re.search(reason, found.reason)


def test_an_embargo_moves_the_day_of_publication(tmp_path: Path) -> None:
    found = article(item(meta="<embargoed>2024-06-07T00:01:00+02:00</embargoed>"), tmp_path)
    assert str(found.published) == "2024-06-07"


def test_a_package_alone_says_where_the_texts_are(tmp_path: Path) -> None:
    with pytest.raises(PresslensError, match="refers to items in other files"):
        read(f'<packageItem {G2} guid="urn:acme:k"><groupSet/></packageItem>', tmp_path)


def test_a_broken_item_costs_no_other(tmp_path: Path) -> None:
    broken = item(guid="urn:acme:b").replace("</h2>", "</h3>")
    found = read(message(item(), broken, item(guid="urn:acme:18")), tmp_path)
    ids = {str(one.origin).rpartition(":")[2]: getattr(one, "id", None) for one in found}
    assert ids == {"1": "urn:acme:17", "2": None, "3": "urn:acme:18"}


def test_cut_off_it_gives_the_whole_items_and_a_problem(tmp_path: Path) -> None:
    raw = message(item(), item(guid="urn:acme:18"))
    found = read(raw[: raw.rindex("Boats leave")], tmp_path)
    assert sorted(type(one).__name__ for one in found) == ["Article", "Problem"]


def test_one_item_that_is_cut_off_is_refused_with_its_fault(tmp_path: Path) -> None:
    with pytest.raises(PresslensError, match=r"broken at line 9"):
        read(item()[:700], tmp_path)


def test_flipped_bytes_break_nothing(tmp_path: Path) -> None:
    raw = message(item(), item(NITF)).encode()
    for position in range(0, len(raw), 37):
        flipped = raw[:position] + bytes([raw[position] ^ 0x55]) + raw[position + 1 :]
        try:
            assert read(flipped, tmp_path)
        except PresslensError as error:
            assert str(error)


def test_many_items_take_little_time(tmp_path: Path) -> None:
    raw = message(*(item(guid=f"urn:acme:{number}") for number in range(500)))
    started = time.monotonic()
    assert len(read(raw, tmp_path)) == 500
    assert time.monotonic() - started < 8


VERSION_1 = """<?xml version="1.0"?><!DOCTYPE NewsML SYSTEM "http://x.example/NewsML.dtd" [
<!ENTITY auml "&#228;">]><NewsML><NewsEnvelope><DateAndTime>20240605T100000Z</DateAndTime>
</NewsEnvelope><NewsItem><Identification><NewsIdentifier><ProviderId>acme.example</ProviderId>
<PublicIdentifier>urn:newsml:acme:17</PublicIdentifier></NewsIdentifier></Identification>
<NewsManagement><FirstCreated>20240602T231000-0200</FirstCreated>
<ThisRevisionCreated>20240605T100000Z</ThisRevisionCreated><Status FormalName="Usable"/>
<Urgency FormalName="4"/></NewsManagement>
<NewsComponent><NewsLines><HeadLine>Ferry &amp; bakers</HeadLine><ByLine>By Mira Holt</ByLine>
<DateLine>SUNDBY, June 2 (Acme) -</DateLine></NewsLines><AdministrativeMetadata><Provider>
<Party FormalName="Acme Wire"/></Provider></AdministrativeMetadata><DescriptiveMetadata>
<Language FormalName="en"/><Genre FormalName="Feature"/></DescriptiveMetadata>
<NewsComponent><Role FormalName="Main"/><ContentItem><MediaType FormalName="Text"/><DataContent>
<p>The ferry will run all night, said J&auml;nis Berg.</p><p>Boats leave at four.</p></DataContent>
</ContentItem></NewsComponent>
<NewsComponent><Role FormalName="Caption"/><ContentItem><DataContent>The quay.</DataContent>
</ContentItem></NewsComponent></NewsComponent></NewsItem></NewsML>"""


def test_version_1_is_read(tmp_path: Path) -> None:
    assert READER.recognises(VERSION_1.encode(), "a.txt")
    found = article(VERSION_1, tmp_path)
    assert found.title == "Ferry & bakers"
    assert body_of(found) == [
        "SUNDBY, June 2 (Acme) - The ferry will run all night, said Jänis Berg.",
        "Boats leave at four.",
    ]
    assert (found.outlet, found.section, found.language) == ("Acme Wire", "Feature", "en")
    assert found.published_time == datetime(2024, 6, 3, 1, 10, tzinfo=UTC)
    assert (found.authors, found.captions) == (("Mira Holt",), ("The quay.",))
    assert found.id == "urn:newsml:acme:17"


def test_version_1_says_when_an_item_is_withdrawn(tmp_path: Path) -> None:
    (found,) = read(VERSION_1.replace('"Usable"', '"Canceled"'), tmp_path)
    assert isinstance(found, Problem)


@pytest.mark.parametrize(
    ("head", "own"),
    [
        (item(), True),
        (message(item()), True),
        ("<contentSet><inlineXML/></contentSet>", True),
        ("<html><body><newsItem/></body></html>", False),
        ("<nitf/>", False),
        ("<rss/>", False),
        ("newsItem", False),
        ("", False),
    ],
)
def test_it_is_recognised_by_its_root_whatever_its_name(head: str, own: bool) -> None:
    assert READER.recognises(head.encode(), "page.html") is own
    assert READER.recognises(head.encode("utf-16"), "page.html") is own


@needs_samples
def test_the_samples_give_their_texts_and_fields() -> None:
    bare, whole = (
        next(iter(READER.read(source_of(path), False))) for path in sorted(SAMPLES.glob("*.xml"))
    )
    assert isinstance(bare, Article)
    assert bare.title and bare.credits and bare.published is None
    assert len(body_of(bare)) == 1
    assert isinstance(whole, Article)
    assert (whole.published, whole.outlet) == (date(2016, 11, 21), "Acme News and Media LLC")
    assert whole.published_time == datetime(2016, 11, 21, 20, 21, 6, tzinfo=UTC)
    assert (len(whole.authors), whole.credits) == (1, ("Associated Press",))
    assert whole.section == "economy, business and finance"
    assert len(body_of(whole)) == 2
