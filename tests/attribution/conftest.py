import pytest

from presslens import codebooks


@pytest.fixture
def edited_codebook(tmp_path, monkeypatch):
    """Makes a function that puts a text in a codebook's place and loads it, for one test."""
    loaders = []

    def edit(name, load):
        def put(text):
            (tmp_path / f"{name}.yaml").write_text(text, "utf-8")
            monkeypatch.setattr(codebooks, "CODEBOOKS", tmp_path)
            codebooks.load_codebook.cache_clear()
            load.cache_clear()
            return load()

        loaders.append(load)
        return put

    yield edit
    monkeypatch.undo()
    codebooks.load_codebook.cache_clear()
    for load in loaders:
        load.cache_clear()
