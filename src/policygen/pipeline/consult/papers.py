"""`policygen consult print`: what a paper of a consultation is made of."""

from __future__ import annotations

from pathlib import Path

from policygen.load.consultation.kept import kept_file
from policygen.load.consultation.record import newest_consultation, read_log
from policygen.model.consultation.findings import ConsultationFindings
from policygen.pipeline.consult.sent import SentRelease
from policygen.pipeline.workspace import Workspace
from policygen.review.collation.collate import collate


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
