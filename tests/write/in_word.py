"""The short editions as LibreOffice lays out their Word files, all in one call, which takes its time to start."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import odd_names
from judges import libreoffice
from organisations import ALL, EVERYTHING, PROFILES, built, every, once, policies, workspace

from policygen.diff import differences
from policygen.model.document import Document, Paragraph, Text
from policygen.pipeline.board import board_findings
from policygen.report.board.document import board_paper
from policygen.report.changes.redline import redline
from policygen.write.docx.writer import DocxWriter

# Of every organisation the overview, which is one page, and another by turns; and two policies, one
# of them a book with a cover, as long as a board may be asked to sign.
TURNS = ("snapshot", "principles", "house-rules", "starter-card")
# The pages for the day itself: of a council, a department, a parish council, an NHS body, one of each pair.
LISTS = (
    *(("fenwick", "election-start"), ("harbour-valley", "election-start")),
    *(("rivers-and-tides", "first-hour"), ("little-marden", "first-hour")),
)
LONG_NAMED = "sixty-letters"
SHORT = [
    (o, e)
    for o, e in every()
    if e == "overview"
    or (e in TURNS and (EVERYTHING or e == TURNS[ALL.index(o) % len(TURNS)]))
    or (o, e) in (("little-marden", "policy"), ("wexmoor-police", "policy"))
    or (o, e) in LISTS
]

BOARDS = ("fenwick", "rauporoa")  # whose papers for their boards are looked at, one of a draft


def short_in_word() -> dict[str, bytes]:
    """The PDFs by name, such as `fenwick-overview-0` for its first language."""
    return once("short-in-word", _laid_out)


def _laid_out() -> dict[str, bytes]:
    with TemporaryDirectory() as folder:
        paths = []
        for name, data in _files():
            paths.append(Path(folder) / f"{name}.docx")
            paths[-1].write_bytes(data)
        out = Path(folder) / "out"
        assert libreoffice(paths, out) == []
        return {path.stem: (out / f"{path.stem}.pdf").read_bytes() for path in paths}


def _files() -> Iterator[tuple[str, bytes]]:
    for organisation, edition in SHORT:
        for number, file in enumerate(built(organisation, edition, "docx")):
            yield f"{organisation}-{edition}-{number}", file.data
    for kind in odd_names.ODD:
        for edition in odd_names.EDITIONS:
            yield f"{kind}-{edition}-0", odd_names.as_docx(kind, edition)
    for edition in ("election-start", "first-hour"):
        yield f"{LONG_NAMED}-{edition}-0", odd_names.as_docx(LONG_NAMED, edition)
    for organisation in BOARDS:
        found = board_findings(PROFILES / organisation / "profile.yaml", workspace())
        yield f"{organisation}-board-0", DocxWriter().write(board_paper(found))
    yield "redline-cover-0", DocxWriter().write(redline_cover())


def redline_cover() -> Document:
    """A redline of two bodies whose document control differs in every row, without its clauses."""
    whole = redline(differences(odd_names.policy("sixty-letters"), policies("rauporoa")[0]))
    return replace(whole, body=(Paragraph((Text("Overleaf."),)),) * 4)


def budgets() -> dict[str, int]:
    """The most pages of each; not of a draft whose list of gaps may take one more."""
    most = {}
    for organisation, edition in SHORT:
        for number, policy in enumerate(policies(organisation)):
            if edition not in ("snapshot", "house-rules") or not policy.gaps:
                budget = policy.budget(policy.outline.editions[edition].pages)
                most[f"{organisation}-{edition}-{number}"] = budget
    return most
