"""Mail: newsletters and forwarded articles; the people, papers and messages are invented."""

from __future__ import annotations

import io
import time
import zipfile
from datetime import UTC, date, datetime
from email.message import EmailMessage
from pathlib import Path
from typing import TypeGuard

import pytest
from found import article_in, body_of, found_in

from presslens.article import Article
from presslens.problems import Problem
from presslens.reading import exports, mail, members
from presslens.reading.mail import READER
from presslens.reading.registry import Found

PARAGRAPHS = [
    (
        "The ferry between Halden and Sundby will run around the clock from July, its operator said"
        " on Thursday, after nurses and bakers had asked for it for years."
    ),
    (
        "The extra boats will cost the two towns about 9 million crowns a year, according to a"
        " study by the port authority, which had advised against them."
    ),
    (
        "Sundby's mayor called the plan a gift to the working night. The council of Halden will"
        " vote on its share of the money in June."
    ),
]
PAGE = (
    "<html><body><h1>The Night Letter</h1><p>"
    + "</p><p>".join(PARAGRAPHS)
    + "</p><p>Unsubscribe</p></body></html>"
)
DATE = "Thu, 02 May 2024 23:30:00 -0500"


@pytest.fixture(autouse=True)
def _no_databases(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exports, "DATABASES", ())


def message(
    *,
    plain: str | None = "\n\n".join(PARAGRAPHS),
    page: str | None = None,
    subject: str = "Ferry will run all night",
    sender: str = "The Harbour Post <news@mail.harbourpost.example>",
    to_many: bool = True,
) -> EmailMessage:
    made = EmailMessage()
    made["Received"] = "from mx.example by mx2.example; " + DATE
    made["From"], made["To"] = sender, "desk@lab.example"
    made["Subject"], made["Date"] = subject, DATE
    made["Message-ID"] = "<1@harbourpost.example>"
    if to_many:
        made["List-Unsubscribe"] = "<https://harbourpost.example/u>"
    if plain is not None:
        made.set_content(plain)
    if page is not None and plain is not None:
        made.add_alternative(page, subtype="html")
    elif page is not None:
        made.set_content(page, subtype="html")
    return made


def read(raw: bytes, folder: Path, name: str = "a.eml") -> list[Found]:
    return found_in(READER, raw, folder, name)


def article(made: EmailMessage | bytes, folder: Path) -> Article:
    raw = made if isinstance(made, bytes) else made.as_bytes()
    return article_in(READER, raw, folder, "a.eml")


@pytest.mark.parametrize("page", [None, PAGE])
def test_a_newsletter_is_an_article(tmp_path: Path, page: str | None) -> None:
    found = article(message(page=page, plain=None if page else "\n\n".join(PARAGRAPHS)), tmp_path)
    assert found.title == "Ferry will run all night"
    assert [text for text in PARAGRAPHS if text in body_of(found)] == PARAGRAPHS
    assert found.published == date(2024, 5, 2)
    assert found.published_time == datetime(2024, 5, 3, 4, 30, tzinfo=UTC)
    assert found.outlet == "The Harbour Post"
    assert (found.reader, found.origin) == ("mail", "a.eml")
    assert "Unsubscribe" not in found.text


def test_the_page_is_read_rather_than_its_plain_double(tmp_path: Path) -> None:
    found = article(message(plain="See this mail in your browser.", page=PAGE), tmp_path)
    assert PARAGRAPHS[1] in body_of(found)
    assert "browser" not in found.text


def test_a_page_without_an_article_leaves_the_plain_text(tmp_path: Path) -> None:
    found = article(message(page="<html><body><img src='x'></body></html>"), tmp_path)
    assert body_of(found) == PARAGRAPHS


def test_wrapped_lines_are_joined_and_the_signature_goes(tmp_path: Path) -> None:
    import textwrap

    plain = "\n\n".join(textwrap.fill(text, 68) for text in PARAGRAPHS) + "\n\n-- \nJo Roe\nDesk"
    assert body_of(article(message(plain=plain), tmp_path)) == PARAGRAPHS


@pytest.mark.parametrize("subject", ["Fwd: Ferry will run all night", "Ferry will run all night"])
def test_whoever_passes_an_article_on_did_not_publish_it(tmp_path: Path, subject: str) -> None:
    made = message(subject=subject, sender="Jo Roe <jo@lab.example>", to_many="Fwd" in subject)
    found = article(made, tmp_path)
    assert found.title == "Ferry will run all night"
    assert (found.published, found.outlet, found.authors) == (None, None, ())


def test_a_person_who_writes_for_an_outlet_is_the_author(tmp_path: Path) -> None:
    found = article(message(sender="Mira Holt from Night Boats <m@letters.example>"), tmp_path)
    assert (found.authors, found.outlet) == (("Mira Holt",), "Night Boats")


