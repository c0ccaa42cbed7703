"""What the types of a policy.json cannot say: every name leads somewhere, and every text can be printed.

Whoever prints or compares a policy relies on it, and looks nothing up twice.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from pydantic_core import from_json as parsed

from policygen.model.document import Mark
from policygen.model.fragment import EditKind
from policygen.model.label import slot_fault, slot_names
from policygen.model.language import LANGUAGE_TAG
from policygen.model.policy import Clause, Origin, Outline, Policy, Section

_RESERVED = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ue000-\uf8ff\ufffe\uffff]"
)  # as for fragments
_NAME = re.compile(r"\w[\w.-]{0,60}")  # of an edition: its files are called by it
_WAYS = tuple(mark.value for mark in Mark)
_EDITS = tuple(change.value for change in EditKind)
_HEAD = ("title", "lead", "decides", "by")  # what an origin of a section may be of


def policy_faults(policy: Policy, labels: Mapping[str, str], data: bytes) -> Iterator[str]:
    """Each as a sentence. `labels` are those that documents print today, `data` is the file as it was read."""
    sources = {source.id for source in policy.sources}
    if not LANGUAGE_TAG.fullmatch(policy.language):
        yield f'"{policy.language}" is not a language tag.'
    yield from _outline(policy.outline, labels)
    for section in (policy.front, *policy.sections):
        yield from _origins(section.id, section.origins, _HEAD, policy.outline)
        for clause in section.clauses:
            yield from _clause(clause, policy.outline, sources)
    for section in policy.sections:
        yield from _chart(section)
    for removed in policy.removed:
        yield from _origins(removed.id, removed.origins, _EDITS, policy.outline)
    try:
        base64.b64decode(policy.logo, validate=True)
    except (binascii.Error, ValueError):
        yield "The logo is not readable."
    if any(_RESERVED.search(text) for text in _texts(parsed(data))):
        yield "A text holds a character that cannot be printed."


def _outline(outline: Outline, labels: Mapping[str, str]) -> Iterator[str]:
    for key, edition in outline.editions.items():
        if not _NAME.fullmatch(key):
            yield f'The edition "{key}" has a name that no file can have.'
        if edition.tier not in outline.tiers:
            yield f'The edition "{key}" is of the tier "{edition.tier}", which is not there.'
    required = [key for key, tier in outline.tiers.items() if tier.required]
    if not any(edition.whole and edition.tier in required for edition in outline.editions.values()):
        yield "No edition tells the whole policy at a depth at which every clause is told."
    for key, text in outline.labels.items():
        fault = slot_fault(text, slot_names(labels[key])) if key in labels else ""
        if fault:
            yield f'The label "{key}" {fault}.'


def _clause(clause: Clause, outline: Outline, sources: Iterable[str]) -> Iterator[str]:
    cited = [citation.source for citation in clause.citations]
    yield from (
        f"{clause.id} cites {source}, which is not there."
        for source in cited
        if source not in sources
    )
    readers = (name for name in clause.audience if name not in outline.audiences)
    yield from (f"{clause.id} is for {name}, who are not there." for name in readers)
    if clause.rule not in ("", *_WAYS):
        yield f'{clause.id} has the rule "{clause.rule}", which is none of {", ".join(_WAYS)}.'
    for telling in clause.tellings:
        tier = outline.tiers.get(telling.tier)
        if tier is None:
            yield f'{clause.id} is told at the tier "{telling.tier}", which is not there.'
        elif tier.form != "clauses" and not telling.wording.text.strip():
            yield f"{clause.id} has a line for the {tier.heading.lower()} that says nothing."
    yield from _origins(clause.id, clause.origins, _EDITS, outline)


def _origins(
    id: str, origins: Iterable[Origin], edits: Iterable[str], outline: Outline
) -> Iterator[str]:
    for origin in origins:
        if origin.edit not in edits:
            yield f'{id} has an origin that does "{origin.edit}", which is none of {", ".join(edits)}.'
        tiers = (tier for tier in origin.tiers if tier not in outline.tiers)
        yield from (
            f'{id} has an origin at the tier "{tier}", which is not there.' for tier in tiers
        )


def _chart(section: Section) -> Iterator[str]:
    known = (*_WAYS, *(clause.id for clause in section.clauses))
    for clause in section.clauses:
        ways = [way for way in (clause.yes, clause.no) if way not in ("", "next")]
        if (clause.yes or clause.no) and not (ways and all(way in known for way in ways)):
            yield f"{clause.id} is a question whose answers lead nowhere."


def _texts(node: Any) -> Iterator[str]:
    if isinstance(node, str):
        yield node
    elif isinstance(node, dict):
        for key, value in node.items():
            yield key
            yield from _texts(value)
    elif isinstance(node, list):
        for value in node:
            yield from _texts(value)
