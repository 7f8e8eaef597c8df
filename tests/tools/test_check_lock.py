"""tools/check_lock.py: every way in which the lock and pyproject.toml can disagree is told."""

from __future__ import annotations

import tomllib
from typing import Any

import pytest
from check_lock import find_faults, recompiled

from presslens.paths import ROOT

LOCK = """\
# made by: make lock
alpha==1.4.0              # via presslens (pyproject.toml)
beta==2.0 ; sys_platform == 'darwin'  # via alpha
gamma==0.3                # via beta, delta
delta==5.1                # via presslens (pyproject.toml)
builder==1.0              # via presslens (pyproject.toml)
"""


def project(*dependencies: str) -> dict[str, Any]:
    return {
        "project": {
            "dependencies": list(dependencies),
            "optional-dependencies": {"dev": ["builder>=1"]},
        },
        "build-system": {"requires": ["builder>=0.9,<2"]},
    }


def test_the_lock_of_this_checkout_is_what_pyproject_asks_for() -> None:
    asked = tomllib.loads((ROOT / "pyproject.toml").read_text())
    assert find_faults(asked, (ROOT / "requirements.txt").read_text()) == []


def test_a_lock_that_meets_all_has_no_faults() -> None:
    assert find_faults(project("Alpha>=1,<2", "delta"), LOCK) == []


@pytest.mark.parametrize(
    ("dependencies", "told"),
    [
        (["alpha>=2", "delta"], "asks for alpha>=2; the lock has 1.4.0"),
        (["alpha", "delta", "omega>=1"], "asks for omega>=1; the lock has none"),
        (["alpha", "delta", "beta"], "asks for beta; the lock has none (Python 3.11 on linux)"),
        (["alpha"], "the lock has delta==5.1, which nothing needs"),
    ],
)
def test_a_disagreement_is_told(dependencies: list[str], told: str) -> None:
    assert told in "\n".join(find_faults(project(*dependencies), LOCK))


def test_what_only_an_unneeded_package_needed_is_unneeded_too() -> None:
    told = "\n".join(find_faults(project("delta"), LOCK))
    assert "alpha==1.4.0" in told
    assert "beta==2.0" in told
    assert "gamma" not in told


def test_a_requirement_for_another_platform_need_not_be_met() -> None:
    assert find_faults(project("alpha", "delta", "omega; sys_platform == 'win32'"), LOCK) == []


@pytest.mark.parametrize(
    "line",
    [
        "--index-url https://example.org/simple",
        "eta @ file:///elsewhere/eta.whl  # via delta",
        "eta>=1  # via delta",
        "???",
    ],
)
def test_only_pins_may_stand_in_the_lock(line: str) -> None:
    assert find_faults(project("alpha", "delta"), f"{LOCK}{line}\n")


def test_a_compiler_without_network_decides_nothing() -> None:
    assert recompiled(["sh", "-c", "echo unreachable >&2; exit 2"]) == (None, "unreachable")


def test_a_lock_that_compiles_to_another_is_told() -> None:
    assert recompiled(["sh", "-c", 'echo new==1 >"$2"', "uv"])[0] is True
    assert recompiled(["true"])[0] is False
    assert recompiled(["sh", "-c", "echo no solution >&2; exit 1"]) == (True, "no solution")