def test_a_date_in_the_text_goes_before_that_of_the_message(tmp_path: Path) -> None:
    plain = "\n\n".join(["By Mira Holt", "1 May 2024", *PARAGRAPHS])
    page = PAGE.replace(
        "<body>",
        '<meta property="article:published_time" content="2024-05-01T08:00:00Z"><body>',
    )
    assert article(message(plain=plain, page=page), tmp_path).published == date(2024, 5, 1)


def test_encoded_subjects_and_old_character_sets_are_read(tmp_path: Path) -> None:
    raw = (
        b"From: Harbour Post <news@harbourpost.example>\r\nMIME-Version: 1.0\r\n"
        b"Subject: =?iso-8859-1?Q?Caf=E9_open_all_night?=\r\nContent-Transfer-Encoding: 8bit\r\n"
        b"Content-Type: text/plain; charset=nonsense\r\n\r\n"
        b"The caf\xe9 at the quay will open at four. It is for bakers and nurses.\r\n"
    )
    found = article(raw, tmp_path)
    assert found.title == "Café open all night"
    assert "café at the quay" in found.text


def attach(made: EmailMessage, content: bytes, name: str, kind: str = "octet-stream") -> None:
    made.add_attachment(content, maintype="application", subtype=kind, filename=name)


def test_a_message_without_words_names_the_attachment_that_gave_nothing(tmp_path: Path) -> None:
    outer = message(plain=None, subject="Fwd: news", to_many=False)
    attach(outer, b"%PDF-1.4", "a.pdf", "pdf")
    (found,) = read(outer.as_bytes(), tmp_path)
    assert isinstance(found, Problem)
    assert found.origin == "a.eml (a.pdf)"


def test_a_forwarded_message_is_an_article_and_the_note_above_it_is_none(tmp_path: Path) -> None:
    for plain in (None, "For you.\n\nBest,\nJo\n"):
        outer = message(plain=plain, subject="Fwd: news", to_many=False)
        outer.add_attachment(message())
        inner = article(outer, tmp_path)
        assert (inner.title, inner.published) == ("Ferry will run all night", date(2024, 5, 2))


def test_attached_articles_go_to_their_readers_and_the_covering_note_is_none(
    tmp_path: Path,
) -> None:
    outer = message(plain="Hi Jo,\n\nplease find two articles attached.\n\nBest,\nKim\n")
    page = "<html><head><title>Boats for bakers</title></head>" + PAGE.partition("<html>")[2]
    attach(outer, page.encode(), "bakers.html")
    attach(outer, message(subject="Lights for nets").as_bytes(), "nets.eml")
    attach(outer, b"\0\1\2", "scan.bin")
    first, second, third = read(outer.as_bytes(), tmp_path)
    assert isinstance(first, Article)
    assert isinstance(second, Article)
    assert [(item.reader, item.origin) for item in (first, second)] == [
        ("html", "a.eml (bakers.html)"),
        ("mail", "a.eml (nets.eml)"),
    ]
    assert second.title == "Lights for nets"
    assert isinstance(third, Problem)
    assert third.origin == "a.eml (scan.bin)"


def test_a_long_letter_with_an_attachment_is_an_article_too(tmp_path: Path) -> None:
    outer = message(plain="\n\n".join(PARAGRAPHS * 2))
    attach(outer, message(subject="Lights for nets").as_bytes(), "nets.eml")
    titles = [found.title for found in read(outer.as_bytes(), tmp_path) if _is_article(found)]
    assert titles == ["Lights for nets", "Ferry will run all night"]


def _is_article(found: Found) -> TypeGuard[Article]:
    return isinstance(found, Article)


def test_pictures_in_the_text_and_signatures_are_no_attachments(tmp_path: Path) -> None:
    outer = message()
    outer.add_attachment(b"\x89PNG", maintype="image", subtype="png", cid="<logo>")
    attach(outer, b"0", "smime.p7s", "pkcs7-signature")
    assert article(outer, tmp_path).title == "Ferry will run all night"


def test_messages_in_archives_in_messages_are_counted(tmp_path: Path) -> None:
    inner = message()
    for _ in range(members.MAX_DEPTH + 1):
        file = io.BytesIO()
        with zipfile.ZipFile(file, "w") as archive:
            archive.writestr("letter.eml", inner.as_bytes())
        inner = message(plain="Here it is.")
        attach(inner, file.getvalue(), "letters.zip", "zip")
    (found,) = read(inner.as_bytes(), tmp_path)
    assert isinstance(found, Problem)
    assert "deep" in found.reason


