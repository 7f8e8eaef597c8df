import numpy as np
import pytest

from presslens.attribution.measured import load_measured
from presslens.attribution.voices import OFFICIAL_TYPES
from presslens.nlp.encoder import describe_model

PARTS = ["official", "official_quoted", "other", "unresolved", "attribution", "unattributed"]


def test_what_was_measured_is_the_shipped_encoder():
    assert load_measured().model == describe_model()


@pytest.mark.parametrize("corpus", ["PolNeAR dev", "worldwide"])
def test_scores_are_there_for_both_corpora(corpus):
    scores = load_measured().scores[corpus]
    assert 0.5 < scores["speaker type accuracy"] < 1
    assert scores["coded_articles"] >= 24


def test_the_voices_of_each_annotated_article_add_up_to_its_words():
    for one in load_measured().articles:
        for voiced in (one.annotated, one.found):
            counts = voiced.counts(one.words, OFFICIAL_TYPES)
            whole = sum(counts[p] for p in ("official", "other", "unresolved", "attribution"))
            assert whole + counts["unattributed"] == one.words
            assert counts["unattributed"] >= 0


def test_errors_have_a_row_for_each_article_and_depend_on_what_counts_as_official():
    measured = load_measured()
    errors = measured.errors(PARTS)
    assert errors.shape == (len(measured.articles), len(PARTS))
    assert np.isfinite(errors).all()
    assert not np.allclose(errors, measured.errors(PARTS, official=["party"]))
