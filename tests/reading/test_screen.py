"""What is set aside after reading: other languages and duplicates."""

from __future__ import annotations

from dataclasses import replace

import pytest

from presslens.article import Article
from presslens.problems import Problem
from presslens.reading import screen

ENGLISH = (
    "The ferry between Halden and Sundby will run around the clock from July, its operator said on"
    " Thursday, after nurses and bakers had asked for it for years."
)
FOREIGN = {
    "es": (
        "El transbordador entre Halden y Sundby funcionará las veinticuatro horas a partir de"
        " julio, anunció el jueves la empresa, después de que enfermeras y panaderos lo pidie"
        "ran durante años."
    ),
    "fr": (
        "Le bac entre Halden et Sundby circulera jour et nuit à partir de juillet, a annoncé "
        "jeudi son exploitant, après des années de demandes des infirmières et des boulangers"
        " de la région."
    ),
    "id": (
        "Kapal feri antara Halden dan Sundby akan beroperasi selama dua puluh empat jam mulai"
        " bulan Juli, kata pengelola pada hari Kamis, setelah perawat dan tukang roti meminta"
        "nya sejak lama. Kedua kota akan membayar sekitar sembilan juta setahun, menurut lapo"
        "ran otoritas pelabuhan yang sebelumnya tidak setuju dengan rencana itu."
    ),
    "zh": (
        "渡轮公司星期四宣布从七月起哈尔登和松德比之间的渡轮将全天候运行，此前护士和面包师多年来一直"
        "提出这一要求，两个城镇每年将为此支付约九百万克朗，港务局曾表示反对，镇长称这是送给夜班工人"
        "的礼物。"
    ),
}


def article(text: str = ENGLISH, **fields: object) -> Article:
    return replace(Article(id="a", text=text, origin="a.txt"), **fields)  # type: ignore[arg-type]


def kept(*items: Article | Problem) -> list[Article | Problem]:
    return list(screen(items))


def test_english_is_kept_and_marked() -> None:
    (found,) = kept(article())
    assert isinstance(found, Article) and found.language == "en"


@pytest.mark.parametrize("code", FOREIGN)
def test_what_is_not_english_is_set_aside_with_the_reason(code: str) -> None:
    (found,) = kept(article(FOREIGN[code], language="en"))
    assert isinstance(found, Problem)
    assert (found.origin, found.stage, found.failed) == ("a.txt", "language", False)
    assert f"not English but {code}" in found.reason


def test_the_language_is_that_of_the_body_not_of_the_title() -> None:
    title = "El transbordador funcionará toda la noche"
    (found,) = kept(article(f"{title}\n\n{ENGLISH}", body_start=len(title) + 2))
    assert isinstance(found, Article)


def test_a_long_text_that_is_english_at_its_beginning_alone_is_set_aside() -> None:
    (found,) = kept(article("\n\n".join([ENGLISH] * 2 + [FOREIGN["es"]] * 8)))
    assert isinstance(found, Problem)
    (found,) = kept(article("\n\n".join([FOREIGN["es"]] + [ENGLISH] * 8)))
    assert isinstance(found, Article) and found.language == "en"


@pytest.mark.parametrize("text", ["Gol!", "Lavanya Kodappully Baiju, Roopali Badiger", "12 34"])
def test_what_is_too_short_to_tell_is_kept_without_a_language(text: str) -> None:
    (found,) = kept(article(text))
    assert isinstance(found, Article) and found.language != "es"


def test_the_same_article_again_is_set_aside_and_names_the_first() -> None:
    again = article(ENGLISH.upper().replace(" ", "  "), origin="b.txt")
    first, second = kept(article(), again)
    assert isinstance(first, Article) and isinstance(second, Problem)
    assert (second.origin, second.stage) == ("b.txt", "duplicate")
    assert " a," in second.reason


def test_other_texts_under_one_id_are_versions() -> None:
    texts = (ENGLISH, f"{ENGLISH} It began.", f"{ENGLISH} It ended.", f"{ENGLISH} It began.")
    one, two, three, again = kept(*map(article, texts))
    assert [
        (item.id, item.duplicate_of) for item in (one, two, three) if isinstance(item, Article)
    ] == [
        ("a", None),
        ("a~2", "a"),
        ("a~3", "a"),
    ]
    assert isinstance(again, Problem) and "a~2" in again.reason


def test_a_version_never_takes_an_id_that_was_given() -> None:
    found = kept(article(id="a~2"), article(f"{ENGLISH} One."), article(f"{ENGLISH} Two."))
    ids = [item.id for item in found if isinstance(item, Article)]
    assert len(ids) == len(set(ids)) == 3


def test_the_same_text_under_another_id_is_kept_and_points_to_the_first() -> None:
    found = kept(article(), article(id="b"), article(id="c"))
    assert [(item.id, item.duplicate_of) for item in found if isinstance(item, Article)] == [
        ("a", None),
        ("b", "a"),
        ("c", "a"),
    ]


def test_problems_pass_through_in_their_place() -> None:
    problem = Problem("x", "reading", "broken")
    assert kept(article(), problem)[1] is problem