def mailbox(*messages: bytes) -> bytes:
    return b"".join(
        b"From news@harbourpost.example Thu May  2 07:10:00 2024\n" + raw + b"\n"
        for raw in messages
    )


def test_a_mailbox_gives_each_message_and_names_it(tmp_path: Path) -> None:
    second = message(subject="Boats for bakers", plain="\n\n".join(["From July on.", *PARAGRAPHS]))
    empty = message(plain="")
    raw = mailbox(message().as_bytes(), empty.as_bytes(), second.as_bytes(unixfrom=False))
    raw = raw.replace(b"\nFrom July on.", b"\n>From July on.")
    assert READER.recognises(raw, "letters")
    first, broken, third = read(raw, tmp_path, "letters.mbox")
    assert isinstance(first, Article)
    assert isinstance(third, Article)
    assert isinstance(broken, Problem)
    assert [found.origin for found in (first, broken, third)] == [
        "letters.mbox:1",
        "letters.mbox:2",
        "letters.mbox:3",
    ]
    assert third.title == "Boats for bakers"
    assert "From July on." in third.text


def test_a_message_that_is_too_large_costs_none_of_the_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mail, "MAX_ARTICLE_BYTES", 4000)
    raw = mailbox(message(plain="Boats. " * 2000).as_bytes(), message().as_bytes())
    large, good = read(raw, tmp_path)
    assert isinstance(large, Problem)
    assert "larger" in large.reason
    assert isinstance(good, Article)


def test_mailboxes_have_an_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mail, "MAX_MESSAGES", 2)
    found = read(mailbox(*[message().as_bytes()] * 4), tmp_path)
    assert [type(item) for item in found] == [Article, Article, Problem]


def test_messages_are_recognised_by_content_first() -> None:
    raw = message().as_bytes()
    assert READER.recognises(raw, "storm.txt")
    assert READER.recognises(b"Subject: Boats\nFrom: a@b.example\n\nText", "a.eml")
    assert not READER.recognises(b"<html><body>", "a.eml")
    assert not READER.recognises(b"Ferry will run all night\n", "a.eml")


@pytest.mark.parametrize(
    "head",
    [
        (
            b"From: <Saved by Blink>\r\nSnapshot-Content-Location: https://a.example/\r\n"
            b"Subject: Boats\r\nDate: x\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related"
            b"\r\n\r\n"
        ),
        b"Title: Boats\nDate: 2 May 2024\nFrom: The Harbour Post\n\nText",
        b"From July 2024 on, boats will run all night.\n",
        b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Date: 2024-05-02T00:00:00Z\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nDate: x\r\nContent-Type: text/html\r\n\r\n",
    ],
)
def test_other_files_with_fields_are_not_claimed(head: bytes) -> None:
    assert not READER.recognises(head, "a.txt")


def test_damaged_messages_give_an_article_or_a_reason(tmp_path: Path) -> None:
    good = message(page=PAGE).as_bytes()
    for position in range(0, len(good), 41):
        for raw in (good[:position], good[:position] + b"\xff\0(" + good[position + 3 :]):
            for found in read(raw, tmp_path):
                assert isinstance(found, Article) or ";" in found.reason


def test_nested_without_end_is_a_problem(tmp_path: Path) -> None:
    raw = b"From: a@b.example\nSubject: x\nMIME-Version: 1.0\n"
    raw += b"Content-Type: message/rfc822\n\n" * 3000
    assert all(isinstance(found, Problem) for found in read(raw, tmp_path))
    parts = b"".join(
        b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (number, number)
        for number in range(3000)
    )
    found = read(b"From: a@b.example\nSubject: x\nMIME-Version: 1.0\n" + parts, tmp_path)
    assert all(isinstance(item, Problem) for item in found)


@pytest.mark.parametrize(
    "field",
    [
        b"Subject: " + b"=?utf-8?Q?a?= " * 40_000,
        b"Subject: x\r\nContent-Type: text/plain; " + b"a*1*=x; " * 40_000,
        b"Subject: x\r\nList-Id: " + b'<("x ' * 40_000,
    ],
)
def test_fields_without_end_take_no_time(tmp_path: Path, field: bytes) -> None:
    raw = b"From: Harbour Post <news@harbourpost.example>\r\nMIME-Version: 1.0\r\n" + field
    start = time.process_time()
    assert read(raw + b"\r\n\r\n" + PARAGRAPHS[0].encode(), tmp_path)
    assert time.process_time() - start < 3


def test_parts_without_end_are_refused(tmp_path: Path) -> None:
    raw = message().as_bytes() + b"\n--b\n\nx" * (mail.MAX_PARTS + 1)
    (found,) = read(raw, tmp_path)
    assert isinstance(found, Problem)
    assert "parts; split it" in found.reason
