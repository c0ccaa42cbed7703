"""Whether an approved policy says what was approved: it is compared with its release.

Whoever changes words or values after the approval, and leaves the approval as it stands, would
publish a policy that claims an approval which nobody gave.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from policygen.model.fragment import Organisation
from policygen.model.policy import Clause, Policy, Section, Source
from policygen.model.release.history import HistoryEntry
from policygen.model.wording import Loop, Piece, Printed, Wording
from policygen.pipeline.released.parts import approvers_part
from policygen.present.edition import present
from policygen.problems import Level, Message, PolicygenError, Problem
from policygen.store.releases import read_release
from policygen.write.writer import writer

_MANY = 5  # clauses that a message names
# Facts of document control, which a new version changes wherever they are printed.
_CONTROL = (
    *("number", "version", "status", "approver", "approved_at", "issued", "review_by"),
    "published_at",  # where it stands is no word of it
)
_CONTROL_FACTS = frozenset(f"policy.{key}" for key in _CONTROL)


def approval_faults(
    folder: Path, organisation: Organisation, policies: Sequence[Policy]
) -> tuple[Problem, ...]:
    """Return a Problem when a policy bears an approval, or a version, of other words or values.

    `folder` is the profile's; the history of `organisation` is that of its releases on disk,
    without one that is being made. A policy whose version is released is compared with that
    release; a later version that bears the same approval and date of issue as the last approved
    release, with that one, apart from its document control. What the policy's owner changes without
    the board does not count: `handbook_faults` tells of it.
    """
    approved = _approved_release(organisation)
    if approved is None:
        return ()
    version = organisation.profile.policy.version
    is_released = approved.version == version
    try:
        release = read_release(folder, approved.version)
    except PolicygenError as error:
        return error.problems
    frozen = {policy.language: policy for policy in release.policies}
    pairs = [
        (approvers_part(frozen[p.language], p.outline), approvers_part(p, p.outline))
        for p in policies
        if p.language in frozen
    ]
    if not is_released:
        pairs = [
            (_with_control_of(before, before), _with_control_of(before, after))
            for before, after in pairs
        ]
    changes = dict.fromkeys(
        location for before, after in pairs for location in changes_between(before, after)
    )
    if not changes:
        return ()
    if is_released:
        return (_changed_release(organisation, approved, changes),)
    return (_same_approval(organisation, approved.version, changes),)


def _approved_release(organisation: Organisation) -> HistoryEntry | None:
    """Return the release whose approval an approved policy claims, if it claims one."""
    control = organisation.profile.policy
    history = organisation.history
    if control.status != "approved":
        return None
    namesake = next((entry for entry in history if entry.version == control.version), None)
    if namesake:
        return namesake
    last = next((entry for entry in reversed(history) if entry.status == "approved"), None)
    if last is None:
        return None
    return last if is_same_approval(organisation, last) else None


def is_same_approval(organisation: Organisation, release: HistoryEntry) -> bool:
    """Whether a profile bears the approval of a release, and its day of issue."""
    control = organisation.profile.policy
    return (control.approved_at, control.issued) == (release.approved_at, release.issued)


def _changed_release(
    organisation: Organisation, release: HistoryEntry, changes: Iterable[str]
) -> Problem:
    """Report a released version that has changed; a warning once it has a new approval."""
    version = release.version
    places = named_places(changes)
    what = f"Version {version} is released, and the policy no longer says the same in {places}."
    is_same = is_same_approval(organisation, release)
    then = "; until it is agreed, set policy.status to draft" if is_same else ""
    mend = Message(
        f"Release the next version with --minor or --major{then}.",
        on_page=f"Release the next version, minor or major, on the page Release{then}.",
    )
    level = Level.ERROR if is_same else Level.WARNING
    location = organisation.location(("policy", "version"))
    return Problem(what, mend, location, level, code="PG523", field=("policy", "version"))


def _same_approval(organisation: Organisation, version: str, changes: Iterable[str]) -> Problem:
    what = (
        f"The approval and the date of issue are those of version {version}, "
        f"and the policy has changed since in {named_places(changes)}."
    )
    mend = (
        "Set policy.approved_at and policy.issued to when this version was agreed; "
        "until then, set policy.status to draft."
    )
    field = ("policy", "approved_at")
    return Problem(what, mend, organisation.location(field), code="PG524", field=field)


def named_places(changes: Iterable[str]) -> str:
    """Name the first few places that have changed."""
    places = list(changes)
    more = f" and {len(places) - _MANY} more" if len(places) > _MANY else ""
    return ", ".join(places[:_MANY]) + more


def _with_control_of(model: Policy, policy: Policy) -> Policy:
    """Return a policy with the document control of another, to compare all else.

    The table of document control is the other's. Everywhere else its facts print as their own
    paths.
    """
    values = {key: getattr(model.profile.policy, key) for key in _CONTROL}
    control = policy.profile.policy.model_copy(update=values)
    return replace(
        policy,
        profile=policy.profile.model_copy(update={"policy": control}),
        front=_masked_section(policy.front, model.clause(model.outline.front.control)),
        sections=tuple(_masked_section(section) for section in policy.sections),
    )


def _masked_section(section: Section, table: Clause | None = None) -> Section:
    """Mask the control facts of a section; `table` takes the place of its namesake."""
    clauses = [
        table if table and clause.id == table.id else _masked_clause(clause)
        for clause in section.clauses
    ]
    return replace(
        section,
        title=_mask(section.title),
        label=_masked(section.label),
        lead=_masked(section.lead),
        stake=_masked(section.stake),
        manager=_masked(section.manager),
        decides=_masked(section.decides),
        by=_masked(section.by),
        measure=_masked(section.measure),
        clauses=tuple(clauses),
    )


def _masked_clause(clause: Clause) -> Clause:
    tellings = [replace(t, wording=_mask(t.wording)) for t in clause.tellings]
    return replace(
        clause,
        title=_mask(clause.title),
        label=_masked(clause.label),
        tellings=tuple(tellings),
    )


def _masked(wording: Wording | None) -> Wording | None:
    return wording and _mask(wording)


def _mask(wording: Wording) -> Wording:
    """Print each control fact as its path."""
    return replace(wording, pieces=tuple(map(_masked_piece, wording.pieces)))


def _masked_piece(piece: Piece) -> Piece:
    if isinstance(piece, Loop):
        return replace(piece, pieces=tuple(map(_masked_piece, piece.pieces)))
    if isinstance(piece, Printed) and piece.fact in _CONTROL_FACTS:
        return replace(piece, text=piece.fact)
    return piece


def changes_between(before: Policy, after: Policy) -> tuple[str, ...]:
    """Return where two policies differ: clauses, heads of sections, else words around them."""
    found = (*_changed_clauses(before, after), *_changed_heads(before, after))
    return found or tuple(_changed_around(before, after))


def _changed_clauses(before: Policy, after: Policy) -> Iterator[str]:
    known = {clause.id: _printed_parts(clause) for clause in before.clauses()}
    now = {clause.id: _printed_parts(clause) for clause in after.clauses()}
    yield from (id for id in {**known, **now} if known.get(id) != now.get(id))


def _printed_parts(clause: Clause) -> Any:
    """Return all of a clause that a reader sees, and nothing of where it comes from."""
    lines = [(telling.tier, telling.wording.text) for telling in clause.tellings]
    slip = clause.citations, clause.audience, clause.under, clause.yes, clause.no
    label = clause.label.text if clause.label else ""
    return clause.number, label, clause.title.text, lines, slip


def _changed_heads(before: Policy, after: Policy) -> Iterator[str]:
    from policygen.report.sentences import HEAD_LABELS  # most policies are no release's

    known = {section.id: section for section in before.sections}
    for section in after.sections:
        if section.id not in known:
            continue
        for part, name in HEAD_LABELS.items():
            old, new = getattr(known[section.id], part), getattr(section, part)
            if (old and old.text) != (new and new.text):
                yield f"{section.id} ({name.lower()})"


def _changed_around(before: Policy, after: Policy) -> Iterator[str]:
    """Compare the words that no clause holds: labels, names of readers, sources in full."""
    known = before.outline.editions
    editions = [key for key, edition in after.outline.editions.items() if edition.whole]
    both = [key for key in editions if key in known]
    if any(_edition_text(before, key) != _edition_text(after, key) for key in both):
        yield "the words around its clauses"


def _edition_text(policy: Policy, edition: str) -> bytes:
    """Print an edition without later releases and who has checked its sources, and when."""
    sources = tuple(_as_checked(source) for source in policy.sources)
    plain = replace(policy, history=(), handbook_issues=(), handbook_state="", sources=sources)
    return writer("md").write(present(plain, edition))


def _as_checked(source: Source) -> Source:
    """Return a source as one that was looked up on no day: to confirm one changes no words."""
    status = "in-force" if source.status == "unverified" else source.status
    return replace(source, checked_on=None, status=status)
