import pytest

from presslens import codebooks
from presslens.codebooks import CodebookError
from presslens.events import verbs


@pytest.mark.parametrize(
    ("table", "form", "lemma"),
    [
        ("pasts", "stabbed", "stab"),
        ("pasts", "occupied", "occupy"),
        ("pasts", "overthrew", "overthrow"),
        ("participles", "beaten", "beat"),
        ("progressives", "expelling", "expel"),
        ("progressives", "invading", "invade"),
        ("presents", "occupies", "occupy"),
        ("nouns", "airstrikes", "strike"),
    ],
)
def test_forms_are_generated_or_listed(table, form, lemma):
    assert getattr(verbs.load_acts(), table)[form].lemma == lemma


@pytest.mark.parametrize("form", ["attacks", "funds", "raids"])
def test_plural_nouns_are_no_verbs(form):
    assert form not in verbs.load_acts().presents


@pytest.mark.parametrize(
    ("entry", "says"),
    [
        ("{harm: maybe}", "'harm: true'"),
        ("{harm: true, noun: [x]}", "has ['noun']"),
        ("{harm: true, to: [on]}", "put quotes around on"),
    ],
)
def test_a_malformed_verb_is_refused(tmp_path, monkeypatch, entry, says):
    text = f"version: '1'\nacting_nouns: army\nplural_nouns: funds\nverbs:\n  hit: {entry}\n"
    (tmp_path / "actions.yaml").write_text(text, encoding="utf-8")
    monkeypatch.setattr(codebooks, "CODEBOOKS", tmp_path)
    verbs.load_acts.cache_clear()
    try:
        with pytest.raises(CodebookError) as error:
            verbs.load_acts()
    finally:
        verbs.load_acts.cache_clear()
    assert says in str(error.value)
