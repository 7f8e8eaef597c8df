"""tools/setup.sh with invented interpreters: which one it takes, when it installs, what it says."""

from __future__ import annotations

import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

from presslens.paths import ROOT

COMMANDS = (
    *("bash", "cat", "chmod", "cmp", "cp", "dash", "df", "dirname", "grep"),
    *("mkdir", "mktemp", "mv", "rm", "sed", "sh", "tee"),
)

# Stands for Python: answers what setup.sh asks, makes a .venv of itself, and writes down what pip
# was asked for; `pip-fails` in the folder holds what pip is to say when it fails.
PYTHON = """#!/bin/sh
here={here}
case "$*" in
*base_prefix*) echo "/opt/{version} ({version})" ;;
*version_info*) echo "{implementation} {version} {executable}" ;;
*'import ensurepip'*) exit {venv_status} ;;
'-m venv '*)
    echo venv {version} >>"$here/calls"
    mkdir -p "$3/bin" && cp "{executable}" "$3/bin/python" && chmod +x "$3/bin/python"
    echo "#!$3/bin/python" >"$3/bin/pip"
    ;;
'-m pip --version') ;;
'-m pip install '*)
    echo "pip $*" >>"$here/calls"
    if [ -f "$here/pip-fails" ]; then cat "$here/pip-fails" >&2; exit 1; fi
    ;;
esac
"""


@dataclass
class Machine:
    """A checkout with nothing but the set-up in it, and a PATH that holds what is put there."""

    folder: Path
    shell: str

    @property
    def checkout(self) -> Path:
        return self.folder / "check out"

    def install_python(
        self, name: str, version: str, *, venv: bool = True, implementation: str = "cpython"
    ) -> Path:
        path = self.folder / "bin" / name
        path.write_text(
            PYTHON.format(
                here=f"'{self.folder}'",
                version=version,
                executable=path,
                implementation=implementation,
                venv_status=0 if venv else 1,
            )
        )
        path.chmod(0o755)
        return path

    def replace_command(self, name: str, script: str) -> None:
        path = self.folder / "bin" / name
        path.unlink(missing_ok=True)
        path.write_text(f"#!/bin/sh\n{script}\n")
        path.chmod(0o755)

    def set_up(self, python: str = "") -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [self.shell, "tools/setup.sh"],
            cwd=self.checkout,
            env={
                "PATH": str(self.folder / "bin"),
                "HOME": str(self.folder),
                "TMPDIR": str(self.folder),
                "PYTHON": python,
            },
            capture_output=True,
            text=True,
            timeout=60,
        )

    def calls(self) -> list[str]:
        """What was asked of Python since the last time: venv and pip."""
        path = self.folder / "calls"
        lines = path.read_text().splitlines() if path.exists() else []
        path.unlink(missing_ok=True)
        return [" ".join(line.split()[:2]) if line.startswith("venv") else "pip" for line in lines]


@pytest.fixture(params=["sh", "dash", "bash"])
def machine(request: pytest.FixtureRequest, tmp_path: Path) -> Machine:
    shell = shutil.which(request.param)
    if shell is None:
        pytest.skip(f"no {request.param} here")
    machine = Machine(tmp_path, shell)
    (tmp_path / "bin").mkdir()
    for command in COMMANDS:
        if found := shutil.which(command):
            (tmp_path / "bin" / command).symlink_to(found)
    machine.replace_command("df", "echo Filesystem\necho '/dev/my disk 9 9 99999999 1% /my mount'")
    (machine.checkout / "tools").mkdir(parents=True)
    shutil.copy(ROOT / "tools" / "setup.sh", machine.checkout / "tools")
    (machine.checkout / "requirements.txt").write_text("ftfy==6.3.1\n")
    (machine.checkout / "pyproject.toml").write_text("[project]\n")
    return machine


def test_a_second_run_does_and_says_nothing(machine: Machine) -> None:
    machine.install_python("python3", "3.12")
    assert machine.set_up().returncode == 0
    assert machine.calls() == ["venv 3.12", "pip", "pip"]
    second = machine.set_up()
    assert (second.returncode, second.stdout, second.stderr) == (0, "", "")
    assert machine.calls() == []


@pytest.mark.parametrize("name", ["requirements.txt", "pyproject.toml"])
def test_a_changed_lock_is_installed_into_the_venv_that_stands(machine: Machine, name: str) -> None:
    machine.install_python("python3", "3.12")
    machine.set_up()
    machine.calls()
    (machine.checkout / name).write_text("# changed\n")
    assert machine.set_up().returncode == 0
    assert machine.calls() == ["pip", "pip"]


def test_a_broken_install_is_taken_up_by_the_next_run(machine: Machine) -> None:
    machine.install_python("python3", "3.12")
    (machine.folder / "pip-fails").write_text("ERROR: something odd\n")
    broken = machine.set_up()
    assert broken.returncode == 1
    assert "something odd" in broken.stderr
    assert machine.calls() == ["venv 3.12", "pip"]
    (machine.folder / "pip-fails").unlink()
    assert machine.set_up().returncode == 0
    assert machine.calls() == ["pip", "pip"]


def test_a_package_that_a_killed_install_left_half_written_is_installed_again(
    machine: Machine,
) -> None:
    machine.install_python("python3", "3.12")
    machine.set_up()
    packages = machine.checkout / ".venv/lib/python3.12/site-packages"
    for name in ("whole", "half"):
        (packages / f"{name}-1.dist-info").mkdir(parents=True)
    (packages / "whole-1.dist-info" / "RECORD").touch()
    (machine.checkout / ".venv" / "installed-lock").unlink()
    assert machine.set_up().returncode == 0
    assert [path.name for path in packages.iterdir()] == ["whole-1.dist-info"]


