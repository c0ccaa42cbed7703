"""Matrix -> Document.

What a reader wants first of many policies, and the matrix itself where it is narrow enough.
"""

from __future__ import annotations

from collections.abc import Iterator

from policygen.model import document as doc
from policygen.model.comparison.matrix import CellKind, Matrix, MatrixBody, MatrixRow
from policygen.model.document import Block, Strong, Text
from policygen.model.language import join_names
from policygen.report.layout import report_table, titled_group

_TITLE = "How policies compare"
_FROM_MODEL = (
    "From the model: the share of a body's clauses that its own layer adds, replaces, extends "
    "or takes out. "
    "The model is what the library alone gives that body."
)
_FROM_EACH_OTHER = (
    "From each other: the share of the clauses of either that the two tell in other words, "
    "or that one lacks. "
    "Values do not count."
)
_LETTER = "A letter is a wording of a clause: A is the commonest, then B, C and so on."
_WORDINGS = "A wording is the title and the text at every depth, without the values."
_USUAL = (
    "Values are held against the commonest among the bodies with the same words, "
    "on a tie that of the first named; "
    "where no two share one, each differs."
)
_LETTERS = 5  # wordings of one clause that are counted one by one


def matrix_report(found: Matrix, *, most: int = 0, close: tuple[Block, ...] = ()) -> doc.Document:
    """What they disagree on, and how far each body is from the model and from the others.

    Last comes what the cells of the matrix say, and `close`. A list has at most `most` lines, or,
    without a limit, all.
    """
    lead = matrix_finding(found)
    many = f"{len(found.bodies)} organisations" if len(found.bodies) > 1 else found.bodies[0].name
    return doc.Document(
        meta=doc.Meta(
            title=f"{_TITLE}: {many}",
            author="policygen",
            subject="Comparison",
            description=f"Social media policies, clause by organisation. {lead}",
            language="en-GB",
        ),
        layout="brief",
        masthead=doc.Masthead(
            many, (), _TITLE, lead, "Comparison", doc.Tag("Comparison", solid=True)
        ),
        running=doc.Running(_TITLE, many, "", "Page {page} of {pages}"),
        body=(
            *_disagreed(found, most),
            *_far(found, most),
            *_between(found),
            _legend(found),
            *close,
        ),
    )


def matrix_finding(found: Matrix) -> str:
    """Return how far the bodies agree, in a sentence or two."""
    counts = found.counts
    total = sum(found.counts.values())
    if len(found.bodies) == 1:
        body = found.bodies[0]
        return f"{body.name}: its own layer edits {body.own} of {total} clauses."
    parts = [
        _counted(key, counts[key], len(found.bodies))
        for key in ("same", "several", "lacking")
        if counts.get(key)
    ]
    sentences = ["There is no clause to compare."]
    if parts:
        sentences = [f"Of {total} clauses, {join_names(parts)}."]
    for row in found.disagreed()[:1]:
        sentences.append(f"They disagree most about “{row.title}”: {len(row.words)} wordings.")
    libraries = len({body.library_digest for body in found.bodies})
    if libraries > 1:
        sentences.append(
            f"They were composed with {libraries} libraries, which may be why words differ."
        )
    return " ".join(sentences)


def _counted(key: str, number: int, bodies: int) -> str:
    """Return how many clauses are the same in all, in several wordings, or lacking."""
    have, are = ("have", "are") if number > 1 else ("has", "is")
    match key:
        case "same":
            return f"{number} {have} the same words in all {bodies} policies"
        case "several":
            return f"{number} {have} several wordings"
    return f"{number} {have} one wording but {are} lacking in some policies"


def matrix_table(found: Matrix) -> Block:
    """The matrix as a table, with a line for each section."""
    rows: list[doc.Row] = []
    for title, held in found.by_section():
        rows.append(doc.Row(((Strong((Text(title),)),), *(() for _ in found.bodies))))
        rows += [
            doc.Row((_named(row), *((Text(cell.words),) for cell in row.cells))) for row in held
        ]
    head = doc.Row(
        tuple((Text(name),) for name in ("Clause", *(body.name for body in found.bodies)))
    )
    return titled_group("matrix", "Clause by organisation", doc.Table(head, tuple(rows), wide=True))


def matrix_too_wide(found: Matrix) -> Block:
    """What stands for the matrix where there is no room for it."""
    size = f"{len(found.bodies)} columns and {len(found.rows)} rows"
    line = f"The matrix has {size}, and is too wide to show here. "
    line += "Give --format html to filter it and to read the words behind each cell, "
    line += "or --format csv for a spreadsheet."
    return titled_group("matrix", "Clause by organisation", doc.Paragraph((Text(line),)))


