"""Running heads: lines on every page."""

from __future__ import annotations

from presslens.reading.running_heads import without_running_heads

LINES = "\n".join(f"line of text with words in it {'x' * n}" for n in range(8))


def test_a_head_on_the_second_page_goes() -> None:
    text = f"VELM COURIER   Page 3\n{LINES}\nVELM COURIER   Page 4\n{LINES}"
    assert without_running_heads(text) == f"VELM COURIER   Page 3\n{LINES}\n{LINES}"


def test_what_a_browser_prints_around_a_page_leaves_title_and_address() -> None:
    head, foot = "3/8/24, 10:14 AM   A storm | The Post", "https://a.example/storm-1"
    text = f"{head}\n{LINES}\n{foot}   1/2\n{head}\n{LINES}\n{foot}   2/2"
    assert without_running_heads(text) == f"A storm | The Post\n{LINES}\n{foot}\n{LINES}"


def test_rows_of_a_table_stay() -> None:
    text = "2017   Velm 2-1 Selm\n2016   Velm 1-0 Selm\n2015   Velm 3-0 Selm"
    assert without_running_heads(text) == text
