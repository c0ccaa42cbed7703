"""`policygen consult print`: what a paper of a consultation is made of, and each paper."""

from __future__ import annotations

from pathlib import Path

from policygen.load.consultation.kept import kept_file
from policygen.load.consultation.record import newest_consultation, read_log
from policygen.model.consultation.findings import ConsultationFindings
from policygen.model.consultation.record import Verdict
from policygen.model.document import Document
from policygen.pipeline.consult.sent import SentRelease
from policygen.pipeline.workspace import Workspace
from policygen.report.consultation.answer_sheet import (
    DECISION_COLUMN,
    SHEET_HEAD,
    SHEET_WIDTHS,
    answer_grid,
)
from policygen.report.consultation.collation import collation_document
from policygen.report.consultation.proof import consultation_record
from policygen.report.consultation.serialise import log_grid
from policygen.report.consultation.you_said import you_said_we_did
from policygen.review.collation.collate import collate
from policygen.write.sheet.csv_file import csv_bytes
from policygen.write.sheet.xlsx import SheetLook, xlsx_bytes


def consultation_findings(
    profile: Path, workspace: Workspace, version: str = ""
) -> ConsultationFindings:
    """Read a consultation and every file that it keeps. Raises PolicygenError."""
    workspace = workspace.for_profile(profile)
    folder = newest_consultation(profile.parent, version)
    log = read_log(folder)
    sent = SentRelease(profile.parent, log.consultation.version, workspace)
    kept = frozenset(sha256 for sha256 in log.files if kept_file(folder, sha256))
    has_changes = (folder / "letters" / "changes.docx").is_file()
    clauses = collate(log.responses, sent.order)
    return ConsultationFindings(sent.policies[0], log, clauses, kept, has_changes)


def paper_document(found: ConsultationFindings, paper: str) -> Document:
    """Lay out a paper: `you-said`, `record`, or `log`, which is for those who decide."""
    match paper:
        case "you-said":
            return you_said_we_did(found)
        case "record":
            return consultation_record(found)
        case _:
            return collation_document(found.policy, found.log, found.clauses)


def log_table(found: ConsultationFindings) -> bytes:
    """Return the log as CSV."""
    return csv_bytes(log_grid(found.policy, found.log, found.clauses))


def answer_sheet(found: ConsultationFindings, format: str) -> bytes:
    """Return the sheet on which answers are filled in, as xlsx or csv."""
    grid = answer_grid(found)
    if format == "csv":
        return csv_bytes(grid)
    choices = {DECISION_COLUMN: tuple(one.value for one in Verdict)}
    return xlsx_bytes(grid, SheetLook("Answers", "en-GB", SHEET_WIDTHS, SHEET_HEAD, choices))
