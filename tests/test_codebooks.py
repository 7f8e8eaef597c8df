import os

import pytest

from presslens.codebooks import CodebookError, load_codebook
from presslens.paths import CODEBOOKS


def written(tmp_path, text, name="mine.yaml"):
    path = tmp_path / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


@pytest.mark.parametrize("path", sorted(CODEBOOKS.glob("*.yaml")), ids=lambda path: path.stem)
def test_every_shipped_codebook_loads_by_its_name(path):
    book = load_codebook(path.stem)
    assert book.name == path.stem
    assert book.label.startswith(f"{path.stem}@{book.version}+")


def test_a_codebook_is_loaded_by_path_too(tmp_path):
    book = load_codebook(written(tmp_path, "version: '2.1'\nwords: [say]\n"))
    assert (book.name, book.version) == ("mine", "2.1")
    assert book.section("words", list) == ["say"]


def test_an_edited_copy_has_another_label_though_nobody_raised_its_version(tmp_path):
    first = load_codebook(written(tmp_path, "version: '1'\nwords: [say]\n")).label
    second = load_codebook(written(tmp_path, "version: '1'\nwords: [tell]\n")).label
    assert first.split("+")[0] == second.split("+")[0] == "mine@1"
    assert first != second


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("version: '1'\nwords: [say\n", "is not valid YAML"),
        (b"version: '1'\nwords: [\xff\xfe]\n", "is not valid YAML"),
        ("- say\n- tell\n", "expected a mapping with a 'version'"),
        ("words: [say]\n", "expected a mapping with a 'version'"),
        ("", "expected a mapping with a 'version'"),
        ("!!python/object/apply:os.getcwd []", "is not valid YAML"),
    ],
)
def test_a_malformed_codebook_is_refused_with_its_path_and_what_was_expected(tmp_path, text, told):
    path = written(tmp_path, text)
    with pytest.raises(CodebookError, match=told) as error:
        load_codebook(path)
    assert str(path) in str(error.value)


def test_invalid_yaml_is_named_with_its_line(tmp_path):
    path = written(tmp_path, "version: '1'\nwords: [say\nmore: 2\n")
    with pytest.raises(CodebookError, match="line 3"):
        load_codebook(path)


def test_a_missing_codebook_is_named_with_the_path_where_it_was_expected(tmp_path):
    with pytest.raises(CodebookError, match=r"nothing\.yaml: .*expected a codebook there"):
        load_codebook(tmp_path / "nothing.yaml")
    with pytest.raises(CodebookError, match=r"codebooks.*no_such_book\.yaml"):
        load_codebook("no_such_book")


def test_a_section_that_lacks_or_is_of_another_kind_is_named(tmp_path):
    book = load_codebook(written(tmp_path, "version: '1'\nwords: [say]\n"))
    with pytest.raises(CodebookError, match=r"mine\.yaml: 'words' must be there and be a dict"):
        book.section("words")
    with pytest.raises(CodebookError, match="'needs' must be there and be a list"):
        book.section("needs", list)


def test_an_edited_codebook_is_read_anew(tmp_path):
    path = written(tmp_path, "version: '1'\nwords: [a]\n")
    first = load_codebook(path)
    assert load_codebook(path) is first
    path.write_text("version: '1'\nwords: [b]\n", "utf-8")
    os.utime(path, ns=(0, 1))
    assert load_codebook(path).content["words"] == ["b"]
