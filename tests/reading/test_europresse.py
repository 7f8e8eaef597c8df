"""Europresse: fields and text of both interfaces' exports; people and papers are invented."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from found import found_in, is_recognised, sort_out

from presslens.article import Article
from presslens.paths import ROOT
from presslens.problems import Problem, ReadingError
from presslens.reading import europresse
from presslens.reading.europresse import READER
from presslens.reading.files import read_head, source_of
from presslens.reading.registry import Found

SAMPLE = ROOT.parent / "shared" / "data" / "formats" / "europresse" / "europresse_test1.html"

FIRST = "Le bac entre Halden et Sundby circulera toute la nuit dès juillet, a dit son exploitant."
SECOND = "Les boulangers et les infirmières le demandaient depuis des années au conseil municipal."
STANDFIRST = "Un vieux souhait se réalise enfin ici"
WORDS = sum(len(text.split()) for text in (STANDFIRST, FIRST, SECOND))


def old(
    title: str = "Le bac de nuit",
    *,
    authors: str = "Ana Lima<br>",
    date_line: str = "lundi 3 mai 2021",
    number: str = "news·20210503·PH·0001",
) -> str:
    """A document of the older interface, as one cell of a table."""
    return f"""<table><tr><td><table id="tbHeaderImages"><tr><td>logo</td></tr></table>
<span class="DocPublicationName">Le Phare, no. 5968</span><br><span class="DocHeader">Politique,
 </span><span class="DocHeader">{date_line}</span><span class="DocHeader">, p. 03</span><br><br>
<span class="TitreArticleVisu">{title}</span><br><br>{authors}<p></p>{FIRST}<p></p>{SECOND}<p></p>
<b><i>© 2021 Le Phare. Tous droits réservés.</i></b><p></p>Numéro de document : {number}<br>
<table><tr><td>Ce certificat est émis à une université.</td></tr></table></td></tr></table><p>"""


def new(header: str = f"Société, lundi 3 mai 2021 - 14:05 UTC+02:00 {WORDS} mots, p. 12") -> str:
    """A document of the present interface, an <article>."""
    return f"""<article><header><div class="rdp__DocPublicationName">
