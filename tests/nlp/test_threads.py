"""Threads: as many as told, and one for matrix products while articles are analysed."""

from __future__ import annotations

import os

import pytest
from threadpoolctl import threadpool_info

from presslens import analysis
from presslens.analysis import analyze
from presslens.article import Article
from presslens.nlp.threads import single_threaded_blas, threads


def test_threads_are_as_many_as_told_or_as_there_are_processors(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("PRESSLENS_THREADS", "3")
    assert threads() == 3
    for nonsense in ("", "0", "-2", "many", "1.5"):
        monkeypatch.setenv("PRESSLENS_THREADS", nonsense)
        assert threads() >= 1
    monkeypatch.delenv("PRESSLENS_THREADS")
    monkeypatch.setattr(os, "sched_getaffinity", lambda _process: {0, 1, 5}, raising=False)
    assert threads() == 3


def test_threads_are_counted_where_a_process_cannot_be_bound(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("PRESSLENS_THREADS", raising=False)
    monkeypatch.delattr(os, "sched_getaffinity", raising=False)
    monkeypatch.setattr(os, "cpu_count", lambda: 7)
    assert threads() == 7


def blas_threads() -> list[int]:
    return [
        library["num_threads"] for library in threadpool_info() if library["user_api"] == "blas"
    ]


def test_an_analysis_multiplies_on_one_thread_and_leaves_things_as_they_were(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    before, during = blas_threads(), []
    encode = analysis.encode
    monkeypatch.setattr(
        analysis, "encode", lambda docs: during.append(blas_threads()) or encode(docs)
    )
    analyze(Article(id="a", text="It rained."))
    assert during == [[1] * len(before)]
    assert blas_threads() == before


def test_numbers_of_threads_come_back_after_an_error() -> None:
    before = blas_threads()
    with pytest.raises(ValueError, match="odd"), single_threaded_blas():
        raise ValueError("odd")
    assert blas_threads() == before
