import subprocess
import sys

import pytest

import presslens

HEAVY = ("pandas", "numpy", "pyarrow", "nltk", "matplotlib", "trafilatura", "yaml", "tqdm", "typer")


def test_import_presslens_loads_nothing_heavy():
    code = f"import presslens, sys; print([m for m in {HEAVY!r} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize("name", presslens.__all__)
def test_every_public_name_resolves_and_has_a_docstring(name):
    assert name in dir(presslens)
    assert getattr(presslens, name).__doc__


def test_an_unknown_name_is_an_attribute_error():
    with pytest.raises(AttributeError, match="'presslens' has no attribute 'analyse'"):
        _ = presslens.analyse


def test_what_the_design_promises_is_public():
    assert {"read", "analyze", "Corpus", "show", "Article"} <= set(presslens.__all__)
