"""Known people: what a name without an office meant on the day of the article."""

from datetime import date

import pytest

from presslens.attribution.people import load_people
from presslens.codebooks import CodebookError

BOOK = """
version: "1"
surnames: [Quennell]
people:
  Mira Quennell: legislature 2010, party 2015-03, government 2016-01-20
  Oda Quennell: business 2000
  Pell Kesh Jr.: media 2001
"""


@pytest.fixture
def people(edited_codebook):
    return edited_codebook("people", load_people)


@pytest.mark.parametrize(
    ("day", "kind"),
    [
        (date(2009, 12, 31), None),
        (date(2010, 1, 1), "legislature"),
        (date(2015, 2, 28), "legislature"),
        (date(2015, 3, 1), "party"),
        (date(2016, 1, 20), "government"),
    ],
)
def test_a_person_is_what_they_were_on_the_day_of_the_article(people, day, kind):
    office = people(BOOK).office_of("Mira Quennell", day)
    assert (office.type if office else None) == kind
    assert office is None or office.certain


def test_without_a_day_the_last_office_counts_but_is_not_certain(people):
    assert people(BOOK).office_of("Mira Quennell", None) == ("government", False)


def test_middle_names_and_suffixes_tell_nobody_apart(people):
    book, day = people(BOOK), date(2020, 1, 1)
    assert book.office_of("Mira B. Quennell", day).type == "government"
    assert book.office_of("Pell Kesh", day).type == "media"
    assert book.office_of("Kesh Pell", day) is None


def test_a_surname_alone_is_the_first_person_who_bears_it_and_had_an_office(people):
    book = people(BOOK)
    assert book.office_of("Quennell", date(2016, 5, 1)).type == "government"
    assert book.office_of("Quennell", date(2005, 5, 1)).type == "business"
    assert book.office_of("Kesh", date(2016, 5, 1)) is None


@pytest.mark.parametrize("roles", ["goverment 2010", "party", "party 2015-3", "party 2015-13", ""])
def test_a_role_that_cannot_be_read_is_refused_with_its_name(people, roles):
    text = f"version: '1'\nsurnames: []\npeople:\n  Mira Quennell: {roles}\n"
    with pytest.raises(CodebookError, match=r"Mira Quennell: '.*' should be a speaker type and"):
        people(text)


@pytest.mark.parametrize(
    ("people_given", "told"),
    [
        ("{Mira Quennell: party 2010, Mira B. Quennell: media 2010}", "stand there twice"),
        ("{Mira Brandt: party 2010}", "nobody below is called quennell"),
    ],
)
def test_a_name_that_means_nobody_or_two_is_refused(people, people_given, told):
    with pytest.raises(CodebookError, match=told):
        people(f"version: '1'\nsurnames: [Quennell]\npeople: {people_given}\n")


def test_a_family_name_may_stand_first(people):
    book = people("version: '1'\nsurnames: [Quennell]\npeople: {Quennell Oda: party 2010}\n")
    assert book.office_of("Quennell", date(2020, 1, 1)).type == "party"


def test_the_shipped_codebook_tells_who_ran_and_who_governed():
    def kind(name, *day):
        office = load_people().office_of(name, date(*day) if day else None)
        return office.type if office else None

    assert kind("Barack Obama", 2016, 9, 1) == kind("Obama", 2016, 9, 1) == "government"
    assert kind("Donald J. Trump", 2016, 9, 1) == "party"
    assert kind("Trump", 2018, 9, 1) == "government"


def test_a_known_person_speaks_in_the_office_of_the_day(statements_of, monkeypatch):
    from presslens.attribution import speakers

    monkeypatch.setattr(
        speakers.Resolver, "_day", property(lambda _: date(2016, 9, 1)), raising=True
    )
    (found,) = statements_of("{Barack Obama} [said] <it rained>.")[0]
    assert found.speaker_type == "government"
