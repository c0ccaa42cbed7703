"""`policygen report review`: all that a yearly review begins with."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from policygen.load.consultation.folder import CONSULTATIONS_FOLDER, consultation_versions
from policygen.load.consultation.record import read_log
from policygen.model.consultation.findings import ConsultationFindings
from policygen.model.consultation.record import Verdict
from policygen.model.given_file import GivenFile
from policygen.model.policy import Policy, Source
from policygen.model.year.review_pack import ReviewPack, StaleWords
from policygen.pipeline.compose_profile import compose_profile
from policygen.pipeline.consult.papers import consultation_findings
from policygen.pipeline.workspace import Workspace
from policygen.pipeline.year.dates import body_dates
from policygen.pipeline.year.kept import kept_findings


def review_pack(
    profile: Path, log: Path | GivenFile | None, workspace: Workspace, on: date
) -> ReviewPack:
    """Gather what a review needs on a day; without a log, nothing is said of what was kept.

    Raises PolicygenError, for a profile that does not compose too.
    """
    policy = compose_profile(profile, workspace).policies[0]
    return ReviewPack(
        kept=kept_findings(profile, log, workspace, on),
        dates=body_dates(profile, workspace, on),
        stale=tuple(stale_words(policy)),
        unconfirmed=tuple(_unconfirmed(policy)),
        consultations=tuple(_waiting(profile, workspace)),
    )


def stale_words(policy: Policy) -> Iterator[StaleWords]:
    """Yield the edits of a body's own whose words beneath have moved since they were stamped."""
    names = {one.id: (one.number, (one.label or one.title).text) for one in policy.clauses()}
    for id, origin in policy.origins():
        if origin.stale:
            number, name = names.get(id, ("", id))
            yield StaleWords(number, name, origin.edit, f"{origin.path}:{origin.line}")


def _unconfirmed(policy: Policy) -> Iterator[tuple[Source, tuple[str, ...]]]:
    """Yield each source that nobody has confirmed, with the numbers of the clauses that cite it."""
    for source in policy.sources:
        if not policy.is_confirmed(source):
            yield source, tuple(clause.number for clause in policy.citing(source.id))


def _waiting(profile: Path, workspace: Workspace) -> Iterator[ConsultationFindings]:
    """Yield the consultations in which something is left for a review."""
    folder = profile.parent
    for version in consultation_versions(folder):
        log = read_log(folder / CONSULTATIONS_FOLDER / version)
        noted = any(one.verdict is Verdict.NOTED for one in log.answers.values())
        if log.open_responses or noted:
            yield consultation_findings(profile, workspace, version)
