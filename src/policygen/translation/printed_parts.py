"""Which parts of clauses and sections an edition prints, so that no more is translated for it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from policygen.model.policy import SECTION_PARTS, Clause, Policy, Section
from policygen.present.cut import Cut

_NAMES = ("title", "label")


def printed_parts(policy: Policy, editions: Sequence[str]) -> frozenset[tuple[str, str]]:
    """Return (clause or section, part): the title, the label, a tier, or a section's own words."""
    found: set[tuple[str, str]] = set()
    for edition in editions:
        cut = Cut(policy, policy.outline.editions[edition])
        for section in cut.sections:
            found.update(_section(cut, section))
        found.update(_front(cut))
    return frozenset(found)


def _section(cut: Cut, section: Section) -> Iterator[tuple[str, str]]:
    clauses = cut.told_clauses(section)
    if not clauses and cut.form != "essentials":
        return
    parts = _NAMES if cut.form == "rules" else SECTION_PARTS
    yield from ((section.id, part) for part in parts)
    is_chart = section.id == cut.policy.outline.front.chart
    for clause in clauses:
        yield from _clause(cut, clause, whole_name=is_chart or cut.form == "clauses")


def _clause(cut: Cut, clause: Clause, *, whole_name: bool) -> Iterator[tuple[str, str]]:
    """Yield what is printed of a clause: where room is short, a label stands for its title."""
    yield clause.id, "label"
    if whole_name or not clause.label:
        yield clause.id, "title"
    yield from ((clause.id, telling.tier) for telling in cut.tellings(clause))


def _front(cut: Cut) -> Iterator[tuple[str, str]]:
    """Yield what is printed about the document: its title, whom to ask, its control."""
    outline = cut.policy.outline
    told = {clause.id for clause in cut.front_clauses()} if cut.edition.layout == "book" else set()
    for clause in cut.policy.front.clauses:
        if clause.id == outline.front.title or clause.id in told:
            yield from _clause(cut, clause, whole_name=True)
            yield from ((clause.id, telling.tier) for telling in cut.front_tellings(clause))
        elif clause.id in (outline.front.ask, outline.front.control):
            yield clause.id, "title"
            book = cut.edition.layout == "book"
            tiers = (*cut.edition.tiers, *outline.tiers) if book else tuple(outline.tiers)
            yield from [(clause.id, tier) for tier in tiers if clause.told(tier)][:1]
