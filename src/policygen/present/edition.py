"""Policy and edition -> Document: one publication, laid out for its readers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from urllib.parse import quote

from policygen.markdown.prose import ProseCache
from policygen.model import document as doc
from policygen.model.document import Block, Blocks, Inlines, Text
from policygen.model.outline.label import fill_label, fill_label_inlines
from policygen.model.policy import Clause, Policy, Section, Telling
from policygen.model.wording import Wording
from policygen.present.back_matter import (
    commitment_list,
    current_line,
    release_history,
    source_list,
    with_scan_code,
)
from policygen.present.cut import Cut
from policygen.present.forms.chart import decision_chart
from policygen.present.forms.checklist import checklist
from policygen.present.front_matter import (
    is_replaced,
    make_brand,
    make_masthead,
    make_meta,
    make_running,
    running_section,
    unreviewed_notice,
)
from policygen.present.gaps import list_gaps
from policygen.present.headings import under_headings
from policygen.present.language.unreviewed import marked_title
from policygen.present.matter_index import matter_index
from policygen.present.navigation import make_navigation
from policygen.present.template_fields import template_fields
from policygen.present.what_changed import what_changed

_FACTS = ("manager", "decides", "by", "measure")  # of a section, beside its essentials


def present(
    policy: Policy,
    edition: str,
    prose: ProseCache | None = None,
    audience: str = "",
    files: Mapping[str, str] | None = None,
) -> doc.Document:
    """Lay out one edition of a policy; `edition` is a key of the policy's outline.

    `prose` holds the words that were parsed before, in a run that prints many policies. With an
    `audience`, another key of the outline, it is cut to what these readers need. `files` are those
    of the editions printed with this one, without their endings, by key. What a clause prints and
    its number are the same in every edition.
    """
    cut_from = policy.outline.editions[edition]
    return lay_out(Cut(policy, cut_from, prose=prose, audience=audience, files=files))


def is_emptied(policy: Policy, edition: str, audience: str = "") -> bool:
    """Tell whether an edition tells nothing, because the body leaves out what it is cut from.

    A cut for an audience tells nothing where no clause is for it.
    """
    cut = Cut(policy, policy.outline.editions[edition], audience=audience)
    if cut.edition.clause:
        clause = policy.clause(cut.edition.clause)
        return clause is None or not cut.tellings(clause)
    if cut.is_whole or any(cut.told_clauses(section) for section in cut.sections):
        return False
    if audience:
        return True
    sections = cut.edition.sections or policy.outline.sections
    return any(one.section in sections for one in policy.left_out)


def lacking_fact(policy: Policy, edition: str) -> str:
    """Return a fact of the profile that an edition needs and a body does not have, or ""."""
    needs = policy.outline.editions[edition].needs
    return next((fact for fact in needs if not getattr(policy.profile, fact)), "")


def is_told_in_its_language(policy: Policy, edition: str) -> bool:
    """Tell whether a quarter of what an edition tells, or more, is in the policy's own language."""
    cut = Cut(policy, policy.outline.editions[edition])
    clauses = [clause for section in cut.sections for clause in cut.told_clauses(section)]
    if cut.edition.clause:
        clauses = [clause for clause in policy.clauses() if clause.id == cut.edition.clause]
    told = [telling.wording.language for clause in clauses for telling in cut.tellings(clause)]
    return 4 * told.count(policy.language) >= len(told)


def lay_out(cut: Cut) -> doc.Document:
    """The document of what an edition shows."""
    policy = cut.policy
    layouts = {
        "rules": _rules,
        "essentials": _essentials,
        "clauses": _clauses,
        "checklist": checklist,
    }
    masthead = make_masthead(cut)
    told = under_headings(cut, tuple(layouts[cut.form](cut)))
    body = (*unreviewed_notice(cut), *told, *current_line(cut))
    printed = (*body, masthead.control) if masthead.control else body
    status = policy.profile.policy.status
    return doc.Document(
        meta=make_meta(cut),
        layout=cut.edition.layout,
        masthead=masthead,
        running=make_running(cut),
        body=(*body, *list_gaps(cut, printed)),
        brand=make_brand(policy),
        in_force=status == "approved" and not is_replaced(cut),
        pages=policy.budget(cut.edition.pages) or 0,
        close=cut.edition.close,
        compact=cut.is_compact,
        navigation=make_navigation(cut),
        template_fields=template_fields(cut),
    )


