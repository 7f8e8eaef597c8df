"""Page notices: what papers say to their readers leaves, and sentences that begin alike stay."""

from __future__ import annotations

import time

import pytest

from presslens.reading.draft import Draft
from presslens.reading.page_notices import asks_to_pay, is_letters_foot, is_notice


@pytest.mark.parametrize(
    "line",
    [
        "Get unlimited access to all our journalism from 2 crowns a week.",
        "Subscribe now to continue reading",
        "Create a free account to keep reading this story.",
        "This article is available only to subscribers.",
        "You have read 3 of 5 free articles this month.",
        "If you value our journalism, please consider making a contribution today.",
        "Updated 3 hours ago",
        "5 min",
        "Image 1 of 12",
        "3 of 9",
        "Save",
        "This audio was automatically generated and may hold errors.",
        "Your browser does not support the audio element.",
        "pic.twitter.com/abc123",
        "View this post on Instagram",
        "A post shared by Jo Roe (@joroe)",
        "— Jo Roe (@joroe) June 2, 2024",
        "Make Harbour Post your preferred source on Google",
    ],
)
def test_notices_leave(line: str) -> None:
    assert is_notice(line, Draft())


@pytest.mark.parametrize(
    "line",
    [
        "This video is a fake, the mayor of Sundby said on Friday, and so is the letter.",
        "Correction officers at the prison told our reporter: the doors were open all night.",
        "You have read it in the papers, the captain said, and it was all wrong.",
        "Get full marks for trying, the teacher told the boys of Halden.",
        "The update on the storm: all boats stay in the harbour.",
        "Five minutes later the quay was empty.",
        "Jo Roe is a sailor who lives in Halden and works at night.",
    ],
)
def test_sentences_that_begin_like_notices_stay(line: str) -> None:
    assert not is_notice(line, Draft(authors=["Jo Roe"]))


def test_a_dated_correction_goes_to_its_field() -> None:
    line = "Correction, June 3, 2024: An earlier text gave the wrong name of the director."
    draft = Draft()
    assert is_notice(line, draft)
    assert draft.corrections == [line]


def test_who_the_author_is_leaves() -> None:
    line = "Jo Roe is a reporter for the Harbour Post who covers the sea."
    assert is_notice(line, Draft(authors=["Jo Roe"]))
    assert not is_notice(line, Draft(authors=["Mira Holt"]))


@pytest.mark.parametrize("piece", ["get in touch ", "for more news ", "correction, ", "a ", "5 "])
def test_hostile_lines_take_no_time(piece: str) -> None:
    began = time.process_time()
    for size in range(300, 400, 10):
        is_notice((piece * 200)[:size], Draft())
    assert time.process_time() - began < 0.5


@pytest.mark.parametrize(
    "line",
    [
        "You received this email because you signed up. Unsubscribe | Manage preferences",
        "You're receiving this newsletter because you asked the Harbour Post for it.",
        "Unsubscribe | Update your preferences | Privacy policy",
        "Unsubscribe from this newsletter",
        "This email was sent to jo@velm.example",
        "Sie erhalten diesen Newsletter, weil Sie ihn bestellt haben.",
    ],
)
def test_what_newsletters_end_with_is_known(line: str) -> None:
    assert is_letters_foot(line)


@pytest.mark.parametrize(
    "line",
    [
        "You received this letter, the mayor told nurses, because you asked for boats.",
        "Readers may unsubscribe, the operator said.",
        "Preferences of nurses",
        "Contact us",
    ],
)
def test_sentences_about_letters_are_none_of_it(line: str) -> None:
    assert not is_letters_foot(line)


def test_pleas_to_pay_are_told_from_what_an_article_says_of_paying() -> None:
    assert asks_to_pay("Please\nsubscribe to Harbour Post+ to continue reading.")
    assert asks_to_pay("This story is reserved for our subscribers")
    assert not asks_to_pay("Passengers subscribe to a ferry pass to continue their journeys.")
    assert not asks_to_pay("Already a subscriber? Log in")
