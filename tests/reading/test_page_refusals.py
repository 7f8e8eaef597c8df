"""Page refusals: errors, checks, consent and paywalls are told apart from articles about them."""

from __future__ import annotations

import time

import pytest
from made_pages import PARAGRAPHS, body, page, parse

from presslens.article import Article
from presslens.problems import Problem
from presslens.reading.html import article_from_page

GONE = "The page you are looking for might have been removed. Please check the address."
COOKIES = (
    "We use cookies to improve your experience on this website and to show you ads."
    " By continuing you accept our policy on cookies."
)


def made(title: str, *paragraphs: str, heading: str = "", head: str = "") -> str:
    text = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    heading = f"<h1>{heading}</h1>" if heading else ""
    return (
        f"<html><head><title>{title}</title>{head}</head><body><main>{heading}{text}</main></body>"
    )


def reason(html: str) -> str:
    found = article_from_page(html, origin="a.html")
    assert isinstance(found, Problem)
    return found.reason


@pytest.mark.parametrize(
    "html",
    [
        made("404 Not Found", GONE, heading="Page not found"),
        made("Page not found | Harbour Post", GONE),
        made("Harbour Post - 404", GONE),
        made("Harbour Post", GONE, heading="Oops! This page could not be found."),
        made("Error 404: page not found", GONE),
        made("Harbour Post: Page not found", GONE),
        made("502 Bad Gateway", "The server could not be reached for now. Please try again."),
        made("Seite nicht gefunden – Hafenblatt", "Die Seite wurde verschoben oder gelöscht."),
        made("Page introuvable", "La page que vous cherchez n'existe plus sur notre site."),
        made("Just a moment...", "Checking your browser before you can see harbourpost.example."),
        made("Access Denied", "You don't have permission to access this page on this server."),
    ],
)
def test_error_pages_and_checks_for_robots_are_no_articles(html: str) -> None:
    assert "save the article's page again" in reason(html)


@pytest.mark.parametrize(
    "text",
    [
        COOKIES,
        (
            "We and our 843 partners store and access cookies and similar data on your device. You"
            " may accept all or manage your choices. Your consent can be withdrawn at any time."
        ),
        (
            "Wir verwenden Cookies, um Ihnen unsere Seite zu zeigen. Mit dem Klick auf Akzeptieren"
            " geben Sie Ihre Einwilligung."
        ),
        (
            "Nous utilisons des cookies pour vous proposer nos contenus. Vous pouvez accepter ou"
            " refuser les cookies à tout moment."
        ),
    ],
)
def test_pages_that_ask_for_consent_are_no_articles(text: str) -> None:
    assert "cookies" in reason(made("Harbour Post", text, text))


@pytest.mark.parametrize(
    "plea",
    [
        "To continue reading this article, subscribe now for just 1 euro a month.",
        "Subscribe for a month to continue reading",
        "This article is only available to subscribers. Log in",
        "Il vous reste 78% de cet article à lire. La suite est réservée aux abonnés.",
        "Jetzt weiterlesen mit dem Probeabo des Hafenblatts",
    ],
)
def test_the_beginning_of_an_article_before_a_paywall_is_a_problem(plea: str) -> None:
    html = made("Subscribe", PARAGRAPHS[0], plea, heading="Ferry row")
    assert "for those who don't pay" in reason(html)
    box = f'<div class="paywall"><button>{plea}</button></div>'
    html = made("Ferry row", PARAGRAPHS[0]).replace("</main>", f"</main>{box}")
    assert "for those who don't pay" in reason(html)


@pytest.mark.parametrize(
    ("title", "first"),
    [
        ("Page not found: how errors became an art", GONE),
        ("404 metres above the fjord", PARAGRAPHS[0]),
        ("Blocked", PARAGRAPHS[0]),
        ("Ferry cookies", "“We use cookies to pay the crew,” said the baker, who sells them."),
        ("Sign up", "Nurses may subscribe for a month to read the timetable, said its operator."),
    ],
)
def test_articles_about_such_things_stay(title: str, first: str) -> None:
    article = parse(made(title, first, *PARAGRAPHS[1:], heading=title))
    assert article.title == title
    assert body(article)[-1] == PARAGRAPHS[-1]


def test_a_long_text_is_an_article_whatever_its_title_says() -> None:
    assert body(parse(made("Page not found", *PARAGRAPHS * 3)))[0] == PARAGRAPHS[0]
    consent = made("Harbour Post", COOKIES, *PARAGRAPHS * 3)
    assert body(parse(consent))[-1] == PARAGRAPHS[-1]


def test_a_paywall_that_is_hidden_or_under_a_whole_text_costs_nothing() -> None:
    plea = "<p>Subscribe to continue reading</p>"
    assert body(parse(page(extra=plea))) == PARAGRAPHS
    brief = made("Ferry row", PARAGRAPHS[0], heading="Ferry row")
    hidden = brief.replace("</main>", f'</main><div hidden class="paywall">{plea}</div>')
    assert isinstance(article_from_page(hidden, origin="a.html"), Article)
    free = (
        '<script type="application/ld+json">{"@type": "NewsArticle", "headline": "Ferry row",'
        ' "isAccessibleForFree": "True"}</script>'
    )
    open_page = made("Ferry row", PARAGRAPHS[0], heading="Ferry row", head=free)
    open_page = open_page.replace("</main>", f"</main>{plea}")
    assert isinstance(article_from_page(open_page, origin="a.html"), Article)


@pytest.mark.parametrize(
    "piece", ["404 error ", "we use ", "subscribe a ", "unsubscribe | ", "page not ", "cookies. "]
)
def test_hostile_pages_take_no_time(piece: str) -> None:
    start = time.process_time()
    for html in (made(piece * 20_000, piece * 20_000), made("404", *[piece * 30] * 400)):
        article_from_page(html, origin="a.html")
    assert time.process_time() - start < 8
