"""ninjs: items of all versions, alone, in lists and one a line; people and papers are invented."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from presslens.article import Article
from presslens.paths import ROOT
from presslens.problems import Problem
from presslens.reading.files import source_of
from presslens.reading.ninjs import READER
from presslens.reading.registry import Found

SAMPLES = ROOT.parent / "shared" / "data" / "formats" / "ninjs"
needs_samples = pytest.mark.skipif(not SAMPLES.exists(), reason="needs the samples in ../shared")
HTML = (
    "<h2>Night boats</h2><p>The ferry will run all night from July, R&amp;D chief Kim Solberg"
    " said.</p><table><tr><td>12</td></tr></table><ul><li>Boats leave at four.</li></ul>"
)
BODY = ["Night boats", "The ferry will run all night from July, R&D chief Kim Solberg said.",
        "Boats leave at four."]  # fmt: skip
FIRST: dict[str, Any] = {
    "uri": "urn:acme:17", "type": "text", "firstcreated": "2024-06-02T23:10:00-02:00",
    "versioncreated": "2024-06-05T10:00:00Z", "pubstatus": "usable", "urgency": 4,
    "language": "en-GB", "headline": "Ferry &amp; bakers",
    "byline": "By Mira Holt and Jo Roe, Acme",
    "body_html": HTML, "body_text": "short", "copyrightholder": "Acme",
    "subject": [{"name": "Transport"}], "ednote": "Pictures to follow",
    "infosource": [{"name": "Port Office"}],
    "associations": {"main": {"type": "picture", "uri": "urn:p", "headline": "Quay",
                              "description_text": "The quay at Sundby."}},
}  # fmt: skip
SECOND: dict[str, Any] = {
    "uri": "https://harbourpost.example/ferry", "versioncreated": "2024-06-05T10:00:00Z",
    "headlines": [{"role": "short", "value": "Ferry"}, {"role": "main", "value": "Ferry at night"}],
    "by": "Acme News Agency", "provider": "Acme", "genres": [{"name": "Feature"}],
    "bodies": [{"contenttype": "text/plain", "value": "x" * 5000},
               {"role": "html", "contenttype": "text/html", "value": HTML}],
    "associations": [{"name": "m", "descriptions": [{"value": "A <b>quay</b>."}]}],
    "ednote": "CORRECTION: the boat leaves at four, not at five",
}  # fmt: skip


def read(content: Any, folder: Path, name: str = "a.json") -> list[Found]:
    path = folder / name
    raw = content if isinstance(content, (str, bytes)) else json.dumps(content)
    path.write_bytes(raw if isinstance(raw, bytes) else raw.encode())
    return list(READER.read(source_of(path), False))


def articles(content: Any, folder: Path, name: str = "a.json") -> list[Article]:
    found = read(content, folder, name)
    assert all(isinstance(item, Article) for item in found), found
    return [item for item in found if isinstance(item, Article)]


def test_version_1_gives_all_fields(tmp_path: Path) -> None:
    (found,) = articles(FIRST, tmp_path)
    assert found.text.split("\n\n") == ["Ferry & bakers", *BODY]
    assert found.published == date(2024, 6, 2)
    assert found.published_time == datetime(2024, 6, 3, 1, 10, tzinfo=UTC)
    assert found.authors == ("Mira Holt", "Jo Roe")
    assert (found.outlet, found.section, found.language) == ("Acme", "Transport", "en")
    assert (found.id, found.url, found.reader) == ("urn:acme:17", None, "ninjs")
    assert found.captions == ("The quay at Sundby.",)
    assert "Port Office" in found.credits
    assert found.corrections == ()
    assert "Pictures to follow" not in found.text


def test_version_2_gives_all_fields(tmp_path: Path) -> None:
    (found,) = articles(SECOND, tmp_path)
    assert found.text.split("\n\n") == ["Ferry at night", *BODY]
    assert (found.outlet, found.section) == ("Acme", "Feature")
    assert found.url == "https://harbourpost.example/ferry"
    assert (found.authors, found.credits) == ((), ("Acme News Agency",))
    assert found.captions == ("A quay.",)
    assert found.corrections == ("CORRECTION: the boat leaves at four, not at five",)
    assert found.published == date(2024, 6, 5)


def test_version_3_writes_its_keys_in_camel_case(tmp_path: Path) -> None:
    item = {"uri": "urn:1", "versionCreated": "2024-06-05T10:00:00Z", "copyrightHolder": "Acme",
            "headlines": [{"value": "Ferry"}], "bodies": [{"contentType": "text/html",
                                                           "value": HTML}]}  # fmt: skip
    assert READER.recognises(json.dumps(item).encode(), "a.txt")
    (found,) = articles(item, tmp_path)
    assert (found.outlet, found.published) == ("Acme", date(2024, 6, 5))


def test_plain_text_is_read_where_there_is_no_html(tmp_path: Path) -> None:
    item = {**FIRST, "body_html": None, "body_text": "One boat, R&D says.\n\nTwo boats sail."}
    (found,) = articles(item, tmp_path)
    assert found.text.split("\n\n")[1:] == ["One boat, R&D says.", "Two boats sail."]


@pytest.mark.parametrize(
    "content",
    [
        [FIRST, SECOND],
        {"_items": [FIRST, SECOND], "_meta": {"total": 2}},
        {"_meta": {"total": 2}, "_items": [FIRST, SECOND]},
        json.dumps([FIRST, SECOND], indent=2),
        json.dumps(FIRST) + "\n\n" + json.dumps(SECOND) + "\n",
        (json.dumps(FIRST) + "\r\n" + json.dumps(SECOND)).encode(),
        json.dumps([FIRST, SECOND]).encode("utf-16"),
    ],
)
def test_lists_answers_of_servers_and_lines_are_read(content: Any, tmp_path: Path) -> None:
    raw = content if isinstance(content, (str, bytes)) else json.dumps(content)
    assert READER.recognises(raw if isinstance(raw, bytes) else raw.encode(), "a.bin")
    found = articles(content, tmp_path)
    assert [item.title for item in found] == ["Ferry & bakers", "Ferry at night"]
    assert len({item.origin for item in found}) == 2


@pytest.mark.parametrize(
    "row",
    [
        {"title": "A", "text": "B", "published": "2024-01-01"},
        {"uri": "https://a.example/1", "headline": "A", "body_text": "B"},
        {"text": 'he wrote "uri": and "versioncreated": and "body_html": here', "uri": "x"},
        {"title": "A", "meta": {"uri": "x", "versioncreated": "y", "body_html": "z"}},
        {"response": {"results": [{"uri": "x", "versioncreated": "y"}]}},
        ["uri", "versioncreated", "body_html"],
        {},
    ],
)
def test_rows_of_other_makers_are_not_claimed(row: Any) -> None:
    assert not READER.recognises(json.dumps(row).encode(), "ninjs.json")
    assert not READER.recognises(json.dumps([row]).encode(), "ninjs.json")


def test_the_keys_tell_where_the_first_bytes_end_in_the_body() -> None:
    head = json.dumps({**FIRST, "body_html": '\\"' * 60_000}).encode()[: 64 * 2**10]
    assert READER.recognises(head, "a.json")


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"type": "picture", "body_html": "", "body_text": ""}, "picture"),
        ({"body_html": "", "body_text": ""}, "no body"),
        ({"body_html": "", "body_text": "", "description_text": "A summary."}, "only a summary"),
        ({"body_html": "<table><tr><td>1</td></tr></table>"}, "no text"),
        ({"pubstatus": "canceled"}, "withdrew"),
        ({"pubstatus": "withheld"}, "withdrew"),
    ],
)
def test_what_has_no_text_is_a_problem_and_costs_no_other(
    change: dict[str, Any], reason: str, tmp_path: Path
) -> None:
    problem, other = read([{**FIRST, **change}, SECOND], tmp_path)
    assert isinstance(problem, Problem)
    assert reason in problem.reason
    assert isinstance(other, Article)


def test_an_embargo_moves_the_day_of_publication(tmp_path: Path) -> None:
    (found,) = articles({**FIRST, "embargoed": "2024-06-07T00:01:00Z"}, tmp_path)
    assert found.published == date(2024, 6, 7)


def test_a_broken_line_costs_no_other(tmp_path: Path) -> None:
    line = json.dumps(FIRST)
    found = read(f'{line}\n{line[:100]}\n["x"]\n{json.dumps(SECOND)}\n', tmp_path)
    assert [type(item) for item in found] == [Article, Problem, Problem, Article]
    assert [str(item.origin).rpartition(":")[2] for item in found] == ["1", "2", "3", "4"]


@pytest.mark.parametrize("step", [7, 31])
def test_cut_off_anywhere_it_is_a_problem_or_what_came_before(step: int, tmp_path: Path) -> None:
    raw = json.dumps([FIRST, SECOND])
    for end in range(0, len(raw) - 1, step):
        found = read(raw[:end] or "{", tmp_path)
        assert isinstance(found[-1], Problem)
        assert len(found) <= 2


@pytest.mark.parametrize(
    "value",
    [None, 1, True, "x", [], [[[]]], {"a": {"b": 1}}, [None, 1, {"name": None}, {"value": 1}]],
)
@pytest.mark.parametrize("version", [FIRST, SECOND], ids=["1", "2"])
def test_values_of_a_wrong_kind_break_nothing(
    value: Any, version: dict[str, Any], tmp_path: Path
) -> None:
    for key in version:
        assert len(read({**version, key: value}, tmp_path)) == 1


def test_deep_nesting_is_a_problem(tmp_path: Path) -> None:
    (found,) = read('[{"uri": ' + "[" * 100_000 + "]" * 100_000 + "}]", tmp_path)
    assert isinstance(found, Problem)


@needs_samples
def test_the_samples_give_their_texts_and_fields() -> None:
    found = {path.name: next(iter(READER.read(source_of(path), False)))
             for path in sorted(SAMPLES.glob("*.json"))}  # fmt: skip
    assert all(READER.recognises(path.read_bytes(), "x") for path in SAMPLES.glob("*.json"))
    wire = found["businesswire-newsml-20130731006140.json"]
    assert isinstance(wire, Article)
    assert wire.published_time == datetime(2013, 7, 31, 15, 32, tzinfo=UTC)
    assert wire.title and wire.url
    dpa = found["dpa_text.json"]
    assert isinstance(dpa, Article)
    assert (dpa.outlet, dpa.language, dpa.credits, len(dpa.authors)) == ("dpa", "de", ("dpa",), 1)
    assert len(dpa.text.split("\n\n")) == 10
    assert dpa.published == date(2019, 5, 10)
    summary = found["ntb_text.json"]
    assert isinstance(summary, Problem)
    assert "only a summary" in summary.reason
