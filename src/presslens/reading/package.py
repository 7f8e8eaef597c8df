"""Package: the zipped document of an office program, its parts read within bounds and their XML."""

from __future__ import annotations

import posixpath
import zipfile
from pathlib import Path
from typing import IO, Any

from presslens.problems import ReadingError

# A database's export has 28 kB of XML for each article, so that this is a thousand of them.
MAX_PART = 32 * 2**20
# Elements cost memory, not bytes: an export has a tag in every 28 bytes, a bomb in every four.
MAX_TAGS = 3_000_000


class Package:
    """A zipped document, of which parts are read within bounds."""

    def __init__(self, path: Path) -> None:
        try:
            self._zip = zipfile.ZipFile(path)
        except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
            raise ReadingError(
                f"the document is cut off or damaged ({error}); fetch or save it again"
            ) from error

    def __enter__(self) -> Package:
        return self

    def __exit__(self, *_: object) -> None:
        self._zip.close()

    @property
    def unpacked(self) -> int:
        """How many bytes all its parts have, by the package's own account, which it keeps to."""
        return sum(member.file_size for member in self._zip.infolist())

    def has(self, name: str) -> bool:
        """Whether there is such a part."""
        return name in self._zip.NameToInfo

    def open(self, name: str) -> IO[bytes]:
        """A part as a stream, for what is too large to be held; reading it may fail.

        Raises:
            ReadingError: if there is none, or it cannot be opened.
        """
        try:
            return self._zip.open(name)
        except Exception as error:
            raise ReadingError(
                f"its part {name[:80]} is damaged ({error}); fetch or save it again"
            ) from error

    def part(self, name: str) -> bytes | None:
        """The bytes of a part, or None if there is none.

        Raises:
            ReadingError: if it is damaged, protected or larger than any article.
        """
        try:
            info = self._zip.getinfo(name)
        except KeyError:
            return None
        limit = f"{MAX_PART // 2**20} MB"
        try:
            with self._zip.open(info) as file:
                raw = file.read(MAX_PART + 1) if info.file_size <= MAX_PART else b""
        except RuntimeError as error:  # that is how zipfile asks for a password
            raise ReadingError("it is protected by a password; save it without one") from error
        except Exception as error:  # damaged data fail in zlib, lzma and zipfile alike
            raise ReadingError(
                f"its part {name} is damaged ({error}); fetch or save it again"
            ) from error
        if info.file_size > MAX_PART or len(raw) > MAX_PART:
            raise ReadingError(f"its part {name} unpacks to more than {limit}; split it")
        return raw

    def tree(self, name: str) -> Any | None:
        """A part as a tree of elements, or None if there is none; raises like `part`."""
        raw = self.part(name)
        return None if raw is None else parse_xml(raw, name)

    def tree_if_sound(self, name: str) -> Any | None:
        """A part that the article can do without: None too if it is damaged."""
        try:
            return self.tree(name)
        except ReadingError:
            return None

    def main_part(self, usual: str) -> str:
        """The part with the document itself; some programs call it document2.xml."""
        parts = self.related("").values()
        return next((part for kind, part in parts if kind == "officeDocument"), usual)

    def related(self, name: str) -> dict[str, tuple[str, str]]:
        """What a part (or with "" the whole) refers to within the package: id → kind, part."""
        folder, own = posixpath.split(name)
        root = self.tree_if_sound(posixpath.join(folder, "_rels", f"{own}.rels"))
        found = {}
        for node in root.iter("{*}Relationship") if root is not None else ():
            target = posixpath.normpath(posixpath.join("/", folder, node.get("Target") or "."))
            kind = (node.get("Type") or "").rpartition("/")[2]
            found[node.get("Id") or ""] = (kind, target.lstrip("/"))
        return found


def parse_xml(raw: bytes, name: str) -> Any:
    """The root of a part's XML.

    Raises:
        ReadingError: if it is broken, has too many elements or declares entities, which no
            document of an office program does.
    """
    from lxml import etree

    if raw.count(b"<") > MAX_TAGS:
        raise ReadingError(f"its part {name} has millions of elements; split it")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    try:
        root = etree.fromstring(raw, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise ReadingError(
            f"its part {name} is no proper XML ({error}); save the document again"
        ) from error
    if root.getroottree().docinfo.doctype:
        raise ReadingError(f"its part {name} declares a document type, which it must not")
    return root


def local(element: Any) -> str:
    """An element's name without its namespace; "" for comments and the like."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def attribute(element: Any, name: str) -> str:
    """An attribute whose namespace differs between the editions of a standard; "" for none."""
    return next((str(value) for key, value in element.items() if key.endswith("}" + name)), "")


def title_stated(root: Any | None) -> str | None:
    """The title in docProps/core.xml or meta.xml, which both write in Dublin Core.

    Their author is whoever saved the file and their dates are its own, so that nothing else of
    them is asked for.
    """
    found = next(root.iter("{*}title"), None) if root is not None else None
    return "".join(found.itertext()) if found is not None else None
