"""What a draft still lacks: a short mark in the text, and a list at the end that says the rest."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from policygen.model import document as doc
from policygen.model.document import Block, Blocks, Gap, Inlines, Text
from policygen.model.document.walk import text_lines, walk
from policygen.model.language import capitalise, subtag
from policygen.model.outline.label import fill_label_inlines
from policygen.model.outline.outline import Outline
from policygen.model.policy import MissingFact
from policygen.present.cut import Cut
from policygen.present.language import foreign


def list_gaps(cut: Cut, printed: Blocks) -> Iterator[Block]:
    """Yield the list of gaps, or on a poster one paragraph that says what each of its marks means.

    `printed` are the blocks that the document prints before it.
    """
    if not cut.gaps:
        return
    marked = {
        gap.path for block in walk(printed) for line in text_lines(block) for gap in _in(line)
    }
    if cut.edition.layout in doc.ONE_SIDE:
        yield from _paragraph(cut, [gap for path, gap in cut.gaps.items() if path in marked])
        return
    missing = [gap for gap in cut.missing_facts() if _is_listed(cut, gap) or gap.fact in marked]
    if missing:
        heading = doc.Heading(2, (Text(cut.labels["gaps_title"]),), doc.GAP_LIST)
        lead = doc.Paragraph((Text(cut.labels["gaps_lead"]),))
        blocks = (heading, lead, *_by_whom_to_ask(cut, missing))
        yield doc.Group(doc.GAP_LIST, blocks, doc.GAP_LIST)


def _in(inlines: Inlines) -> Iterator[Gap]:
    """Yield the gaps of a line, however deep."""
    for inline in inlines:
        if isinstance(inline, Gap):
            yield inline
        yield from _in(getattr(inline, "children", ()))


def _is_listed(cut: Cut, gap: MissingFact) -> bool:
    """Whether an edition lists a gap: a whole one all, any other those of the clauses it shows."""
    return cut.is_whole or not cut.shown.isdisjoint(gap.clauses)


def _by_whom_to_ask(cut: Cut, missing: Sequence[MissingFact]) -> Iterator[Block]:
    """Yield a heading for each of those who know, and what they know beneath it."""
    order = {ask: at for at, ask in enumerate(dict.fromkeys(gap.ask for gap in missing))}
    grouped = sorted(missing, key=lambda gap: order[gap.ask])
    for ask, gaps in groupby(grouped, key=lambda gap: gap.ask):
        yield doc.Heading(3, _english(cut, ask), listed=False)
        yield doc.List(tuple(_item(cut, gap) for gap in gaps))


def _item(cut: Cut, missing: MissingFact) -> doc.ListItem:
    """Return one gap: its mark, what is missing, and where it is wanted."""
    mark = cut.gaps[missing.fact]
    entry = Gap(mark.path, mark.label, mark.mark)  # which leads nowhere, for this is where it leads
    inlines: list[doc.Inline] = [entry, Text(" "), *_english(cut, missing.label), Text(".")]
    if places := _places(cut, missing):
        wanted = fill_label_inlines(cut.labels["gap_wanted"], clauses=places)
        inlines += [Text(" "), *wanted]
    return doc.ListItem((doc.Paragraph(tuple(inlines)),), mark.anchor)


def _places(cut: Cut, missing: MissingFact) -> Inlines:
    """Return what wants a fact: clauses and sections by number, those without one by title."""
    every = (cut.reference(id) for id in missing.clauses)
    return cut.joined([place for place in every if place])


def _paragraph(cut: Cut, gaps: Sequence[Gap]) -> Iterator[Block]:
    """Yield one paragraph, for a page that has no room for a list."""
    if not gaps:
        return
    named: list[doc.Inline] = []
    for gap in gaps:
        number = doc.Strong((Text(gap.anchor.removeprefix("gap-")),))
        named += [Text(", "), number, Text(" "), *_english(cut, gap.label, capitalised=False)]
    key, title = _edition_with_list(cut.policy.outline)
    edition = cut.leading(key, f"#{doc.GAP_LIST}", title.lower())
    line = fill_label_inlines(cut.labels["gaps_here"], gaps=tuple(named[1:]), edition=edition)
    yield doc.Group(doc.GAP_LINE, (doc.Paragraph(line, doc.Role.REMARK),), doc.GAP_LINE)


def _edition_with_list(outline: Outline) -> tuple[str, str]:
    """Return the key and the title of the shortest whole edition of whole clauses."""
    whole = [
        (len(edition.tiers), not edition.default, key)
        for key, edition in outline.editions.items()
        if edition.whole and outline.form(edition) == "clauses"
    ]
    key = min(whole)[2] if whole else ""
    return key, outline.editions[key].title if key else outline.full.title


def _english(cut: Cut, words: str, *, capitalised: bool = True) -> Inlines:
    """What the program calls a fact, and who knows it, has English names only.

    They are typed as for a terminal; on paper an apostrophe is curly.
    """
    words = words.replace("'", "’")
    inlines: Inlines = (Text(capitalise(words) if capitalised else words),)
    return inlines if subtag(cut.policy.language) == "en" else foreign.tag_line(inlines, "en")
