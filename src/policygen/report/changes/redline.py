"""Two policies -> an edition of the second, with each change from the first marked in its place."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any, cast

from policygen.diff.blocks import Redline
from policygen.markdown.prose import ProseCache
from policygen.model import document as doc
from policygen.model.comparison.difference import ComparisonScope, Differences
from policygen.model.document import Table
from policygen.model.outline.label import fill_label
from policygen.model.outline.outline import Edition
from policygen.model.policy import Policy
from policygen.present.cut import Cut
from policygen.present.edition import lay_out
from policygen.present.front_matter import version_and_status
from policygen.problems import Message, PolicygenError, Problem


def redline(found: Differences, edition: str = "", prose: ProseCache | None = None) -> doc.Document:
    """One edition of the policy; left out, that to which the comparison was narrowed.

    That is an edition, a tier, a section, or else the one that tells every clause most deeply.

    Accepting every change gives the second policy, rejecting every change gives the first: that
    holds for what stands in the body and in the control table. Head, foot, contents and properties
    are the second's, and so is the name that the changes bear; its lead says what it is compared
    with. Sources and gaps are numbered so that one which both have has one number.
    `prose` holds the words that were parsed before in this run; both policies share most of them.
    """
    prose = prose or ProseCache()
    now = Cut(found.second, _edition(found.second, edition, found.scope), prose=prose)
    was = Cut(found.first, _edition(found.first, edition, found.scope), now.numbering, prose=prose)
    before, after = lay_out(was), lay_out(now)
    merge = Redline()
    control = _control(merge, before.masthead.control, after.masthead.control)
    body = merge.blocks(_renamed(before.body, _new_ids(found)), after.body)
    compared = fill_label(now.labels["compared"], name=_name_of_first(was, now))
    lead = f"{after.masthead.lead} {compared}".strip()
    masthead = replace(after.masthead, control=control, lead=lead)
    meta = replace(after.meta, reviser=now.policy.profile.name)
    names = doc.ChangeNames(now.labels["inserted"], now.labels["deleted"])
    return replace(after, meta=meta, body=body, masthead=masthead, change_names=names)


def _new_ids(found: Differences) -> dict[str, str]:
    """Return the second policy's ids of clauses that have another in the first, by the first."""
    both = [(pair.first, pair.second) for pair in found.pairs if pair.first and pair.second]
    return {first.id: second.id for first, second in both if first.id != second.id}


def _name_of_first(was: Cut, now: Cut) -> str:
    """Return whose policy the second is compared with: another body's, or its own at a version."""
    name = was.policy.profile.name
    return name if name != now.policy.profile.name else version_and_status(was)


def _edition(policy: Policy, key: str, scope: ComparisonScope) -> Edition:
    """Return the edition of a key, or else that of a scope, in one section if it has one.

    Raises PolicygenError where the policy has none.
    """
    editions = policy.outline.editions
    key = key or scope.edition
    if key:
        fitting = [editions[key]] if key in editions else []
    elif scope.tier:
        fitting = _of_tier(editions.values(), scope.tier)
    else:
        fitting = [policy.outline.full]
    if not fitting:
        what = f"{policy.profile.name} has no edition to compare at this depth."
        names = ", ".join(editions)
        mend = Message(f"Give --edition: {names}.", on_page=f"Choose an edition: {names}.")
        raise PolicygenError([Problem(what, mend, code="PG470")])
    if scope.section in ("", policy.outline.front.section):
        return fitting[0]
    return replace(fitting[0], sections=(scope.section,))


def _of_tier(editions: Iterable[Edition], tier: str) -> list[Edition]:
    """Return the editions of the whole policy that tell a tier, that tier alone, shortest first."""
    telling = [edition for edition in editions if edition.whole and tier in edition.tiers]
    shortest_first = sorted(telling, key=lambda edition: len(edition.tiers))
    return [replace(edition, tiers=(tier,)) for edition in shortest_first]


def _control(merge: Redline, first: Table | None, second: Table | None) -> Table | None:
    if first is None or second is None:
        return second
    merged = merge.blocks((first,), (second,))
    if len(merged) > 1:  # tables of another make: it is the second's, as the masthead is
        return second
    return cast(Table, merged[0])


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
