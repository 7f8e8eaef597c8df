"""Display: how results look in JupyterLab and in reports, every character of text escaped."""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from html import escape
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from presslens.article import Article
from presslens.attribution.voices import OFFICIAL_TYPES
from presslens.cells import (
    cell_text,
    html_table,
    is_missing,
    is_numeric,
    output_file,
    percentage,
    plain_text,
    points,
    save_csv,
    signed,
)
from presslens.coding import Coding
from presslens.drawing import style
from presslens.markup import (
    Mark,
    article_fields,
    article_html,
    frame_legend,
    frame_marks,
    statement_legend,
    statement_marks,
    statement_notes,
    tone_legend,
    tone_marks,
)
from presslens.palette import DARK

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

    from presslens.selection import Selection


# Headings of the columns that `presslens.statistics` makes.
SHARES = {
    "estimate": "Share",
    "low": "95% from",
    "high": "to",
    "articles": "Articles",
    "n": "Of words",
}
MEANS = {**SHARES, "estimate": "Mean", "articles": "Stories", "n": "Words"}
BOUNDS = ("estimate", "low", "high")


@cache
def stylesheet() -> str:
    """The CSS of everything here, for notebooks and for the head of a report."""
    return Path(__file__).with_suffix(".css").read_text("utf-8")


def style_element() -> str:
    """The `<style>` that each display brings along into JupyterLab; reports hold it once."""
    return f"<style data-presslens>{stylesheet()}</style>"


@dataclass(frozen=True, slots=True, repr=False)
class Display:
    """Something to look at: `html` in JupyterLab and in reports, `plain` in a terminal."""

    html: str
    plain: str

    def _repr_html_(self) -> str:
        return style_element() + self.html

    def __repr__(self) -> str:
        return self.plain


def note(text: str) -> Display:
    """A caveat beside a result."""
    return Display(f'<p class="pl pl-note">{escape(text)}</p>', text)


def answer(text: str) -> Display:
    """The sentence that answers the report's question."""
    return Display(f'<p class="pl pl-answer">{escape(text)}</p>', text)


def selected(selection: Selection) -> Display:
    """What a report is about: what was kept, and what was set aside and why."""
    shown = [note(selection.summary)]
    if selection.missing_outlets:
        shown.append(note(f"Not in this corpus: {', '.join(selection.missing_outlets)}."))
    if len(selection.excluded):
        reasons = selection.excluded["reason"].value_counts().reset_index()
        columns = {"reason": "Why", "count": "Articles"}
        shown.append(table(reasons, caption="Set aside", columns=columns))
    if unread := len(selection.problems):
        inputs = "1 input was" if unread == 1 else f"{unread:,} inputs were"
        shown.append(note(f"{inputs} set aside in reading, before this: see the table problems."))
    return Display("".join(each.html for each in shown), "\n".join(map(repr, shown)))


def table(
    frame: pd.DataFrame,
    *,
    caption: str,
    columns: Mapping[str, str] | None = None,
    percent: Iterable[str] = (),
    differences: Iterable[str] = (),
    decimals: int = 2,
    limit: int | None = None,
    out: str | Path | None = None,
    name: str | None = None,
) -> Display:
    """A table to look at, and the same table in full as `<out>/<name>.csv`.

    Args:
        frame: what to show; its index is not shown.
        caption: what the table says.
        columns: the columns to show in their order, with their headings; all without. A column of
            notes that says nothing in any row is left out.
        percent: columns that hold shares (0 to 1).
        differences: columns that hold differences of shares, to be written in percentage points.
        decimals: digits of other numbers that are not whole.
        limit: rows to show; the CSV has all of them.
        out, name: folder and file name of the CSV; none without `out`.
    """
    where = save_csv(frame, out, name) if out is not None and name else None
    columns = dict(columns) if columns else {column: str(column) for column in frame.columns}
    if len(frame) and "note" in columns and frame["note"].isna().all():
        del columns["note"]
    wordings = {**dict.fromkeys(percent, percentage), **dict.fromkeys(differences, points)}
    shown = frame[list(columns)].head(limit) if limit is not None else frame[list(columns)]
    numeric = [is_numeric(frame, column) for column in columns]
    texts = [
        [
            cell_text(value, wordings.get(column), decimals)
            for column, value in zip(columns, row, strict=True)
        ]
        for row in shown.itertuples(index=False, name=None)
    ]
    cells = [[escape(text) for text in row] for row in texts]
    under = _under(len(shown), len(frame), where)
    lines = ["\t".join(row) for row in [list(columns.values()), *texts]]
    html = html_table(caption, list(columns.values()), cells, numeric, under)
    return Display(html, "\n".join([caption, *lines]))


