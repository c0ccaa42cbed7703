"""Two policies -> Document: an edition of the second, with every change from the first marked in its place."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, cast

from policygen.diff.blocks import Redline
from policygen.model import document as doc
from policygen.model.comparison.difference import Differences
from policygen.model.document import Table
from policygen.model.label import fill_label
from policygen.model.policy import Edition, Policy
from policygen.present.cut import Cut
from policygen.present.edition import lay_out
from policygen.present.front_matter import version_and_status
from policygen.problems import PolicygenError, Problem


def redline(found: Differences, tier: str = "", section: str = "") -> doc.Document:
    """The whole policy at one depth, or one section of it; left out, at the depth that every clause is told at.

    Accepting every change gives the second policy, rejecting every change gives the first: that holds for what
    stands in the body and in the control table. Head, foot, contents and properties are the second's; sources
    are numbered so that one which both cite has one number.
    """
    now = Cut(found.second, _edition(found.second, tier, section))
    was = Cut(found.first, _edition(found.first, tier, section), now.source_ids())
    before, after = lay_out(was), lay_out(now)
    ids = {
        p.first.id: p.second.id
        for p in found.pairs
        if p.first and p.second and p.first.id != p.second.id
    }
    merge = Redline()
    control = _control(merge, before.masthead.control, after.masthead.control)
    body = merge.blocks(_renamed(before.body, ids), after.body)
    name = (
        was.policy.profile.name
        if was.policy.profile.name != now.policy.profile.name
        else version_and_status(was)
    )
    meta = replace(after.meta, reviser=fill_label(now.labels["compared"], name=name))
    return replace(after, meta=meta, body=body, masthead=replace(after.masthead, control=control))


def _edition(policy: Policy, tier: str, section: str) -> Edition:
    outline = policy.outline
    told = [e for e in outline.editions.values() if e.whole and (e.tier == tier or not tier)]
    edition = next((e for e in told if tier or outline.tiers[e.tier].required), None)
    if edition is None:
        what = f"{policy.profile.name} has no edition that tells the whole policy at this depth."
        mend = f"Give --tier: {', '.join(outline.tiers)}."
        raise PolicygenError([Problem(what, mend, code="PG470")])
    return (
        replace(edition, sections=(section,))
        if section not in ("", outline.front.section)
        else edition
    )


def _control(merge: Redline, first: Table | None, second: Table | None) -> Table | None:
    if first is None or second is None:
        return second
    made = merge.blocks((first,), (second,))
    return (
        cast(Table, made[0]) if len(made) == 1 else second
    )  # of another make, it is the second's, like the head


def _renamed(node: Any, ids: dict[str, str]) -> Any:
    """The first policy's clauses under the ids that the second has for them."""
    if not ids:
        return node
    match node:
        case tuple():
            return tuple(_renamed(one, ids) for one in node)
        case doc.ClauseBlock():
            return replace(node, id=ids.get(node.id, node.id), blocks=_renamed(node.blocks, ids))
        case doc.Group() | doc.Topic() | doc.Aside() | doc.Column():
            return replace(node, blocks=_renamed(node.blocks, ids))
        case doc.Columns():
            return doc.Columns(_renamed(node.columns, ids))
        case doc.List():
            return replace(node, items=_renamed(node.items, ids))
        case doc.ListItem() if node.clause:
            return replace(node, anchor=ids.get(node.anchor, node.anchor))
        case doc.Table():
            return replace(
                node, rows=tuple(replace(r, clause=ids.get(r.clause, r.clause)) for r in node.rows)
            )
        case doc.Heading():
            return replace(node, anchor=ids.get(node.anchor, node.anchor))
    return node
