from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from presslens.unfinished import sweep, working_folder


def test_a_working_folder_is_gone_after_an_error(tmp_path: Path) -> None:
    path = tmp_path / ".a.partial"

    def make() -> Path:
        path.mkdir()
        return path

    with pytest.raises(ValueError, match="stop"), working_folder(make) as folder:
        (folder / "half").write_text("x")
        raise ValueError("stop")
    assert list(tmp_path.iterdir()) == []


def test_what_a_killed_process_left_is_swept_and_what_somebody_works_in_is_not(
    tmp_path: Path,
) -> None:
    code = (
        "import os, sys\nfrom pathlib import Path\n"
        "from presslens.unfinished import working_folder\n"
        "def make():\n    Path(sys.argv[1]).mkdir()\n    return Path(sys.argv[1])\n"
        "with working_folder(make):\n    os._exit(9)\n"
    )
    killed, busy, other = (tmp_path / name for name in (".a.partial", ".b.partial", "c"))
    subprocess.run([sys.executable, "-c", code, str(killed)], check=False)
    assert killed.is_dir()
    other.mkdir()

    def make() -> Path:
        busy.mkdir()
        return busy

    with working_folder(make):
        sweep(tmp_path, ".*.partial")
        assert not killed.exists()
        assert busy.is_dir()
    assert list(tmp_path.iterdir()) == [other]
