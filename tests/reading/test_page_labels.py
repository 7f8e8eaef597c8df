"""Page labels: the heading is the title where the others name the site or a section."""

from __future__ import annotations

import pytest
from made_pages import PARAGRAPHS, meta, parse

from presslens.reading.page_labels import is_paper

HEADLINE = "Ferry plan divides the council"
TEXT = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)


def made(title: str, top: str, *, head: str = "") -> str:
    return f"<html><head><title>{title}</title>{head}</head><body>{top}{TEXT}</body></html>"


@pytest.mark.parametrize(
    "top",
    [
        f"<article><h1>{HEADLINE}</h1>",
        f"<h1>{HEADLINE}</h1>",
        f"<p>{PARAGRAPHS[0]}</p><article><h1>{HEADLINE}</h1>",
        f"<header><h1>Tarrow</h1></header><main><h1>{HEADLINE}</h1>",
        f'<h1 class="site-title">All of Tarrow</h1><h1>{HEADLINE}</h1>',
        f'<h1><a href="/">All of Tarrow</a></h1><h1>{HEADLINE}</h1>',
    ],
)
@pytest.mark.parametrize(
    ("title", "outlet"),
    [
        ("The Tarrow Gazette", "The Tarrow Gazette"),
        ("Tarrow Gazette: sport, weather and more", "Tarrow Gazette"),
        ("News", None),
        ("Subscribe", None),
        ("Local News", None),
    ],
)
def test_a_title_that_names_site_or_section_gives_way(
    top: str, title: str, outlet: str | None
) -> None:
    article = parse(made(title, top))
    assert (article.title, article.outlet) == (HEADLINE, outlet)


def test_the_networks_title_may_be_the_sites_too() -> None:
    html = made("The Tarrow Gazette", f"<h1>{HEADLINE}</h1>", head=meta(og__title="News"))
    assert parse(html).title == HEADLINE


def test_a_headline_in_the_pages_title_stays_whatever_the_heading() -> None:
    title = "Nurses ask for boats until dawn"
    assert parse(made(title, "<h1>All about Velm and around</h1>")).title == title
    assert parse(made("Boats until dawn", "<h1>Tarrow Gazette</h1>")).title == "Boats until dawn"


@pytest.mark.parametrize(
    "html",
    [
        made("Ferry row", "").replace("</body>", "<h1>All about the harbour</h1></body>"),
        made("Ferry row", "<h1>You may also like</h1>"),
        made("Ferry row", "<aside><h1>The week in Velm and around</h1></aside>"),
    ],
)
def test_headings_of_boxes_and_under_the_text_are_no_titles(html: str) -> None:
    assert parse(html).title == "Ferry row"


def test_where_two_headings_differ_none_is_chosen() -> None:
    html = made("News", f"<h1>{HEADLINE}</h1><h1>Bakers of the night</h1>")
    assert parse(html).title == "News"


def test_a_papers_name_is_no_title() -> None:
    article = parse(made("The Tarrow Gazette", ""))
    assert (article.title, article.outlet) == (None, "The Tarrow Gazette")


@pytest.mark.parametrize("name", ["The Tarrow Gazette", "Velm Evening Post", "Diario de Velm"])
def test_papers_are_known_by_the_form_of_their_names(name: str) -> None:
    assert is_paper(name)


@pytest.mark.parametrize(
    "text",
    ["Local News", "Weather Report", "Union Boss Quits", "Independent Report Slams Council", "News",
     "Sports Update", "The ferry runs at night"],
)  # fmt: skip
def test_sections_and_headlines_are_no_papers(text: str) -> None:
    assert not is_paper(text)
