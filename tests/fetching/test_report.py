"""FetchReport: it prints as counts and reasons, whatever a URL holds."""

from __future__ import annotations

from pathlib import Path

from presslens.fetching.ledger import failure
from presslens.fetching.report import SHOWN, FetchReport


def test_it_prints_failures_and_counts() -> None:
    report = FetchReport(Path("pages"))
    report.failed.append(failure("https://harbour.example/a", "it is gone; look elsewhere"))
    assert str(report) == (
        "https://harbour.example/a: it is gone; look elsewhere\n"
        "pages: 0 fetched, 0 unchanged, 0 already there, 1 failed"
    )


def test_many_failures_are_cut_short() -> None:
    report = FetchReport(Path("pages"))
    report.failed.extend(failure(str(n), "gone; look elsewhere") for n in range(SHOWN + 1000))
    assert str(report).count("\n") == SHOWN + 1
    assert "… and 1,000 more, in pages/fetched.jsonl" in str(report)


def test_nothing_in_a_url_or_a_reason_steers_the_terminal() -> None:
    report = FetchReport(Path("pages"))
    report.failed.append(failure("a\nb\x1b[2J\u202e\u2028", "c\r\x9b"))
    assert str(report).splitlines()[0] == r"a\nb\x1b[2J\u202e\u2028: c\r\x9b"
