"""Memory while many articles are analysed: the most in each quarter of the run.

    python benchmarks/memory.py [--articles 2000] [FILE_OR_FOLDER ...]

The sample corpus without an argument. Its articles are taken again and again, each time with a
paragraph more that tells them apart, until there are enough. `presslens analyze` runs in a process
of its own, whose resident memory is read ten times a second.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from itertools import cycle, islice
from pathlib import Path

import psutil

from presslens.article import Article
from presslens.paths import SAMPLE
from presslens.reading import read_all


def main() -> None:
    """Print the quarters."""
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("inputs", type=Path, nargs="*")
    ask.add_argument("--articles", type=int, default=2000)
    given = ask.parse_args()
    verbatim = bool(given.inputs)
    items = read_all(given.inputs or [SAMPLE], verbatim=verbatim)
    texts = [item.text for item in items if isinstance(item, Article)]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "articles.jsonl"
        words = write(path, texts, given.articles)
        begun = time.perf_counter()
        readings = watch(path, Path(folder) / "out")
        took = time.perf_counter() - begun
    print(f"{given.articles:,} articles, {words:,} words, {took:,.0f} s")
    for quarter in range(4):
        part = readings[quarter * len(readings) // 4 : (quarter + 1) * len(readings) // 4]
        print(f"quarter {quarter + 1}: at most {max(part) / 1e9:.2f} GB")


def write(path: Path, texts: list[str], count: int) -> int:
    """So many articles as JSONL; returns how many words they have."""
    words = 0
    with path.open("w", encoding="utf-8") as file:
        for number, text in enumerate(islice(cycle(texts), count)):
            own = f"{text}\n\nThis is edition number {number} of the text."
            words += len(own.split())
            file.write(json.dumps({"id": f"article-{number}", "text": own}) + "\n")
    return words


def watch(path: Path, out: Path) -> list[int]:
    """Resident bytes of an analysis, ten times a second."""
    command = [sys.executable, "-c", "from presslens.cli import app; app()", "analyze", str(path)]
    readings = []
    with subprocess.Popen([*command, "--verbatim", "--out", str(out)]) as process:
        while process.poll() is None:
            readings.append(psutil.Process(process.pid).memory_info().rss)
            time.sleep(0.1)
    if process.returncode:
        sys.exit(f"the analysis ended with {process.returncode}")
    return readings


if __name__ == "__main__":
    main()
