"""Saved pages: folders that browsers put beside a page for its pictures, scripts and frames."""

from __future__ import annotations

import re
from collections.abc import Container
from itertools import islice

# What browsers call them, by the language of the browser: "Story_files", "Story-Dateien".
_FOLDER = re.compile(
    r"[-_.](?:files|file|dateien|fichiers|archivos|arquivos|ficheiros|fitxers|bestanden|filer|pliki"
    r"|soubory|súbory|tiedostot|elemei|fájlok|dosyalar[ıi]|datoteke|fajlovi|failid|faili|bylos"
    r"|файлы|αρχεία)(?=/|$)",
    re.IGNORECASE,
)
_PAGES = (".html", ".htm", ".xhtml", ".html.gz")
# Folders of saved pages don't lie in one another.
_MAX_FOLDERS = 5


def beside_a_page(path: str, names: Container[str]) -> bool:
    """Whether a path is, or lies in, the folder of a saved page that stands beside it.

    Args:
        path: a folder's or a file's path with slashes.
        names: all paths of the same archive or folder, in lower case.
    """
    path = path.lower()
    return any(
        match.start() and f"{path[: match.start()]}{ending}" in names
        for match in islice(_FOLDER.finditer(path), _MAX_FOLDERS)
        for ending in _PAGES
    )
