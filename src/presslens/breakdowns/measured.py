"""Measured: how often the analysis agrees with annotations, as reports tell it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from presslens.attribution.measured import load_measured

if TYPE_CHECKING:
    import pandas as pd

# Figures of the scorer, as reports call them.
MEASURED = {
    "coded_articles": "annotated articles",
    "coded_statements": "coded statements",
    "token F1 source": "words of sources (F1)",
    "token F1 cue": "words of cues (F1)",
    "token F1 content": "words of contents (F1)",
    "linked F1": "source, cue and content of one statement (F1)",
    "share error": "error of an article's attributed share",
    "speaker type accuracy": "speaker type right",
    "official accuracy": "official or not right",
    "naming accuracy": "naming right",
    "speaker accuracy": "speaker found",
    "official share error": "error of an article's official share",
}


def measured_scores() -> pd.DataFrame:
    """How often the analysis agrees with annotations: a row per figure, a column per corpus.

    As measured of the shipped models (`presslens.attribution.measured`).
    """
    import pandas as pd

    scores = load_measured().scores
    rows = [
        {"figure": name, **{corpus: figures[figure] for corpus, figures in scores.items()}}
        for figure, name in MEASURED.items()
    ]
    return pd.DataFrame(rows)
