from __future__ import annotations

import pytest
from ftfy import fix_encoding
from hypothesis import given
from hypothesis import strategies as st

from presslens.reading.cleaning import clean, mend
from presslens.reading.draft import Draft
from presslens.reading.lines import classify, ends_in_credit, reads_like_a_title


@pytest.mark.parametrize(
    ("kind", "line"),
    [
        ("caption", "Houses on the quay earlier this month. Photo: Harbour Post"),
        ("photo credit", "Image credit: Jo Roe"),
        ("caption", "Kim Solberg speaks in Sundby. (Photo by Jo Roe)"),
        ("caption", "Lighthouse keeper. Screen grab"),
        ("caption", "The quay at dawn. REUTERS/Jo Roe"),
        ("caption", "The quay at dawn [File photo/Harbour Post]."),
        ("caption", "The quay at dawn. Port authority handout)."),
        ("caption", "The quay at dawn | AFP."),
        ("caption", "The quay at dawn (via Getty Images)"),
        ("caption", "FILE PHOTO: The quay at dawn, seen from the ferry."),
        ("photo credit", "© Jo Roe/Harbour Post"),
        ("related", "Read more: Bakers of the night"),
        ("related", "Also read:‘Overworked’: a baker's farewell"),
        ("related", "READ ALSO Bakers of the night"),
        ("related", "You may also like"),
        ("related", "More>>"),
        ("notice", "Share on Facebook"),
        ("notice", "Tweet"),
        ("notice", "Facebook Twitter WhatsApp Email"),
        ("notice", "ADVERTISEMENT"),
        ("notice", "Story continues below"),
        ("notice", "We use cookies to improve your experience."),
        ("notice", "Sign up for our daily newsletter"),
        ("notice", "Subscribe now"),
        ("notice", "© 2024 Harbour Post. All rights reserved."),
        ("notice", "5 min read"),
        ("notice", "desk@harbourpost.example"),
        ("credit", "NNB contributed reporting."),
        ("credit", "Jo Roe in Halden contributed to this report."),
        ("credit", "(With inputs from agencies)"),
        ("credit", "Additional reporting by Jo Roe in Halden"),
        ("credit", "(This article was compiled from reports by Jo Roe and Mira Holt.)"),
        ("correction", "Correction: An earlier version gave the wrong date."),
        ("correction", "This article was amended on 3 May 2024."),
        ("end", "Enditem"),
        ("end", "- 30 -"),
    ],
)
def test_lines_that_are_not_the_article(kind: str, line: str) -> None:
    found = classify(line)
    assert found is not None and found.kind == kind


@pytest.mark.parametrize(
    "line",
    [
        "The ferry will run all night, its operator said.",
        "Share prices fell by 3 percent.",
        "Subscribers lost their money, the court heard.",
        "She contributed to the report, which found that the dam was safe in every respect.",
        "The report was updated twice, the ministry said.",
        "Related agencies were told to clear the sewers.",
        "“Share what you have,” the priest said. “Follow us to the river.”",
        "Click here was the message that cost him his job, said “a stranger at the door”.",
        "By Friday, 30 people had died.",
        "Watchdogs found the cookies in a jar.",
        "Facebook said that it would remove the posts.",
    ],
)
def test_sentences_of_an_article_are_none_of_these(line: str) -> None:
    assert classify(line) is None


@given(
    st.text(st.sampled_from("aé. €\u00a0ÃÂâ€™œŠ“”’£°ØÙ²ВГРвЂ│¿½|"), max_size=40),
    st.text("ab. ", max_size=9),
)
def test_all_that_ftfy_mends_is_mended(broken: str, plain: str) -> None:
    text = f"{plain * 9}{broken}{plain * 9}"
    assert mend(text) == mend(fix_encoding(text))


def test_a_caption_ends_in_a_name_that_no_abbreviation_began() -> None:
    assert ends_in_credit("The dam from the air. Basin Commission")
    assert not ends_in_credit("The judge will hear R v. Sharma")
    assert not ends_in_credit("He met Dr. Robert Zubrin")
    assert not ends_in_credit("The dam broke. Nobody was hurt.")


