"""Presslens: who speaks in the news, how it is framed and how it feels, with the evidence."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from presslens.analysis import Analysis, analyze
    from presslens.article import Article
    from presslens.corpus import Corpus
    from presslens.display import show
    from presslens.reading import read

# The public names and the modules that hold them, imported on first use.
_HOME = {
    "Analysis": "presslens.analysis",
    "Article": "presslens.article",
    "Corpus": "presslens.corpus",
    "analyze": "presslens.analysis",
    "read": "presslens.reading",
    "show": "presslens.display",
}

__all__ = ["Analysis", "Article", "Corpus", "analyze", "read", "show"]


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module 'presslens' has no attribute {name!r}")
    return getattr(import_module(_HOME[name]), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
