import csv
from datetime import date
from html.parser import HTMLParser

import pandas as pd
import pytest

from presslens import display, figures
from presslens.article import Article
from presslens.coding import load_coding
from presslens.schemas import to_frame, to_table
from presslens.spans import Span

EVIL = "<script>alert(\"x\")</script> & 'co'"


class Shape(HTMLParser):
    """What elements, attributes and words a piece of HTML has."""

    def __init__(self, html):
        super().__init__()
        self.tags, self.attributes, self.words = [], [], []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += [(tag, *pair) for pair in attrs]

    def handle_data(self, data):
        self.words.append(data)

    @property
    def text(self):
        return "".join(self.words)


def drawn():
    frame = pd.DataFrame(
        {"name": ["A"], "estimate": [0.3], "low": [0.2], "high": [0.4], "articles": 5}
    )
    return figures.intervals(frame, label="name", axis="Share")


def sentences(**fields):
    row = {"text": EVIL, "title": EVIL, "outlet": EVIL, "published": date(2024, 5, 2)}
    return pd.DataFrame([{**row, "article_id": "a1", "url": None, **fields}])


def test_hostile_text_is_escaped_everywhere():
    evil = pd.DataFrame({EVIL: [EVIL]})
    for shown in (
        display.note(EVIL),
        display.answer(EVIL),
        display.table(evil, caption=EVIL),
        display.figure(drawn(), alt=EVIL, caption=EVIL),
        display.evidence(sentences(), caption=EVIL, tag=lambda row: EVIL),
        display.evidence(sentences(url="javascript:alert(1)"), caption=EVIL),
        display.evidence(sentences(url='https://x.example/"><script>'), caption=EVIL),
        display.show(article(text=f"{EVIL}\n\n{EVIL}", title=EVIL), statements()),
    ):
        shape = Shape(shown.html)
        assert "script" not in shape.tags
        assert not any(
            "javascript" in str(value) for _, key, value in shape.attributes if key == "href"
        )
        assert EVIL in shape.text or ("img", "alt", EVIL) in shape.attributes


def test_a_display_brings_its_style_into_jupyter_and_reads_plain_in_a_terminal():
    shown = display.note("mind the gap")
    assert shown._repr_html_() == display.style_element() + shown.html
    assert repr(shown) == "mind the gap"


