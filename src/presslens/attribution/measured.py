"""Measured: how far attribution was off on annotated articles, for intervals and for reports.

The file models/attribution_errors.json is written by training/speakers/measure.py; it holds counts
of words and scores, no text.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np

from presslens.attribution.voices import OFFICIAL_TYPES, statement_voice
from presslens.paths import MODELS
from presslens.statistics import angles

if TYPE_CHECKING:
    from presslens.statistics import Floats

ERRORS = MODELS / "attribution_errors.json"


@dataclass(frozen=True, slots=True)
class Voiced:
    """Words of an article by who speaks: quoted and paraphrased words of each speaker type.

    Attributes:
        attribution: words of sources and cues outside contents.
        quoted, paraphrased: words of contents by speaker type, inside and outside quotation marks.
    """

    attribution: int
    quoted: Mapping[str, int]
    paraphrased: Mapping[str, int]

    def counts(self, words: int, official: frozenset[str]) -> dict[str, int]:
        """Words by voice, as the columns of `presslens.breakdowns.voices.voice_counts`."""
        found = dict.fromkeys(("official", "other", "unresolved"), 0)
        quoted = dict(found)
        for kinds, inside in ((self.quoted, True), (self.paraphrased, False)):
            for kind, number in kinds.items():
                voice = statement_voice(kind, official=official)
                found[voice] += number
                quoted[voice] += number if inside else 0
        attributed = sum(found.values())
        return {
            **found,
            "official_quoted": quoted["official"],
            "official_paraphrased": found["official"] - quoted["official"],
            "attribution": self.attribution,
            "attributed": attributed,
            "unattributed": words - attributed - self.attribution,
        }


@dataclass(frozen=True, slots=True)
class Checked:
    """One annotated article: its words, as annotated and as the analysis found them."""

    corpus: str
    words: int
    annotated: Voiced
    found: Voiced


@dataclass(frozen=True)
class Measured:
    """What was measured: scores by corpus, and the annotated articles one by one.

    Attributes:
        model: the version of the encoder that was measured.
        scores: of each corpus, the scorer's figures by name, and how many articles and statements.
        articles: the annotated articles.
    """

    model: str
    scores: Mapping[str, Mapping[str, float]]
    articles: tuple[Checked, ...]

    def errors(self, parts: Sequence[str], *, official: Iterable[str] = OFFICIAL_TYPES) -> Floats:
        """Errors of shares of words, [articles, parts], as `presslens.statistics.share` takes them.

        Args:
            parts: voices, as the columns of `presslens.breakdowns.voices.voice_counts`.
            official: the speaker types that count as official.
        """
        kinds = frozenset(official)
        shares = np.array(
            [
                [
                    [voiced.counts(one.words, kinds)[part] / one.words for part in parts]
                    for voiced in (one.found, one.annotated)
                ]
                for one in self.articles
            ]
        )
        return angles(shares[:, 0]) - angles(shares[:, 1])


@cache
def load_measured() -> Measured:
    """What was measured of the shipped models, read once."""
    content = json.loads(ERRORS.read_text("utf-8"))
    articles = tuple(
        Checked(row["corpus"], row["words"], Voiced(**row["annotated"]), Voiced(**row["found"]))
        for row in content["articles"]
    )
    scores: dict[str, Any] = content["scores"]
    return Measured(content["model"], scores, articles)
