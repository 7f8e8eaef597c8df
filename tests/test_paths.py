from pathlib import Path

import pytest

from presslens import paths


def test_the_root_is_the_checkout_whatever_the_working_directory(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert (paths.ROOT / "pyproject.toml").is_file()
    assert paths.ROOT.is_absolute()
    assert paths.PACKAGE == paths.ROOT / "src" / "presslens"


@pytest.mark.parametrize("folder", [paths.CODEBOOKS, paths.SAMPLE, paths.NOTEBOOKS, paths.MODELS])
def test_the_folders_of_the_project_are_there(folder):
    assert folder.is_dir()


def test_relative_parameters_are_taken_from_the_root_and_absolute_ones_as_they_stand(tmp_path):
    assert paths.from_root("data/corpus") == paths.ROOT / "data" / "corpus"
    assert paths.from_root(tmp_path) == tmp_path
    assert paths.from_root("~/corpus") == Path.home() / "corpus"
