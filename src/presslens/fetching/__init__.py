"""Fetching: pages saved to a folder when a person asks for it, politely and byte for byte.

Nothing else in Presslens uses the network, and what is fetched is analysed only from the folder.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from presslens.fetching.ledger import Entry, read_ledger
from presslens.fetching.report import FetchReport
from presslens.reading.fetched import LEDGER

__all__ = ["LEDGER", "Entry", "FetchReport", "fetch", "read_ledger"]

# Sites that answer readers answer within seconds, and ask programs for pauses of about as long.
DELAY = 2.0
TIMEOUT = 20.0
RETRIES = 3
# As large as a page that the readers take (reading/files.py).
MAX_BYTES = 20 * 2**20
USER_AGENT = "presslens/0.1 (saves single pages for research on news, at a person's request)"


def fetch(
    inputs: Iterable[str],
    *,
    out: Path,
    delay: float = DELAY,
    timeout: float = TIMEOUT,
    retries: int = RETRIES,
    max_bytes: int = MAX_BYTES,
    user_agent: str = USER_AGENT,
    refresh: bool = False,
    allow_private: bool = False,
    progress: Callable[[Entry, int, int], None] | None = None,
) -> FetchReport:
    """Save pages as they come, each in a file of its own, with a ledger `fetched.jsonl`.

    Robots.txt is obeyed, each host is asked for one page at a time with a pause between, and
    nothing but public addresses is asked. A second call with the same folder fetches only what
    is not there yet; feeds are asked again each time, for their new entries.

    Args:
        inputs: URLs of pages; URLs or files of RSS or Atom feeds, whose entries are fetched; files
            with a URL a line and comments after `#`.
        out: the folder, made if need be.
        delay: seconds between two requests to a host; more where its robots.txt asks for more.
        timeout: seconds to connect and between two pieces of an answer; a whole answer may take
            three times as long.
        retries: how often to ask again where a host is busy or does not answer.
        max_bytes: size of the largest page that is taken.
        user_agent: how to call oneself; its first word is looked up in robots.txt.
        refresh: ask again for pages that are there, and keep them where they have not changed.
        allow_private: also ask addresses of this machine and of private networks.
        progress: called after each page with its entry in the ledger, how many are done, and how
            many there are as far as is known.

    Raises:
        ValueError: if an argument is out of its range.
        PresslensError: if another run is writing to the folder.
        OSError: if the folder cannot be written to.
    """
    from presslens.fetching.run import Run, Settings

    given = [inputs] if isinstance(inputs, str) else list(inputs)
    settings = Settings(
        delay=delay,
        timeout=timeout,
        retries=retries,
        max_bytes=max_bytes,
        user_agent=user_agent,
        refresh=refresh,
        allow_private=allow_private,
    )
    return Run(out, settings, progress).go(given)
