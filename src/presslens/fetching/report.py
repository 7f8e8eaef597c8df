"""FetchReport: what became of each page, to look at and to print."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from presslens.fetching.ledger import Entry
from presslens.reading.fetched import LEDGER
from presslens.terminal import shown

# How many failures are printed; all of them are in the ledger.
SHOWN = 20


@dataclass(frozen=True, slots=True)
class FetchReport:
    """What one run did.

    Attributes:
        folder: where the pages are.
        fetched: pages that were saved.
        unchanged: pages that the server said have not changed, or that came the same again.
        skipped: pages that were there already.
        failed: what could not be fetched, each with a `reason` that says what to do.
    """

    folder: Path
    fetched: list[Entry] = field(default_factory=list)
    unchanged: list[Entry] = field(default_factory=list)
    skipped: list[Entry] = field(default_factory=list)
    failed: list[Entry] = field(default_factory=list)

    def __str__(self) -> str:
        lines = [_line(entry) for entry in self.failed[:SHOWN]]
        if len(self.failed) > SHOWN:
            lines.append(f"… and {len(self.failed) - SHOWN:,} more, in {self.folder / LEDGER}")
        counts = [
            f"{len(self.fetched):,} fetched",
            f"{len(self.unchanged):,} unchanged",
            f"{len(self.skipped):,} already there",
            f"{len(self.failed):,} failed",
        ]
        return "\n".join([*lines, shown(f"{self.folder}: {', '.join(counts)}")])


def _line(entry: Entry) -> str:
    """A failure as one line."""
    return shown(f"{entry.url}: {entry.reason}")
