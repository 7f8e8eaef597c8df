"""Page lines: the standfirst comes first, and what is said about the authors leaves."""

from __future__ import annotations

from made_pages import NEWS, PARAGRAPHS, body, ld, page, parse


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


def test_what_json_ld_tells_about_an_author_is_not_the_text() -> None:
    about = "Mira Holt writes about harbours and has crossed the sound at night for ten years."
    author = {"@type": "Person", "name": "Mira Holt", "description": about}
    article = parse(page(ld({**NEWS, "author": author}), extra=f"<p>{about}</p>"))
    assert body(article) == PARAGRAPHS


def test_a_newsletters_foot_ends_the_text_with_the_address_under_it() -> None:
    foot = (
        "<p>You received this email because you signed up. Unsubscribe | Manage preferences</p>"
        "<p>Harbour Post, 1 Quay St</p>"
    )
    assert body(parse(page(extra=foot))) == PARAGRAPHS


def test_a_sentence_after_a_letters_foot_is_text_again() -> None:
    first = f"<p>{PARAGRAPHS[0]}</p>"
    html = page().replace(first, f"{first}<p>Unsubscribe from this newsletter</p>")
    assert body(parse(html)) == PARAGRAPHS
