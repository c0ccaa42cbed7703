"""Whether a policy in force still says what its release says: all that is printed of the two is compared."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from policygen.model.fragment import Organisation
from policygen.model.policy import Clause, Policy
from policygen.present.edition import present
from policygen.problems import Level, PolicygenError, Problem
from policygen.report.sentences import HEAD_LABELS
from policygen.store.releases import read_release
from policygen.write.writer import writer

_MANY = 5  # clauses that a message names


def moved_on(
    folder: Path, organisation: Organisation, policies: Sequence[Policy]
) -> tuple[Problem, ...]:
    """A warning when a policy in force bears a released version, and says something else than that release."""
    control = organisation.profile.policy
    version = control.version or ""
    if control.status != "approved" or version not in [one.version for one in organisation.history]:
        return ()
    try:
        frozen = {policy.language: policy for policy in read_release(folder, version).policies}
    except PolicygenError as error:
        return error.problems
    both = [(frozen[policy.language], policy) for policy in policies if policy.language in frozen]
    moved = dict.fromkeys(place for one, other in both for place in _differing(one, other))
    if not moved:
        return ()
    named = ", ".join(list(moved)[:_MANY]) + (
        f" and {len(moved) - _MANY} more" if len(moved) > _MANY else ""
    )
    what = f"Version {version} is released, and the policy no longer says the same in {named}."
    mend = "Release the next version with --minor or --major; until it is agreed, set policy.status to draft."
    return (Problem(what, mend, organisation.place(("policy", "version")), Level.WARNING),)


def _differing(one: Policy, other: Policy) -> tuple[str, ...]:
    """Where two policies do not say the same: the ids of clauses, the heads of sections, else what is around them."""
    return (*_clauses(one, other), *_heads(one, other)) or tuple(_around(one, other))


def _clauses(one: Policy, other: Policy) -> Iterator[str]:
    before, after = (
        {clause.id: _told(clause) for clause in policy.clauses()} for policy in (one, other)
    )
    yield from (id for id in {**before, **after} if before.get(id) != after.get(id))


def _told(clause: Clause) -> Any:
    """All of a clause that a reader is shown, and nothing of where it comes from."""
    lines = [(telling.tier, telling.wording.text) for telling in clause.tellings]
    slip = clause.citations, clause.audience, clause.rule, clause.yes, clause.no
    return clause.number, clause.title.text, lines, slip


def _heads(one: Policy, other: Policy) -> Iterator[str]:
    known = {section.id: section for section in one.sections}
    for section in other.sections:
        for part, name in HEAD_LABELS.items() if section.id in known else ():
            before, after = getattr(known[section.id], part), getattr(section, part)
            if (before and before.text) != (after and after.text):
                yield f"{section.id} ({name.lower()})"


def _around(one: Policy, other: Policy) -> Iterator[str]:
    """Words that no clause holds: labels, names of readers and of the body itself, the sources in full."""
    editions = [key for key, edition in other.outline.editions.items() if edition.whole]
    if any(
        _printed(one, key) != _printed(other, key)
        for key in editions
        if key in one.outline.editions
    ):
        yield "the words around its clauses"


def _printed(policy: Policy, edition: str) -> bytes:
    """The words of an edition, without what moves by itself: later releases, and when a source was last checked."""
    sources = tuple(replace(source, checked_on=None) for source in policy.sources)
    return writer("md").write(present(replace(policy, history=(), sources=sources), edition))
