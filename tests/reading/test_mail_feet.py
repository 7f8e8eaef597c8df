"""Mail's feet: what under a newsletter's article goes; the papers and messages are invented."""

from __future__ import annotations

import pytest

from presslens.article import Article, compose
from presslens.reading.draft import WANTS_DROPPED
from presslens.reading.mail_feet import without_foot

STORY = (
    "The ferry between Halden and Sundby will run around the clock from July, its operator said on"
    " Thursday, after nurses and bakers had asked for it for years, in letters and with a choir."
)


def newsletter(*paragraphs: str) -> Article:
    text, body_start = compose("Boats for bakers", list(paragraphs))
    return Article(id="1", text=text, title="Boats for bakers", body_start=body_start)


def body_of(article: Article) -> list[str]:
    return article.text[article.body_start :].split("\n\n")


@pytest.mark.parametrize(
    "foot",
    [
        "You received this email because you signed up. Unsubscribe | Manage preferences",
        "You are receiving our newsletter as a reader of The Harbour Post.",
        "This message was sent to jo@lab.example.",
        "Click here to unsubscribe.",
        "Unsubscribe: https://harbourpost.example/u",
        "Sie erhalten diesen Newsletter, weil Sie ihn bestellt haben.",
    ],
)
def test_a_foot_goes_with_the_addresses_around_it(foot: str) -> None:
    address = "The Harbour Post, 1 Quay Street"
    assert body_of(without_foot(newsletter(STORY, STORY, foot, address))) == [STORY, STORY]
    assert body_of(without_foot(newsletter(STORY, STORY, address, foot))) == [STORY, STORY]


@pytest.mark.parametrize(
    "paragraph",
    [
        "Readers who unsubscribe rarely come back, the paper said.",
        "The harbour's residents receive this year's plan in June, by letter and newsletter.",
        STORY + " You received this email because you signed up, it said. " + STORY,
    ],
)
def test_a_story_about_newsletters_stays_whole(paragraph: str) -> None:
    found = newsletter(STORY, paragraph, "It ended in June.")
    assert without_foot(found) == found


def test_a_foot_above_another_story_stays() -> None:
    found = newsletter(STORY, "Click here to unsubscribe.", f"{STORY} {STORY}")
    assert without_foot(found) == found


def test_a_foot_is_dropped_where_dropped_lines_are_asked_for() -> None:
    foot = "Click here to unsubscribe."
    token = WANTS_DROPPED.set(True)
    try:
        assert without_foot(newsletter(STORY, foot)).dropped == (foot,)
    finally:
        WANTS_DROPPED.reset(token)
