"""Parameters of a notebook: read from its `parameters` cell and checked before anything runs.

The cell is read with `ast` and `tokenize` and never executed, so that annotations such as
`list[str] | None` and comments with "=" or "#" in them arrive whole.
"""

from __future__ import annotations

import ast
import difflib
import io
import json
import tokenize
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from presslens.problems import PresslensError

TAG = "parameters"
_DATES = frozenset({"since", "until"})
_PLAIN: dict[str, type | tuple[type, ...]] = {
    "str": str,
    "bool": bool,
    "int": int,
    "float": (int, float),
    "list": list,
    "dict": dict,
}


class ParameterError(PresslensError):
    """A notebook's parameters are malformed, or a value given for one does not fit."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """One assignment of a `parameters` cell.

    Attributes:
        annotation: as written (`list[str] | None`), or None.
        default: the value that stands in the cell.
        comment: the comment behind it or, without one, right above it; may be empty.
    """

    name: str
    annotation: str | None
    default: Any
    comment: str

    @property
    def described(self) -> str:
        """One line for lists of parameters: `since: str | None = None  # first day`."""
        typed = f"{self.name}: {self.annotation}" if self.annotation else self.name
        comment = f"  # {self.comment}" if self.comment else ""
        return f"{typed} = {self.default!r}{comment}"


def read_parameters(notebook: Path) -> tuple[Parameter, ...]:
    """The parameters of a notebook, in their order; none if it has no cell tagged `parameters`.

    Raises:
        ParameterError: if the file is no notebook, or its parameters cell holds anything but
            assignments of literals.
    """
    source = _parameters_source(notebook)
    try:
        tree = ast.parse(source)
        comments, whole_lines = _comments(source)
    except (SyntaxError, tokenize.TokenError) as error:
        raise ParameterError(f"{notebook}: its parameters cell is not Python: {error}") from error
    return tuple(
        _parameter(notebook, node, _comment(node, comments, whole_lines)) for node in tree.body
    )


def check_parameters(parameters: Sequence[Parameter], given: Mapping[str, Any]) -> dict[str, Any]:
    """The given values, once each is known to be a parameter and to fit its annotation.

    Raises:
        ParameterError: naming every value that does not fit, and what exists.
    """
    known = {parameter.name: parameter for parameter in parameters}
    faults = [_unknown(name, known) for name in given if name not in known]
    faults += [
        fault
        for name, value in given.items()
        if name in known and (fault := _misfit(known[name], value))
    ]
    if faults:
        raise ParameterError("\n".join([*faults, "The parameters are:", *_listing(parameters)]))
    return dict(given)


def parse_assignments(
    parameters: Sequence[Parameter], assignments: Iterable[str]
) -> dict[str, Any]:
    """`name=value` pairs of a command line as values, each read as its annotation wants it.

    A parameter that takes text gets the text as it stands (or None for an empty value or `null`
    where None is allowed); one that takes a list of texts takes `[A, B]`, or `A` for a list of
    one; everything else is a YAML scalar.

    Raises:
        ParameterError: if a pair has no "=", a name is unknown, or a value does not fit.
    """
    known = {parameter.name: parameter for parameter in parameters}
    values: dict[str, Any] = {}
    for assignment in assignments:
        name, equals, raw = assignment.partition("=")
        if not equals:
            raise ParameterError(f"{assignment!r} has no '='; expected name=value")
        name = name.strip()
        values[name] = _parse(known[name], raw) if name in known else raw
    return check_parameters(parameters, values)


def _parameters_source(notebook: Path) -> str:
    try:
        cells = json.loads(notebook.read_text("utf-8"))["cells"]
        tagged = [cell for cell in cells if TAG in cell.get("metadata", {}).get("tags", ())]
        sources = [cell["source"] for cell in tagged if cell["cell_type"] == "code"]
    except OSError as error:
        raise ParameterError(f"{notebook}: {error.strerror}; expected a notebook") from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise ParameterError(f"{notebook} is not a notebook (.ipynb, format 4)") from error
    if len(sources) > 1:
        raise ParameterError(f"{notebook}: {len(sources)} cells are tagged '{TAG}'; keep one")
    return "".join(sources[0]) if sources else ""


def _comments(source: str) -> tuple[dict[int, str], set[int]]:
    """Comments by line, and the lines that hold nothing else."""
    comments: dict[int, str] = {}
    whole: set[int] = set()
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type == tokenize.COMMENT:
            comments[token.start[0]] = token.string.lstrip("#").strip()
            if not token.line[: token.start[1]].strip():
                whole.add(token.start[0])
    return comments, whole


def _comment(node: ast.stmt, comments: Mapping[int, str], whole_lines: set[int]) -> str:
    last = node.end_lineno or node.lineno
    inside = [comments[line] for line in range(node.lineno, last + 1) if line in comments]
    if inside:
        return " ".join(inside)
    above: list[str] = []
    line = node.lineno - 1
    while line in whole_lines:
        above.insert(0, comments[line])
        line -= 1
    return " ".join(above)


def _parameter(notebook: Path, node: ast.stmt, comment: str) -> Parameter:
    annotation = None
    if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name) and node.value:
        name, value = node.target.id, node.value
        annotation = ast.unparse(node.annotation)
        try:
            _fits(None, node.annotation)  # an annotation that we cannot check is refused here
        except ParameterError as error:
            raise ParameterError(f"{notebook}: parameter {name}: {error}") from error
    elif (
        isinstance(node, ast.Assign)
        and len(node.targets) == 1
        and isinstance(node.targets[0], ast.Name)
    ):
        name, value = node.targets[0].id, node.value
    else:
        raise ParameterError(
            f"{notebook}: line {node.lineno} of the parameters cell, {ast.unparse(node)!r}, is no "
            "parameter; expected name: type = value  # comment"
        )
    try:
        return Parameter(name, annotation, ast.literal_eval(value), comment)
    except ValueError as error:
        raise ParameterError(
            f"{notebook}: the default of parameter {name} must be a literal, not "
            f"{ast.unparse(value)!r}"
        ) from error


def _unknown(name: str, known: Mapping[str, Parameter]) -> str:
    close = difflib.get_close_matches(name, known, n=3, cutoff=0.6)
    hint = f"; did you mean {' or '.join(close)}?" if close else ""
    return f"There is no parameter {name!r}{hint}"


def _listing(parameters: Sequence[Parameter]) -> list[str]:
    return [f"  {parameter.described}" for parameter in parameters] or ["  (none)"]


def _misfit(parameter: Parameter, value: Any) -> str | None:
    if parameter.annotation:
        if not _fits(value, ast.parse(parameter.annotation, mode="eval").body):
            return f"{parameter.name} must be {parameter.annotation}, not {value!r}"
    elif parameter.default is not None and type(value) is not type(parameter.default):
        return f"{parameter.name} must be {type(parameter.default).__name__}, not {value!r}"
    if parameter.name in _DATES and isinstance(value, str):
        try:
            date.fromisoformat(value)
        except ValueError:
            return f"{parameter.name} must be a day as in 2024-11-15, not {value!r}"
    return None


def _fits(value: Any, annotation: ast.expr) -> bool:
    """Whether a value is of the annotated type; no type is looked up beyond those named here."""
    match annotation:
        case ast.BinOp(left=left, op=ast.BitOr(), right=right):
            fits = [_fits(value, left), _fits(value, right)]
            return any(fits)
        case ast.Constant(value=None):
            return value is None
        case ast.Name(id=name) if name in _PLAIN:
            truth = isinstance(value, bool)  # no number, although Python counts it as one
            return isinstance(value, _PLAIN[name]) and (not truth or name == "bool")
        case ast.Subscript(value=ast.Name(id="list"), slice=item):
            _fits(None, item)
            return isinstance(value, list) and all(_fits(each, item) for each in value)
        case ast.Subscript(value=ast.Name(id="dict"), slice=ast.Tuple(elts=[key, item])):
            _fits(None, key), _fits(None, item)
            return isinstance(value, dict) and all(
                _fits(each, key) and _fits(value[each], item) for each in value
            )
        case ast.Subscript(value=ast.Name(id="Literal"), slice=choices):
            options = ast.literal_eval(choices)
            options = options if isinstance(options, tuple) else (options,)
            return any(type(value) is type(option) and value == option for option in options)
    raise ParameterError(
        f"{ast.unparse(annotation)!r} is no type that a parameter can have; use str, int, float, "
        "bool, None, list[…], dict[…, …], Literal[…] or a union of them"
    )


def _parse(parameter: Parameter, raw: str) -> Any:
    import yaml

    kind = parameter.annotation or type(parameter.default).__name__
    takes = ast.parse(kind, mode="eval").body if kind != "NoneType" else None
    nothing = raw.strip() in {"", "null", "None", "~"}
    if takes is not None and nothing and _fits(None, takes):
        return None
    if takes is not None and _fits("", takes) and not _fits([], takes):
        return raw
    try:
        if takes is not None and _fits([""], takes):
            # BaseLoader builds nothing but text, lists and mappings: `[no, 2024]` stays text
            value = yaml.load(raw, Loader=yaml.BaseLoader)  # noqa: S506
            return value if isinstance(value, list) else [raw]
        return yaml.safe_load(raw)
    except yaml.YAMLError as error:
        raise ParameterError(f"{parameter.name}={raw}: not a YAML value ({error})") from error
