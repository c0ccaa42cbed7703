"""The index at the end of a book: every clause by the word for its matter, and by its readers."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from policygen.model import document as doc
from policygen.model.document import Block, Inlines, Text
from policygen.model.document.walk import plain
from policygen.model.outline.label import fill_label
from policygen.model.policy import Clause
from policygen.present.cut import Cut
from policygen.present.front_matter import running_title

_BETWEEN = Text("; ")


def matter_index(cut: Cut) -> Iterator[Block]:
    """Yield the clauses that this edition prints, from A to Z, and those for some readers.

    A copy that is out for comment has none: it needs the room to ask for comments.
    """
    if cut.policy.profile.policy.status == "consultation":
        return
    clauses = list(_indexed(cut))
    letters = _by_letter(cut, clauses)
    if not letters:
        return
    title = cut.labels["index_title"]
    items = tuple(
        doc.ListItem((doc.Paragraph((doc.Strong((Text(letter),)), Text(" "), *joined)),))
        for letter, joined in letters.items()
    )
    heading = doc.Heading(2, (Text(title),), doc.MATTER_INDEX)
    blocks = (heading, doc.List(items), *_by_reader(cut, clauses))
    yield doc.Group(doc.MATTER_INDEX, blocks, doc.MATTER_INDEX, running=running_title(cut, title))


def _indexed(cut: Cut) -> Iterator[Clause]:
    """Yield the clauses that have a word for their matter; the questions of the chart have none."""
    for section in cut.sections:
        if section.id != cut.policy.outline.front.chart:
            for clause in section.clauses:
                is_printed = clause.omission or clause.is_told_in(cut.edition.tiers)
                if clause.label and is_printed:
                    yield clause


def _by_letter(cut: Cut, clauses: list[Clause]) -> dict[str, Inlines]:
    """Return under each first letter the names of clauses with their numbers, each a link."""
    names = [(plain(cut.short_name(clause)), clause) for clause in clauses]
    found: dict[str, list[Inlines]] = {}
    for name, clause in sorted(names, key=lambda pair: _letters(pair[0])):
        link = doc.Link(f"#{clause.id}", (Text(f"{name}\u00a0{clause.number}"),))
        found.setdefault(_letters(name)[:1].upper(), []).append((link,))
    return {letter: _joined(entries) for letter, entries in found.items()}


def _letters(name: str) -> str:
    """Return what a name is sorted by: small letters without accents."""
    apart = unicodedata.normalize("NFD", name.casefold())
    return "".join(character for character in apart if not unicodedata.combining(character))


def _by_reader(cut: Cut, clauses: list[Clause]) -> Iterator[Block]:
    """Yield a line for each audience: the numbers of the clauses that are for it and not for all.

    One that others belong to, such as all staff, has none; nor has a cut for some readers, for all
    of it is theirs.
    """
    outline = cut.policy.outline
    wide = frozenset().union(*outline.wider_audiences.values())
    for audience, name in outline.audiences.items():
        theirs = [clause for clause in clauses if audience in clause.audience]
        if theirs and audience not in wide and not cut.is_for_some:
            words = fill_label(cut.labels["index_readers"], audience=name)
            lead = (doc.Strong((Text(words),)), Text(" "))
            yield doc.Paragraph((*lead, *cut.clause_numbers(theirs)))


def _joined(entries: list[Inlines]) -> Inlines:
    inlines: list[doc.Inline] = []
    for entry in entries:
        inlines += (_BETWEEN, *entry)
    return tuple(inlines[1:])
