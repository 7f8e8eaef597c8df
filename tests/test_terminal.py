"""What commands print: foreign text made harmless."""

from __future__ import annotations

import pytest

from presslens.problems import Problem
from presslens.terminal import print_problems, shown


@pytest.mark.parametrize(
    ("text", "harmless"),
    [
        ("Ferry runs aground – “again”, ærlig talt", "Ferry runs aground – “again”, ærlig talt"),
        ("\x1b[2J\x07gone", "\\x1b[2J\\x07gone"),
        ("one\ntwo\rthree", "one\\ntwo\\rthree"),
        ("abc\u202etxt.exe", "abc\\u202etxt.exe"),
        ("a\u2028b\u200bc\x9bd", "a\\u2028b\\u200bc\\x9bd"),
        ("half \udce9", "half \\udce9"),
    ],
)
def test_text_of_others_can_neither_break_the_line_nor_steer_the_terminal(
    text: str, harmless: str
) -> None:
    assert shown(text) == harmless


def test_problems_are_one_line_each_whatever_their_origin_holds(
    capsys: pytest.CaptureFixture[str],
) -> None:
    print_problems([Problem("a\nb.txt", "reading", "it is \x1b[31mempty")], stored=False)
    assert capsys.readouterr().err == "a\\nb.txt: reading: it is \\x1b[31mempty\n"