# --- Rules: the poster ----------------------------------------------------------------------------


def _rules(cut: Cut) -> Iterator[Block]:
    """Yield principles, the lines under may, think first and never, and whom to ask."""
    principles = next(
        (s for s in cut.sections if s.id == cut.policy.outline.front.principles), None
    )
    if principles and (columns := tuple(_principle(cut, c) for c in cut.told_clauses(principles))):
        heading = doc.Heading(2, cut.short_name(principles), principles.id)
        yield doc.Group(principles.id, (heading, doc.Columns(columns)), "principles")
    yield from _chart(cut)
    every = [clause for section in cut.sections for clause in cut.told_clauses(section)]
    lists = {mark: [clause for clause in every if clause.under == mark.value] for mark in doc.Mark}
    columns = tuple(_list_of(cut, mark, told) for mark, told in lists.items() if told)
    if columns:
        yield doc.Columns(columns)
    yield from with_scan_code(cut, cut.ask())


def _chart(cut: Cut) -> Iterator[Block]:
    """The chart as a part of its own."""
    section = next((s for s in cut.sections if s.id == cut.policy.outline.front.chart), None)
    if section and (blocks := decision_chart(cut, section, only_telling=True)):
        yield doc.Group(
            section.id, (doc.Heading(2, cut.short_name(section), section.id), *blocks), "chart"
        )


def _principle(cut: Cut, clause: Clause) -> doc.Column:
    title = doc.Heading(3, cut.short_name(clause), clause.id)
    return doc.Column((doc.ClauseBlock(clause.id, (title, *_lines(cut, clause))),))


def _lines(cut: Cut, clause: Clause) -> Blocks:
    """Return what a short edition tells of a clause, its tiers one after the other."""
    tellings = cut.tellings(clause)
    return tuple(block for each in tellings for block in cut.blocks(clause, each.wording))


def _list_of(cut: Cut, mark: doc.Mark, clauses: list[Clause]) -> doc.Column:
    items = tuple(item for clause in clauses for item in _items_of(cut, clause))
    heading = doc.Heading(2, (Text(cut.labels[mark.value]),), mark.value, mark=mark)
    return doc.Column((heading, doc.List(items)))


def _items_of(cut: Cut, clause: Clause) -> Iterator[doc.ListItem]:
    """Yield the line of one clause, or its several lines where it tells a list."""
    match _lines(cut, clause):
        case (doc.List(items=(first, *others)),):
            *between, last = [first, *others]
            numbered = replace(last, blocks=_numbered(last.blocks, clause.number))
            first, *others = [*between, numbered]
            yield replace(first, anchor=clause.id, clause=True)
            yield from others
        case blocks:
            yield doc.ListItem(_numbered(blocks, clause.number), clause.id, clause=True)


def _numbered(blocks: Blocks, number: str) -> Blocks:
    """A line with the number of its clause after it, quietly, so that a reader finds the rest."""
    last = blocks[-1]
    if not number or not isinstance(last, doc.Paragraph):
        return blocks
    return (
        *blocks[:-1],
        replace(last, inlines=(*last.inlines, Text(" "), doc.Quiet((Text(f"({number})"),)))),
    )


def _named(cut: Cut, clause: Clause, blocks: Blocks) -> Blocks:
    """Put the number of its clause before an essential, where a margin holds it, and its label."""
    first = blocks[0]
    if not isinstance(first, doc.Paragraph):
        return blocks
    inlines = first.inlines
    if clause.label and not clause.omission:
        inlines = (doc.Strong((*cut.inlines(clause.label), Text("."))), Text(" "), *inlines)
    if clause.number:
        inlines = (doc.Quiet((Text(clause.number),)), Text(" "), *inlines)
    return (replace(first, inlines=inlines), *blocks[1:])


