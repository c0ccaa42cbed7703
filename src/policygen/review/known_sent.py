"""What was sent -> SentFile: its parts and what people call them, once for all copies."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from policygen.diff.facts import names_of_commitments
from policygen.markdown import prose
from policygen.model.document import Document
from policygen.model.document.walk import plain
from policygen.model.fragment import Passage
from policygen.model.policy import Clause, Policy
from policygen.model.returned.copy import PartKind, ReturnedCopy
from policygen.model.returned.known import KnownPart, known_parts, single_spaced
from policygen.model.review.review import Sent
from policygen.model.review.sent_file import SentFile
from policygen.review.front import FRONT_NAMES, front_kinds, front_parts


def known_sent(
    sent: Sent,
    policy: Policy,
    document: Document,
    copy: ReturnedCopy,
    passages: Mapping[str, tuple[Passage, ...]] = MappingProxyType({}),
) -> SentFile:
    """Return what was sent; `copy` is its file, read as a copy is beside its `document`.

    `passages` are the unfilled words of each clause that the document tells, by its id.
    """
    names = _names(policy)
    clauses = (_named(part, policy) for part in known_parts(document))
    known = (*front_parts(policy, document), *clauses)
    return SentFile(sent, policy, document, copy, known, names, passages)


def _named(part: KnownPart, policy: Policy) -> KnownPart:
    """Return a part under the name of its clause: a checklist has only headings of its tables."""
    clause = policy.clause(part.id) if part.kind is PartKind.CLAUSE and part.heading else None
    if clause is None:
        return part
    title = single_spaced(plain(prose.parse_inlines(clause.title)))
    return part if title in part.heading else replace(part, heading=title)


def _names(policy: Policy) -> dict[str, str]:
    """Return what people call each clause, by its id, and each commitment, by its path."""
    clauses = {clause.id: _name(clause) for clause in policy.clauses()}
    for id, kind in front_kinds(policy.outline.front).items():
        clauses[id] = FRONT_NAMES[kind]
    return clauses | names_of_commitments(policy)


def _name(clause: Clause) -> str:
    """Return the number of a clause, and the word for its matter or its title."""
    words = plain(prose.parse_inlines(clause.label or clause.title))
    return f"{clause.number} {words}".strip()