def test_a_table_formats_for_reading_and_its_csv_keeps_everything(tmp_path):
    frame = pd.DataFrame(
        {
            "who": ["=cmd()", None, "c"],
            "share": [1 / 3, None, 0.0],
            "words": [12345, 2, 3],
            "where": [(Span(12, 40), Span(52, 60)), (), (Span(1, 2),)],
            "hidden": ["-1", "+x", "@y"],
        }
    )
    columns = {"who": "Speaker", "share": "Share", "words": "Words", "where": "Spans"}
    shown = display.table(
        frame, caption="Who", columns=columns, percent=["share"], limit=2, out=tmp_path, name="who"
    )
    shape = Shape(shown.html)
    assert "33%" in shape.text
    assert "12,345" in shape.text
    assert "12-40;52-60" in shape.text
    assert "–" in shape.text
    assert "2 of 3 shown" in shape.text
    assert "who.csv" in shape.text
    assert ("td", "class", "pl-num") in shape.attributes
    assert shape.tags.count("tr") == 3
    with (tmp_path / "who.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert rows[0]["who"] == "'=cmd()"
    assert [row["hidden"] for row in rows] == ["'-1", "'+x", "'@y"]
    assert float(rows[0]["share"]) == 1 / 3
    assert rows[0]["where"] == "12-40;52-60"
    assert rows[1]["who"] == ""


def test_a_column_of_notes_is_shown_only_if_it_says_something():
    columns = {"who": "Who", "note": "Note"}
    frame = pd.DataFrame({"who": ["a", "b"], "note": [None, None]})
    assert "Note" not in Shape(display.table(frame, caption="x", columns=columns).html).text
    frame.loc[1, "note"] = "too few"
    shape = Shape(display.table(frame, caption="x", columns=columns).html)
    assert "Note" in shape.text
    assert "too few" in shape.text


def test_a_table_without_rows_still_shows_its_head():
    shape = Shape(display.table(pd.DataFrame({"a": []}), caption="None").html)
    assert shape.tags.count("th") == 1


def test_a_name_that_is_no_file_name_is_refused(tmp_path):
    with pytest.raises(ValueError, match="no file name"):
        display.table(pd.DataFrame({"a": [1]}), caption="x", out=tmp_path, name="../a")


def test_a_figure_has_alt_text_caption_and_a_dark_side(tmp_path):
    shown = display.figure(drawn(), alt="thirty per cent", caption="Share", out=tmp_path, name="s")
    shape = Shape(shown.html)
    assert ("img", "alt", "thirty per cent") in shape.attributes
    assert "figcaption" in shape.tags
    svg = (tmp_path / "s.svg").read_text()
    assert "prefers-color-scheme:dark" in svg
    assert svg.count("</svg>") == 1
    assert (
        display.figure(drawn(), alt="x", caption="y").html
        == display.figure(drawn(), alt="x", caption="y").html
    )


def test_evidence_names_article_outlet_date_and_links():
    shown = display.evidence(
        sentences(text="Rents rose.", title="Rents", outlet="Post", url="https://post.example/1"),
        caption="Why",
        tag=lambda row: "economy",
    )
    shape = Shape(shown.html)
    assert "Post · 2024-05-02 · Rents · a1" in shape.text
    assert ("a", "href", "https://post.example/1") in shape.attributes
    assert "economyRents rose." in shape.text
    assert "None found." in display.evidence(sentences().head(0), caption="x").html


TEXT = 'Rents rise\n\n"No deal," said Mayor Ana Bell. Critics\nfumed.\n\nShe said rents rose.'


def article(text=TEXT, title="Rents rise", start=None):
    start = len(title) + 2 if start is None else start
    return Article(id="a1", text=text, title=title, body_start=start, outlet="Post")


def spans(*pieces, text=TEXT):
    return [{"start": text.index(piece), "end": text.index(piece) + len(piece)} for piece in pieces]


def statements(*rows):
    return to_frame(to_table("statements", [{"article_id": "a1", **row} for row in rows]))


SAID = {
    "source": spans("Mayor Ana Bell"),
    "cue": spans("said"),
    "content": spans('"No deal,"'),
    "quoted": spans('"No deal,"'),
    "speaker": "Mayor Ana Bell",
    "speaker_type": "government",
    "act": "state",
    "negated": True,
    "channel": "interview",
    "confidence": 0.9,
}
TOLD = {"content": spans("rents rose"), "speaker_type": "unknown", "source": spans("She")}


def test_statements_are_marked_with_a_written_label():
    html = display.show(article(), statements(SAID, TOLD)).html
    assert '<span class="pl-label">1 official · quoted</span>&quot;No deal,&quot;</mark>' in html
    assert '<span class="pl-label">2 speaker not told · paraphrased</span>rents rose</mark>' in html
    assert '<span class="pl-source">Mayor Ana Bell</span>' in html
    assert '<span class="pl-cue">said</span>' in html
    note = "Mayor Ana Bell · government · not state · interview · confidence 90%"
    assert f'title="1: {note}"' in html
    assert f"<li>{note}</li>" in html
    assert "<h3>Rents rise</h3>" in html


def test_paragraphs_are_kept_and_no_word_is_lost():
    html = display.show(article(), statements(SAID)).html
    assert html.count("<p>") == 2
    text = Shape(html).text
    for line in TEXT.split("\n"):
        assert line.replace('"No deal,"', "") in text.replace('1 official · quoted"No deal,"', "")


def test_where_contents_overlap_the_official_voice_shows():
    other = {**SAID, "speaker_type": "citizen", "source": [], "cue": []}
    html = display.show(article(), statements(other, SAID)).html.split('<p class="pl-legend">')[0]
    assert html.count("<mark") == 1
    assert "pl-official" in html


def test_a_mark_over_two_paragraphs_is_labelled_in_each():
    long = {"content": [{"start": 0, "end": len(TEXT)}], "speaker_type": "citizen"}
    html = display.show(article(), statements(long)).html.split('<p class="pl-legend">')[0]
    assert html.count("<mark") == html.count("</mark>") == 3


def test_which_types_are_official_is_a_parameter_of_the_markup():
    html = display.show(article(), statements(SAID), official=["party"]).html
    assert "1 other · quoted" in html


def test_a_figure_leads_to_the_statements_behind_it():
    shown = display.figure(drawn(), alt="x", caption="y", behind="statements")
    assert ("a", "href", "#statements") in Shape(shown.html).attributes
    behind = display.evidence(sentences(), caption="x", anchor="statements")
    assert ("div", "id", "statements") in Shape(behind.html).attributes


def test_evidence_can_be_folded_under_names_each_with_a_limit(tmp_path):
    frame = pd.concat([sentences(text=f"No {n}.", who=f"<{n % 2}>") for n in range(5)])
    shown = display.evidence(frame, caption="x", by="who", limit=1, out=tmp_path, name="e")
    shape = Shape(shown.html)
    assert shape.tags.count("details") == 2
    assert "<0> (3)" in shape.text
    assert "2 of 5 shown" in shape.text


def test_a_codebook_is_shown_with_its_version_codes_and_rules():
    shown = display.codebook(load_coding("coding_speakers"))
    shape = Shape(shown.html)
    assert "coding_speakers@" in shape.text
    assert "armed_group" in shape.text
    assert shape.tags.count("table") == 3


def test_statements_of_other_articles_are_left_out():
    rows = statements(SAID).assign(article_id="a2")
    assert "official · quoted" not in display.show(article(), rows).html


def test_a_row_of_the_table_is_shown_like_an_article():
    row = {
        "article_id": "a1",
        "text": TEXT,
        "title": "Rents rise",
        "body_start": 12,
        "outlet": "Post",
    }
    frame = to_frame(to_table("articles", [row]))
    assert (
        display.show(frame.iloc[0], statements(SAID)).html
        == display.show(article(), statements(SAID)).html
    )


def test_strong_tone_is_marked_with_its_score():
    rows = [
        {"article_id": "a1", "start": 12, "end": 22, "compound": 0.7},
        {"article_id": "a1", "start": 43, "end": 58, "compound": -0.2},
    ]
    html = display.show_tone(article(), to_frame(to_table("sentences", rows))).html
    assert '<span class="pl-label">positive +0.70</span>' in html
    assert "−0.20" not in html


def test_words_that_speak_for_a_frame_are_marked_with_its_name():
    evidence = [{**spans("Rents")[0], "weight": 1.0}]
    rows = [
        {"article_id": "a1", "frame": "economic", "score": 1.0, "evidence": evidence},
        {"article_id": "a1", "frame": "economic", "item": "i", "score": 1.0, "evidence": evidence},
    ]
    html = display.show_frames(
        article(), to_frame(to_table("frames", rows)), {"economic": "Economic consequences"}
    ).html
    body, legend = html.split('<p class="pl-legend">')
    assert body.count("<mark") == 1
    assert '<mark class="pl-frame" title="economic, weight 1">Rents</mark>' in body
    assert "words that speak for Economic consequences" in legend


def crossed(**fields):
    rows = [
        {"outlet": EVIL, "part": "a", "estimate": 0.314, "low": 0.2, "high": 0.4, "articles": 7},
        {"outlet": "Post", "part": "b", "estimate": 0.5, "low": None, "high": None, "articles": 2},
    ]
    return pd.DataFrame(rows).assign(**fields)


def test_a_crosstab_puts_intervals_under_estimates_and_dashes_where_nothing_is(tmp_path):
    shown = display.crosstab(
        crossed(),
        rows="outlet",
        columns="part",
        heading="Outlet",
        names={"a": "official"},
        caption="Shares",
        out=tmp_path,
        name="shares",
    )
    shape = Shape(shown.html)
    assert "script" not in shape.tags
    assert EVIL in shape.text
    assert "31%(20%–40%)–7" in shape.text
    assert "Post–50%2" in shape.text
    assert "Outletofficialb" in shape.text
    assert len(pd.read_csv(tmp_path / "shares.csv")) == 2
    plain = display.crosstab(
        crossed(),
        rows="outlet",
        columns="part",
        heading="Outlet",
        caption="x",
        percent=False,
        only=["a"],
    )
    assert "+0.31" in Shape(plain.html).text
    assert "+0.50" not in Shape(plain.html).text


def test_what_was_set_aside_is_shown_with_its_reason():
    class Chosen:
        summary = "1 article."
        missing_outlets = ("Gazette",)
        excluded = pd.DataFrame({"reason": ["other outlet", "other outlet"]})
        problems = pd.DataFrame({"origin": ["a.txt", "b.txt"]})

    text = Shape(display.selected(Chosen()).html).text
    assert "1 article." in text
    assert "Not in this corpus: Gazette." in text
    assert "other outlet2" in text
    assert "2 inputs were set aside in reading" in text
