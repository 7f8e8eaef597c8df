import pandas as pd
import pytest

from presslens.copies import copies
from presslens.stories import stories

FERRY = (
    "The ferry Solveig ran aground off Kestrel Point on Monday night with ninety people aboard. "
    "Lifeboats from Drenholm brought everybody ashore before dawn, harbourmaster Quist said. "
    "The hull was torn below the waterline and the Solveig began to list."
)
FERRY_TOO = (
    "Ninety people were rescued when the Solveig struck rocks near Kestrel Point. Harbourmaster "
    "Quist praised the lifeboats of Drenholm. Divers will inspect the torn hull of the ferry."
)
RENTS = (
    "Rents in Velm rose by a tenth last year, the statistics office reported. Tenants' unions "
    "called for a freeze, landlords for fewer rules, and the council postponed its decision."
)
FISH = (
    "Herring quotas were cut by a third in the sound. Skippers from Mornay blockaded the quay "
    "with trawlers, and the fisheries commissioner cancelled her visit."
)


def articles(*texts, days=None):
    days = days or [1] * len(texts)
    return pd.DataFrame(
        {
            "article_id": [f"a{number}" for number in range(len(texts))],
            "text": texts,
            "published": pd.to_datetime([day and f"2025-03-{day:02d}" for day in days]),
        }
    )


def test_articles_on_one_event_are_a_story_and_others_are_not():
    found = stories(articles(FERRY, RENTS, FERRY_TOO, FISH))
    assert found.to_dict() == {"a0": "a0", "a1": "a1", "a2": "a0", "a3": "a3"}


@pytest.mark.parametrize(("day", "together"), [(4, True), (5, False), (None, False)])
def test_a_story_lasts_a_few_days(day, together):
    found = stories(articles(FERRY, FERRY_TOO, RENTS, FISH, days=[1, day, 1, 1]))
    assert (found["a1"] == "a0") is together


def test_articles_without_dates_are_compared_with_one_another():
    found = stories(articles(FERRY, FERRY_TOO, RENTS, FISH, days=[None] * 4))
    assert found["a1"] == "a0"


def test_a_copy_is_told_with_its_original_whichever_comes_first_in_the_table():
    cut = FERRY[:180]
    found = copies(articles(cut, RENTS, FERRY, days=[2, 1, 1]))
    assert found.to_dict() == {"a0": "a2", "a1": None, "a2": None}


def test_a_copy_of_a_copy_goes_to_the_first():
    found = copies(articles(FERRY, FERRY + " More later.", "Now. " + FERRY, days=[1, 2, 3]))
    assert found.tolist() == [None, "a0", "a0"]


def test_a_copy_is_part_of_the_story_however_late_it_comes():
    found = stories(articles(FERRY, RENTS, FISH, FERRY, days=[1, 1, 1, 20]))
    assert found["a3"] == "a0"


def test_no_articles_and_short_ones_are_no_error():
    assert stories(articles()).empty
    assert copies(articles("Rain.", "Rain.")).tolist() == [None, None]


def test_a_topic_that_goes_on_for_weeks_is_several_stories():
    days = [1, 4, 7, 10, 13, 16]
    words = FERRY.split()
    # The same words in other orders: alike, but no copies.
    steps = [1, 2, 4, 5, 7, 8]
    shuffled = [" ".join(words[n * step % len(words)] for n in range(len(words))) for step in steps]
    found = stories(articles(*shuffled, RENTS, days=[*days, 16]))
    assert found.tolist()[:-1] == ["a0", "a0", "a0", "a3", "a3", "a3"]
