import pytest

from presslens.phrasebook import Phrasebook

BOOK = Phrasebook(
    [
        ("ministry", "m"),
        ("foreign ministry", "fm"),
        ("vice president", "vp"),
        ("WHO", "w"),
        ("U.N.", "un"),
        ("Women's March", "wm"),
        ("no. 10", "ten"),
        ("agency", "a"),
        ("agency", "b"),
        ("AT&T", "att"),
        ("", "nothing"),
    ]
)


def found(text):
    return [(text[one.start : one.end], one.meaning) for one in BOOK.find(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("the Foreign Ministry", [("Foreign Ministry", "fm")]),
        ("two ministries and a MINISTRY", [("ministries", "m"), ("MINISTRY", "m")]),
        ("the ministry\u2019s spokesman", [("ministry", "m")]),
        ("the vice-president", [("vice-president", "vp")]),
        ("the WHO, and who it is", [("WHO", "w")]),
        ("UN and U.N. aid", [("UN", "un"), ("U.N", "un")]),
        ("the Women\u2019s March", [("Women\u2019s March", "wm")]),
        ("from No. 10 today", [("No. 10", "ten")]),
        ("agencies", [("agencies", "a")]),
        ("AT&T", [("AT&T", "att")]),
        ("administer, ministryless", []),
        ("foreign", []),
        ("", []),
    ],
)
def test_phrases_are_found_as_whole_words_the_longest_first(text, expected):
    assert found(text) == expected


def test_the_first_of_phrases_written_alike_counts():
    assert found("an agency") == [("agency", "a")]


def test_many_phrases_do_not_slow_the_search():
    many = Phrasebook((f"body {number} of many", number) for number in range(20_000))
    text = "body 19999 of many " * 50
    assert [one.meaning for one in many.find(text)] == [19_999] * 50