<span class="DocPublicationName">Le Monde, no. 123</span></div>
<div><span class="DocHeader">{header}</span></div>
<div class="titreArticle"><p class="sm-margin-bottomNews">Transports</p>
<p class="sm-margin-TopNews titreArticleVisu rdp__articletitle">Le <mark>bac</mark> de nuit</p>
<p class="sm-margin-TopNews rdp__subtitle">{STANDFIRST}</p></div>
<p class="sm-margin-bottomNews">Jo Roe et Ana Lima</p></header>
<section><div class="DocText clearfix"><div class="docOcurrContainer"><p>{FIRST}</p><p>{SECOND}</p>
</div></div></section><footer><div class="publiC-lblNodoc">news·20210503·LM·0002</div></footer>
</article>"""


def page(*documents: str, head: str = "") -> str:
    return f"<!DOCTYPE html><html><head>{head}</head><body>{''.join(documents)}</body></html>"


def read(content: str | bytes, tmp_path: Path, name: str = "export.html") -> list[Found]:
    return found_in(READER, content, tmp_path, name)


def articles(found: list[Found]) -> list[Article]:
    return sort_out(found)[0]


def recognised(content: str | bytes, name: str = "export.html") -> bool:
    return is_recognised(READER, content, name)


def test_the_older_interface_gives_all_fields(tmp_path: Path) -> None:
    (article,) = read(page(old()), tmp_path)
    assert isinstance(article, Article)
    assert article.text == f"Le bac de nuit\n\n{FIRST}\n\n{SECOND}"
    assert (article.outlet, article.section) == ("Le Phare", "Politique")
    assert (article.published, article.published_time) == (date(2021, 5, 3), None)
    assert article.authors == ("Ana Lima",)
    assert (article.id, article.reader) == ("news·20210503·PH·0001", "europresse")
    assert article.origin == "export.html:1"


def test_the_present_interface_gives_all_fields(tmp_path: Path) -> None:
    (article,) = read(page(new()), tmp_path)
    assert isinstance(article, Article)
    assert article.text == f"Le bac de nuit\n\n{STANDFIRST}\n\n{FIRST}\n\n{SECOND}"
    assert (article.outlet, article.section) == ("Le Monde", "Société")
    assert article.published_time == datetime(2021, 5, 3, 12, 5, tzinfo=UTC)
    assert article.authors == ("Jo Roe", "Ana Lima")
    assert article.id == "news·20210503·LM·0002"


def test_number_time_and_address_are_read_where_no_blank_parts_them(tmp_path: Path) -> None:
    link = '<a href="https://www.lephare.example/bac">Le Phare (site web)</a>'
    foot = f"0002</div><p>Cet article est paru dans {link}</p>"
    header = "Société, lundi 3 mai 2021 07:30 - UTC +02:00 36 mots"
    (article,) = articles(read(page(new(header).replace("0002</div>", foot)), tmp_path))
    assert article.id == "news·20210503·LM·0002"
    assert article.url == "https://www.lephare.example/bac"
    assert article.published_time == datetime(2021, 5, 3, 5, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    "link",
    [
        '<p>Voir <a href="https://www.lephare.example/abonnement">nos offres</a></p>',
        '<p>Cet article est paru dans <a href="https://nouveau.europresse.com/x">LM</a></p>',
        '<p>Cet article est paru dans <a href="javascript:void(0)">Le Monde</a></p>',
    ],
)
def test_other_links_are_no_address_of_the_article(tmp_path: Path, link: str) -> None:
    (article,) = articles(read(page(new().replace("</footer>", f"{link}</footer>")), tmp_path))
    assert article.url is None


def test_a_first_paragraph_without_a_line_of_authors_stays_in_the_text(tmp_path: Path) -> None:
    (article,) = articles(read(page(old(authors="Un chapeau bref")), tmp_path))
    assert article.authors == ()
    assert article.text.startswith("Le bac de nuit\n\nUn chapeau bref\n\n")


def test_documents_keep_to_themselves_where_one_is_broken(tmp_path: Path) -> None:
    whole = old("Un")
    broken = whole[: whole.index("</span><br><br>Ana")]
    found = read(page(old("Un"), broken, old("Trois"), new()), tmp_path)
    assert [type(each) for each in found] == [Article, Problem, Article, Article]
    assert [(each.origin or "")[-2:] for each in found] == [":1", ":2", ":3", ":4"]


def test_a_supplements_name_begins_no_document(tmp_path: Path) -> None:
    twice = old().replace("</span><br>", '</span> <span class="DocPublicationName">2</span><br>', 1)
    (article,) = articles(read(page(twice), tmp_path))
    assert (article.outlet, article.title) == ("Le Phare", "Le bac de nuit")


@pytest.mark.parametrize(
    ("line", "day"),
    [("jeudi 1er août 2019", date(2019, 8, 1)), ("Friday, November 13, 2015", date(2015, 11, 13)),
     ("Freitag, 5. März 2021", date(2021, 3, 5)), ("sans date", date(2021, 5, 3))],
)  # fmt: skip
def test_dates_are_read_in_the_interfaces_languages_or_from_the_number(
    line: str, day: date, tmp_path: Path
) -> None:
    (article,) = articles(read(page(old(date_line=line)), tmp_path))
    assert article.published == day


def test_no_date_is_invented(tmp_path: Path) -> None:
    undated = old(date_line="hier", number="sans numéro").replace("© 2021", "© 3 mai 2021")
    (article,) = articles(read(page(undated), tmp_path))
    assert article.published is None


def test_a_count_that_differs_by_a_fifth_is_told_beside_the_article(tmp_path: Path) -> None:
    article, problem = read(page(new("Société, lundi 3 mai 2021 1 204 mots, p. 12")), tmp_path)
    assert isinstance(article, Article)
    assert isinstance(problem, Problem)
    assert "1,204" in problem.reason
    assert problem.origin == article.origin


def test_latin_1_is_read(tmp_path: Path) -> None:
    (article,) = articles(read(page(old()).encode("cp1252"), tmp_path))
    assert "infirmières" in article.text


def test_exports_are_recognised_whatever_their_name() -> None:
    assert recognised(page(old()), "export.txt")
    assert recognised(page(new()).encode("utf-16"), "x")
    style = "<style>.DocPublicationName{}" + "p{}" * 40_000 + "</style>"
    link = '<link href="https://nouveau.europresse.com/a.css">'
    assert recognised(page(new(), head=link + style))


@pytest.mark.parametrize(
    "content",
    [
        '<html><body><a href="https://europresse.com">Europresse</a><p>Une base.</p></body></html>',
        '<html><body><p>find("span", "DocPublicationName"), titreArticleVisu</p></body></html>',
        '<html><body>&lt;span class="DocPublicationName"&gt; titreArticle</body></html>',
        '<span class="DocPublicationName">x</span>',
        'It is <span class="DocPublicationName"> and titreArticle.',
        "<?xml version='1.0'?><nitf/>",
        "",
    ],
)
def test_other_files_are_not_claimed(content: str) -> None:
    assert not recognised(content, "europresse.html")


def test_a_page_without_documents_is_a_problem(tmp_path: Path) -> None:
    (found,) = read(page(head="<style>.DocPublicationName{}</style>"), tmp_path)
    assert isinstance(found, Problem)


def test_damaged_files_give_articles_or_reasons(tmp_path: Path) -> None:
    chance = random.Random(5)  # noqa: S311 -- no secrets
    good = page(old(), new()).encode()
    for _ in range(80):
        raw = bytearray(good)
        for _ in range(12):
            raw[chance.randrange(len(raw))] = chance.randrange(1, 256)
        for content in (bytes(raw), bytes(raw[: chance.randrange(1, len(raw))])):
            try:
                assert read(content, tmp_path)
            except ReadingError as error:
                assert "binary" in str(error)


def test_a_document_too_long_to_be_one_is_a_problem_and_costs_no_other(tmp_path: Path) -> None:
    found = read(page(old("Un", authors="a<br>" * 200_000), old("Deux")), tmp_path)
    assert [type(each) for each in found] == [Problem, Article]


def test_line_breaks_without_end_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(europresse, "MAX_BREAKS", 100)
    with pytest.raises(ReadingError, match="line breaks; split it"):
        read(page(*[old("Un")] * 60), tmp_path)


@pytest.mark.skipif(not SAMPLE.exists(), reason=f"needs the sample {SAMPLE}")
def test_the_sample_gives_all_three_documents() -> None:
    source = source_of(SAMPLE)
    assert READER.recognises(read_head(source.path), source.name)
    found = list(READER.read(source, False))
    assert all(isinstance(each, Article) and each.title for each in found)
    assert [each.published for each in articles(found)] == [
        date(2013, 10, 5), date(2012, 10, 3), date(2012, 10, 4)]  # fmt: skip
    assert [each.outlet for each in articles(found)] == ["l'Humanité", "Mag", "Magazine 1"]
    assert [len(each.authors) for each in articles(found)] == [0, 1, 1]
    assert not any("Numéro de document" in each.text for each in articles(found))
