import pytest

from presslens import codebooks
from presslens.attribution.cues import ACTS, ENDORSEMENTS
from presslens.attribution.voices import SPEAKER_TYPES, VOICES
from presslens.codebooks import CodebookError
from presslens.coding import load_coding


def names(book, variable):
    (found,) = (one for one in load_coding(book).variables if one.name == variable)
    return tuple(code.name for code in found.codes)


@pytest.mark.parametrize(
    ("book", "variable", "codes"),
    [
        ("coding_speakers", "speaker_type", SPEAKER_TYPES),
        ("coding_speakers", "naming", ("named", "affiliated", "anonymous")),
        ("coding_statements", "voice", VOICES),
        ("coding_statements", "act", ACTS),
        ("coding_statements", "endorsement", ENDORSEMENTS),
    ],
)
def test_the_codebooks_for_people_have_the_codes_of_the_tables(book, variable, codes):
    assert names(book, variable) == tuple(codes)


@pytest.mark.parametrize("book", ["coding_speakers", "coding_statements"])
def test_a_codebook_has_a_version_a_text_and_rules(book):
    coding = load_coding(book)
    assert coding.label.startswith(f"{book}@1.")
    assert coding.about
    assert all(coding.rules)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("version: '1'\ntitle: T\n", "'variables' must be there"),
        ("variables: {a: {about: x}}", "'a': expected 'codes'"),
        ("variables: {a: {about: x, codes: [b]}}", "'a': codes: expected a code a line"),
        ("variables: {a: {about: x, codes: {b: {means: y}}}}", "'b': expected 'examples'"),
    ],
)
def test_a_malformed_one_is_refused(tmp_path, monkeypatch, text, told):
    if not text.startswith("version"):
        text = f"version: '1'\ntitle: T\nabout: A\nrules: []\n{text}\n"
    (tmp_path / "broken.yaml").write_text(text, "utf-8")
    monkeypatch.setattr(codebooks, "CODEBOOKS", tmp_path)
    with pytest.raises(CodebookError, match=told):
        load_coding("broken")
