"""Office: what documents of Word, OpenOffice, RTF and PDF share: zipped parts within bounds, and
which of their properties tell of the article."""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePath
from typing import IO, Any

from presslens.problems import ReadingError
from presslens.reading import exports
from presslens.reading.cleaning import bare, mend_line
from presslens.reading.credits import read_byline
from presslens.reading.dates import is_date_line
from presslens.reading.draft import Draft
from presslens.reading.files import Source
from presslens.reading.lines import classify, reads_like_a_title
from presslens.reading.registry import Found
from presslens.reading.urls import url_of_line

# A database's export has 28 kB of XML for each article, so that this is a thousand of them.
MAX_PART = 32 * 2**20
# Elements cost memory, not bytes: an export has a tag in every 28 bytes, a bomb in every four.
MAX_TAGS = 3_000_000
# A thousand articles have 5 MB of text; cleaning takes a second for each.
MAX_TEXT = 8 * 2**20
# Where the head of an article may still be: kicker, date, byline, then the title.
HEAD_LINES = 12
# No kicker, date or byline is as long; what follows such a line is a subheading.
_LONG_LINE = 40

_FILE_NAME = re.compile(
    r"(?:microsoft (?:word|powerpoint|excel) - .*|.*\.(?:docx?|odt|rtf|pdf|txt|html?|indd|qxp|pages"
    r"|pptx?|xlsx?|tmp))",
    re.IGNORECASE,
)
_NO_TITLE = re.compile(
    r"(?:document|dokument|doc|untitled|unnamed|(?:word|powerpoint) (?:document|presentation)"
    r"|normal|template|title|headline|slide|layout|page|scan(?:ned)?|new)\W*(?:document|\d*)\W*",
    re.IGNORECASE,
)
_SITE = re.compile(r"\s\|\s[^|]{2,40}$")


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


def articles_of_paragraphs(
    paragraphs: Iterable[tuple[str, bool]], *, stated: str | None, source: Source, reader: str
) -> Iterator[Found]:
    """The articles of paragraphs, each with whether the document marks it as a title.

    The other arguments are as in `articles_of_document`.
    """
    lines = [
        (line, title)
        for text, title in paragraphs
        # A line break within a heading doesn't end it
        for line in ([text.replace("\n", " ")] if title else text.split("\n"))
    ]
    yield from articles_of_document(
        [line for line, _ in lines],
        stated=stated,
        heading=_heading_among(lines),
        origin=source.origin,
        name=source.name,
        reader=reader,
    )


def articles_of_document(
    lines: list[str],
    *,
    stated: str | None,
    heading: str | None,
    origin: str,
    name: str,
    reader: str,
    draft: Draft | None = None,
) -> Iterator[Found]:
    """The articles of a document's paragraphs.

    Args:
        lines: its paragraphs, one a line.
        stated: the title that the document gives itself, taken where it is plausible.
        heading: the title by the document's own marks.
        origin: how messages call the file.
        name: the file's name, which is no title.
        reader: the reader's name.
        draft: fields that are known otherwise.

    Raises:
        ReadingError: if the text is larger than any article or export.
    """
    text = "\n".join(lines)
    if len(text) > MAX_TEXT:
        raise ReadingError(f"it has more than {MAX_TEXT // 2**20} MB of text; split it")
    draft = draft or Draft()
    draft.title = mend_line(heading) or _title(stated, lines, name)
    yield from exports.articles_of(text, draft, origin=origin, reader=reader)


def _heading_among(lines: list[tuple[str, bool]]) -> str | None:
    """The first line that is marked as a heading, if it stands at the head of the text."""
    head = [(line, title) for line, title in lines if line.strip()][:HEAD_LINES]
    for line, title in head:
        if title:
            return line
        if len(line.split()) > _LONG_LINE:
            break
    return None


def _title(title: str | None, lines: list[str], name: str) -> str | None:
    """A property's title, if it is one and the text doesn't begin with another."""
    title = mend_line(title)
    # What a browser adds: "Ferry will run all night | The Harbour Post"
    if title and (match := _SITE.search(title)) and len(title[: match.start()].split()) > 2:
        title = title[: match.start()]
    stem = PurePath(name).stem
    if title is None or not reads_like_a_title(title) or bare(title) == bare(stem):
        return None
    if _FILE_NAME.fullmatch(title) or _NO_TITLE.fullmatch(title) or re.search(r"[\\_]", title):
        return None
    head = [line for line in map(mend_line, lines[: 4 * HEAD_LINES]) if line][:HEAD_LINES]
    if bare(title) in map(bare, head):
        return title
    first = next((line for line in head if not _is_metadata(line)), "")
    return None if reads_like_a_title(first) else title


def _is_metadata(line: str) -> bool:
    return bool(
        is_date_line(line) or read_byline(line) or url_of_line(line) or classify(line) is not None
    )