# --- Essentials: the snapshot ---------------------------------------------------------------------


def _essentials(cut: Cut) -> Iterator[Block]:
    """A topic for each section: its lead, and its essentials."""
    chart = cut.policy.outline.front.chart
    for section in cut.sections:
        clauses = cut.told_clauses(section)
        is_told = clauses or (section.lead and section.id != chart)
        if is_told or section.omission or any(clause.omission for clause in section.clauses):
            yield _topic(cut, section, clauses)
    yield from cut.ask()


def _topic(cut: Cut, section: Section, clauses: list[Clause]) -> doc.Topic:
    """Lay out one section for managers: all of it where it holds a clause for every body.

    Any other section shows its strongest rule and what its clauses tell.
    """
    every_body = cut.policy.outline.grades.binding
    whole = any(clause.grade == every_body for clause in section.clauses)
    lines = {clause.id: _lines(cut, clause) for clause in clauses}
    lines |= {c.id: (doc.Paragraph(cut.inlines(c.title)),) for c in section.clauses if c.omission}
    items = tuple(
        doc.ListItem(_named(cut, clause, lines[clause.id]), clause.id, clause=True)
        for clause in section.clauses
        if clause.id in lines
    )
    blocks: list[Block] = []
    if section.lead:
        blocks.append(doc.Paragraph(_line_of(cut, section.lead), doc.Role.LEAD))
    if section.stake and whole:
        blocks.append(doc.Paragraph(_line_of(cut, section.stake)))
    if items:
        blocks.append(doc.List(items))
    facts = tuple(
        (cut.labels[part], _line_of(cut, wording))
        for part, wording in section.parts.items()
        if whole and part in _FACTS
    )
    return doc.Topic(section.id, section.number, cut.short_name(section), tuple(blocks), facts)


def _line_of(cut: Cut, wording: Wording) -> Inlines:
    """Return a line that a section tells, with a star where its translation is unreviewed."""
    return marked_title(cut.inlines(wording), wording)


# --- Clauses: the full story ----------------------------------------------------------------------


def _clauses(cut: Cut) -> Iterator[Block]:
    """Contents and what stands before the sections, every clause in full, sources.

    A brief is cut from a book: its contents, front and sources stand there.
    """
    if cut.edition.layout == "book":
        yield doc.Group("front", tuple(_front(cut)), "front")
    for section in cut.sections:
        if section is cut.alone:
            yield doc.Group(section.id, tuple(_whole_clauses(cut, section, level=2)), "alone")
        elif section.omission or any(
            clause.omission or clause.is_told_in(cut.edition.tiers) for clause in section.clauses
        ):
            running = running_section(cut, section) if cut.edition.layout == "book" else ""
            yield doc.Group(section.id, tuple(_section(cut, section)), "section", running=running)
    if cut.edition.commitments:
        yield from commitment_list(cut)
    if cut.edition.layout == "book":
        yield from source_list(cut)
        yield from release_history(cut)
    if cut.edition.index and not cut.is_compact:
        yield from matter_index(cut)
    if cut.edition.layout != "book" and not cut.alone:  # a sheet's foot says which policy it is
        yield from cut.ask()


def _front(cut: Cut) -> Iterator[Block]:
    """The contents list, and what a reader should know before the first section."""
    yield doc.Contents(
        cut.labels["contents"],
        depth=2 if cut.is_compact else 3,
        update="" if cut.is_compact else cut.labels["contents_update"],
    )
    if cut.edition.changes:
        yield from what_changed(cut)
    for clause in cut.front_clauses():
        heading = doc.Heading(2, cut.inlines(clause.title), clause.id, listed=False)
        first, *others = cut.front_tellings(clause)
        deeper = _deeper(cut, clause, others, level=3)
        yield doc.ClauseBlock(clause.id, (heading, *cut.blocks(clause, first.wording), *deeper))


