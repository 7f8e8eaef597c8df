"""Pages: trafilatura finds the text, JSON-LD the fields; the page and its people are invented."""

from __future__ import annotations

import gzip
import json
import re
import time
from datetime import UTC, date, datetime

import pytest

from presslens.article import Article
from presslens.paths import ROOT
from presslens.problems import Problem
from presslens.reading.html import article_from_page
from presslens.reading.jsonld import article_fields, names, text_of

PAGES = ROOT.parent / "shared" / "data" / "formats" / "html"
PARAGRAPHS = [
    (
        "The ferry between Halden and Sundby will run around the clock from July, its operator said"
        " on Thursday, after nurses and bakers had asked for it for years."
    ),
    (
        "“We heard them,” said the director, Kim Solberg, who took a night boat herself last week. "
        "“At four in the morning the quay is full of people in white coats and white aprons.”"
    ),
    (
        "The extra boats will cost the two towns about 9 million crowns a year, according to a "
        "study by the port authority, which had advised against them."
    ),
    (
        "Sundby's mayor called the plan a gift to the working night. The council of Halden will "
        "vote on its share of the money in June."
    ),
]
JSON_LD = """<script type="application/ld+json">{"@context": "https://schema.org", "@graph": [
{"@type": "WebSite", "name": "Harbour Post"},
{"@type": "NewsArticle", "headline": "Ferry &amp; bakers: boats will run all night",
 "datePublished": "2024-06-02T23:10:00-02:00", "articleSection": ["Local", "Travel"],
 "author": [{"@type": "Person", "name": "Mira Holt"}, {"@type": "Person", "name": "By Jo Roe"},
            {"@type": "Organization", "name": "Harbour Post"}],
 "publisher": {"@type": "Organization", "name": "Harbour Post"}}]}</script>"""


def page(head: str = JSON_LD, extra: str = "") -> str:
    text = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
    return f"""<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">
<title>Ferry will run all night | Harbour Post</title>
<link rel="canonical" href="https://www.harbourpost.example/local/ferry-all-night">
<meta property="og:site_name" content="Harbour Post">{head}</head><body>
<nav><a href="/">Home</a><a href="/news">News</a></nav>
<article><h1>Ferry will run all night</h1><p>By Mira Holt</p>
<figure><img src="x.jpg" alt=""><figcaption>The quay at Sundby. Photo: Jo Roe</figcaption></figure>
{text}<p>Read more: Bakers of the night</p>{extra}</article>
<footer>Copyright 2024 Harbour Post</footer></body></html>"""


def parse(html: str) -> Article:
    found = article_from_page(html, origin="a.html")
    assert isinstance(found, Article)
    return found


def test_fields_come_from_json_ld() -> None:
    article = parse(page())
    assert article.title == "Ferry & bakers: boats will run all night"
    assert article.published == date(2024, 6, 2)
    assert article.published_time == datetime(2024, 6, 3, 1, 10, tzinfo=UTC)
    assert article.authors == ("Mira Holt", "Jo Roe")
    assert (article.section, article.outlet) == ("Local", "Harbour Post")
    assert article.url == "https://www.harbourpost.example/local/ferry-all-night"
    assert article.reader == "html"


def test_without_json_ld_the_page_tells_title_and_outlet() -> None:
    article = parse(page(head=""))
    assert article.title == "Ferry will run all night"
    assert article.outlet == "Harbour Post"
    assert article.published is None


def test_the_text_is_the_title_and_the_paragraphs() -> None:
    article = parse(page())
    assert article.text[article.body_start :].split("\n\n") == PARAGRAPHS


def test_captions_and_links_leave_the_text() -> None:
    article = parse(page(extra="<p>Sign up for our newsletter</p>"))
    assert article.captions == ("The quay at Sundby. Photo: Jo Roe",)
    assert article.related == ("Bakers of the night",)
    assert "newsletter" not in article.text


def test_the_id_is_that_of_the_canonical_address() -> None:
    assert parse(page()).id == parse(page(head="")).id


@pytest.mark.parametrize(
    "html",
    ["<html></html>", "<html><body><p></p></body></html>", "<html><p>Share</p></html>", "<", ""],
)
def test_a_page_without_an_article_is_a_problem(html: str) -> None:
    found = article_from_page(html, origin="a.html")
    assert isinstance(found, Problem)
    assert "article" in found.reason


