"""Page boxes: what stands between the paragraphs leaves, and the paragraphs stay."""

from __future__ import annotations

import time

from made_pages import PARAGRAPHS, body, page, parse

from presslens.reading.page import parse_page
from presslens.reading.page_boxes import take_inline_links


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


def test_links_to_other_stories_within_a_paragraph_go_to_the_related() -> None:
    first = f'{PARAGRAPHS[0]} (Read more: <a href="/x">Bakers of the night</a>)'
    second = f'{PARAGRAPHS[1]} <a href="/y">Also read: The captain who never slept</a>'
    html = page().replace(PARAGRAPHS[0], first).replace(PARAGRAPHS[1], second)
    article = parse(html)
    assert body(article) == PARAGRAPHS
    assert {"Bakers of the night", "The captain who never slept"} <= set(article.related)


def test_a_link_that_belongs_to_its_sentence_stays() -> None:
    text = "The council explained the plan in more detail in a long letter to its citizens in May."
    html = page(extra=f"<p>{text}</p>").replace("in more detail", '<a href="/x">in more detail</a>')
    assert body(parse(html)) == [*PARAGRAPHS, text]


def test_a_form_for_a_newsletter_leaves_with_what_is_around_it() -> None:
    box = (
        "<div><div><h4>The Morning Tide</h4><p>The best of the harbour, each morning.</p>"
        '<form><input type="email" placeholder="Your email"><button>Go</button></form></div></div>'
    )
    html = page().replace("<p>The extra", f"{box}<p>The extra")
    assert body(parse(html)) == PARAGRAPHS


def test_what_amp_embeds_is_no_text() -> None:
    post = (
        "<amp-twitter><blockquote placeholder>Boats at night, what a time to be awake, friends!"
        "</blockquote></amp-twitter><amp-ad><div fallback>Buy our boats, they are the best and the"
        " cheapest of all boats.</div></amp-ad>"
    )
    assert body(parse(page().replace("<p>The extra", f"{post}<p>The extra"))) == PARAGRAPHS


def test_many_links_in_one_paragraph_take_little_time() -> None:
    links = '<a href="/x">read more: boats</a> and ' * 20_000
    tree = parse_page(f"<html><body><p>{links}</p></body></html>")
    began = time.process_time()
    take_inline_links(tree)
    assert time.process_time() - began < 3
