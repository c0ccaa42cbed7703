"""What the code of conduct alone would leave uncovered: counted from the sources, and said to be."""

from __future__ import annotations

from collections.abc import Iterator

from policygen.markdown import prose
from policygen.model import document as doc
from policygen.model.document import Block, Text
from policygen.model.document.walk import plain
from policygen.model.policy import Policy
from policygen.model.provenance import Provenance
from policygen.report.origins.rows import SheetCells


def uncovered(policy: Policy, whole: Provenance, rows: SheetCells) -> Iterator[Block]:
    """The finding, the codes, how it is counted, and a row for each section.

    The section about the document itself has no number, and is not counted.
    """
    counted = [clause for clause in whole.clauses if clause.number]
    cited = [clause for clause in counted if clause.rests_on == "code"]
    covered = {clause.section for clause in cited}
    silent = sum(section.id not in covered for section in policy.sections)
    yield doc.Paragraph(
        (
            Text(
                rows.say(
                    "code_finding",
                    cited=len(cited),
                    clauses=len(counted),
                    silent=silent,
                    sections=len(policy.sections),
                )
            ),
        ),
        doc.Role.LEAD,
    )
    codes = dict.fromkeys(
        ground.title for clause in cited for ground in clause.grounds if ground.code
    )
    said = rows.say("code_codes", codes="; ".join(codes)) if codes else rows.say("code_none")
    yield doc.Paragraph((Text(said),))
    yield doc.Paragraph((Text(rows.say("code_how")),), doc.Role.HINT)
    head = doc.Row(
        tuple((Text(rows.say(f"code_{key}")),) for key in ("section", "cites", "other", "nothing"))
    )
    lines: list[doc.Row] = []
    for section in policy.sections:
        here = [clause for clause in counted if clause.section == section.id]
        cells = (
            (Text(rows.numbers([clause for clause in here if clause.rests_on == kind])),)
            for kind in ("code", "sources", "nothing")
        )
        title = prose.parse_inlines(section.title)
        link = doc.Link(f"#section-{section.id}", (Text(plain(title)),))
        lines.append(doc.Row(((Text(f"{section.number} "), link), *cells)))
    yield doc.Table(head, tuple(lines), wide=True, shares=(34, 15, 26, 25))