@pytest.mark.parametrize(
    "script",
    [
        "{broken",
        "[]",
        "null",
        "[[[[[[[[[[[[]]]]]]]]]]]]",
        '{"@type": 3}',
        '{"@graph": {"@graph": 1}}',
    ],
)
def test_broken_json_ld_is_passed_over(script: str) -> None:
    assert article_fields(f'<script type="application/ld+json">{script}</script>') == {}
    good = page().replace("<script", f'<script type="application/ld+json">{script}</script><script')
    assert parse(good).authors == ("Mira Holt", "Jo Roe")


def ld(*nodes: object) -> str:
    return "".join(
        f'<script type="application/ld+json">{json.dumps(node)}</script>' for node in nodes
    )


def meta(**values: str) -> str:
    return "".join(
        f'<meta property="{key.replace("__", ":")}" content="{value}">'
        for key, value in values.items()
    )


def body(article: Article) -> list[str]:
    return article.text[article.body_start :].split("\n\n")


NEWS = {"@type": "NewsArticle", "headline": "Ferry will run all night"}


@pytest.mark.parametrize(
    "block",
    [
        '<!-- {"@type": "Article", "name": "Boats", "datePublished": "2024-06-02"} -->',
        '//<![CDATA[\n{"@type": "Article", "name": "Boats", "datePublished": "2024-06-02"}//]]>',
        '{"@type": "Article", "name": "Boats", "datePublished": "2024-06-02",}',
        '{"@id": 1} {"@type": "Article", "name": "Boats", "datePublished": "2024-06-02"};',
        '{"@type": "Article", "name": "Boats", "datePublished": "2024-06-02"}'.replace(
            '"', "&quot;"
        ),
        '{"@type": "Article",\n"x": "The "B"",\n"name": "Boats",\n"datePublished": "2024-06-02"}',
        '{"@type": "Article", "about": "It\\\'s", "name": "Boats", "datePublished": "2024-06-02"}',
        '{"@type": "Article", "headline": "Boats", "datePublished": "2024-06-02", "image": {"u',
        """[[{"item": {"@type": ["Thing", "http://schema.org/NewsArticle"], "name": ["Boats"],
        "datePublished": {"@value": "2024-06-02"}}}]]""",
    ],
    ids="comment cdata comma several entities quotes escape truncated nested".split(),
)
def test_json_ld_of_every_make_is_read(block: str) -> None:
    fields = article_fields(f"<script type='application/ld+json'>{block}</script>")
    assert text_of(fields.get("name") or fields["headline"]) == "Boats"
    assert text_of(fields["datePublished"]) == "2024-06-02"


def test_a_block_cut_off_still_names_its_author() -> None:
    block = (
        '{"@type": "NewsArticle", "author": [{"@type": "Person", "name": "Jo Roe"}], "headline": "A'
    )
    fields = article_fields(f'<script type="application/ld+json">{block}</script>')
    assert fields == {} or names(fields["author"]) == ["Jo Roe"]
    whole = block.replace('"A', '"Boats", "image": {')
    fields = article_fields(f'<script type="application/ld+json">{whole}</script>')
    assert names(fields["author"]) == ["Jo Roe"]


def test_an_author_that_is_only_referred_to_is_looked_up() -> None:
    graph = {
        "@graph": [
            {**NEWS, "author": {"@id": "#jo"}},
            {"@type": "Person", "@id": "#jo", "name": "Jo Roe"},
        ]
    }
    assert parse(page(ld(graph))).authors == ("Jo Roe",)


def test_of_several_articles_the_one_at_the_address_counts() -> None:
    other = {
        "@type": "NewsArticle",
        "headline": "Bakers strike",
        "author": "Ana Lima",
        "url": "https://x.example/a",
    }
    own = {**NEWS, "author": "Jo Roe", "url": "https://harbourpost.example/local/ferry-all-night/"}
    assert parse(page(ld(other, own))).authors == ("Jo Roe",)


