"""A matrix as one HTML file: a table to filter, with the words behind each cell.

Without JavaScript it is a plain table, and the words stand below it: the commonest wording of a
rule once, and of each other only what differs.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator, Mapping
from functools import cache
from html import escape
from typing import TYPE_CHECKING

from policygen.model.colour import palette
from policygen.model.comparison.matrix import CellKind
from policygen.model.language import join_names
from policygen.model.theme import PLAIN
from policygen.write.html.blocks import HtmlBody
from policygen.write.html.columns import column_rules
from policygen.write.html.inlines import LinkTargets, render_inlines
from policygen.write.look import theme_css
from policygen.write.writer import THEME

if TYPE_CHECKING:
    from jinja2 import Template

    from policygen.model.comparison.matrix import Matrix, MatrixBody, MatrixCell, MatrixRow
    from policygen.model.comparison.matrix_view import (
        CellNote,
        MatrixView,
        RowDetails,
        VariantWords,
    )

# One letter for the kind of a cell, where there are tens of thousands; `matrix.css` knows them too.
_HOOKS = {
    CellKind.SAME: "",
    CellKind.NAMES_ONLY: "n",
    CellKind.SET_DIFFERENTLY: "s",
    CellKind.OWN_WORDS: "o",
    CellKind.EXTENDED: "e",
    CellKind.REMOVED: "r",
    CellKind.UNDECIDED: "u",
    CellKind.LEFT_OUT: "l",
    CellKind.NOT_APPLICABLE: "x",
}
_NOT_APPLICABLE = "–"  # in the thousands: the legend above the grid says what it means


def render_matrix(view: MatrixView) -> str:
    """Return the page: the report, the matrix, and what stands behind each row."""
    matrix = view.matrix
    clauses = frozenset(row.clause for row in matrix.rows)
    filled_sections = {row.section for row in matrix.rows}
    colours = palette()
    script = _file("matrix.js")
    body = HtmlBody(LinkTargets(clauses)).render(view.document.body)
    rows = zip(matrix.rows, view.details, strict=True)
    behind = {row.clause: _details(row, details) for row, details in rows}
    words = "\n".join(filter(None, behind.values()))
    return _template().render(
        document=view.document,
        properties=f"--brand: {colours.text}; --brand-tint: {colours.tint}; "
        f"--brand-night: {colours.night};",
        sheet=_sheets(body + words),
        script=script,
        digest=base64.b64encode(hashlib.sha256(script.encode()).digest()).decode(),
        body=body,
        columns=len(matrix.bodies),
        bodies=tuple(body.name for body in matrix.bodies),
        sections=tuple(section for section in matrix.sections if section[0] in filled_sections),
        not_applicable=_NOT_APPLICABLE,
        kinds=tuple(_offered(matrix)),
        table=f"{_head(matrix)}\n{''.join(_row_groups(matrix, behind))}",
        words=words,
    )


def _offered(matrix: Matrix) -> Iterator[tuple[str, str]]:
    """Yield the kinds of cells that one can look for; only an existing policy is undecided."""
    told = {cell.kind for row in matrix.rows for cell in row.cells}
    for kind, hook in _HOOKS.items():
        if kind is not CellKind.UNDECIDED or kind in told:
            yield hook or "a", kind.words


def _sheets(markup: str) -> str:
    """Return the style sheets of a page of this markup, with the font that every page carries."""
    ours = _file("screen.css") + _file("matrix.css")
    return ours + column_rules(markup) + theme_css(PLAIN, "screen")


def _head(matrix: Matrix) -> str:
    """Return the row of organisations.

    What a filter may look for beside the name stands with it.
    """
    cells = "".join(map(_head_cell, matrix.bodies))
    return f'<thead><tr><th scope="col">Clause</th>{cells}</tr></thead>'


def _head_cell(body: MatrixBody) -> str:
    layers = escape(", ".join(body.layers))
    attributes = f'scope="col" title="{escape(body.label)}" data-layers="{layers}"'
    return f"<th {attributes}>{escape(body.name)}</th>"


def _row_groups(matrix: Matrix, behind: Mapping[str, str]) -> Iterator[str]:
    """Yield a row group for each section that has rows; `behind` is what stands behind clauses."""
    width = len(matrix.bodies) + 1
    for section, title in matrix.sections:
        rows = [row for row in matrix.rows if row.section == section]
        if not rows:
            continue
        heading = f'<th scope="rowgroup" colspan="{width}"><span>{escape(title)}</span></th>'
        lines = "\n".join(_row(row, linked=bool(behind[row.clause])) for row in rows)
        yield f'<tbody data-section="{escape(section)}"><tr>{heading}</tr>\n{lines}</tbody>\n'


def _row(row: MatrixRow, *, linked: bool) -> str:
    rendered = {cell: _cell(cell) for cell in dict.fromkeys(row.cells)}
    cells = "".join(rendered[cell] for cell in row.cells)
    clause = escape(row.clause)
    name = escape(_name(row))
    if linked:
        name = f'<a href="#words-{clause}">{name}</a>'
    return f'<tr id="{clause}"><th scope="row">{name}</th>{cells}</tr>'


def _name(row: MatrixRow) -> str:
    return f"{row.number} {row.title}".strip()


def _cell(cell: MatrixCell) -> str:
    if cell.kind is CellKind.NOT_APPLICABLE:
        return f"<td>{_NOT_APPLICABLE}</td>"
    hooks = [_HOOKS[cell.kind]] if _HOOKS[cell.kind] else []
    if cell.letter not in ("", "A"):
        hooks.append("b")
    attribute = f' class="{" ".join(hooks)}"' if hooks else ""
    return f"<td{attribute}>{cell.words}</td>"


def _details(row: MatrixRow, details: RowDetails) -> str:
    """Return what stands behind one row: how its wordings differ, and what bodies did to it."""
    if not details.variants and not details.notes:
        return ""
    variants = "".join(map(_variant, details.variants))
    notes = "".join(map(_note, details.notes))
    listed = f'<ul class="notes">{notes}</ul>' if notes else ""
    summary = f"<summary>{escape(_name(row))}</summary>"
    return f'<details id="words-{escape(row.clause)}">{summary}{variants}{listed}</details>'


def _variant(variant: VariantWords) -> str:
    title = f": {render_inlines(variant.title, LinkTargets())}" if variant.title else ""
    plural = "s" if variant.bodies > 1 else ""
    head = f"<h3>{variant.letter}{title}</h3>"
    count = f'<p class="quiet of">{variant.bodies} organisation{plural}</p>'
    body = HtmlBody(LinkTargets(), level=4).render(variant.blocks)
    also = f"<p>{escape(_also(variant))}</p>" if variant.also else ""
    attributes = f'data-letter="{variant.letter}" lang="{escape(variant.language)}"'
    return f"<section {attributes}>{head}{count}{body}{also}</section>"


def _also(variant: VariantWords) -> str:
    """Return in which other tiers a wording differs: `The words of Snapshot differ too`."""
    too = " too" if variant.blocks else ", and not the rule"
    return f"The words of {join_names(variant.also)} differ{too}."


def _note(note: CellNote) -> str:
    columns = " ".join(map(str, note.bodies))
    return f'<li data-of="{columns}">{escape(note.sentence)}</li>'


@cache
def _template() -> Template:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(THEME),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("matrix.html")


@cache
def _file(name: str) -> str:
    return (THEME / name).read_text("utf-8")