def _section(cut: Cut, section: Section) -> Iterator[Block]:
    short = cut.listed_name(section)
    yield doc.Heading(2, cut.heading(section), section.id, section.number, short=short)
    if section.lead and not cut.is_compact:
        yield doc.Paragraph(cut.inlines(section.lead), doc.Role.LEAD)
    if section.manager and not cut.is_compact:
        label = doc.Quiet((Text(f"{cut.labels['manager']}: "),))
        yield doc.Paragraph((label, *cut.inlines(section.manager)), doc.Role.REMARK)
    if section.id == cut.policy.outline.front.chart:
        yield from decision_chart(cut, section, only_telling=False)
    yield from _whole_clauses(cut, section, level=3)


def _whole_clauses(cut: Cut, section: Section, level: int) -> Iterator[Block]:
    """Yield each clause whole: its readers, its first telling, its remark, and what is deeper."""
    for clause in section.clauses:
        short = cut.listed_name(clause)
        heading = doc.Heading(level, cut.heading(clause), clause.id, clause.number, short=short)
        tellings = cut.tellings(clause)
        if clause.omission:
            yield doc.ClauseBlock(clause.id, (heading,))
        elif tellings:
            first = (*_readers(cut, clause), *cut.blocks(clause, tellings[0].wording))
            deeper = _deeper(cut, clause, tellings[1:], level + 1)
            yield doc.ClauseBlock(clause.id, (heading, *first, *_remark(cut, clause), *deeper))


def _deeper(cut: Cut, clause: Clause, tellings: Iterable[Telling], level: int) -> Iterator[Block]:
    """Yield what a clause tells beneath its first telling, under each tier's heading or none."""
    for telling in tellings:
        if cut.edition.headings:
            title = cut.policy.outline.tiers[telling.tier].heading
            yield doc.Heading(level, (Text(title),), listed=False)
        yield from cut.blocks(clause, telling.wording)


def _remark(cut: Cut, clause: Clause) -> Iterator[Block]:
    """Yield one quiet line: sources, and in a consultation how to comment."""
    parts = [_cited_sources(cut, clause)]
    if not cut.alone:  # a sheet is handed out as it will be
        parts.append(_comment(cut, clause))
    inlines: list[doc.Inline] = []
    for part in filter(None, parts):
        inlines += (Text(" "), *part)
    if inlines:
        without_first_space = tuple(inlines[1:])
        yield doc.Paragraph(without_first_space, doc.Role.REMARK)


def _readers(cut: Cut, clause: Clause) -> Iterator[Block]:
    """Yield a quiet line that says whom a clause is for, so that others need not read on.

    An edition for some readers does not tell them so each time.
    """
    if clause.audience and not cut.is_for_some:
        outline = cut.policy.outline
        names = cut.listed([outline.audiences[name] for name in outline.widest(clause.audience)])
        words = fill_label(cut.labels["for"], audiences=names)
        yield doc.Paragraph((Text(words),), doc.Role.REMARK)


def _cited_sources(cut: Cut, clause: Clause) -> Inlines:
    """Return the numbers of a clause's sources, each a link into the list of them."""
    citations = cut.citations(clause)
    if not citations or cut.edition.layout != "book":
        return ()
    label = "sources" if len(citations) > 1 else "source"
    links: list[doc.Inline] = []
    for citation in sorted(citations, key=lambda each: cut.source_number(each.source)):
        number = str(cut.source_number(citation.source))
        if links:
            links.append(Text(", "))
        links.append(doc.Link(f"#source-{number}", (Text(number),)))
        if citation.locator:
            links.append(Text(f" ({citation.locator})"))
    return fill_label_inlines(cut.labels[label], numbers=tuple(links))


def _comment(cut: Cut, clause: Clause) -> Inlines:
    """Where to send a comment on one clause, while the policy is out for consultation."""
    control = cut.policy.profile.policy
    if control.status != "consultation" or not (control.owner and control.owner.email):
        return ()
    words = fill_label(cut.labels["comment"], clause=clause.number)
    subject = quote(
        " ".join(filter(None, [words, f"({clause.id})", control.number, control.version]))
    )
    return (doc.Link(f"mailto:{control.owner.email}?subject={subject}", (Text(words),)), Text("."))