def test_what_one_block_leaves_out_another_adds() -> None:
    webpage = {
        "@type": "WebPage",
        "name": "Ferry will run all night",
        "datePublished": "2024-06-02",
    }
    assert parse(page(ld({**NEWS, "author": "Jo Roe"}, webpage))).published == date(2024, 6, 2)


def test_a_page_without_text_has_json_lds() -> None:
    text = "\n\n".join(PARAGRAPHS)
    head = ld({**NEWS, "articleBody": text})
    html = f"<html><head>{head}</head><body><div id=app></div></body></html>"
    assert body(parse(html)) == PARAGRAPHS


def test_a_short_article_body_does_not_replace_the_text() -> None:
    assert body(parse(page(ld({**NEWS, "articleBody": PARAGRAPHS[0]})))) == PARAGRAPHS


@pytest.mark.parametrize(
    ("head", "day"),
    [
        ('<meta property="article:published_time" content="2024-06-02T23:30:00-07:00">', 2),
        ('<meta name="parsely-pub-date" content="2024-06-03T08:30:00Z">', 3),
        ('<meta name="sailthru.date" content="2024-06-04 08:30:00">', 4),
        ('<meta name="DC.date.issued" content="2024-06-05">', 5),
        ('<meta property="article:published_time" content="1717650000000">', 6),
    ],
)
def test_meta_tags_tell_the_day_as_they_state_it(head: str, day: int) -> None:
    assert parse(page(head)).published == date(2024, 6, day)


@pytest.mark.parametrize(
    "extra",
    [
        '<span itemprop="datePublished" content="2024-06-02T10:00">Sunday</span>',
        '<time datetime="2024-06-02T10:00:00+02:00">2 June</time>',
        '<aside><time datetime="2020-01-01">old</time></aside><time>June 2, 2024</time>',
        '<span class="post-date">Updated: 5 June 2024 | Published: 2 June 2024</span>',
    ],
)
def test_the_page_itself_tells_the_day(extra: str) -> None:
    assert parse(page("").replace("</h1>", f"</h1>{extra}")).published == date(2024, 6, 2)


def test_the_day_of_publication_beats_that_of_the_first_version() -> None:
    head = '<meta name="DCSext.first" content="2019-02-05"><meta name="date" content="2019-02-05">'
    shown = '</h1><time itemprop="datePublished" datetime="2024-06-02T16:45+0100">2 June</time>'
    assert parse(page(head).replace("</h1>", shown)).published == date(2024, 6, 2)


@pytest.mark.parametrize(
    ("head", "title"),
    [
        (meta(og__title="Ferry will run all night - Harbour Post"), "Ferry will run all night"),
        (meta(og__title="Boats at night"), "Ferry will run all night"),
        (ld({**NEWS, "headline": "SEO boats"}) + meta(og__title="Ferry will run all night"),
         "Ferry will run all night"),
        (ld({**NEWS, "headline": "Boats to run"}) + meta(og__title="Night boats"), "Boats to run"),
        (ld({**NEWS, "headline": "Ferry will run…"}), "Ferry will run all night"),
    ],
)  # fmt: skip
def test_the_title_is_what_two_of_three_agree_on(head: str, title: str) -> None:
    assert parse(page(head)).title == title


def test_the_sites_name_in_a_heading_is_no_title() -> None:
    html = page("").replace("<nav>", "<h1>Harbour Post</h1><nav>")
    assert parse(html).title == "Ferry will run all night"


@pytest.mark.parametrize(
    ("author", "authors"),
    [
        ("By Mira Holt and Jo Roe", ("Mira Holt", "Jo Roe")),
        ("Mira Holt, Jo Roe and Ana Lima", ("Mira Holt", "Jo Roe", "Ana Lima")),
        ("Mira Holt, Transport Correspondent", ("Mira Holt",)),
        ("Mira Holt mira.holt@harbourpost.example", ("Mira Holt",)),
        ("Mira Holt | Harbour Post", ("Mira Holt",)),
        ("Holt, Mira", ("Mira Holt",)),
        ("https://harbourpost.example/mira", ()),
        ("mira-holt", ()),
        ("Harbour Post Staff", ()),
    ],
)
def test_author_tags_are_taken_apart(author: str, authors: tuple[str, ...]) -> None:
    html = page(f'<meta name="author" content="{author}">').replace("<p>By Mira Holt</p>", "")
    assert parse(html).authors == authors