def crosstab(
    frame: pd.DataFrame,
    *,
    rows: str,
    columns: str,
    heading: str,
    caption: str,
    percent: bool = True,
    names: Mapping[Any, str] | None = None,
    only: Sequence[Any] | None = None,
    counts: str | None = "Articles",
    out: str | Path | None = None,
    name: str | None = None,
) -> Display:
    """Estimates of `presslens.statistics` crossed, each with its interval under it.

    Args:
        frame: a row per cell; rows and columns come in the order in which they first appear.
        rows: column that names the rows; `heading` stands over it.
        columns: column that names the columns; `names` tells how they are written.
        percent: whether estimates are shares; else they are written with a sign.
        only: the columns to show; the CSV has all of them.
        counts: what each row's number of independent observations is called; None hides it.
        out, name: folder and file name of the CSV, which has a row per cell.
    """
    where = save_csv(frame, out, name) if out is not None and name else None
    keys = [key for key in dict.fromkeys(frame[columns]) if only is None or key in only]
    headings = [heading, *((names or {}).get(key, plain_text(key)) for key in keys)]
    body = []
    for row, part in frame.groupby(rows, sort=False, dropna=False):
        by_key = part.drop_duplicates(columns).set_index(columns)
        cells = [
            _estimate(by_key.loc[key], percent) if key in by_key.index else "–" for key in keys
        ]
        number = [f"{part['articles'].max():,.0f}"] if counts else []
        body.append([escape(plain_text(row)), *cells, *number])
    if counts:
        headings.append(counts)
    sub = "In brackets: 95% interval; none where there are too few articles or all are alike"
    under = _sub(f"{sub}; in full in {where.parent.name}/{where.name}" if where else sub)
    html = html_table(caption, headings, body, [False] + [True] * (len(headings) - 1), under)
    plain = ["\t".join(row).replace("<small>", " ").replace("</small>", "") for row in body]
    return Display(html, "\n".join([caption, "\t".join(headings), *plain]))


def _estimate(row: Any, percent: bool) -> str:
    wording: Callable[[float], str] = percentage if percent else signed
    text = escape(wording(row["estimate"]))
    if is_missing(row["low"]):
        return text
    between = "–" if percent and row["low"] >= 0 else " to "
    return f"{text}<small>({wording(row['low'])}{between}{wording(row['high'])})</small>"


def figure(
    drawn: Figure,
    *,
    alt: str,
    caption: str,
    behind: str | None = None,
    out: str | Path | None = None,
    name: str | None = None,
) -> Display:
    """A figure with its caption and a text for those who do not see it.

    Args:
        drawn: a figure of `presslens.figures`, or any other.
        alt: what the picture says, in words.
        caption: stands over it; titles inside the picture are not needed.
        behind: the anchor of the evidence that the figure rests on, which it leads to.
        out, name: where `<out>/<name>.svg` goes; no file without `out`.
    """
    svg = _svg(drawn)
    if out is not None and name:
        output_file(out, name, ".svg").write_bytes(svg)
    source = base64.b64encode(svg).decode("ascii")
    html = (
        f'<figure class="pl"><figcaption>{escape(caption)}</figcaption>'
        f'<img src="data:image/svg+xml;base64,{source}" alt="{escape(alt)}">'
        f"{_leading_to(behind)}</figure>"
    )
    return Display(html, f"[Figure] {caption}\n{alt}")


def evidence(
    frame: pd.DataFrame,
    *,
    caption: str,
    text: str = "text",
    tag: Callable[[Any], str] | None = None,
    by: str | None = None,
    anchor: str | None = None,
    limit: int | None = None,
    out: str | Path | None = None,
    name: str | None = None,
) -> Display:
    """The sentences behind a figure, each with its article's outlet, date, title and link.

    Args:
        frame: columns `text`, `title`, `outlet`, `published`, `article_id` and maybe `url`,
            `start` and `end`, a row per sentence, the most telling first.
        caption: what the sentences are evidence of.
        text: the column with the sentence.
        tag: gives a short label to a row, such as the frame or the tone.
        by: a column; the sentences of each of its values are folded under its name.
        anchor: what figures lead here by (`figure`, `behind`).
        limit: sentences to show, of each value of `by`; the CSV has all of them.
    """
    where = save_csv(frame, out, name) if out is not None and name else None
    parts = frame.groupby(by, sort=False) if by else [("", frame)]
    shown, quotes, lines = 0, "", [caption]
    for heading, part in parts:
        rows: list[Any] = part.head(len(part) if limit is None else limit).to_dict("records")
        shown += len(rows)
        these = "".join(_quote(row, text, tag) for row in rows)
        quotes += _folded(f"{heading} ({len(part):,})", these) if by else these
        lines += [*([str(heading)] if by else []), *(f"- {r[text]} ({r['outlet']})" for r in rows)]
    under = _under(shown, len(frame), where)
    place = f' id="{escape(anchor)}"' if anchor else ""
    html = (
        f'<div class="pl"{place}><p class="pl-caption">{escape(caption)}</p>'
        f"{quotes or '<p>None found.</p>'}{under}</div>"
    )
    return Display(html, "\n".join(lines))


