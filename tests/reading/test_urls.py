from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from presslens.reading.urls import canonical_url, host_of, slug_words, url_of_line

URL = "https://www.harbourpost.example/2024/06/02/ferry-to-sundby-will-run-all-night-a87021"


@pytest.mark.parametrize(
    "line",
    [
        URL,
        f"  <{URL}> ",
        URL.replace("sundby", "sun dby"),
        URL.replace("a87021", "a 87021"),
        URL.replace("/06/", " /06/"),
        f"{URL}.",
    ],
)
def test_a_line_that_is_an_address_is_healed(line: str) -> None:
    assert url_of_line(line) == URL


@pytest.mark.parametrize(
    "line",
    [
        f"{URL} was the address that the police gave.",
        f"See {URL}",
        "https://",
        "http://nohost",
        "",
        "The ferry will run all night",
    ],
)
def test_a_sentence_with_an_address_is_none(line: str) -> None:
    assert url_of_line(line) is None


def test_the_canonical_address_has_no_tracking() -> None:
    messy = "HTTP://WWW.HarbourPost.example:80/Ferry/?utm_source=feed&id=3&fbclid=x&b=1#comments"
    assert canonical_url(messy) == "https://harbourpost.example/Ferry?b=1&id=3"


def test_parameters_that_name_the_article_stay() -> None:
    one, other = (canonical_url(f"https://a.example/news.php?id={number}") for number in (1, 2))
    assert one != other


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://www.a.example/x", "a.example"),
        ("http://m.a.example:8080", "a.example"),
        ("a.example/x", "a.example"),
        ("https://[broken", None),
        ("localhost", None),
    ],
)
def test_hosts(url: str, host: str | None) -> None:
    assert host_of(url) == host


def test_the_words_of_an_address_echo_the_headline() -> None:
    assert slug_words(URL) == {"ferry", "sundby", "will", "night"}
    assert slug_words("https://a.example/news.php?id=376383") == set()


@given(st.text(max_size=60))
def test_any_text_is_survived_and_canonical_forms_are_stable(text: str) -> None:
    url_of_line(text)
    slug_words(text)
    once = canonical_url(f"https://a.example/{text}")
    assert canonical_url(once) == once