def test_bylines_in_other_languages_are_read() -> None:
    html = page('<meta name="author" content="Von Mira Holt und Jo Roe">').replace(
        'lang="en"', 'lang="de-DE"'
    )
    assert parse(html).authors == ("Mira Holt", "Jo Roe")
    assert parse(page('<meta name="author" content="Von Miller">')).authors == ("Von Miller",)


def test_agencies_and_organisations_are_credits() -> None:
    authors = [
        {"@type": "Person", "name": "AFP"},
        {"@type": "Organization", "name": "Coast Desk Collective"},
        {"@type": ["Person", "Organization"], "name": "Jo Roe"},
    ]
    article = parse(page(ld({**NEWS, "author": authors})))
    assert article.authors == ("Jo Roe",)
    assert article.credits[:2] == ("AFP", "Coast Desk Collective")


@pytest.mark.parametrize(
    "byline",
    [
        '<a rel="author" href="/jo">Jo Roe</a>',
        '<span itemprop="author" itemscope><span itemprop="name">Jo Roe</span></span>',
        '<div class="article-byline">By Jo Roe</div>',
    ],
)
def test_the_page_shows_who_wrote_it(byline: str) -> None:
    html = page("").replace("<p>By Mira Holt</p>", "").replace("</h1>", f"</h1>{byline}")
    assert parse(html).authors == ("Jo Roe",)


def test_a_pictures_author_and_other_stories_authors_wrote_nothing() -> None:
    picture = (
        '<div itemscope itemtype="https://schema.org/ImageObject">'
        '<meta itemprop="author" content="Pia Foto"></div>'
    )
    other = '<section><div><div><a rel="author">Ana Lima</a></div></div></section>'
    html = page("").replace("<p>By Mira Holt</p>", '<p><a rel="author">Jo Roe</a></p>')
    assert parse(
        html.replace("<figure>", f"{picture}<figure>").replace("<footer>", f"{other}<footer>")
    ).authors == ("Jo Roe",)


@pytest.mark.parametrize(
    "note",
    [
        "<!-- saved from url=(0045)https://www.harbourpost.example/local/night -->",
        "<!--\n Page saved with SingleFile\n url: https://www.harbourpost.example/local/night\n-->",
        "<!-- Mirrored from www.harbourpost.example/local/night by HTTrack -->",
    ],
)
def test_a_saved_page_tells_where_it_is_from(note: str) -> None:
    html = re.sub("<link[^>]+>", "", page("")).replace("<html", f"{note}\n<html")
    assert parse(html).url == "https://www.harbourpost.example/local/night"
    assert parse(page("").replace("<html", f"{note}<html")).url == parse(page("")).url


def test_the_front_page_is_no_articles_address() -> None:
    html = page("").replace("/local/ferry-all-night", "/")
    found = article_from_page(html, origin="a.html", url="https://www.harbourpost.example/x")
    assert isinstance(found, Article)
    assert found.url == "https://www.harbourpost.example/x"


def test_a_standfirst_between_heading_and_text_comes_first() -> None:
    standfirst = "Nurses and bakers asked for years, and now the towns will pay for it"
    head = f'<meta name="description" content="{standfirst}">'
    html = (
        page(head)
        .replace("<article>", "<header>")
        .replace("</h1>", f"</h1><h2>{standfirst}</h2></header><article>")
    )
    assert body(parse(html)) == [standfirst, *PARAGRAPHS]
    assert body(parse(page(head))) == PARAGRAPHS


def test_posts_boxes_and_captions_leave_the_text() -> None:
    extra = (
        '<blockquote class="twitter-tweet"><p>Boats at night, what a time to be awake, friends of'
        " the sea.</p>— Jo (@jo) June 2, 2024</blockquote>"
        '<div class="newsletter-box"><p>Our letter comes to you each week for free.</p></div>'
        '<div class="wp-caption"><p class="wp-caption-text">Bakers at dawn</p></div>'
        '<p><a href="/other">Bakers ask for more boats at dawn</a></p>'
        "<p>For more stories like this, check our news page.</p><p>Lesen Sie auch: Die Nacht</p>"
    )
    article = parse(page(extra=extra))
    assert body(article) == PARAGRAPHS
    assert "Bakers at dawn" in article.captions
    assert {"Bakers ask for more boats at dawn", "Die Nacht"} <= set(article.related)


