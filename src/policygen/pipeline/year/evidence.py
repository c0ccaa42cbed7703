"""`policygen evidence`: the release in force on a day, and all that shows it, as one bundle."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from policygen.diff import differences
from policygen.load.consultation.folder import consultation_versions
from policygen.load.files import read_bytes
from policygen.load.records import RECORD_FILE, RELEASES_FOLDER, read_every_record, read_seal
from policygen.model.comparison.difference import Differences
from policygen.model.consultation.findings import ConsultationFindings
from policygen.model.policy import Clause, Origin, Policy, Section
from policygen.model.year.evidence import Evidence, EvidenceFile, SealedRelease
from policygen.model.year.sign_off import SignOffFindings
from policygen.pipeline.consult.papers import consultation_findings
from policygen.pipeline.names.clauses import find_clauses
from policygen.pipeline.names.names import require_buildable
from policygen.pipeline.workspace import Workspace
from policygen.pipeline.year.bundle import with_checksums
from policygen.present.edition import present
from policygen.report.origins.document import provenance_sheet
from policygen.report.year.evidence import PROVENANCE, evidence_document
from policygen.store.releases import Release, name_on, read_release, version_on
from policygen.write.writer import writer
from policygen.year.moved import from_templates

_PAPER = "evidence.pdf"
_LIMIT = 200_000_000  # bytes of a file of a release


def evidence(
    profile: Path,
    day: date,
    workspace: Workspace,
    clauses: Sequence[str] = (),
    audience: str = "",
    sign_offs: SignOffFindings | None = None,
    *,
    full: bool = False,
) -> Evidence:
    """Gather what was in force on a day: of some clauses, or of the whole policy.

    `clauses` are named as `policygen extract` has them; with none, the paper tells the rules, or
    with `full` each depth and where each clause comes from. With an `audience`, it is also what
    these readers were given; with `sign_offs`, how many had signed it. Raises PolicygenError: for a
    day on which no version was in force, with the first that was; for a release or a log that is
    not what it was.
    """
    folder = profile.parent
    version = read_release(folder, version_on(folder, day))
    release = read_release(folder, name_on(folder, day))
    policies = tuple(map(_without_computer, release.policies))
    policy = policies[0]
    tiers = tuple(policy.outline.tiers)
    if audience:
        require_buildable([_deepest(policy)], [], policy.outline, audience)
    asked = find_clauses(policy, clauses, tiers) if clauses else ()
    every = tuple(
        SealedRelease(record, read_seal(folder, record.name))
        for record in read_every_record(folder)
    )
    handbook = release.record.handbook
    found = Evidence(day, version.record, handbook, policies, every, asked, audience, full)
    if name := _name_before(found):
        earlier = _in_language(read_release(folder, name), policy)
        found = replace(found, before=_compared(earlier, policy, asked, workspace))
    if name := _name_after(found):
        later = _in_language(read_release(folder, name), policy)
        found = replace(found, after=_compared(policy, later, asked, workspace))
    consultations = tuple(_consultations(profile, found, workspace))
    files = tuple(_files(folder, found))
    return replace(found, consultations=consultations, sign_offs=sign_offs, files=files)


def evidence_bundle(found: Evidence, workspace: Workspace) -> dict[str, bytes]:
    """Return the files of the bundle by path: the paper first, the checksums last.

    Raises PolicygenError where no PDF can be made on this computer.
    """
    found = with_printed(found, workspace)
    paper = writer("pdf").write(evidence_document(found, workspace.caches.prose))
    return with_checksums({_PAPER: paper, **{one.path: one.data for one in found.files}})


def with_printed(found: Evidence, workspace: Workspace) -> Evidence:
    """Return evidence with the files that are printed for it, which takes seconds.

    Raises PolicygenError where no PDF can be made on this computer.
    """
    return replace(found, files=(*found.files, *_printed(found, workspace)))


def _name_before(found: Evidence) -> str:
    """Return the last release of the approved version before, or ""."""
    names = [one.record.name for one in found.every if one.entry == found.earlier]
    return names[-1] if names else ""


def _name_after(found: Evidence) -> str:
    """Return the version that took its place, or else the last issue of its handbook since."""
    if found.later:
        return found.later.version
    last = [one.record.name for one in found.every if one.entry == found.entry][-1]
    return last if last != found.name else ""


def _in_language(release: Release, policy: Policy) -> Policy:
    """Return the policy of a release in another's language, or else in its first."""
    same = (one for one in release.policies if one.language == policy.language)
    return _without_computer(next(same, release.policies[0]))


