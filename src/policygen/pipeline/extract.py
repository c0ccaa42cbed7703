"""`policygen extract`: single clauses of a policy, to be sent as a message."""

from __future__ import annotations

from collections.abc import Sequence

from policygen.model.document import Document
from policygen.model.outline.outline import Outline
from policygen.pipeline.names.clauses import find_clauses
from policygen.pipeline.names.subject import find_subject
from policygen.pipeline.workspace import Workspace
from policygen.present.message import message
from policygen.problems import PolicygenError, Problem, nearest

_PUBLIC = "public"  # the audience of house rules: what they may read, any message may hold


def extract(
    name: str,
    clauses: Sequence[str],
    workspace: Workspace,
    tiers: Sequence[str] = (),
    language: str = "",
) -> Document:
    """Return a document of the clauses that are named.

    `name` is that of a profile, a release or a policy.json. Left out, `tiers` are the rule and the
    numbers and addresses that belong to it. A name of a section means all its clauses that are told
    there. Raises PolicygenError.
    """
    policy = find_subject(name, workspace, language).policy
    depths = _tiers(policy.outline, tiers)
    return message(policy, find_clauses(policy, clauses, depths), depths)


def _tiers(outline: Outline, names: Sequence[str]) -> tuple[str, ...]:
    """Return the tiers of these names, in the outline's order. Raises PolicygenError."""
    unknown = [name for name in names if name not in outline.tiers]
    if unknown:
        raise PolicygenError(
            Problem(f'There is no tier "{name}".', nearest(name, outline.tiers), code="PG606")
            for name in unknown
        )
    wanted = names or _rule_and_details(outline)
    return tuple(key for key in outline.tiers if key in wanted)


def _rule_and_details(outline: Outline) -> set[str]:
    """Return the tiers in which every clause is told, and what editions for the public tell."""
    required = {key for key, tier in outline.tiers.items() if tier.required}
    public = (one.tiers for one in outline.editions.values() if one.audience == _PUBLIC)
    return required.union(*(tiers for tiers in public if required.issubset(tiers)))