def test_a_class_that_wraps_every_paragraph_is_no_box() -> None:
    html = page().replace("<p>", '<div class="share-text"><p>').replace("</p>", "</p></div>")
    assert body(parse(html)) == PARAGRAPHS


def test_subheadings_lists_and_quotes_stay() -> None:
    extra = (
        "<h2>What the boats cost</h2><ul><li>Nine million crowns each year for both towns</li>"
        "<li>Two new captains and six sailors</li></ul><blockquote><p>The sea is patient, but the"
        " bakers are not, and nor are the nurses.</p></blockquote><p>The vote is on the ninth of"
        " June, after which the boats may be ordered from the yard.</p>"
    )
    text = parse(page(extra=extra)).text
    for piece in ("What the boats cost", "Nine million crowns", "Two new captains", "patient, but"):
        assert piece in text


def test_an_amp_page_is_read_like_any_other() -> None:
    html = page().replace("<html", "<html amp").replace("<img ", "<amp-img ")
    assert body(parse(html)) == PARAGRAPHS
    assert parse(html).id == parse(page()).id


@pytest.mark.parametrize(
    "html",
    [
        page()[:900],
        page().replace(">", "\0>"),
        "<html><body>" + '<div class="caption related">' * 3000,
        '<script type="application/ld+json">' * 3000 + page(),
        page('<script type="application/ld+json">' + "[" * 50_000 + "</script>"),
        page(
            '<script type="application/ld+json">{"@type": "NewsArticle" '
            + '"a ' * 50_000
            + "</script>"
        ),
        page(f'<meta name="author" content="{"a" * 200_000}">'),
    ],
    ids=["cut", "nul", "deep", "unclosed", "brackets", "quotes", "author"],
)
def test_hostile_pages_are_survived_in_time(html: str) -> None:
    start = time.perf_counter()
    assert isinstance(article_from_page(html, origin="a.html"), Article | Problem)
    assert time.perf_counter() - start < 5


@pytest.mark.skipif(not PAGES.is_dir(), reason="needs the publishers' pages in ../shared")
def test_publishers_pages_keep_their_dates_titles_and_authors() -> None:
    gold = [json.loads(line) for line in (PAGES / "gold.jsonl").read_text("utf-8").splitlines()]
    found = [
        parse(gzip.decompress((PAGES / one["file"]).read_bytes()).decode("utf-8")) for one in gold
    ]
    assert all(article.title and article.outlet for article in found)
    days = [
        str(article.published) == one["published"][:10]
        for article, one in zip(found, gold, strict=True)
    ]
    assert sum(days) >= 0.97 * len(gold)
    authors = [
        set(article.authors) == set(one["authors"] or ())
        for article, one in zip(found, gold, strict=True)
    ]
    assert sum(authors) >= 0.85 * len(gold)


def test_a_kicker_within_the_heading_is_no_part_of_the_title() -> None:
    html = page(meta(og__title="Ferry will run all night")).replace("<h1>", "<h1><b>Local</b> ")
    assert parse(html).title == "Ferry will run all night"


def test_a_paragraph_that_was_taken_for_something_else_is_put_back() -> None:
    links = " ".join(
        f'<a href="/{n}">captain {n} of the ferry line to Sundby</a>' for n in range(6)
    )
    paragraph = f"<p>The captains {links} were asked to take the night boats first of all.</p>"
    html = page().replace("<p>The extra", f"{paragraph}<p>The extra")
    assert sum("were asked to take" in line for line in body(parse(html))) == 1


def test_what_json_ld_tells_about_an_author_is_not_the_text() -> None:
    about = "Mira Holt writes about harbours and has crossed the sound at night for ten years."
    author = {"@type": "Person", "name": "Mira Holt", "description": about}
    article = parse(page(ld({**NEWS, "author": author}), extra=f"<p>{about}</p>"))
    assert body(article) == PARAGRAPHS
