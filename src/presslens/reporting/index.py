"""Index: the page of a run, and `reports/index.html` that lists all runs, newest first."""

from __future__ import annotations

import json
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from presslens.display import stylesheet
from presslens.reporting.manifest import FILE
from presslens.reporting.page import environment


def write_run_index(folder: Path, manifest: Mapping[str, Any]) -> None:
    """`index.html` of a run: its reports, what went in and what was set aside."""
    stages = sorted(Counter(problem["stage"] for problem in manifest["problems"]).items())
    html = (
        environment()
        .get_template("run.html.j2")
        .render(
            manifest=manifest,
            started=readable_time(manifest["started"]),
            stages=stages,
            stylesheet=stylesheet(),
        )
    )
    (folder / "index.html").write_text(html, "utf-8")


def write_reports_index(reports: Path) -> Path:
    """`reports/index.html`, made anew from the manifests that can be read."""
    jobs: dict[str, list[dict[str, Any]]] = {}
    for run in sorted(_runs(reports), key=lambda run: (run["sort"], run["folder"]), reverse=True):
        jobs.setdefault(run["job"], []).append(run)
    html = environment().get_template("reports.html.j2").render(jobs=list(jobs.items()))
    # a name of its own, since two runs may end at once
    with tempfile.NamedTemporaryFile(
        "w", encoding="utf-8", prefix=".index.html.", dir=reports, delete=False
    ) as file:
        partial = Path(file.name)
        try:
            file.write(html)
            file.flush()
            partial.chmod(0o644)
            return partial.replace(reports / "index.html")
        finally:
            partial.unlink(missing_ok=True)


def readable_time(moment: str) -> str:
    """An ISO time as `2025-03-21 06:00 UTC`."""
    return f"{datetime.fromisoformat(moment):%Y-%m-%d %H:%M} UTC"


def _runs(reports: Path) -> Iterator[dict[str, Any]]:
    for path in reports.glob(f"*/*/{FILE}"):
        if path.parent.name.startswith("."):
            continue
        try:
            manifest = json.loads(path.read_text("utf-8"))
            yield {
                "job": manifest["job"],
                "folder": f"{path.parent.parent.name}/{path.parent.name}",
                "started": readable_time(manifest["started"]),
                "sort": str(manifest["started"]),
                "notebooks": [dict(each) for each in manifest["notebooks"]],
                "articles": int(manifest["corpus"]["tables"]["articles"]["rows"]),
            }
        except (OSError, ValueError, KeyError, TypeError):
            continue
