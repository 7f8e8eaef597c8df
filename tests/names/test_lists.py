import pytest

from presslens import codebooks
from presslens.codebooks import CodebookError
from presslens.names import lists
from presslens.names.lists import name_lists
from presslens.paths import CODEBOOKS


def test_the_longest_listed_name_counts():
    words = "the United Arab Emirates said".split()
    assert name_lists().phrase_at(words, 1) == (3, "place")
    assert name_lists().phrase_at(words, 0) is None


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Foreign Minister Oda Brandt", 2),
        ("Prime Minister Oda Brandt", 2),
        ("Mayor Oda Brandt", 1),
        ("Oda Brandt", 0),
        ("Foreign Oda Brandt", 0),
    ],
)
def test_a_title_is_as_long_as_its_modifiers_and_words(text, words):
    assert name_lists().title_at(text.split(), 0) == words


def test_plurals_of_demonyms_stand_for_people_where_english_makes_them_with_s():
    known = name_lists()
    assert {"Kenyan", "French", "Chinese"} <= known.demonyms
    assert "Kenyans" in known.peoples
    assert not {"Frenchs", "Chineses"} & known.peoples


def test_aliases_that_are_no_lists_are_refused_with_the_file(tmp_path, monkeypatch):
    text = (CODEBOOKS / "names.yaml").read_text(encoding="utf-8")
    head, _, rest = text.partition("\naliases:\n")
    assert rest
    broken = f"{head}\naliases:\n  Larn Water Authority: LWA\n"
    broken += rest[rest.index("\ndescriptors:") :]
    (tmp_path / "names.yaml").write_text(broken, encoding="utf-8")
    monkeypatch.setattr(codebooks, "CODEBOOKS", tmp_path)
    with pytest.raises(CodebookError, match=r"names\.yaml: 'aliases' must lead") as caught:
        lists.name_lists.__wrapped__()
    assert str(tmp_path) in str(caught.value)
