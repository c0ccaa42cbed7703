"""A policy in two parts: what its approver signs, and what its owner changes without the board.

The owner's part is the tellings of the tiers that are `by_owner`, and the facts of the owner that a
shorter telling prints, such as the telephone numbers of a poster. All else is the approver's.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from policygen.model.outline.outline import Outline
from policygen.model.policy import Clause, Policy, Section, Telling
from policygen.model.wording import Loop, Piece, Printed, Wording


def approvers_part(policy: Policy, outline: Outline) -> Policy:
    """Return a policy without what its owner changes.

    The facts of the owner print as their paths there, but in a rule: whoever signs it signs them.
    `outline` says what is the owner's; that of an older policy may not.
    """
    return replace(
        policy,
        handbook_issues=(),
        handbook_state="",
        front=_section(policy.front, outline),
        sections=tuple(_section(section, outline) for section in policy.sections),
    )


def _section(section: Section, outline: Outline) -> Section:
    signed = (clause for clause in section.clauses if not _is_owners(clause, outline))
    return replace(section, clauses=tuple(_clause(clause, outline) for clause in signed))


def _is_owners(clause: Clause, outline: Outline) -> bool:
    """Whether all that a clause tells is the owner's, such as a list of what to do on a day."""
    tellings = clause.tellings
    return bool(tellings) and all(_is_by_owner(telling, outline) for telling in tellings)


def _clause(clause: Clause, outline: Outline) -> Clause:
    signed = (telling for telling in clause.tellings if not _is_by_owner(telling, outline))
    return replace(clause, tellings=tuple(_masked(telling, outline) for telling in signed))


def _is_by_owner(telling: Telling, outline: Outline) -> bool:
    tier = outline.tiers.get(telling.tier)
    return tier is not None and tier.by_owner


def _masked(telling: Telling, outline: Outline) -> Telling:
    """Return a telling that prints each fact of the owner as its path; a rule as it stands."""
    tier = outline.tiers.get(telling.tier)
    if tier is None or tier.required:
        return telling
    pieces = tuple(_masked_piece(piece, outline) for piece in telling.wording.pieces)
    return replace(telling, wording=replace(telling.wording, pieces=pieces))


def _masked_piece(piece: Piece, outline: Outline) -> Piece:
    if isinstance(piece, Printed) and outline.is_owner_fact(piece.fact):
        return replace(piece, text=piece.fact, gap=False)
    if isinstance(piece, Loop):
        if outline.is_owner_fact(piece.over):
            return replace(piece, pieces=(piece.over,))
        return replace(piece, pieces=tuple(_masked_piece(one, outline) for one in piece.pieces))
    return piece


def owners_part(clause: Clause, outline: Outline) -> tuple[tuple[str, str], ...]:
    """Return what a clause tells of the owner's: (tier, text); elsewhere, (fact, text).

    Of a clause that is the owner's as a whole, its title is too.
    """
    parts = [("", clause.title.text)] if _is_owners(clause, outline) else []
    for telling in clause.tellings:
        if _is_by_owner(telling, outline):
            parts.append((telling.tier, telling.wording.text))
        else:
            parts += _owners_values(telling.wording, outline)
    return tuple(parts)


def _owners_values(wording: Wording, outline: Outline) -> Iterator[tuple[str, str]]:
    yield from ((fact, text) for fact, text in wording.values if outline.is_owner_fact(fact))
