"""Page scripts: where a page has its text for scripts only, the article is found in their data."""

from __future__ import annotations

import json
import time

import pytest
from made_pages import PARAGRAPHS, body, page, parse

from presslens.problems import Problem
from presslens.reading.html import article_from_page
from presslens.reading.page_scripts import lines_in_scripts

TITLE = "Ferry will run all night"
MARKED_UP = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
ELEMENTS = [
    {"type": "text", "content": PARAGRAPHS[0]},
    {"type": "image", "caption": "The quay at dawn, with nurses and bakers waiting for the boat."},
    {"type": "text", "content": PARAGRAPHS[1].replace("director", '<a href="/d">director</a>')},
    {"type": "interstitial_link", "content": "Read more about the boats and the bakers of Halden"},
    {"type": "text", "content": PARAGRAPHS[2]},
    {"type": "text", "content": PARAGRAPHS[3]},
]
BLOCKS = [
    {"_type": "block", "children": [{"_type": "span", "text": start}, {"text": end}]}
    for start, end in ((p[:20], p[20:]) for p in PARAGRAPHS)
]
OTHER = {"headline": "Bakers strike", "html": MARKED_UP.replace("ferry", "bakery") * 3}


def script(data: object, before: str = "", attributes: str = "") -> str:
    text = json.dumps(data).replace("</", "<\\/")
    return f"<script {attributes}>{before}{text}</script>"


def bare_page(scripts: str) -> str:
    html = page(head="")
    return html[: html.index("<article>")] + f"<h1>{TITLE}</h1><div id=app></div>{scripts}"


@pytest.mark.parametrize(
    "scripts",
    [
        script({"props": {"a": {"title": TITLE, "content": {"html": MARKED_UP}}, "more": OTHER}},
               attributes='id="__NEXT_DATA__" type="application/json"'),
        script({"article": {"headline": TITLE, "body": BLOCKS}}, 'window["__STATE__"] = '),
        script({"headlines": {"basic": TITLE}, "content_elements": ELEMENTS, "more": [OTHER]},
               "window.Fusion=window.Fusion||{};Fusion.globalContent="),
        script(json.dumps({"name": TITLE, "text": MARKED_UP}), "window.__DATA__ = JSON.parse("),
        script([1, '3:{"title": "' + TITLE + '", "body": '], "self.__next_f.push(")
        + script([1, json.dumps(ELEMENTS) + "}\n"], "self.__next_f.push("),
    ],
    ids=["next", "state", "elements", "text of json", "pieces"],
)  # fmt: skip
def test_the_text_comes_from_the_scripts_data(scripts: str) -> None:
    assert body(parse(bare_page(scripts))) == PARAGRAPHS


def test_a_long_text_of_its_own_in_pieces_is_cut_at_its_length() -> None:
    row = f"4:T{len(MARKED_UP.encode()):x},{MARKED_UP}5:" + json.dumps({"x": 1})
    lines = lines_in_scripts(script([1, row], "self.__next_f.push("), [], whatever=True)
    assert lines == PARAGRAPHS


def test_lists_and_headings_are_lines_of_their_own() -> None:
    items = [{"type": "text", "content": "Nine million crowns"}, {"type": "text", "content": "Six"}]
    more = [{"type": "header", "content": "The cost"}, {"type": "list", "items": items}]
    data = {"title": TITLE, "content_elements": [*ELEMENTS, *more]}
    lines = lines_in_scripts(script(data, "State.content="), [TITLE])
    assert lines == [*PARAGRAPHS, "The cost", "Nine million crowns", "Six"]


def test_a_page_with_its_text_does_not_take_other_stories_from_its_scripts() -> None:
    assert body(parse(page(extra=script(OTHER, "window.__RELATED__ = ")))) == PARAGRAPHS


def test_another_storys_text_is_not_taken_for_a_page_that_shows_some() -> None:
    shown = f"<p>{PARAGRAPHS[0]}</p><p>{PARAGRAPHS[2]}</p>"
    html = bare_page("<article>" + shown + "</article>" + script(OTHER, "window.__RELATED__ = "))
    assert body(parse(html)) == [PARAGRAPHS[0], PARAGRAPHS[2]]


def test_a_page_of_menus_alone_is_a_problem() -> None:
    found = article_from_page(bare_page("<script>var a = {};</script>"), origin="a.html")
    assert isinstance(found, Problem)


@pytest.mark.parametrize(
    "scripts",
    [
        "<script>" + "a.b.c = " * 100_000 + "</script>",
        "<script>" + "aaa={" * 100_000 + "</script>",
        "<script>" + "[" * 500_000 + "</script>",
        script({"a": [{"type": "text", "content": "A word or two."}] * 200_000}, "window.a = "),
        "<script>self.__next_f.push([1," + json.dumps("1:Tffffff,a" * 50_000) + "])</script>",
        "<script>a = {}</script>" * 50_000,
    ],
    ids=["names", "braces", "brackets", "elements", "rows", "scripts"],
)
def test_hostile_scripts_take_little_time(scripts: str) -> None:
    began = time.process_time()
    lines_in_scripts(scripts, [TITLE], whatever=True)
    assert time.process_time() - began < 6
