"""training/speakers: the codes are those of the codebooks, and agreement is counted as told."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from types import ModuleType

import pytest

from presslens.attribution.cues import ACTS, ENDORSEMENTS
from presslens.attribution.voices import SPEAKER_TYPES
from presslens.paths import ROOT

SPEAKERS = ROOT / "training" / "speakers"
POLNEAR = ROOT.parent / "shared" / "data" / "polnear" / "train.jsonl"


@pytest.fixture(scope="module")
def agreement() -> ModuleType:
    spec = importlib.util.spec_from_file_location("agreement", SPEAKERS / "agreement.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_every_code_is_one_of_the_codebooks() -> None:
    codes = [json.loads(line) for line in (SPEAKERS / "codes.jsonl").open(encoding="utf-8")]
    assert len({code["id"] for code in codes}) >= 25
    for code in codes:
        assert code["type"] in SPEAKER_TYPES
        assert code["naming"] in {"named", "affiliated", "anonymous"}
        assert code.get("act", "state") in ACTS
        assert code.get("endorsement", "none") in ENDORSEMENTS
        assert isinstance(code["collective"], bool)
    units = [(code["id"], code["statement"], code["coder"]) for code in codes]
    assert len(units) == len(set(units))


def test_every_code_is_of_a_statement_and_every_speaker_in_its_article() -> None:
    if not Path(POLNEAR).exists():
        pytest.skip("PolNeAR is not in ../shared/data")
    articles = {row["id"]: row for row in map(json.loads, POLNEAR.open(encoding="utf-8"))}
    rows = map(json.loads, (SPEAKERS / "found.jsonl").open(encoding="utf-8"))
    found = {row["id"]: len(row["statements"]) for row in rows}
    for code in map(json.loads, (SPEAKERS / "codes.jsonl").open(encoding="utf-8")):
        article = articles.get(code["id"])
        if article is None:  # of the world's papers, in found.jsonl
            assert code["statement"] < found[code["id"]]
            continue
        assert code["statement"] < len(article["annotations"][0]["statements"])
        if code["speaker"]:
            start, end = code["speaker"]
            assert article["text"][start:end].strip() == article["text"][start:end] != ""


def test_agreement_is_the_share_of_equal_codes_and_alpha_beyond_chance(
    agreement: ModuleType,
) -> None:
    said = [
        ("government", "government"),
        ("party", "party"),
        ("party", "media"),
        ("media", "media"),
    ]
    codes = [
        {"id": "x", "statement": number, "coder": coder, "type": kind}
        for number, pair in enumerate(said)
        for coder, kind in zip("ab", pair, strict=True)
    ]
    codes.append({"id": "x", "statement": 9, "coder": "a", "type": "party"})
    found = agreement.agree(codes, "type")
    # Expected disagreement of 8 codes (2, 3, 3): 42 of 56 ordered pairs differ; observed 2 of 8.
    assert found == (0.75, pytest.approx(1 - (2 / 8) / (42 / 56)), 4)
    assert agreement.agree(codes, "official").share == 1
