"""Threads: how many the encoder takes, and that nothing else takes any beside them."""

from __future__ import annotations

import os
from contextlib import AbstractContextManager


def threads() -> int:
    """How many windows are run at a time: PRESSLENS_THREADS, or the processors this process has."""
    given = os.environ.get("PRESSLENS_THREADS", "")
    if given.isdecimal() and int(given):
        return int(given)
    # Not every system can tell which processors a process may use; macOS can't.
    allowed = getattr(os, "sched_getaffinity", None)
    return len(allowed(0)) if allowed else os.cpu_count() or 1


def single_threaded_blas() -> AbstractContextManager[object]:
    """While it is entered, numpy's matrix products take one thread each, in the whole process.

    Theirs are small; several threads would wait for each other and for the encoder's.
    """
    from threadpoolctl import threadpool_limits

    return threadpool_limits(limits=1, user_api="blas")  # type: ignore[no-any-return]
