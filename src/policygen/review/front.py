"""The cover and document control of a copy: parts without an anchor, known by their place.

Their words are those of two clauses of the section about the document, so they go by their ids.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from policygen.model.document import (
    Block,
    Document,
    Inline,
    Inlines,
    Paragraph,
    Table,
    Text,
    Value,
)
from policygen.model.document.walk import plain, walk
from policygen.model.outline.outline import Front
from policygen.model.policy import Policy
from policygen.model.returned.copy import PartKind, ReturnedCopy
from policygen.model.returned.known import KnownPart

FRONT_NAMES = {PartKind.MASTHEAD: "The cover", PartKind.CONTROL: "Document control"}


def front_kinds(front: Front) -> dict[str, PartKind]:
    """Return the clause whose words each part of the front prints, by its id."""
    return {front.title: PartKind.MASTHEAD, front.control: PartKind.CONTROL}


def with_front_ids(copy: ReturnedCopy, front: Front) -> ReturnedCopy:
    """Return a copy in which the parts of the front go by the ids of their clauses."""
    ids = {kind: id for id, kind in front_kinds(front).items()}
    parts = (replace(part, id=ids.get(part.kind, part.id)) for part in copy.parts)
    return replace(copy, parts=tuple(parts))


def front_parts(policy: Policy, document: Document) -> tuple[KnownPart, ...]:
    """Return the cover and document control of a document that a policy was printed as."""
    front = policy.outline.front
    blocks: dict[str, tuple[Block, ...]] = {front.title: tuple(_cover(policy, document))}
    strips = (one for one in walk(document.body) if isinstance(one, Table) and one.strip)
    if control := document.masthead.control or next(strips, None):
        blocks[front.control] = (control,)
    kinds = front_kinds(front)
    return tuple(
        KnownPart(id, kinds[id], front.section, FRONT_NAMES[kinds[id]], blocks=told)
        for id, told in blocks.items()
    )


def _cover(policy: Policy, document: Document) -> Iterator[Paragraph]:
    """Yield the names, the title and the line below it, in which facts are facts."""
    from policygen.markdown import prose  # most reviews print no cover, and need no Markdown

    head = document.masthead
    for language, name in head.local_names:
        yield Paragraph((Value(f"organisation.local_names.{language}", name),))
    yield Paragraph((Value("organisation.name", head.organisation),))
    clause = policy.clause(policy.outline.front.title)
    title = prose.parse_inlines(clause.title) if clause else ()
    yield Paragraph(title if plain(title) == head.title else (Text(head.title),))
    if head.lead:
        tellings = clause.tellings if clause else ()
        told = [prose.parse_inlines(one.wording) for one in tellings]
        lead = _joined([one for one in told if plain(one) in head.lead])
        yield Paragraph(lead if plain(lead) == head.lead else (Text(head.lead),))


def _joined(told: list[Inlines]) -> Inlines:
    found: list[Inline] = []
    for one in told:
        found += [Text(" "), *one] if found else one
    return tuple(found)