def _percent(share: float) -> str:
    """A share from 0 to 1 in a hundred, with a decimal where it is small."""
    return f"{share:.0%}" if share >= 0.1 or not share else f"{share:.1%}"


def _spread(row: MatrixRow) -> str:
    """How the bodies share the wordings of a clause: `A 5, B 3, 2 more wordings, lacking 1`."""
    shares = [f"{variant.letter} {variant.bodies}" for variant in row.words[:_LETTERS]]
    more = len(row.words) - _LETTERS
    if more > 0:
        shares.append(f"{more} more wording{'s' if more > 1 else ''}")
    lacking = sum(not cell.letter for cell in row.cells)
    if lacking:
        shares.append(f"lacking {lacking}")
    return ", ".join(shares)


def _named(row: MatrixRow) -> doc.Inlines:
    title = Text(f"{row.number} {row.title}".strip())
    return (doc.Link(f"#{row.clause}", (title,)),)


def _disagreed(found: Matrix, most: int) -> Iterator[Block]:
    """The clauses with most wordings."""
    rows = found.disagreed()
    shown = rows[: most or len(rows)]
    if shown:
        lines = [
            doc.Row(
                (
                    _named(row),
                    (Text(str(len(row.words))),),
                    (Text(_spread(row)),),
                )
            )
            for row in shown
        ]
        head = doc.Row(tuple((Text(name),) for name in ("Clause", "Wordings", "Bodies with each")))
        name = (
            f"The {len(shown)} clauses on which they disagree most"
            if len(shown) < len(rows)
            else ("The clauses on which they disagree")
        )
        table = doc.Table(head, tuple(lines), wide=True)
        yield titled_group("disagree", name, doc.Paragraph((Text(_LETTER),)), table)


def _far(found: Matrix, most: int) -> Iterator[Block]:
    """Yield a table of how far each body is from the model and from the others, farthest first."""
    order = sorted(found.bodies, key=lambda body: (-body.from_model, -body.average))
    shown = order[: most or len(order)]
    name = "How far each body is from the model and from the others"
    if len(shown) < len(order):
        name = f"The {len(shown)} bodies that are farthest from the model"
    head: tuple[str, ...] = ("Organisation", "From the model")
    if len(found.bodies) > 1:
        head = (*head, "From the others")
    rows: list[tuple[str, ...]] = []
    for body in shown:
        from_model = f"{_percent(body.from_model)}, {body.own} of {body.clauses} clauses"
        row: tuple[str, ...] = (body.name, from_model)
        if len(found.bodies) > 1:
            row = (*row, _from_others(body, found))
        rows.append(row)
    yield titled_group("far", name, report_table(head, rows, wide=True))


def _from_others(body: MatrixBody, found: Matrix) -> str:
    """Return `23%, Fenwick to 86%, Hazel Lane; 52% on average`."""
    ends = (body.nearest, body.farthest)
    told = [f"{_percent(far.share)}, {found.bodies[far.body].name}" for far in ends if far]
    return f"{' to '.join(dict.fromkeys(told))}; {_percent(body.average)} on average"


def _between(found: Matrix) -> Iterator[Block]:
    """How far each two are apart, where there are few."""
    if len(found.between) > 2:
        rows = [
            (
                body.name,
                *("" if at == place else _percent(share) for at, share in enumerate(shares)),
            )
            for place, (body, shares) in enumerate(zip(found.bodies, found.between, strict=True))
        ]
        names = ("Organisation", *(body.name for body in found.bodies))
        yield titled_group(
            "between", "How far each two are from each other", report_table(names, rows, wide=True)
        )


def _legend(found: Matrix) -> Block:
    """What the cells and the shares mean, in one sentence each."""
    told = {cell.kind for row in found.rows for cell in row.cells}
    lines: list[doc.Inlines] = [
        (Strong((Text(kind.words),)), Text(f": {kind.value}"))
        for kind in CellKind
        if kind is not CellKind.UNDECIDED or kind in told  # only an existing policy has it
    ]
    lines += [(Text(line),) for line in (_LETTER, _WORDINGS, _USUAL, _FROM_MODEL, _FROM_EACH_OTHER)]
    items = tuple(doc.ListItem((doc.Paragraph(inlines),)) for inlines in lines)
    return titled_group("how", "What the cells say", doc.List(items))
