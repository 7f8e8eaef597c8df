"""Fails when requirements.txt is not what pyproject.toml asks for; most of it needs no network."""

from __future__ import annotations

import argparse
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from packaging.requirements import InvalidRequirement, Requirement
from packaging.utils import NormalizedName, canonicalize_name

ROOT = Path(__file__).resolve().parents[1]
PROJECT = "presslens (pyproject.toml)"
# uv's exit code when it cannot do its work (no network); 1 is "no solution".
UV_UNREACHABLE = 2

ENVIRONMENTS = [
    {
        "python_version": python,
        "python_full_version": f"{python}.0",
        "implementation_name": "cpython",
        "platform_python_implementation": "CPython",
        "os_name": "posix",
        "sys_platform": sys_platform,
        "platform_system": system,
        "platform_machine": machine,
    }
    for python in ("3.11", "3.12", "3.13")
    for sys_platform, system, machine in (
        ("linux", "Linux", "x86_64"),
        ("linux", "Linux", "aarch64"),
        ("darwin", "Darwin", "arm64"),
    )
]


@dataclass(frozen=True, slots=True)
class Pin:
    """A line of the lock: the pinned requirement and the names of those that asked for it."""

    requirement: Requirement
    parents: tuple[str, ...]

    @property
    def version(self) -> str:
        """The pinned version, or nothing if the line pins none."""
        pins = [part.version for part in self.requirement.specifier if part.operator == "=="]
        return pins[0] if pins else ""


def read_lock(text: str) -> tuple[list[Pin], list[str]]:
    """The lock's pins, and a sentence for each line that is not `name==version  # via ...`."""
    pins, faults = [], []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        written, _, via = line.partition("# via ")
        try:
            pin = Pin(Requirement(written), tuple(re.split(r",\s*", via.strip())))
        except InvalidRequirement:
            faults.append(f"line {number}: {line!r} is not a pinned package")
            continue
        if not pin.version or pin.requirement.url:
            faults.append(f"line {number}: {written.strip()} pins no version")
        pins.append(pin)
    return pins, faults


def wanted(project: dict[str, Any]) -> list[Requirement]:
    """Everything pyproject.toml asks for: to run, to develop and to build."""
    table = project["project"]
    lists = [table["dependencies"], *table["optional-dependencies"].values()]
    return [
        Requirement(entry)
        for entries in [*lists, project["build-system"]["requires"]]
        for entry in entries
    ]


def unmet(requirements: list[Requirement], pins: list[Pin]) -> list[str]:
    """A sentence for each requirement that the lock does not meet on a supported platform."""
    faults = []
    for requirement in requirements:
        for environment in ENVIRONMENTS:
            if requirement.marker and not requirement.marker.evaluate(environment):
                continue
            versions = {pin.version for pin in pins if _is_for(pin, requirement.name, environment)}
            if not any(requirement.specifier.contains(v, prereleases=True) for v in versions):
                where = f"Python {environment['python_version']} on {environment['sys_platform']}"
                held = ", ".join(sorted(versions)) or "none"
                faults.append(
                    f"pyproject.toml asks for {requirement}; the lock has {held} ({where})"
                )
                break
    return faults


def unneeded(requirements: list[Requirement], pins: list[Pin]) -> list[str]:
    """A sentence for each package that is in the lock though nothing asks for it any more."""
    names = {canonicalize_name(requirement.name) for requirement in requirements}
    needed: set[NormalizedName] = set()
    while True:
        reached = {
            name
            for pin in pins
            if (name := canonicalize_name(pin.requirement.name)) in names
            or needed & {canonicalize_name(parent) for parent in pin.parents}
        }
        if reached == needed:
            break
        needed = reached
    return [
        f"the lock has {pin.requirement}, which nothing needs"
        for pin in pins
        if (name := canonicalize_name(pin.requirement.name)) not in needed
        or (PROJECT in pin.parents and name not in names)
    ]


def recompiled(command: list[str]) -> tuple[bool | None, str]:
    """Whether compiling anew, the lock's versions preferred, changes it; None without network."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "requirements.txt"
        shutil.copyfile(ROOT / "requirements.txt", copy)
        run = subprocess.run(
            [*command, "--output-file", str(copy), "pyproject.toml"],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
        if run.returncode:
            return (None if run.returncode == UV_UNREACHABLE else True), run.stderr.strip()
        return copy.read_text() != (ROOT / "requirements.txt").read_text(), ""


def _is_for(pin: Pin, name: str, environment: dict[str, str]) -> bool:
    marker = pin.requirement.marker
    return canonicalize_name(pin.requirement.name) == canonicalize_name(name) and (
        marker is None or marker.evaluate(environment)
    )


def find_faults(project: dict[str, Any], lock: str) -> list[str]:
    """Sentences on all that lock and project disagree on, as far as the files themselves tell."""
    pins, faults = read_lock(lock)
    if "://" in lock or re.search(r"^--", lock, re.MULTILINE):
        faults.append("the lock names an index, a host or a local file")
    requirements = wanted(project)
    return faults + unmet(requirements, pins) + unneeded(requirements, pins)


def main() -> int:
    """Check the two files; with --compile also by compiling anew, where there is a network."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--compile", metavar="COMMAND", help="uv's command that makes the lock")
    arguments = parser.parse_args()
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    faults = find_faults(project, (ROOT / "requirements.txt").read_text())
    if arguments.compile and not faults:
        changed, message = recompiled(shlex.split(arguments.compile))
        if changed is None:
            print(f"not compiled anew, since no package index could be reached ({message})")
        elif changed:
            faults.append(message or "compiling pyproject.toml anew gives another lock")
    for fault in faults:
        print(fault, file=sys.stderr)
    if faults:
        print("requirements.txt and pyproject.toml disagree: run `make lock`", file=sys.stderr)
        return 1
    print("requirements.txt is what pyproject.toml asks for")
    return 0


if __name__ == "__main__":
    sys.exit(main())
