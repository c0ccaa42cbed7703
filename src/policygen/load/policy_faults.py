"""What the types of a policy.json cannot say: names lead somewhere, texts can be printed.

Whoever prints or compares a policy relies on it, and looks nothing up twice.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from pathlib import PurePath
from typing import Any

from policygen.characters import bad_characters
from policygen.load.look.picture import picture_fault
from policygen.model.document import Mark
from policygen.model.fragment import EditKind
from policygen.model.language import LANGUAGE_TAG
from policygen.model.outline.label import slot_fault, slot_names
from policygen.model.outline.outline import Outline
from policygen.model.policy import SECTION_PARTS, Clause, Origin, Policy, Section
from policygen.model.profile import LOGO_TYPES

_NAME = re.compile(r"\w[\w.-]{0,60}")  # of an edition: its files are called by it
_WAYS = tuple(mark.value for mark in Mark)
_EDITS = tuple(change.value for change in EditKind)


def policy_faults(policy: Policy, labels: Mapping[str, str], tree: Any) -> Iterator[str]:
    """Yield each fault as a sentence.

    `labels` are those that documents print today, `tree` is the policy's JSON as it was read.
    """
    sources = {source.id for source in policy.sources}
    if not LANGUAGE_TAG.fullmatch(policy.language):
        yield f'"{policy.language}" is not a language tag.'
    yield from _outline(policy.outline, labels)
    for section in (policy.front, *policy.sections):
        yield from _origins(section.id, section.origins, SECTION_PARTS, policy.outline)
        for clause in section.clauses:
            yield from _clause(clause, policy.outline, sources)
    for section in policy.sections:
        yield from _chart(section)
    for removed in policy.removed:
        yield from _origins(removed.id, removed.origins, _EDITS, policy.outline)
    yield from _logo(policy)
    for text in _texts(tree):
        for bad in bad_characters(text):
            yield f"A text holds a character that no document can have: {bad.what}"


def _logo(policy: Policy) -> Iterator[str]:
    """A stranger's logo is looked at as one from a folder is."""
    if not policy.logo:
        return
    name = policy.profile.brand.logo or ""
    media_type = LOGO_TYPES.get(PurePath(name).suffix.lower())
    try:
        data = base64.b64decode(policy.logo, validate=True)
    except (binascii.Error, ValueError):
        data = b""
    if media_type is None or picture_fault(data, media_type):
        yield "The logo is no picture that can be printed."


def _outline(outline: Outline, labels: Mapping[str, str]) -> Iterator[str]:
    for key, edition in outline.editions.items():
        if not _NAME.fullmatch(key):
            yield f'The edition "{key}" has a name that no file can have.'
        if edition.audience and edition.audience not in outline.audiences:
            yield f'The edition "{key}" is for {edition.audience}, who are not there.'
        for tier in edition.tiers:
            if tier not in outline.tiers:
                yield f'The edition "{key}" is of the tier "{tier}", which is not there.'
        if len({outline.tiers[tier].form for tier in edition.tiers if tier in outline.tiers}) != 1:
            yield f'The edition "{key}" has no tier, or tiers of two forms.'
    for audience in outline.audiences:
        if not _NAME.fullmatch(audience):
            yield f'The audience "{audience}" has a name that no file can have.'
    if not any(map(outline.tells_every_clause, outline.editions.values())):
        yield "No edition tells the whole policy at a depth at which every clause is told."
    for key, text in outline.labels.items():
        fault = slot_fault(text, slot_names(labels[key])) if key in labels else ""
        if fault:
            yield f'The label "{key}" {fault}.'


def _clause(clause: Clause, outline: Outline, sources: Container[str]) -> Iterator[str]:
    for citation in clause.citations:
        if citation.source not in sources:
            yield f"{clause.id} cites {citation.source}, which is not there."
    for name in clause.audience:
        if name not in outline.audiences:
            yield f"{clause.id} is for {name}, who are not there."
    if clause.under not in ("", *_WAYS):
        yield f'{clause.id} is under "{clause.under}", which is none of {", ".join(_WAYS)}.'
    for telling in clause.tellings:
        tier = outline.tiers.get(telling.tier)
        if tier is None:
            yield f'{clause.id} is told at the tier "{telling.tier}", which is not there.'
        elif tier.form != "clauses" and not telling.wording.text.strip():
            yield f"{clause.id} has a line for the {tier.heading.lower()} that says nothing."
    yield from _origins(clause.id, clause.origins, _EDITS, outline)


def _origins(
    id: str, origins: Iterable[Origin], edits: Sequence[str], outline: Outline
) -> Iterator[str]:
    known = ", ".join(edits)
    for origin in origins:
        if origin.edit not in edits:
            yield f'{id} has an origin that does "{origin.edit}", which is none of {known}.'
        for tier in origin.tiers:
            if tier not in outline.tiers:
                yield f'{id} has an origin at the tier "{tier}", which is not there.'


def _chart(section: Section) -> Iterator[str]:
    """Check that each question of a chart leads to another, or to an outcome."""
    known = {*_WAYS, *(clause.id for clause in section.clauses)}
    for clause in section.clauses:
        is_question = bool(clause.yes or clause.no)
        ways = {clause.yes, clause.no} - {"", "next"}
        if is_question and not (ways and ways <= known):
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
