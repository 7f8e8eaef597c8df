"""Unfinished work: hidden folders to write in, and the clearing of those that a killed run left.

A folder in which someone works is locked; the system takes the lock away with the process.
"""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def working_folder(make: Callable[[], Path]) -> Iterator[Path]:
    """A new folder to work in; what is still there of it in the end is removed.

    Args:
        make: makes a new folder and gives its path.

    Raises:
        OSError: if the folder cannot be made.
    """
    path, lock = make(), None
    try:
        lock = _lock(path)
        while not path.exists():  # swept by another run before it was locked
            _release(lock)
            path = make()
            lock = _lock(path)
        yield path
    finally:
        shutil.rmtree(path, ignore_errors=True)
        _release(lock)


def sweep(folder: Path, pattern: str) -> None:
    """Remove the working folders of this pattern that nobody works in any more."""
    for path in folder.glob(pattern):
        lock = _lock(path)
        if lock is not None:
            shutil.rmtree(path, ignore_errors=True)
            _release(lock)


def _lock(path: Path) -> int | None:
    """The lock on a folder, or None if somebody holds it or the file system knows no locks."""
    descriptor = None
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        if descriptor is not None:
            os.close(descriptor)
        return None
    return descriptor


def _release(lock: int | None) -> None:
    if lock is not None:
        os.close(lock)
