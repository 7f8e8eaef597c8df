"""Page text: all paragraphs of the article, wherever the page has them."""

from __future__ import annotations

from types import SimpleNamespace

from made_pages import NEWS, PARAGRAPHS, body, ld, page, parse

from presslens.reading.page import Page, parse_page
from presslens.reading.page_text import lines_of


def test_a_page_without_text_has_json_lds() -> None:
    text = "\n\n".join(PARAGRAPHS)
    head = ld({**NEWS, "articleBody": text})
    html = f"<html><head>{head}</head><body><div id=app></div></body></html>"
    assert body(parse(html)) == PARAGRAPHS


def test_a_short_article_body_does_not_replace_the_text() -> None:
    assert body(parse(page(ld({**NEWS, "articleBody": PARAGRAPHS[0]})))) == PARAGRAPHS


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


def test_a_paragraph_that_was_taken_for_something_else_is_put_back() -> None:
    links = " ".join(
        f'<a href="/{n}">captain {n} of the ferry line to Sundby</a>' for n in range(6)
    )
    paragraph = f"<p>The captains {links} were asked to take the night boats first of all.</p>"
    html = page().replace("<p>The extra", f"{paragraph}<p>The extra")
    assert sum("were asked to take" in line for line in body(parse(html))) == 1


def test_the_element_with_most_sentences_is_taken_where_next_to_nothing_was_found() -> None:
    html = page(extra="").replace("<article>", "<div>").replace("</article>", "</div>")
    comments = "".join(f"<li><p>{paragraph} And so on and on and on.</p></li>" for paragraph in
                       PARAGRAPHS * 3)  # fmt: skip
    html = html.replace("<footer>", f"<ol>{comments}</ol><footer>")
    found = SimpleNamespace(text="By Mira Holt")
    lines = lines_of(found, Page(html, parse_page(html)), html)
    assert [line for line in lines if line in PARAGRAPHS] == PARAGRAPHS
    assert not any("on and on" in line for line in lines)


def test_a_live_blog_that_comes_by_script_is_its_posts() -> None:
    posts = [
        {"@type": "BlogPosting", "headline": f"Update {number}", "articleBody": paragraph}
        for number, paragraph in enumerate(PARAGRAPHS)
    ]
    head = ld({**NEWS, "@type": "LiveBlogPosting", "liveBlogUpdate": posts})
    html = f"<html><head>{head}</head><body><div id=app></div></body></html>"
    assert body(parse(html))[:4] == ["Update 0", PARAGRAPHS[0], "Update 1", PARAGRAPHS[1]]
