"""The headings that a body demands, with the sections that its profile puts under each."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import TypeVar

from policygen.model import document as doc
from policygen.model.document import Block, Blocks, Text
from policygen.model.language import localise
from policygen.model.outline.label import fill_label_inlines
from policygen.model.profile import OwnHeading
from policygen.present.cut import Cut
from policygen.present.front_matter import running_title

UNDER = "under"  # the role of a group that is such a heading
_SECTION = "section"  # the role of a group that is a section
_WORD = re.compile(r"[^\W_]+")
_LISTED = 3  # levels of the contents list: headings and sections

Node = TypeVar("Node", bound=Block)


def under_headings(cut: Cut, blocks: Blocks) -> Blocks:
    """Put the sections of a book under the headings of its body, each a level lower.

    What a heading does not hold stays where it is, and sections of none stand under a last one.
    """
    headings = cut.policy.profile.contents.headings
    if not headings or cut.edition.layout != "book":
        return blocks
    groups = {block.anchor: block for block in blocks if isinstance(block, doc.Group)}
    sections = {id: group for id, group in groups.items() if group.role == _SECTION}
    named = {id for heading in headings for id in heading.sections}
    rest = [id for id in sections if id not in named]
    held: list[Block] = []
    anchors: set[str] = set()
    for heading in headings:
        ids = [*heading.sections, *(rest if heading.rest else ())]
        found = [groups[id] for id in ids if id in groups]
        held += _heading(cut, _anchor(cut, heading, anchors), heading, found)
    if rest and not any(heading.rest for heading in headings):
        last = OwnHeading(title=cut.labels["headings_rest"])
        anchor = _anchor(cut, last, anchors)
        held += _heading(cut, anchor, last, [sections[id] for id in rest])
    placed = named | sections.keys()
    others = [b for b in blocks if not (isinstance(b, doc.Group) and b.anchor in placed)]
    before = [block for block in others if _is_front(block)]
    after = [block for block in others if not _is_front(block)]
    return (*map(_with_listed_sections, before), *held, *after)


def _is_front(block: Block) -> bool:
    return isinstance(block, doc.Group) and block.role == "front"


def _anchor(cut: Cut, heading: OwnHeading, taken: set[str]) -> str:
    """Return where a heading is found: by its words, so that a comparison finds its namesake."""
    title = str(localise(heading.title, cut.policy.language)).lower()
    slug = "-".join(["heading", *_WORD.findall(title)])
    anchor = slug if slug not in taken else f"{slug}-{len(taken) + 1}"
    taken.add(anchor)
    return anchor


def _heading(cut: Cut, anchor: str, heading: OwnHeading, found: list[doc.Group]) -> Iterator[Block]:
    """Yield a heading, a line where it has one, and the sections under it."""
    title = localise(heading.title, cut.policy.language)
    blocks: list[Block] = [doc.Heading(2, (Text(title),), anchor)]
    if heading.text:
        blocks.append(doc.Paragraph((Text(localise(heading.text, cut.policy.language)),)))
    if heading.see:
        see = localise(heading.see.title, cut.policy.language)
        link = doc.Link(heading.see.url, (Text(see),)) if heading.see.url else Text(see)
        line = fill_label_inlines(cut.labels["headings_see"], document=(link,))
        blocks.append(doc.Paragraph(line))
    if not found and not (heading.text or heading.see):
        blocks.append(doc.Paragraph((Text(cut.labels["headings_empty"]),)))
    yield doc.Group(anchor, tuple(blocks), UNDER, running=running_title(cut, title))
    yield from (_lowered(group) for group in found)


def _lowered(block: Node) -> Node:
    """Return a block with each of its headings a level lower."""
    if isinstance(block, doc.Heading):
        return replace(block, level=block.level + 1)
    if isinstance(block, (doc.Group, doc.ClauseBlock)):
        return replace(block, blocks=tuple(map(_lowered, block.blocks)))
    return block


def _with_listed_sections(block: Block) -> Block:
    """Return the front with a contents list of headings and sections, and of no clauses."""
    if isinstance(block, doc.Group):
        return replace(block, blocks=tuple(map(_with_listed_sections, block.blocks)))
    return replace(block, depth=_LISTED) if isinstance(block, doc.Contents) else block
