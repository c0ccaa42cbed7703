"""A matrix as one HTML file: a table to filter, with the words behind each cell.

Without JavaScript it is a plain table, and the words stand below it. A wording is written once, not
once a cell.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator
from functools import cache
from html import escape
from typing import TYPE_CHECKING

from policygen.model.colour import palette
from policygen.model.comparison.matrix import CellKind
from policygen.write.html.blocks import HtmlBody
from policygen.write.html.columns import column_rules
from policygen.write.html.inlines import LinkTargets, render_inlines
from policygen.write.writer import THEME

if TYPE_CHECKING:
    from jinja2 import Template

    from policygen.model.comparison.matrix import Matrix, MatrixBody, MatrixCell, MatrixRow
    from policygen.model.comparison.matrix_view import (
        CellNote,
        MatrixView,
        RowDetails,
        TierWords,
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
    CellKind.LEFT_OUT: "l",
    CellKind.NOT_APPLICABLE: "x",
}


def render_matrix(view: MatrixView) -> str:
    """Return the page: the report, the matrix, and what stands behind each row."""
    matrix = view.matrix
    clauses = frozenset(row.clause for row in matrix.rows)
    filled_sections = {row.section for row in matrix.rows}
    colours = palette()
    script = _file("matrix.js")
    body = HtmlBody(LinkTargets(clauses)).render(view.document.body)
    rows = zip(matrix.rows, view.details, strict=True)
    words = "\n".join(_details(row, details, matrix) for row, details in rows)
    return _template().render(
        document=view.document,
        properties=f"--brand: {colours.text}; --brand-tint: {colours.tint}; "
        f"--brand-night: {colours.night};",
        sheet=_file("screen.css") + _file("matrix.css") + column_rules(body + words),
        script=script,
        digest=base64.b64encode(hashlib.sha256(script.encode()).digest()).decode(),
        body=body,
        columns=len(matrix.bodies),
        sections=tuple(section for section in matrix.sections if section[0] in filled_sections),
        kinds=tuple((hook or "a", kind.words) for kind, hook in _HOOKS.items()),
        table=f"{_head(matrix)}\n{''.join(_row_groups(matrix))}",
        words=words,
    )


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


def _row_groups(matrix: Matrix) -> Iterator[str]:
    """Yield a row group for each section that has rows."""
    width = len(matrix.bodies) + 1
    for section, title in matrix.sections:
        rows = [row for row in matrix.rows if row.section == section]
        if not rows:
            continue
        heading = f'<th scope="rowgroup" colspan="{width}"><span>{escape(title)}</span></th>'
        lines = "\n".join(map(_row, rows))
        yield f'<tbody data-section="{escape(section)}"><tr>{heading}</tr>\n{lines}</tbody>\n'


def _row(row: MatrixRow) -> str:
    rendered = {cell: _cell(cell) for cell in dict.fromkeys(row.cells)}
    cells = "".join(rendered[cell] for cell in row.cells)
    clause = escape(row.clause)
    number = f'<span class="num">{escape(row.number)} </span>' if row.number else ""
    link = f'<a href="#words-{clause}">{number}{escape(row.title)}</a>'
    return f'<tr id="{clause}"><th scope="row">{link}</th>{cells}</tr>'


def _cell(cell: MatrixCell) -> str:
    hooks = [_HOOKS[cell.kind]] if _HOOKS[cell.kind] else []
    if cell.letter not in ("", "A"):
        hooks.append("b")
    attribute = f' class="{" ".join(hooks)}"' if hooks else ""
    return f"<td{attribute}>{cell.words}</td>"


def _details(row: MatrixRow, details: RowDetails, matrix: Matrix) -> str:
    """Return what stands behind one row: each wording of the clause, and what bodies did to it."""
    clause = escape(row.clause)
    title = f'{escape(f"{row.number} {row.title}".strip())} <span class="quiet">{clause}</span>'
    variants = "\n".join(map(_variant, details.variants))
    notes = "".join(_note(note, matrix) for note in details.notes)
    listed = f'<ul class="notes">{notes}</ul>' if notes else ""
    summary = f"<summary>{title}</summary>"
    return f'<details id="words-{clause}">{summary}\n{variants}\n{listed}</details>'


def _variant(variant: VariantWords) -> str:
    body = HtmlBody(LinkTargets(), level=4)
    plural = "s" if variant.bodies > 1 else ""
    head = f"<h3>{variant.letter}: {render_inlines(variant.title, LinkTargets())}</h3>"
    count = f'<p class="quiet of">{variant.bodies} organisation{plural}</p>'
    tiers = "".join(_tier(tier, body) for tier in variant.tiers)
    return f'<section data-letter="{variant.letter}">{head}{count}{tiers}</section>'


def _tier(tier: TierWords, body: HtmlBody) -> str:
    words = f'<div lang="{escape(tier.language)}">{body.render(tier.blocks)}</div>'
    return f"<h4>{escape(tier.heading)}</h4>{words}"


def _note(note: CellNote, matrix: Matrix) -> str:
    """Return a note and whose it is: one body by name, several by their number."""
    many = len(note.bodies) > 1
    whose = f"{len(note.bodies)} organisations" if many else matrix.bodies[note.bodies[0]].name
    places = " ".join(map(str, note.bodies))
    suffix = f' <span class="quiet">{escape(whose)}</span>'
    return f'<li data-of="{places}">{escape(note.sentence)}{suffix}</li>'


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
