"""Single clauses of a policy as a document of their own, to be sent as a message."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cached_property

from policygen.model import document as doc
from policygen.model.document import Block, Text
from policygen.model.document.walk import inner_blocks
from policygen.model.outline.outline import Edition
from policygen.model.policy import Clause, Policy
from policygen.present.back_matter import current_line
from policygen.present.cut import Cut
from policygen.present.front_matter import document_title, make_masthead, make_meta, make_running


class _MessageCut(Cut):
    """A message has no list of what is missing, so a gap says it in its place."""

    @cached_property
    def gaps(self) -> dict[str, doc.Gap]:
        return {gap.fact: doc.Gap(gap.fact, gap.label) for gap in self.policy.gaps}


def message(policy: Policy, clauses: Sequence[Clause], tiers: Sequence[str]) -> doc.Document:
    """Lay out clauses with what each of the tiers tells of them, and which version they are of.

    Nothing in it leads to a place within it: it will stand in somebody else's page.
    """
    title = policy.outline.full.title
    cut = _MessageCut(policy, Edition(title=title, tiers=tuple(tiers), layout="brief"))
    running = make_running(cut)
    version = f"{document_title(cut)}, {policy.profile.name}: {running.control}."
    said = tuple(block for clause in clauses for block in _clause(cut, clause))
    current = tuple(line for group in current_line(cut) for line in inner_blocks(group))
    return doc.Document(
        meta=make_meta(cut),
        layout=cut.edition.layout,
        masthead=make_masthead(cut),
        running=replace(running, organisation="", control=""),
        body=(*said, doc.Paragraph((Text(version),), doc.Role.REMARK), *current),
        in_force=policy.profile.policy.status == "approved",
    )


def _clause(cut: Cut, clause: Clause) -> Iterator[Block]:
    yield doc.Heading(2, cut.name(clause), number=clause.number)
    first, *deeper = cut.tellings(clause)
    yield from cut.blocks(clause, first.wording)
    for telling in deeper:
        yield doc.Heading(3, (Text(cut.policy.outline.tiers[telling.tier].heading),))
        yield from cut.blocks(clause, telling.wording)
