"""Furniture: calls, menus and legal lines against sentences that look like them."""

from __future__ import annotations

import pytest

from presslens.reading.furniture import (
    CALL,
    CALL_AT_EDGE,
    call_weight,
    is_bar,
    is_menu,
    is_ticker,
    opens_foot,
)


@pytest.mark.parametrize(
    "line",
    [
        "Sign up here for our daily newsletter.",
        "Do you have a story for the Courier? Call 01632 960001 or email news@courier.example.",
        "Download the Bugle app for iOS and Android",
        "Never miss a story: follow us on WhatsApp",
        "If you value our reporting, please consider a donation.",
    ],
)
def test_calls_to_readers_weigh_enough_wherever_they_stand(line: str) -> None:
    assert call_weight(line) >= CALL


@pytest.mark.parametrize(
    "line",
    [
        "Share prices fell by a tenth when the news became known.",
        "The app can be downloaded free of charge from Monday.",
        "Anyone with information is asked to call Velm police on 01632 960 555.",
        "“Sign up for our newsletter,” the caller said, and hung up.",
        "Follow-up checks are planned for the autumn.",
        "His Twitter account was suspended a day later.",
        "We cannot go on like this, he wrote on Facebook.",
    ],
)
def test_sentences_of_articles_weigh_little(line: str) -> None:
    assert call_weight(line) < CALL_AT_EDGE


@pytest.mark.parametrize(
    "line",
    ["Menu", "Share Save", "Home News Sport Business Log in", "NEWS SPORTS WEATHER E-EDITION"],
)
def test_words_of_menus_are_a_menu(line: str) -> None:
    assert is_menu(line)


@pytest.mark.parametrize("line", ["The Markets", "Health care", "No food and no tea"])
def test_subheads_are_no_menu(line: str) -> None:
    assert not is_menu(line)


def test_short_pieces_between_bars_are_a_bar_and_a_title_with_its_paper_is_none() -> None:
    assert is_bar("Football | Rugby | Polo | Results")
    assert not is_bar("Storm cuts power to thousands on the Tamble coast | The Quelling Post")


def test_the_weather_and_prices_are_a_ticker() -> None:
    assert is_ticker("31°F Velm, snow, tonight 14° 22°")
    assert not is_ticker("One in three: 50% of nothing")


def test_a_sentence_that_opens_like_a_foot_is_none() -> None:
    assert opens_foot("© 2024 The Velm Courier")
    assert not opens_foot("Comments on the plan can be sent to the council until 3 May.")
