"""A matrix as one HTML file: a table that can be filtered, with the words behind each cell, and no network.

Without JavaScript it is a plain table, and the words stand below it. A wording is written once, not once a cell.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from html import escape
from typing import TYPE_CHECKING

from policygen.model.colour import palette
from policygen.model.matrix import CellKind
from policygen.write.html.blocks import HtmlBody
from policygen.write.html.inlines import render_inlines
from policygen.write.html.writer import column_rules
from policygen.write.writer import THEME

if TYPE_CHECKING:
    from jinja2 import Template

    from policygen.model.document import Blocks, Document, Inlines
    from policygen.model.matrix import Matrix, MatrixCell, MatrixRow

# One letter for the kind of a cell, where there are tens of thousands; `matrix.css` knows them too.
HOOKS = {
    CellKind.SAME: "",
    CellKind.NAMES_ONLY: "n",
    CellKind.SET_DIFFERENTLY: "s",
    CellKind.OWN_WORDS: "o",
    CellKind.EXTENDED: "e",
    CellKind.REMOVED: "r",
    CellKind.NOT_APPLICABLE: "x",
}


@dataclass(frozen=True, slots=True)
class MatrixWording:
    """One wording of a clause: its title and, for each depth, its heading, its language and the words."""

    letter: str
    bodies: int
    title: Inlines
    tellings: tuple[tuple[str, str, Blocks], ...]


@dataclass(frozen=True, slots=True)
class Note:
    """What some bodies, by their places, did to a clause or set otherwise, in a sentence."""

    sentence: str
    bodies: tuple[int, ...]


Behind = tuple[tuple[MatrixWording, ...], tuple[Note, ...]]


def write(document: Document, found: Matrix, behind: Iterable[Behind]) -> bytes:
    """The page, as UTF-8: the document's head and body, the matrix, and what stands `behind` each of its rows."""
    anchors = frozenset({row.clause for row in found.rows})
    colours = palette()
    script = _file("matrix.js")
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    body = HtmlBody(anchors).render(document.body)
    words = "\n".join(_words(row, *one, found) for row, one in zip(found.rows, behind, strict=True))
    page = _template().render(
        document=document,
        properties=f"--brand: {colours.text}; --brand-tint: {colours.tint}; --brand-night: {colours.night};",
        sheet=_file("screen.css") + _file("matrix.css") + column_rules(body + words),
        script=script,
        digest=digest,
        body=body,
        columns=len(found.bodies),
        sections=tuple(
            (id, title)
            for id, title in found.sections
            if any(row.section == id for row in found.rows)
        ),
        kinds=tuple((hook or "a", kind.words) for kind, hook in HOOKS.items()),
        table=f"{_head(found)}\n{''.join(_bodies(found))}",
        words=words,
    )
    return page.encode()


def _head(found: Matrix) -> str:
    """The organisations. What a filter may look for beside the name stands with it."""
    cells = "".join(
        f'<th scope="col" title="{escape(body.label)}" data-layers="{escape(", ".join(body.layers))}">'
        f"{escape(body.name)}</th>"
        for body in found.bodies
    )
    return f'<thead><tr><th scope="col">Clause</th>{cells}</tr></thead>'


def _bodies(found: Matrix) -> Iterator[str]:
    """A row group for each section."""
    width = len(found.bodies) + 1
    for id, title in found.sections:
        rows = [row for row in found.rows if row.section == id]
        if rows:
            head = (
                f'<tr><th scope="rowgroup" colspan="{width}"><span>{escape(title)}</span></th></tr>'
            )
            yield (
                f'<tbody data-section="{escape(id)}">{head}\n'
                + "\n".join(map(_row, rows))
                + "</tbody>\n"
            )


def _row(row: MatrixRow) -> str:
    known = {cell: _cell(cell) for cell in dict.fromkeys(row.cells)}
    number = f'<span class="num">{escape(row.number)} </span>' if row.number else ""
    head = f'<th scope="row"><a href="#words-{escape(row.clause)}">{number}{escape(row.title)}</a></th>'
    return f'<tr id="{escape(row.clause)}">{head}{"".join(known[cell] for cell in row.cells)}</tr>'


def _cell(cell: MatrixCell) -> str:
    hooks = f"{HOOKS[cell.kind]}{' b' if cell.letter not in ('', 'A') else ''}".strip()
    return f'<td class="{hooks}">{cell.words}</td>' if hooks else f"<td>{cell.words}</td>"


def _words(
    row: MatrixRow, wordings: Iterable[MatrixWording], notes: Iterable[Note], found: Matrix
) -> str:
    """What stands behind one row: each wording of the clause, and what bodies did to it."""
    told = "\n".join(map(_wording, wordings))
    said = "".join(
        f'<li data-of="{" ".join(map(str, note.bodies))}">{escape(note.sentence)}{_of(note, found)}</li>'
        for note in notes
    )
    title = f'{escape(f"{row.number} {row.title}".strip())} <span class="quiet">{escape(row.clause)}</span>'
    listed = f'<ul class="notes">{said}</ul>' if said else ""
    return f'<details id="words-{escape(row.clause)}"><summary>{title}</summary>\n{told}\n{listed}</details>'


def _wording(told: MatrixWording) -> str:
    body = HtmlBody(frozenset(), level=4)
    many = f"{told.bodies} organisation{'s' if told.bodies > 1 else ''}"
    parts = "".join(
        f'<h4>{escape(heading)}</h4><div lang="{escape(language)}">{body.render(blocks)}</div>'
        for heading, language, blocks in told.tellings
    )
    head = f"<h3>{told.letter}: {render_inlines(told.title, frozenset())}</h3>"
    return f'<section data-letter="{told.letter}">{head}<p class="quiet of">{many}</p>{parts}</section>'


def _of(note: Note, found: Matrix) -> str:
    """Whose note it is: one by name, several by number, since the cells name them."""
    if len(note.bodies) > 1:
        return f' <span class="quiet">{len(note.bodies)} organisations</span>'
    return f' <span class="quiet">{escape(found.bodies[note.bodies[0]].name)}</span>'


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
