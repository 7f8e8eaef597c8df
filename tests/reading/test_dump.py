"""Dumps: every file in tests/reading/dumps has quirks of its own; all its people are invented."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from presslens import paths
from presslens.article import Article
from presslens.problems import Problem
from presslens.reading import read
from presslens.reading.draft import Draft
from presslens.reading.dump import article_from_text

DUMPS = Path(__file__).parent / "dumps"
SHARED = paths.ROOT.parent / "shared"
SEED = SHARED / "data" / "seed"


def dump(name: str) -> Article:
    (article,) = read(DUMPS / f"{name}.txt")
    return article


def parse(text: str) -> Article:
    found = article_from_text(text, Draft(), origin="dump", reader="dump")
    assert isinstance(found, Article)
    return found


def body(article: Article) -> list[str]:
    return article.text[article.body_start :].split("\n\n")


@pytest.mark.parametrize(
    ("name", "title", "paragraphs"),
    [
        ("agency_dash", "Central bank of Maravi holds rate at 9 percent", 2),
        ("bom_and_crlf", "Museum returns mask to the people of Ondu", 2),
        ("broken_url_at_end", "Lighthouse keeper of Skerry Point retires", 2),
        ("byline_and_dateline", "Fishermen block Port Alma over new quota", 3),
        ("hard_wrapped", "Storm cuts power to thousands on the Tamble coast", 5),
        ("invented_agency", "Velmora opens talks with river states", 3),
        ("labelled_fields", "Teachers in Amber Bay end strike", 2),
        ("leading_url", "Ferry to Sundby will run all night", 2),
        ("mojibake_and_entities", "Café owners in Selm sue over noise rules", 2),
        ("no_date", "Bakers of Lusk sell bread by weight again", 2),
        ("no_title", None, 3),
        ("read_more", "Mayor of Lindholm resigns after audit", 4),
        ("several_captions", "Old library of Quillon reopens after nine years", 4),
        ("share_and_cookies", "Parliament of Sorrel votes to lower the voting age", 3),
        ("standfirst_repeated", None, 2),
        ("windows_1252", "Farmers’ union rejects “insulting” offer", 2),
    ],
)
def test_title_and_number_of_paragraphs_are_right(
    name: str, title: str | None, paragraphs: int
) -> None:
    article = dump(name)
    assert article.title == title
    assert len(body(article)) == paragraphs
    assert article.text.startswith(f"{title}\n\n" if title else body(article)[0])


def test_every_dump_is_tested() -> None:
    assert len(list(DUMPS.glob("*.txt"))) == 16


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("byline_and_dateline", date(2024, 11, 14)),  # 14 November 2024
        ("agency_dash", date(2024, 11, 15)),  # Nov. 15, 2024, 3:04 p.m. ET
        ("read_more", date(2024, 11, 3)),  # November 3, 2024
        ("windows_1252", date(2024, 11, 15)),  # 15 Nov 2024
        ("bom_and_crlf", date(2024, 11, 15)),  # Friday 15 November 2024
        ("labelled_fields", date(2024, 4, 24)),  # 24/04/2024
        ("no_title", date(2023, 2, 8)),  # in the address
        ("no_date", None),
        ("standfirst_repeated", None),  # a number in the address is no date
    ],
)
def test_published_is_the_date_line_or_the_date_in_the_address(name: str, day: date | None) -> None:
    assert dump(name).published == day


def test_a_time_with_a_zone_is_a_moment() -> None:
    assert dump("agency_dash").published_time == datetime(2024, 11, 15, 20, 4, tzinfo=UTC)


def test_authors_come_from_the_byline_without_their_office() -> None:
    assert dump("byline_and_dateline").authors == ("Tereza Holm", "Isaac Bondo")
    assert dump("labelled_fields").authors == ("Noor Castell",)


def test_a_dateline_stays_in_the_text_and_its_agency_is_a_credit() -> None:
    article = dump("agency_dash")
    assert body(article)[0].startswith("KASANDRA (Reuters) - Maravi's central bank")
    assert "Reuters" in article.credits
    assert any(credit.startswith("Reporting by Ana Sello") for credit in article.credits)
    assert "Reporting by" not in article.text


def test_an_agency_after_the_last_sentence_is_a_credit_and_leaves_the_text() -> None:
    article = dump("invented_agency")
    assert article.credits == ("Vento Press", "NNB")
    assert body(article)[0].startswith("VELMORA CITY, July 25 (Vento Press/NNB): Velmora")
    assert article.text.endswith("last for months.")


def test_links_to_other_stories_are_related_and_out_of_the_text() -> None:
    article = dump("read_more")
    assert article.related == (
        "Auditors spent a year in Lindholm's cellars",
        "How Lindholm lost its ferry",
        "The cellar files, explained",
        "Ten mayors, ten scandals – The Harbour Post",
    )
    assert "ferry" not in article.text


def test_share_buttons_cookies_and_advertisements_are_dropped() -> None:
    article = dump("share_and_cookies")
    assert article.section == "Politics"
    for junk in ("cookie", "Facebook", "newsletter", "ADVERT", "min read", "Copyright"):
        assert junk.lower() not in article.text.lower()


def test_lines_broken_at_a_width_are_joined_and_list_items_are_not() -> None:
    paragraphs = body(dump("hard_wrapped"))
    assert paragraphs[0].endswith("the government said. Two people were hurt.")
    assert "A second, Anglo-Dutch, crew" in paragraphs[1]
    assert paragraphs[3:] == ["- blankets", "- batteries"]


def test_lines_of_a_text_that_was_not_wrapped_stay_paragraphs() -> None:
    article = parse(
        "Council meets\n\nThe council of Velm met on Monday to talk about the harbour wall.\n"
        "It will meet again on Friday.\nNobody came from the ministry.\n"
    )
    assert len(body(article)) == 3


def test_captions_of_many_forms_leave_the_text() -> None:
    article = dump("several_captions")
    assert len(article.captions) == 5
    assert "A shelf in the rebuilt hall © Ines Toro/Quillon Post" in article.captions
    assert "Photographers were asked to wait outside." in article.text


def test_a_short_line_that_ends_in_a_name_is_a_caption_before_the_text() -> None:
    article = parse(
        "Dam gates open\n\nThe Isra dam from the air. Basin Commission\n\n"
        "The gates of the Isra dam were opened on Monday.\n\nThe water reached Velm at noon.\n"
    )
    assert article.captions == ("The Isra dam from the air. Basin Commission",)
    assert body(article)[0] == "The gates of the Isra dam were opened on Monday."


def test_the_url_is_healed_of_stray_spaces_and_gives_the_outlet() -> None:
    article = dump("broken_url_at_end")
    assert article.url == (
        "https://www.harbourpost.example/2023/12/01/lighthouse-keeper-of-skerry-point-retires-a1204"
    )
    assert article.outlet == "harbourpost.example"
    assert article.credits == ("Mira Holt contributed reporting.",)
    assert "<b>" not in article.text


def test_the_id_comes_from_the_canonical_url() -> None:
    text = "Ferry will run all night\n\nThe ferry will run around the clock, its operator said.\n"
    one = parse(f"https://www.harbourpost.example/ferry?utm_source=feed\n\n{text}")
    other = parse(f"http://harbourpost.example/ferry/#top\n\n{text}")
    assert one.id == other.id != parse(text).id


def test_corrections_are_kept_apart() -> None:
    article = dump("labelled_fields")
    assert article.corrections == ("Correction: An earlier version gave the wrong number of days.",)
    assert article.section == "Education"
    assert "Tags" not in article.text


def test_wrongly_decoded_text_is_mended_and_invisible_characters_are_gone() -> None:
    assert body(dump("mojibake_and_entities")) == [
        "Café owners in Selm & two hotels went to court on Monday.",
        "“It’s a quiet street,” said Lou Prat, who owns the Corona.",
    ]


def test_windows_1252_quotes_are_read() -> None:
    assert "“We’ll be back on the roads by Monday,” said Zoé" in dump("windows_1252").text


def test_a_sign_of_the_end_is_no_text() -> None:
    assert dump("no_title").text.endswith("take the ferry.")


@pytest.mark.parametrize(
    "first",
    [
        "The minister resigned on Monday after a vote in parliament.",
        "PORT ALMA.- A boy was bitten by a seal near the harbour on Sunday",
        "What would you do if the river came into your kitchen at night, took your shoes and left?",
    ],
)
def test_a_first_paragraph_is_no_title(first: str) -> None:
    url = "https://www.harbourpost.example/news/cabinet-crisis-deepens-after-scandal"
    article = parse(f"{url}\n\n{first}\n\nNobody was hurt, the police said.\n")
    assert article.title is None
    assert body(article)[0] == first


def test_a_name_alone_at_the_top_is_the_byline_where_the_address_is_another() -> None:
    article = parse(
        "https://www.harbourpost.example/news/ministers-wrangle-over-harbour-wall\n\nMIRA HOLT\n\n"
        "Two ministers fought over the harbour wall on Monday.\n\nNeither won.\n"
    )
    assert article.title is None
    assert article.authors == ("Mira Holt",)


def test_sentences_that_look_like_leftovers_stay() -> None:
    sentences = [
        "The report was published on Tuesday by the ministry and found no fault.",
        "She said in a video: “We will win.”",
        "With reports from the front contradicting each other, the army stayed silent.",
        "By Monday the water had reached the town hall.",
        "Photographs of the dam were shared thousands of times on Facebook, she said.",
        "Read more books, the minister told pupils.",
        "Produced by Ana Lima, the film tells the story of a village.",
    ]
    article = parse("Seven sentences\n\n" + "\n\n".join(sentences))
    assert body(article) == sentences


def test_a_dump_of_nothing_but_leftovers_is_a_problem() -> None:
    found = article_from_text("Share\nTweet\n", Draft(), origin="x.txt", reader="dump")
    assert isinstance(found, Problem)
    assert "no text" in found.reason


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from([
    "Read more: a thing", "https://a.example/b-c/2024/01/02/d", "By Ana Lima", "Share", "Title:",
    "1 May 2024", "He left. — AFP", "Photo: X", "A headline of the day",
    "The mayor left on Monday.",
    "", "Related stories", "© A/b", "***", "(Yonhap)", "\u2028", "- a", "x" * 70,
]) | st.text(max_size=80), max_size=12))  # fmt: skip
def test_any_text_gives_an_article_without_blanks_at_its_ends_or_a_problem(
    lines: list[str],
) -> None:
    found = article_from_text("\n".join(lines), Draft(), origin="o", reader="dump")
    if isinstance(found, Article):
        assert found.text == found.text.strip()
        assert found.text[found.body_start :].strip()
        if found.title:
            assert found.text == f"{found.title}\n\n{found.text[found.body_start :]}"
        else:
            assert found.body_start == 0
        for values in (found.authors, found.credits, found.captions, found.related):
            assert all(value.strip() for value in values)


@pytest.mark.skipif(not SEED.is_dir(), reason="the seed article is not in this checkout")
def test_the_seed_article_comes_out_right() -> None:
    (article,) = read(SEED)
    assert article.title == "Moscow Calls for Release of Russians Held Hostage in Gaza"
    assert article.published == date(2024, 11, 15)
    assert article.outlet == "The Moscow Times"
    assert article.url is not None and article.url.endswith("held-hostage-in-gaza-a87021")
    assert article.captions == ("Alexander Trufanov. Video grab",)
    assert article.credits == ("AFP contributed reporting.",)
    assert len(article.related) == 1 and "Diplomatic Passports" in article.related[0]
    assert len(body(article)) == 8
    assert "Trupanov's mother" in article.text
    for gone in ("<u>", "Video grab", "Related", "contributed", "Original url"):
        assert gone not in article.text
