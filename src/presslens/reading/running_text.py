"""Running text: whether a file whose name says otherwise, or nothing, holds plain prose."""

from __future__ import annotations

import re

from presslens.reading.bounded_lines import in_utf_8
from presslens.reading.decoding import binary_format

# A shorter block may be a label, a headline or a line of code.
_LONG = 60
# Prose has a mark in thirty characters, code and tables of numbers one in five.
_LETTERS = 0.85
_MARKUP = re.compile(r"\s*(?:[<{%]|\[\s*[\[{\"\d])")
_BLANK = re.compile(r"\n[ \t]*\n")
_ENDS = re.compile(r"[.!?…。！？][\"”“»'’)\]」』]*$")
_LETTER = re.compile(r"[^\W\d_]|[\u0300-\u036f\u0900-\u0dff\u0e00-\u0eff\ufffd]")


def is_running_text(head: bytes) -> bool:
    """Whether most of a file's beginning is paragraphs of sentences, without markup."""
    if binary_format(head):
        return False
    text = in_utf_8(head).decode("utf-8", "replace").removeprefix("\ufeff").replace("\r\n", "\n")
    if _MARKUP.match(text):
        return False
    blocks = [block.strip() for block in _BLANK.split(text)]
    prose = sum(len(block) for block in blocks if _is_paragraph(block))
    return prose > sum(map(len, blocks)) / 2


def _is_paragraph(block: str) -> bool:
    if len(block) < _LONG or not _ENDS.search(block[-20:]):
        return False
    solid = sum(map(len, block.split()))
    return len(_LETTER.findall(block)) > _LETTERS * solid