def codebook(coding: Coding) -> Display:
    """A codebook for people: what each code means, with examples, and the rules."""
    tables = "".join(
        html_table(
            f"{variable.name.replace('_', ' ')}: {variable.about}",
            ["Code", "Means", "For instance"],
            [
                [escape(text) for text in (code.name, code.means, code.examples)]
                for code in variable.codes
            ],
            [False] * 3,
        )
        for variable in coding.variables
    )
    rules = "".join(f"<li>{escape(rule)}</li>" for rule in coding.rules)
    heading = f"{coding.title} ({coding.label})"
    html = f'<div class="pl"><p>{escape(coding.about)}</p>{tables}<ul>{rules}</ul></div>'
    return Display(_folded(heading, html), f"{heading}\n{coding.about}")


def _folded(heading: str, html: str) -> str:
    """HTML under a heading that unfolds it; whole in print."""
    return f'<details class="pl"><summary>{escape(heading)}</summary>{html}</details>'


def _leading_to(anchor: str | None) -> str:
    if anchor is None:
        return ""
    link = f'<a href="#{escape(anchor)}">The statements behind this figure</a>'
    return f'<p class="pl-sub">{link}</p>'


def show(
    article: Any,
    statements: pd.DataFrame | None = None,
    *,
    official: Iterable[str] = OFFICIAL_TYPES,
) -> Display:
    """An article with its statements marked: source, cue, content and whose voice it is.

    Args:
        article: an `Article`, or a row of the table `articles`.
        statements: the table `statements` (rows of other articles are left out); without it the
            article is analysed.
        official: the speaker types that count as official.
    """
    fields = article_fields(article)
    if statements is None:
        from presslens.analysis import analyze

        given = article if isinstance(article, Article) else Article(**fields)
        statements = analyze(given).statements
    said = statements[statements["article_id"] == fields["id"]]
    rows: list[Any] = list(said.itertuples())
    types = frozenset(official)
    numbered = (statement_marks(row, place, official=types) for place, row in enumerate(rows, 1))
    marks = [mark for some in numbered for mark in some]
    notes = statement_notes(rows)
    return Display(article_html(fields, marks, statement_legend(), notes), fields["text"])


def show_tone(article: Any, sentences: pd.DataFrame) -> Display:
    """An article with its clearly positive and negative sentences marked."""
    fields = article_fields(article)
    own = sentences[sentences["article_id"] == fields["id"]]
    return _marked_up(fields, tone_marks(own), tone_legend())


def show_frames(article: Any, frames: pd.DataFrame, names: Mapping[str, str]) -> Display:
    """An article with the words that speak for a frame marked; `names` tells frames' names."""
    fields = article_fields(article)
    own = frames[frames["article_id"] == fields["id"]]
    return _marked_up(fields, frame_marks(own), frame_legend(own, names))


def _marked_up(fields: Mapping[str, Any], marks: Sequence[Mark], legend: str) -> Display:
    return Display(article_html(fields, marks, legend), fields["text"])


def _quote(row: Mapping[str, Any], text: str, tag: Callable[[Any], str] | None) -> str:
    label = f'<span class="pl-label">{escape(tag(row))}</span>' if tag else ""
    title = escape(plain_text(row["title"]) or "Untitled")
    url = plain_text(row.get("url"))
    if url.startswith(("http://", "https://")):
        title = f'<a href="{escape(url)}" rel="noreferrer">{title}</a>'
    parts = [escape(plain_text(row["outlet"])), escape(plain_text(row["published"])), title]
    parts.append(escape(plain_text(row["article_id"])))
    cite = " · ".join(part for part in parts if part)
    return (
        f"<blockquote><p>{label}{escape(plain_text(row[text]))}</p><cite>{cite}</cite></blockquote>"
    )


def _under(shown: int, rows: int, where: Path | None) -> str:
    some = f"{shown:,} of {rows:,} shown" if shown < rows else "" if rows else "none found"
    full = f"in full in {where.parent.name}/{where.name}" if where else ""
    line = ", ".join(filter(None, [some, full]))
    return _sub(line[0].upper() + line[1:]) if line else ""


def _sub(line: str) -> str:
    return f'<p class="pl-sub">{escape(line)}</p>'


def _svg(drawn: Figure) -> bytes:
    """The figure as SVG that turns dark where the reader prefers dark pages, except in print."""
    buffer = BytesIO()
    with style():
        drawn.savefig(buffer, format="svg", metadata={"Date": None})
    rules = "".join(
        f'[style*="{kind}: {light}"]{{{kind}:{dark}!important}}'
        for light, dark in DARK.items()
        for kind in ("fill", "stroke")
    )
    dark = f"<style>@media screen and (prefers-color-scheme:dark){{{rules}}}</style></svg>"
    return buffer.getvalue().replace(b"</svg>", dark.encode(), 1)