def _without_computer(policy: Policy) -> Policy:
    """Return a policy that names each file of the library from its templates on.

    Where they lay on the computer that released it is nobody's business.
    """
    return replace(
        policy,
        front=_section(policy.front),
        sections=tuple(map(_section, policy.sections)),
        removed=tuple(replace(one, origins=_origins(one.origins)) for one in policy.removed),
        left_out=tuple(replace(one, origins=_origins(one.origins)) for one in policy.left_out),
    )


def _section(section: Section) -> Section:
    clauses = tuple(replace(one, origins=_origins(one.origins)) for one in section.clauses)
    return replace(section, clauses=clauses, origins=_origins(section.origins))


def _origins(origins: tuple[Origin, ...]) -> tuple[Origin, ...]:
    return tuple(replace(one, path=from_templates(one.path)) for one in origins)


def _compared(
    first: Policy, second: Policy, clauses: Sequence[Clause], workspace: Workspace
) -> Differences:
    """Compare two versions, and keep only what is about some clauses; none means all."""
    found = differences(first, second, workspace.caches.words)
    if not clauses:
        return found
    asked = {clause.id for clause in clauses}
    pairs = tuple(pair for pair in found.pairs if asked & set(pair.ids))
    ids = {id for pair in pairs for id in pair.ids} | asked
    return replace(found, pairs=pairs, found=tuple(d for d in found.found if d.clause in ids))


def _consultations(
    profile: Path, found: Evidence, workspace: Workspace
) -> Iterator[ConsultationFindings]:
    """Yield what was asked about the version in force, after the approved one before it."""
    versions = found.versions
    start = versions.index(found.earlier) + 1 if found.earlier else 0
    asked = {one.version for one in versions[start : versions.index(found.entry)]}
    for version in consultation_versions(profile.parent):
        if version in asked:
            yield consultation_findings(profile, workspace, version)


def _files(folder: Path, found: Evidence) -> Iterator[EvidenceFile]:
    """Yield the releases as they lie on disk, and the records that their seals are chained to."""
    in_force = (found.entry.version, found.name)
    for one in found.every:
        name = one.record.name
        files = sorted(one.record.files) if name in in_force else []
        for file in (RECORD_FILE, *files):
            path = f"{RELEASES_FOLDER}/{name}/{file}"
            says = _says(file)
            if name not in in_force:
                says = "The record of another release, which the chain of seals needs"
            yield EvidenceFile(path, read_bytes(folder / path, _LIMIT), says)


def _printed(found: Evidence, workspace: Workspace) -> Iterator[EvidenceFile]:
    """Yield where the words come from, and what an audience was told."""
    policy, audience = found.policy, found.audience
    if found.is_short:
        data = writer("pdf").write(provenance_sheet(policy))
        yield EvidenceFile(PROVENANCE, data, "Where each clause of it comes from")
    if audience:
        edition = _deepest(policy)
        data = writer("pdf").write(present(policy, edition, workspace.caches.prose, audience))
        says = f"The version in force as it is cut for {policy.outline.audiences[audience]}"
        yield EvidenceFile(f"for-{audience}/{edition}.pdf", data, says)


def _says(name: str) -> str:
    """Return what a file of a release is."""
    if name == RECORD_FILE:
        return "The record: its checksum is the seal"
    if name.startswith("profile/"):
        return "What the policy was made from"
    return "The policy as data" if name.endswith(".json") else "As it was published"


def _deepest(policy: Policy) -> str:
    """Return the key of the edition that tells each clause in full."""
    editions = policy.outline.editions.items()
    return next(key for key, edition in editions if edition == policy.outline.full)