def test_a_moved_checkout_gets_a_new_venv(machine: Machine) -> None:
    machine.install_python("python3", "3.12")
    machine.set_up()
    machine.calls()
    moved = machine.folder / "moved"
    machine.checkout.rename(moved)
    machine.checkout.symlink_to(moved)
    assert machine.set_up().returncode == 0
    assert machine.calls() == ["venv 3.12", "pip", "pip"]


def test_a_venv_whose_python_is_gone_is_made_anew(machine: Machine) -> None:
    machine.install_python("python3", "3.12")
    machine.set_up()
    machine.calls()
    (machine.checkout / ".venv" / "bin" / "python").unlink()
    assert machine.set_up().returncode == 0
    assert machine.calls() == ["venv 3.12", "pip", "pip"]


def test_another_python_asked_for_makes_the_venv_anew_and_it_stays(machine: Machine) -> None:
    machine.install_python("python3", "3.12")
    other = machine.install_python("other", "3.13")
    machine.set_up()
    machine.calls()
    assert machine.set_up(python=str(other)).returncode == 0
    assert machine.calls() == ["venv 3.13", "pip", "pip"]
    assert machine.set_up().returncode == 0
    assert machine.calls() == []


def test_an_interpreter_that_does_not_run_is_passed_over(machine: Machine) -> None:
    machine.replace_command(
        "python3.13", "echo 'pyenv: python3.13: command not found' >&2; exit 127"
    )
    machine.install_python("python3.12", "3.9")
    machine.install_python("python3", "3.11")
    assert machine.set_up().returncode == 0
    assert machine.calls()[0] == "venv 3.11"


@pytest.mark.parametrize(
    ("version", "told"),
    [("2.7", "too old"), ("3.9", "too old"), ("3.10", "too old"), ("3.14", "too new")],
)
def test_a_python_of_the_wrong_age_is_named_with_what_to_install(
    machine: Machine, version: str, told: str
) -> None:
    machine.install_python("python3", version)
    refused = machine.set_up()
    assert refused.returncode == 1
    assert f"python3 is Python {version}, which is {told}" in refused.stderr
    assert "apt install python3 python3-venv" in refused.stderr
    assert "brew install python@3.12" in refused.stderr
    assert machine.calls() == []


def test_without_any_python_it_says_what_to_install(machine: Machine) -> None:
    refused = machine.set_up()
    assert refused.returncode == 1
    assert "no suitable Python found" in refused.stderr
    assert "apt install python3 python3-venv" in refused.stderr


def test_a_python_without_its_venv_module_gets_the_name_of_debians_package(
    machine: Machine,
) -> None:
    machine.install_python("python3", "3.11", venv=False)
    refused = machine.set_up()
    assert refused.returncode == 1
    assert "apt install python3.11-venv" in refused.stderr


def test_another_implementation_is_refused(machine: Machine) -> None:
    machine.install_python("python3", "3.11", implementation="pypy")
    refused = machine.set_up()
    assert refused.returncode == 1
    assert "pypy 3.11, not CPython" in refused.stderr


def test_an_unsuitable_python_asked_for_is_not_replaced_by_another(machine: Machine) -> None:
    machine.install_python("python3", "3.12")
    old = machine.install_python("old", "3.8")
    refused = machine.set_up(python=str(old))
    assert refused.returncode == 1
    assert f"PYTHON={old} cannot be used" in refused.stderr
    assert machine.calls() == []


def test_a_nearly_full_disk_is_told_before_anything_is_installed(machine: Machine) -> None:
    machine.install_python("python3", "3.12")
    machine.replace_command("df", "echo Filesystem\necho '/dev/disk 9999 9999 204800 98% /'")
    refused = machine.set_up()
    assert refused.returncode == 1
    assert "200 MB free; the installation needs 1500 MB" in refused.stderr
    assert machine.calls() == []


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("ERROR: OSError: [Errno 28] No space left on device", "the disk is full"),
        (
            "WARNING: Retrying (Retry(total=0)) after connection broken by 'NewConnectionError('",
            "could not reach its package index",
        ),
        ("ERROR: No matching distribution found for ftfy==6.3.1", "no ready-made package"),
    ],
)
def test_what_broke_pip_is_said_in_a_sentence(machine: Machine, words: str, told: str) -> None:
    machine.install_python("python3", "3.12")
    (machine.folder / "pip-fails").write_text(words + "\n")
    broken = machine.set_up()
    assert broken.returncode == 1
    assert words.splitlines()[0] in broken.stderr
    assert told in broken.stderr
    assert "it goes on where this run stopped" in broken.stderr


def test_make_alone_lists_every_target_on_a_line() -> None:
    make = shutil.which("make")
    if make is None:
        pytest.skip("no make here")
    run = subprocess.run([make, "-C", ROOT], capture_output=True, text=True, env=os.environ)
    targets = [line.split()[1] for line in run.stdout.splitlines() if line.startswith("  make ")]
    written = (ROOT / "Makefile").read_text()
    assert {"report", "test", "lab", "lint", "lock", "check-lock", "wheels"} <= set(targets)
    assert set(written.split(".PHONY:")[1].split()) == {"help", *targets}
