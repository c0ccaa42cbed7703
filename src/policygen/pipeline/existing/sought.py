"""A profile -> the clauses that its policy has or could have, as they are looked for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from policygen.compose.composer import unfilled_clauses
from policygen.compose.fold import Draft
from policygen.model.fragment import Organisation
from policygen.model.matching.ranking import SoughtClause
from policygen.model.policy import Clause, Policy
from policygen.model.profile import ContentsChoice, Profile
from policygen.model.wording import Printed
from policygen.pipeline.compose_profile import compose_organisation
from policygen.pipeline.workspace import Workspace

_INNER = r"[^\[\]]*(?:\[[^\[\]]*\][^\[\]]*)*"  # a gap in the words of a link has brackets
_LINK = re.compile(rf"\[({_INNER})\]\([^()\s]*\)")
_LOOSE_MARK = re.compile(r" +([,.;:!?)])")
_MARKS = re.compile(r"[*_`#|>]|^:::.*$|^[ \t]*[-+] ", re.MULTILINE)
_LOGIC = re.compile(r"\{%[^{}]*%\}")
_FACT = re.compile(r"\{\{([^{}]*)\}\}")
_LAST_NAME = re.compile(r"[\w.]*\.|_")
_RULE_OF_TABLE = re.compile(r"^[|:\s-]+$", re.MULTILINE)


def sought_clauses(organisation: Organisation, workspace: Workspace) -> tuple[SoughtClause, ...]:
    """Return every clause that the body's layers have, whether its policy takes it or not.

    They are filled as a draft's, so that a missing fact is no error. Raises PolicygenError for what
    keeps the policy from being composed.
    """
    whole = _with_everything(organisation, workspace)
    policy = policy_with_everything(organisation, workspace)
    drafts = unfilled_clauses(workspace.library, whole, workspace.caches.compose)
    return tuple(_sought(policy, drafts))


def policy_with_everything(organisation: Organisation, workspace: Workspace) -> Policy:
    """Return an organisation's policy as a draft with every clause in it. Raises PolicygenError."""
    return compose_organisation(_with_everything(organisation, workspace), workspace).policies[0]


def _with_everything(organisation: Organisation, workspace: Workspace) -> Organisation:
    """Return the organisation as if it took every clause and its policy were a draft."""
    profile: Profile = organisation.profile
    furthest = list(workspace.library.outline.grades.extents)[-1:]
    changes = {
        "extent": furthest[0] if furthest else None,
        "contents": ContentsChoice(),
        "policy": profile.policy.model_copy(update={"status": "draft"}),
    }
    return replace(organisation, profile=profile.model_copy(update=changes), warnings=())


def _sought(policy: Policy, drafts: Mapping[str, Mapping[str, Draft]]) -> Iterator[SoughtClause]:
    """Yield the clauses in the order in which they fold, those too whose condition fails."""
    filled = {clause.id: clause for section in policy.sections for clause in section.clauses}
    titles = {section.id: section.title.text for section in policy.sections}
    for id, of_place in drafts.items():
        section = id.partition(".")[0]
        if section == policy.front.id:
            continue
        asks = (ask for draft in of_place.values() for ask in draft.asks)
        words = tuple(dict.fromkeys(asks))
        title = titles.get(section, section)
        if id in filled:
            yield _filled(filled[id], section, title, words)
        else:
            draft = next(iter(of_place.values()))
            found = _unfilled(draft, section, title, words)
            yield replace(found, binding=any(one.binding for one in of_place.values()))


def _filled(clause: Clause, section: str, title: str, asks: tuple[str, ...]) -> SoughtClause:
    rules = [one.wording.skeleton for one in clause.tellings if one.tier == "rule"]
    gaps = {
        piece.fact
        for one in clause.tellings
        for piece in one.wording.pieces
        if isinstance(piece, Printed) and piece.gap
    }
    values = {path: value for one in clause.tellings for path, value in one.wording.values}
    return SoughtClause(
        id=clause.id,
        section=section,
        section_title=title,
        label=clause.label.text if clause.label else "",
        title=clause.title.text,
        tellings={one.tier: plain_words(one.wording.text) for one in clause.tellings},
        asks=asks,
        values={path: value for path, value in values.items() if path not in gaps},
        skeleton=next(iter(rules), ""),
        binding=clause.binding,
    )


def _unfilled(draft: Draft, section: str, title: str, asks: tuple[str, ...]) -> SoughtClause:
    texts = {tier: "\n\n".join(p.text for p in ps) for tier, ps in draft.tellings.items()}
    return SoughtClause(
        id=draft.id,
        section=section,
        section_title=title,
        label=_without_braces(draft.label.text) if draft.label else "",
        title=_without_braces(draft.title.text),
        tellings={tier: plain_words(_without_braces(text)) for tier, text in texts.items()},
        asks=asks,
        needs=draft.when.text if draft.when else "",
        skeleton=texts.get("rule", ""),
    )


def _without_braces(source: str) -> str:
    """Return unfilled wording with the last name of each fact in its place: `press office`."""
    text = _LOGIC.sub(" ", source)
    return _FACT.sub(lambda found: _LAST_NAME.sub(" ", found[1].partition("|")[0]), text)


def plain_words(markdown: str) -> str:
    """Return the words of some Markdown without its marks, a line for each.

    A gap keeps its brackets, so that it is not read as words.
    """
    text = _RULE_OF_TABLE.sub("", _LINK.sub(r"\1", markdown))
    lines = (" ".join(line.split()) for line in _MARKS.sub(" ", text).split("\n"))
    lines = (_LOOSE_MARK.sub(r"\1", line) for line in lines)  # a link ends before a full stop
    return "\n".join(filter(None, lines))
