"""PDF files for tests: texts where they are put, or set by a small press that wraps lines,
justifies them, breaks words and turns pages as the programs do that write exports."""

from __future__ import annotations

from collections.abc import Callable

Text = tuple[float, float, float, str]

# Helvetica's widths of the letters from blank to tilde, in thousandths of the size.
_WIDTHS = [
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556,
    556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667,
    611, 778, 722, 278, 500, 667, 556, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667,
    667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500,
    222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
]  # fmt: skip
_OTHER = 500


def document(*pages: list[Text], info: str = "", turned: int = 0) -> bytes:
    """A PDF whose pages (595 by 842 points) show texts given as left, base line, size, words."""
    bodies = ["<</Type/Catalog/Pages 2 0 R>>", ""]
    bodies.append("<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>")
    bodies.append(f"<<{info}>>")
    kids = []
    for page in pages:
        stream = "".join(
            f"BT /F {size} Tf {left} {base} Td ({_escaped(words)}) Tj ET\n"
            for left, base, size, words in page
        )
        kids.append(f"{len(bodies) + 1} 0 R")
        bodies.append(
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Rotate {turned}/Contents "
            f"{len(bodies) + 2} 0 R/Resources<</Font<</F 3 0 R>>>>>>"
        )
        bodies.append(f"<</Length {len(stream)}>>\nstream\n{stream}endstream")
    bodies[1] = f"<</Type/Pages/Kids[{' '.join(kids)}]/Count {len(kids)}>>"
    out, places = b"%PDF-1.4\n", []
    for number, body in enumerate(bodies, start=1):
        places.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n".encode("cp1252")
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    trailer = f"trailer\n<</Size {len(places) + 1}/Root 1 0 R/Info 4 0 R>>\nstartxref\n{len(out)}"
    head = f"xref\n0 {len(places) + 1}\n0000000000 65535 f \n"
    return out + f"{head}{table}{trailer}\n%%EOF\n".encode()


def _escaped(words: str) -> str:
    return words.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")


def width_of(words: str, size: float) -> float:
    """How wide words are in Helvetica, in points."""
    codes = (ord(letter) - 32 for letter in words)
    return sum(_WIDTHS[code] if 0 <= code < 95 else _OTHER for code in codes) * size / 1000


class Press:
    """Sets text from top to bottom on as many pages as it takes.

    Args:
        left, right, top, bottom: where text may stand.
        head: the lines over the text of a page, by how manyth of its document it is.
        hyphens: whether words are broken at a line's end.
        justified: whether blanks are widened so that lines are full.
    """

    def __init__(
        self,
        *,
        left: float = 50,
        right: float = 545,
        top: float = 790,
        bottom: float = 60,
        head: Callable[[int], list[Text]] = lambda _: [],
        hyphens: bool = False,
        justified: bool = False,
    ) -> None:
        self.left, self.right, self.top, self.bottom = left, right, top, bottom
        self.head, self.hyphens, self.justified = head, hyphens, justified
        self.pages: list[list[Text]] = []
        self.turn()

    def turn(self, *, document: bool = True) -> None:
        """Begins a page; of a new document or, where the text goes on, of the same."""
        self.number = 1 if document else self.number + 1
        self.pages.append(list(self.head(self.number)))
        self.base = min([self.top, *(text[1] - 24 for text in self.pages[-1])])

    def set(
        self,
        words: str,
        *,
        size: float = 10,
        before: float = 0,
        inset: float = 0,
        centred: bool = False,
        code: str = "",
    ) -> None:
        """Sets a paragraph, with a gap before it, from an inset on or centred.

        A code stands at the left edge, beside the first line.
        """
        self.base -= before
        left, column = self.left + inset, self.right - self.left - inset
        wrapped = self.wrap(words, size, column)
        for number, line in enumerate(wrapped):
            if self.base - 1.2 * size < self.bottom:
                self.turn(document=False)
            self.base -= 1.2 * size
            if code and not number:
                self.beside(code, self.left, size=size)
            start = left + (column - width_of(line, size)) / 2 if centred else left
            last = centred or number == len(wrapped) - 1
            self.pages[-1] += self._placed(line, start, size, column if not last else 0)

    def beside(self, words: str, at: float, *, size: float = 10) -> None:
        """Sets words on the line that was set last."""
        self.pages[-1].append((at, self.base, size, words))

    def wrap(self, words: str, size: float, column: float) -> list[str]:
        """Words as lines no wider than a column."""
        found = [""]
        queue = words.split()
        while queue:
            word = queue.pop(0)
            longer = f"{found[-1]} {word}".strip()
            if width_of(longer, size) <= column or not found[-1]:
                found[-1] = longer
                continue
            half = len(word) // 2
            begun = f"{found[-1]} {word[:half]}-"
            if self.hyphens and word.isalpha() and half > 2 and width_of(begun, size) <= column:
                found[-1], word = begun, word[half:]
            found.append("")
            queue.insert(0, word)
        return found

    def _placed(self, line: str, left: float, size: float, column: float) -> list[Text]:
        if not self.justified or not column:
            return [(left, self.base, size, line)]
        words = line.split()
        room = column - sum(width_of(word, size) for word in words)
        placed = []
        for word in words:
            placed.append((round(left, 2), self.base, size, word))
            left += width_of(word, size) + room / max(len(words) - 1, 1)
        return placed

    def print(self) -> bytes:
        """The PDF."""
        return document(*self.pages)
