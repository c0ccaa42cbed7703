"""What the code of conduct alone would leave uncovered, counted from the sources."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from policygen.markdown import prose
from policygen.model import document as doc
from policygen.model.document import Block, Inlines, Text
from policygen.model.document.walk import plain
from policygen.model.policy import Policy, Section
from policygen.model.provenance import ClauseTrace, Provenance
from policygen.report.origins.rows import SheetCells


def uncovered(policy: Policy, whole: Provenance, cells: SheetCells) -> Iterator[Block]:
    """Yield the finding, the codes, how it is counted, and a row for each section.

    The section about the document itself has no number, and is not counted.
    """
    counted = [clause for clause in whole.clauses if clause.number]
    citing = [clause for clause in counted if clause.rests_on == "code"]
    yield doc.Paragraph((Text(_finding(policy, counted, citing, cells)),), doc.Role.LEAD)
    yield doc.Paragraph((Text(_codes(citing, cells)),))
    yield doc.Paragraph((Text(cells.say("code_how")),), doc.Role.HINT)
    keys = ("code_section", "code_cites", "code_other", "code_nothing")
    head = doc.Row(tuple((Text(cells.say(key)),) for key in keys))
    rows = tuple(_row(section, counted, cells) for section in policy.sections)
    yield doc.Table(head, rows, wide=True, shares=(34, 15, 26, 25))


def _finding(
    policy: Policy,
    counted: Sequence[ClauseTrace],
    citing: Sequence[ClauseTrace],
    cells: SheetCells,
) -> str:
    covered = {clause.section for clause in citing}
    return cells.say(
        "code_finding",
        cited=len(citing),
        clauses=len(counted),
        silent=sum(section.id not in covered for section in policy.sections),
        sections=len(policy.sections),
    )


def _codes(citing: Sequence[ClauseTrace], cells: SheetCells) -> str:
    grounds = (ground for clause in citing for ground in clause.grounds)
    codes = dict.fromkeys(ground.title for ground in grounds if ground.code)
    return cells.say("code_codes", codes="; ".join(codes)) if codes else cells.say("code_none")


def _row(section: Section, counted: Sequence[ClauseTrace], cells: SheetCells) -> doc.Row:
    """Return the clauses of a section by what they rest on."""
    title = plain(prose.parse_inlines(section.title))
    link = doc.Link(f"#section-{section.id}", (Text(title),))
    clauses = [clause for clause in counted if clause.section == section.id]
    columns: list[Inlines] = [(Text(f"{section.number} "), link)]
    for kind in ("code", "sources", "nothing"):
        resting = [clause for clause in clauses if clause.rests_on == kind]
        columns.append((Text(cells.numbers(resting)),))
    return doc.Row(tuple(columns))