@pytest.mark.parametrize(
    "line", ["Ferry will run all night", "Who owns the night?", "Deal with U.S."]
)
def test_titles(line: str) -> None:
    assert reads_like_a_title(line)


@pytest.mark.parametrize(
    "line", ["It rained.", "Among them:", "- a ferry", "The dam broke. Nobody was hurt", "One"]
)
def test_no_titles(line: str) -> None:
    assert not reads_like_a_title(line)


def test_a_photographers_name_takes_the_caption_above_it_along() -> None:
    draft = Draft()
    assert clean(["It rained.", "A wet street in Halden", "© Jo Roe", "It stopped."], draft) == [
        "It rained.",
        "It stopped.",
    ]
    assert draft.captions == ["A wet street in Halden © Jo Roe"]


def test_the_titles_under_a_heading_of_links_are_related() -> None:
    draft = Draft()
    lines = [
        "It rained.",
        "Related stories",
        "Storm hits Halden",
        "Boats stay in port",
        "It stopped.",
    ]
    assert clean(lines, draft) == ["It rained.", "It stopped."]
    assert draft.related == ["Storm hits Halden", "Boats stay in port"]


def test_a_subhead_after_a_link_stays() -> None:
    assert clean(["It rained.", "Read more", "A hard life", "It stopped."], Draft()) == [
        "It rained.",
        "A hard life",
        "It stopped.",
    ]


def test_a_title_and_a_paragraph_said_twice_are_said_once() -> None:
    twice = "The ferry will run around the clock from July."
    draft = Draft(title="Ferry will run all night")
    assert clean(["Ferry will run all night.", twice, twice, "It rained."], draft) == [
        twice,
        "It rained.",
    ]


@pytest.mark.parametrize(
    ("end", "agencies"),
    [
        (" (Yonhap)", ["Yonhap"]),
        (" — SPA", ["SPA"]),
        (" - Borneo Gazette/NNB", ["Borneo Gazette", "NNB"]),
        (" (hrw.example)", ["hrw.example"]),
        (" (YO)", ["YO"]),
        (" Enditem", []),
        ("", []),
    ],
)
def test_agencies_after_the_last_sentence_are_credits(end: str, agencies: list[str]) -> None:
    draft = Draft()
    assert clean(["It rained.", f"“It stopped.”{end}"], draft) == ["It rained.", "“It stopped.”"]
    assert draft.credits == agencies


@pytest.mark.parametrize(
    "last", ["It rose (by 3 percent).", "The deal is worth 3 million (SDGs)", "It fell — again"]
)
def test_brackets_and_dashes_of_a_sentence_stay(last: str) -> None:
    assert clean(["It rained.", last], Draft()) == ["It rained.", last]


@pytest.mark.parametrize(
    ("raw", "mended"),
    [
        ("a\r\nb\rc\u2028d", "a\nb\nc\nd"),
        ("so\u00adft\u200b hy\ufeffphen", "soft hyphen"),
        ("a\u00a0b\tc", "a b c"),
        ("<u>called on</u> <a href='x'>them</a>", "called on them"),
        ("one<br/>two</p><p>three", "one\n\ntwo\n\n\n\nthree"),
        ("3 < 4 and 5 > 2", "3 < 4 and 5 > 2"),
        ("Q&amp;A &quot;x&quot; &copy; AT&T", 'Q&A "x" © AT&T'),
        ("caf\u00c3\u00a9", "café"),
        ("don’t “curl” — it…", "don’t “curl” — it…"),
        ("Trupanov recieved ﬁve", "Trupanov recieved ﬁve"),
        ("a\ud800b", "a\ufffdb"),
    ],
)
def test_characters_are_mended_and_spelling_is_not(raw: str, mended: str) -> None:
    assert mend(raw) == mended


@given(st.lists(st.text(max_size=60), max_size=8))
def test_any_lines_are_survived(lines: list[str]) -> None:
    paragraphs = [" ".join(mend(line).split()) for line in lines]
    for paragraph in clean([paragraph for paragraph in paragraphs if paragraph], Draft()):
        assert paragraph == paragraph.strip() != ""
