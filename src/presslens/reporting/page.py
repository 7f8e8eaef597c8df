"""Page: an executed notebook as one HTML file that needs no network, by nbconvert."""

from __future__ import annotations

import base64
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from nbconvert.exporters import HTMLExporter
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath

from presslens.display import style_element, stylesheet

if TYPE_CHECKING:
    from jinja2 import Environment
    from markupsafe import Markup
    from nbformat import NotebookNode

TEMPLATES = Path(__file__).parent / "templates"

_HEADING = re.compile(r"<h2>(.*?)</h2>", re.DOTALL)
_ERROR_TAG = "papermill-error-cell-tag"


@dataclass(frozen=True, slots=True)
class PageFacts:
    """What a page says about its run: see `templates/presslens/index.html.j2`.

    Attributes:
        name: the notebook's name without suffix.
        started: when the run began, as the reader sees it.
        parameters: the parameters given, as one line.
        error: why the notebook stopped, or None.
        nothing: why there is nothing to report, or None.
    """

    name: str
    title: str
    job: str
    started: str
    version: str
    parameters: str
    error: str | None = None
    nothing: str | None = None


def render_page(notebook: NotebookNode, facts: PageFacts) -> str:
    """The notebook's Markdown and outputs as a page; code stays hidden.

    Text is escaped; HTML that a cell displays is passed on, since `presslens.display` escapes
    what it shows. The page's own content security policy allows neither scripts nor requests.
    """
    notebook = notebook.copy()
    notebook.cells = _shown_cells(notebook)
    known = {name: getattr(facts, name) for name in PageFacts.__slots__}
    known |= {"section": stopped_in(notebook), "stylesheet": stylesheet()}
    exporter = _PageExporter(
        template_name="presslens",
        extra_template_basedirs=[str(TEMPLATES)],
        template_paths=[str(TEMPLATES / "presslens")],
        filters=_FILTERS,
    )
    html, _ = exporter.from_notebook_node(notebook, {"presslens": known})
    return str(html)


def _shown_cells(notebook: NotebookNode) -> list[NotebookNode]:
    """The cells up to the one that stopped the notebook, without papermill's own remarks."""
    shown = []
    for cell in notebook.cells:
        if _ERROR_TAG not in cell.metadata.get("tags", ()):
            shown.append(cell)
        if any(output.output_type == "error" for output in cell.get("outputs", ())):
            break
    return shown


def notebook_title(notebook: NotebookNode) -> str | None:
    """The first heading of the first level in a Markdown cell."""
    for cell in notebook.cells:
        if cell.cell_type == "markdown" and _ERROR_TAG not in cell.metadata.get("tags", ()):
            for line in cell.source.splitlines():
                if line.startswith("# "):
                    return str(line[2:].strip())
    return None


def stopped_in(notebook: NotebookNode) -> str | None:
    """The second-level heading above the cell that failed, if one did."""
    section = None
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            headings = [line[3:].strip() for line in cell.source.splitlines() if line[:3] == "## "]
            section = headings[-1] if headings else section
        elif any(output.output_type == "error" for output in cell.get("outputs", ())):
            return section
    return None


def environment() -> Environment:
    """Jinja with our templates, autoescape on, for pages that are no notebooks."""
    from jinja2 import Environment, FileSystemLoader

    return Environment(loader=FileSystemLoader(TEMPLATES / "presslens"), autoescape=True)


class _PageExporter(HTMLExporter):  # type: ignore[misc]
    """nbconvert's HTML with autoescape; nothing but our template folder is searched."""

    def _create_environment(self) -> Environment:
        made: Environment = super()._create_environment()
        made.autoescape = True
        return made


@dataclass(frozen=True, slots=True)
class _Parts:
    """The body of a page: its title, what stands before the first part, the parts, headings."""

    title: Markup
    before: Markup
    after: Markup
    contents: list[tuple[str, str]]


def _split_parts(body: str) -> _Parts:
    from markupsafe import Markup

    contents: list[tuple[str, str]] = []

    def anchored(heading: re.Match[str]) -> str:
        anchor = f"part-{len(contents) + 1}"
        contents.append((anchor, Markup(heading[1]).striptags()))  # noqa: S704 - escaped again
        return f'<h2 id="{anchor}">{heading[1]}</h2>'

    body = _HEADING.sub(anchored, body)
    first = body.find("<h2")
    cut = first if first >= 0 else len(body)
    title = body.find("</h1>", 0, cut) + len("</h1>") if "</h1>" in body[:cut] else 0
    spans = ((0, title), (title, cut), (cut, len(body)))
    top, before, after = (Markup(body[start:end]) for start, end in spans)  # noqa: S704 - escaped
    return _Parts(top, before, after, contents)


def _rendered(source: str) -> Markup:
    """A Markdown cell, which is the notebook's author's, as HTML."""
    from markupsafe import Markup

    renderer = IPythonRenderer(escape=True, exclude_anchor_links=True)
    return Markup(MarkdownWithMath(renderer=renderer).render(source))  # noqa: S704


def _displayed(html: str) -> Markup:
    """HTML that a cell displayed, without the style sheet that stands in the page's head."""
    from markupsafe import Markup

    return Markup(html.replace(style_element(), ""))  # noqa: S704 - display.py escapes


def _svg_uri(svg: str) -> str:
    return f"data:image/svg+xml;base64,{base64.b64encode(svg.encode()).decode('ascii')}"


_FILTERS = {
    "rendered": _rendered,
    "displayed": _displayed,
    "svg_uri": _svg_uri,
    "split_parts": _split_parts,
}
