"""Columns: names of databases and languages are known, others the user maps; rows are invented."""

from __future__ import annotations

import csv
import json
import zipfile
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from presslens import paths
from presslens.article import Article
from presslens.problems import Problem, ReadingError
from presslens.reading import read, read_all
from presslens.reading.columns import find_columns
from presslens.reading.files import source_of
from presslens.reading.sources import read_source

SHARED = paths.ROOT.parent / "shared"
TEXT = "The ferry will run around the clock, its operator said.\n\nNurses had asked for it."


def write_json(path: Path, value: object) -> Path:
    path.write_text(json.dumps(value), encoding="utf-8")
    return path


def write_csv(path: Path, *rows: dict[str, Any]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return path


def sort_out(path: Path, **columns: str) -> tuple[list[Article], list[Problem]]:
    found = list(read_all([path], columns=columns))
    return (
        [item for item in found if isinstance(item, Article)],
        [item for item in found if isinstance(item, Problem)],
    )


def assert_whole(article: Article) -> None:
    assert article.title == "Ferry will run all night"
    assert article.text == f"Ferry will run all night\n\n{TEXT}"
    assert article.published == date(2024, 6, 2)
    assert article.outlet == "Harbour Post"


def test_event_registry_is_read(tmp_path: Path) -> None:
    row = {
        "uri": "8123", "lang": "eng", "date": "2024-06-03", "dateTime": "2024-06-03T01:00:00Z",
        "dateTimePub": "2024-06-02T23:10:00Z", "url": "https://harbourpost.example/a",
        "title": "Ferry will run all night", "body": TEXT,
        "source": {"uri": "harbourpost.example", "title": "Harbour Post"},
        "authors": [{"name": "Mira Holt", "isAgency": False},
                    {"name": "Nordwire", "isAgency": True}],
        "concepts": [{"label": {"eng": "Ferry"}}],
    }  # fmt: skip
    path = write_json(tmp_path / "a.json", {"articles": {"results": [row], "totalResults": 1}})
    (article,) = read(path)
    assert_whole(article)
    assert (article.id, article.url) == ("8123", "https://harbourpost.example/a")
    assert article.published_time == datetime(2024, 6, 2, 23, 10, tzinfo=UTC)
    assert (article.authors, article.credits) == (("Mira Holt",), ("Nordwire",))
    assert article.language == "en"


def test_media_cloud_is_read_and_without_a_text_told_once(tmp_path: Path) -> None:
    row = {
        "id": "77", "indexed_date": "2024-06-09", "language": "en", "media_name": "Harbour Post",
        "media_url": "harbourpost.example", "publish_date": "2024-06-02",
        "title": "Ferry will run all night", "url": "https://harbourpost.example/a",
    }  # fmt: skip
    (article,) = read(write_csv(tmp_path / "a.csv", row | {"text": TEXT}))
    assert_whole(article)
    assert article.id == "77"
    articles, (problem,) = sort_out(write_csv(tmp_path / "b.csv", row, row))
    assert articles == []
    assert problem.origin == str(tmp_path / "b.csv")
    assert "no column holds the text; columns found: 'id', 'indexed_date'" in problem.reason
    assert "fetch the pages that 'url' names, or name the column" in problem.reason


@pytest.mark.parametrize("suffix", ["csv", "json", "jsonl"])
def test_gdelt_has_no_text_and_says_so_once(tmp_path: Path, suffix: str) -> None:
    row = {"DATE": "20240602231000", "SourceCommonName": "harbourpost.example",
           "DocumentIdentifier": "https://harbourpost.example/a"}  # fmt: skip
    path = tmp_path / f"a.{suffix}"
    if suffix == "csv":
        write_csv(path, row, row, row)
    elif suffix == "json":
        write_json(path, {"articles": [row] * 3})
    else:
        path.write_text("\n".join([json.dumps(row)] * 3))
    articles, problems = sort_out(path)
    assert (articles, len(problems)) == ([], 1)
    assert problems[0].origin == str(path)
    assert "fetch the pages that 'DocumentIdentifier' names" in problems[0].reason


def test_gdelt_with_a_text_is_read(tmp_path: Path) -> None:
    row = {
        "DATE": 20240602231000, "SourceCommonName": "Harbour Post", "text": TEXT,
        "title": "Ferry will run all night", "DocumentIdentifier": "https://h.example/a",
    }  # fmt: skip
    (article,) = read(write_json(tmp_path / "a.json", [row]))
    assert_whole(article)
    assert article.url == "https://h.example/a"


ROWS: dict[str, dict[str, Any]] = {
    "All the News": {
        "": "0", "id": "17283", "title": "Ferry will run all night", "publication": "Harbour Post",
        "author": "Mira Holt", "date": "2024-06-02", "year": "2024.0", "month": "6.0", "url": "",
        "content": TEXT,
    },
    "All the News 2": {
        "date": "2024-06-02 00:00:00", "year": "2024", "month": "6.0", "day": "2",
        "author": "Mira Holt", "title": "Ferry will run all night", "article": TEXT,
        "url": "https://h.example/a", "section": "Local", "publication": "Harbour Post",
    },
    "NewsCatcher": {
        "_id": "f00", "title": "Ferry will run all night", "author": "Mira Holt",
        "published_date": "2024-06-02 08:00:00", "published_date_precision": "full",
        "link": "https://h.example/a", "clean_url": "h.example", "summary": TEXT,
        "media": "https://h.example/boat.jpg", "media_name": "Harbour Post", "language": "en",
    },
    "ProQuest": {
        "Title": "Ferry will run all night", "Abstract": "A ferry.", "StoreId": "299",
        "Authors": "Holt, Mira", "pubdate": "Jun 2, 2024", "pubtitle": "Harbour Post",
        "DocumentURL": "https://h.example/a", "Full text": TEXT, "language": "English",
    },
    "Lexis": {
        "Title/Headline": "Ferry will run all night", "Publication": "Harbour Post",
        "Date": "June 2, 2024", "Byline": "By Mira Holt", "Body": TEXT, "Length": "20 words",
    },
    "news-please": {
        "authors": "['Mira Holt']", "date_download": "2025-01-01", "date_publish": "2024-06-02",
        "maintext": TEXT, "source_domain": "h.example", "outlet": "Harbour Post",
        "text": "", "title": "Ferry will run all night", "url": "https://h.example/a",
    },
    "GNews": {
        "id": "f1", "title": "Ferry will run all night", "description": "A ferry.",
        "content": TEXT, "url": "https://h.example/a", "image": "https://h.example/a.jpg",
        "publishedAt": "2024-06-02T08:00:00Z", "source.name": "Harbour Post", "author": "Mira Holt",
    },
    "NewsData": {
        "article_id": "9f", "title": "Ferry will run all night", "link": "https://h.example/a",
        "creator": "['Mira Holt']", "description": "A ferry.", "content": TEXT,
        "pubDate": "2024-06-02 08:00:00", "source_id": "harbour", "source_name": "Harbour Post",
    },
    "Perigon": {
        "articleId": "77a", "title": "Ferry will run all night", "authorsByline": "Mira Holt",
        "url": "https://h.example/a", "pubDate": "2024-06-02T08:00:00+00:00", "content": TEXT,
        "description": "A ferry.", "source": "Harbour Post", "language": "en",
    },
    "Dow Jones": {
        "an": "HARB000020240602", "title": "Ferry will run all night", "byline": "By Mira Holt",
        "snippet": TEXT.split("\n\n")[0], "body": TEXT.split("\n\n")[1], "source_code": "HARB",
        "source_name": "Harbour Post", "publication_date": "2024-06-02", "publisher_name": "Tide",
    },
    "Factiva's codes": {
        "HD": "Ferry will run all night", "BY": "By Mira Holt", "WC": "20 words",
        "PD": "2 June 2024", "SN": "Harbour Post", "SC": "HARB", "LA": "English",
        "LP": TEXT.split("\n\n")[0], "TD": TEXT.split("\n\n")[1], "AN": "HARB000020240602",
    },
    "German": {
        "Überschrift": "Ferry will run all night", "Zeitung": "Harbour Post", "Datum": "02.06.2024",
        "Autor/in": "Mira Holt", "Artikeltext": TEXT, "Ressort": "Lokales", "Sprache": "Englisch",
    },
    "French": {
        "Titre": "Ferry will run all night", "Journal": "Harbour Post",
        "Date de publication": "02/06/2024", "Auteur": "Mira Holt", "Texte intégral": TEXT,
        "Lien": "https://h.example/a", "Rubrique": "Mer",
    },
    "Spanish": {
        "Título": "Ferry will run all night", "Medio": "Harbour Post", "Autora": "Mira Holt",
        "Fecha de publicación": "02-06-2024", "Cuerpo": TEXT, "Sección": "Local",
    },
}  # fmt: skip


@pytest.mark.parametrize("name", ROWS)
@pytest.mark.parametrize("suffix", ["csv", "json"])
def test_columns_of_databases_and_languages_are_known(
    tmp_path: Path, name: str, suffix: str
) -> None:
    path = tmp_path / f"a.{suffix}"
    row = ROWS[name]
    (article,) = read(write_csv(path, row) if suffix == "csv" else write_json(path, [row]))
    assert_whole(article)
    assert article.authors == ("Mira Holt",)


def test_webhose_is_read(tmp_path: Path) -> None:
    row = {
        "uuid": "ab12", "url": "https://h.example/a", "author": "Mira Holt", "text": TEXT,
        "title": "Ferry will run all night", "published": "2024-06-02T08:00:00.000+02:00",
        "language": "english", "thread": {"site": "h.example", "site_full": "Harbour Post",
                                           "section_title": "Local", "title": "No"},
    }  # fmt: skip
    (article,) = read(write_json(tmp_path / "a.json", {"posts": [row], "totalResults": 1}))
    assert_whole(article)
    assert (article.id, article.section, article.language) == ("ab12", "Local", "en")
    assert article.published_time == datetime(2024, 6, 2, 6, 0, tzinfo=UTC)


def test_news_api_and_gnews_say_how_much_they_left_out(tmp_path: Path) -> None:
    rows = [
        {"source": {"id": None, "name": "Harbour Post"}, "author": None, "title": "Ferry",
         "publishedAt": "2024-06-02T08:00:00Z", "content": "The ferry will… [+1234 chars]"},
        {"source": {"id": None, "name": "[Removed]"}, "title": "[Removed]",
         "publishedAt": "1970-01-01T00:00:00Z", "content": "[Removed]"},
        {"source": {"name": "Harbour Post"}, "title": "Ferry",
         "publishedAt": "2024-06-02T08:00:00Z", "content": "The ferry will... [1234 chars]"},
        {"source": {"name": "Harbour Post"}, "title": "Ferry", "content": TEXT},
    ]  # fmt: skip
    path = write_json(tmp_path / "a.json", {"status": "ok", "articles": rows})
    articles, (cut, removed, short) = sort_out(path)
    assert [article.outlet for article in articles] == ["Harbour Post"]
    assert "1234 characters are left out" in cut.reason
    assert "is empty" in removed.reason
    assert "1234 characters there are" in short.reason


@pytest.mark.parametrize(
    ("name", "row"),
    [
        ("pagination", {"author": "Mira Holt", "title": "Ferry", "description": "A ferry.",
                        "url": "https://h.example/a", "published_at": "2024-06-02T08:00:00+00:00"}),
        ("query", {"url": "https://h.example/a", "title": "Ferry", "domain": "h.example",
                   "seendate": "20240602T081500Z", "language": "English"}),
    ],
)  # fmt: skip
def test_services_that_give_no_texts_name_the_pages_to_fetch(
    tmp_path: Path, name: str, row: dict[str, str]
) -> None:
    path = write_json(tmp_path / "a.json", {name: {"count": 2}, "data": [row, row]})
    articles, (problem,) = sort_out(path)
    assert articles == []
    assert "fetch the pages that 'url' names" in problem.reason


def test_gdelts_day_of_seeing_is_read(tmp_path: Path) -> None:
    row = {"title": "Ferry", "text": TEXT, "seendate": "20240602T081500Z"}
    assert read(write_json(tmp_path / "a.json", [row]))[0].published == date(2024, 6, 2)


def test_the_guardians_plain_text_goes_before_its_markup(tmp_path: Path) -> None:
    row = {
        "id": "local/2024/jun/02/ferry", "webTitle": "Ferry will run all night",
        "webPublicationDate": "2024-06-02T08:00:00Z", "webUrl": "https://h.example/a",
        "sectionName": "Local",
        "fields": {"body": "<p>The ferry</p><aside>Sign up</aside>", "bodyText": TEXT,
                   "publication": "Harbour Post", "byline": "Mira Holt"},
    }  # fmt: skip
    path = write_json(tmp_path / "a.json", {"response": {"status": "ok", "results": [row]}})
    (article,) = read(path)
    assert_whole(article)
    assert (article.authors, article.section) == (("Mira Holt",), "Local")


def test_codes_of_two_letters_mean_nothing_without_factivas_others(tmp_path: Path) -> None:
    (article,) = read(write_json(tmp_path / "a.json", [{"text": TEXT, "SE": "0.2", "SN": "8"}]))
    assert (article.section, article.outlet) == (None, None)


def test_objects_within_objects_and_lists_of_paragraphs_are_read(tmp_path: Path) -> None:
    hit = {"_id": {"$oid": "5f"}, "_source": {
        "headline": {"main": "Ferry will run all night"}, "source": {"name": "Harbour Post"},
        "pub_date": {"$date": "2024-06-02T10:00:00Z"},
        "content": [{"type": "p", "text": part} for part in TEXT.split("\n\n")],
    }}  # fmt: skip
    (article,) = read(write_json(tmp_path / "a.json", {"hits": {"hits": [hit]}}))
    assert_whole(article)
    assert article.id == "5f"


def test_a_domain_is_its_paper_and_a_picture_is_none(tmp_path: Path) -> None:
    rows = [
        {"text": TEXT, "domain": "www.bbc.co.uk"},
        {"text": TEXT + " 2", "media": "https://h.example/boat.jpg"},
        {"text": TEXT + " 3", "publication": "Tidelines.com"},
    ]
    articles = read(write_json(tmp_path / "a.json", rows))
    assert [article.outlet for article in articles] == ["BBC News", None, "Tidelines.com"]


def test_a_text_that_the_service_cut_off_is_named(tmp_path: Path) -> None:
    row = {"title": "Ferry", "url": "https://h.example/a", "content": "The ferry… [+2345 chars]"}
    articles, (problem,) = sort_out(write_json(tmp_path / "a.json", {"articles": [row]}))
    assert articles == []
    assert "2345 characters are left out; fetch its page" in problem.reason


def test_one_object_without_a_text_among_others_is_named_by_its_line(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text('{"title": "Bread"}\n' + json.dumps({"text": TEXT}) + '\n{"title": "Rolls"}\n')
    articles, problems = sort_out(path)
    assert len(articles) == 1
    assert [problem.origin for problem in problems] == [f"{path}:1", f"{path}:3"]


@pytest.mark.parametrize("suffix", ["csv", "json", "jsonl"])
def test_the_user_names_the_columns_that_are_not_known(tmp_path: Path, suffix: str) -> None:
    row = {"Kopf": "Ferry will run all night", "Wortlaut": TEXT, "Tag": "2024-06-02",
           "Blatt": "Harbour Post", "Wer": "Mira Holt", "Nr": "9", "title": "Not this"}  # fmt: skip
    path = tmp_path / f"a.{suffix}"
    write_csv(path, row) if suffix == "csv" else write_json(path, row)
    columns = {"title": "Kopf", "text": "wortlaut", "published": "Tag", "outlet": "Blatt",
               "authors": "Wer", "id": "Nr"}  # fmt: skip
    (article,) = read(path, columns=columns)
    assert_whole(article)
    assert (article.id, article.authors) == ("9", ("Mira Holt",))


def test_a_path_into_an_object_can_be_named(tmp_path: Path) -> None:
    path = write_json(tmp_path / "a.json", [{"meta": {"in": {"words": TEXT}}}])
    (article,) = read(path, columns={"text": "meta.in.words"})
    assert article.text == TEXT


def test_an_unknown_field_is_refused_at_once_and_the_fields_are_listed(tmp_path: Path) -> None:
    with pytest.raises(ReadingError, match=r"no field 'words'.*fields: text, title, published"):
        read_all([tmp_path / "gone.csv"], columns={"words": "Inhalt"})
    with pytest.raises(ReadingError, match=r"no field 'words'"):
        find_columns(["Inhalt"], {"words": "Inhalt"})


@pytest.mark.parametrize("suffix", ["csv", "json", "jsonl"])
@pytest.mark.parametrize("field", ["text", "published"])
def test_a_column_that_the_file_lacks_is_named_once_with_those_it_has(
    tmp_path: Path, suffix: str, field: str
) -> None:
    row = {"text": TEXT, "Datum": "02.06.2024"}
    path = tmp_path / f"a.{suffix}"
    if suffix == "csv":
        write_csv(path, row, row)
    elif suffix == "json":
        write_json(path, [row, row])
    else:
        path.write_text("\n".join([json.dumps(row)] * 2))
    _, problems = sort_out(path, **{field: "Dattum"})
    assert len(problems) == 1
    assert f"no column 'Dattum' for '{field}'; columns found: 'text', 'Datum'" in problems[0].reason


def test_a_key_that_only_some_objects_have_is_no_problem(tmp_path: Path) -> None:
    rows = [{"text": TEXT}, {"text": TEXT + " 2", "Tag": "2024-06-02"}]
    articles, problems = sort_out(write_json(tmp_path / "a.json", rows), published="Tag")
    assert problems == []
    assert [article.published for article in articles] == [None, date(2024, 6, 2)]


def test_texts_and_pages_take_no_notice_of_columns(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(f"Ferry will run all night\n\n{TEXT}\n")
    (article,) = read(tmp_path / "a.txt", columns={"text": "Inhalt"})
    assert article.title == "Ferry will run all night"


def test_a_source_without_columns_is_read_as_ever(tmp_path: Path) -> None:
    path = write_json(tmp_path / "a.json", {"text": TEXT})
    (article,) = read_source(source_of(path), False)
    assert isinstance(article, Article)
    assert hash(source_of(path)) == hash(source_of(path))


@pytest.mark.parametrize("text", ["[" * 900, "{" * 900 + "}", "['a'" + "]" * 50, "-" * 1500, "[{'"])
def test_hostile_cells_are_taken_as_they_are(tmp_path: Path, text: str) -> None:
    row = {"text": TEXT, "author": "['" + text + "']", "source": text, "date": text * 100}
    (article,) = read(write_csv(tmp_path / "a.csv", row))
    assert article.published is None


def test_columns_count_for_members_of_archives_and_workbooks_too(tmp_path: Path) -> None:
    book = Workbook()
    book.worksheets[0].append(["Wortlaut"])
    book.worksheets[0].append([TEXT])
    book.save(tmp_path / "a.xlsx")
    with zipfile.ZipFile(tmp_path / "all.zip", "w") as package:
        package.write(tmp_path / "a.xlsx", "a.xlsx")
        package.writestr("b.csv", "Wortlaut\nThe mayor opened a bridge.\n")
    articles = read(tmp_path / "all.zip", columns={"text": "Wortlaut"})
    assert [article.reader for article in articles] == ["excel", "rows"]


@pytest.mark.skipif(not SHARED.is_dir(), reason="needs the samples in ../shared")
def test_real_exports_keep_their_fields() -> None:
    articles = read(SHARED / "data" / "polnear" / "dev.jsonl")
    assert len(articles) == 84
    assert all(article.title and article.published and article.outlet for article in articles)
