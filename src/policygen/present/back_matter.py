"""What stands at the end of a document: its sources, its releases, and what a draft still lacks."""

from __future__ import annotations

from collections.abc import Iterator

from policygen.model import document as doc
from policygen.model.document import Block, Inlines, Text
from policygen.model.label import fill_label, fill_label_inlines
from policygen.model.language import format_day, localise, subtag
from policygen.model.policy import Clause, HistoryEntry, Source
from policygen.present import foreign
from policygen.present.cut import Cut


def source_list(cut: Cut) -> Iterator[Block]:
    """Yield the sources that this edition cites, with the clauses that cite each."""
    by_id = {source.id: source for source in cut.policy.sources}
    numbered = ((str(cut.source_number(id)), by_id[id]) for id in cut.source_ids())
    items = tuple(
        doc.ListItem((doc.Paragraph(_source(cut, source)),), f"source-{number}", number=number)
        for number, source in numbered
    )
    if items:
        heading = doc.Heading(2, (Text(cut.labels["sources_title"]),), "sources")
        yield doc.Group("sources", (heading, doc.List(items, ordered=True)), "sources")


def _source(cut: Cut, source: Source) -> Inlines:
    title = source.title
    if source.year and str(source.year) not in title:
        title += f", {source.year}"
    where = f"{source.publisher}. " if source.publisher else ""
    citing = [
        c
        for s in cut.sections
        for c in s.clauses
        if any(x.source == source.id for x in c.citations)
    ]
    cited = fill_label_inlines(cut.labels["source_cited"], clauses=cut.numbers(citing))
    checked: tuple[doc.Inline, ...]
    if source.status == "unverified":
        checked = (Text(" "), doc.Tag(cut.labels["source_unverified"], solid=False))
    elif source.status == "superseded":
        checked = (Text(" "), doc.Tag(cut.labels["source_superseded"], solid=False))
    elif source.checked_on:
        date = format_day(source.checked_on, cut.policy.language)
        checked = (Text(" " + fill_label(cut.labels["source_checked"], date=date)),)
    else:
        checked = ()
    return (doc.Link(source.url, (Text(title),)), Text(f". {where}"), *cited, *checked)


def release_history(cut: Cut) -> Iterator[Block]:
    """Yield every release, the newest first: date, approval and summary."""
    labels = cut.labels
    if not cut.policy.history:
        return
    head = doc.Row(
        tuple(
            (Text(labels[f"history_{key}"]),)
            for key in ("version", "issued", "approved", "summary")
        )
    )
    rows = tuple(
        doc.Row(
            (
                (Text(one.version),),
                (Text(format_day(one.issued, cut.policy.language)),),
                _approved(cut, one),
                (Text(one.summary),),
            )
        )
        for one in reversed(cut.policy.history)
    )
    heading = doc.Heading(2, (Text(labels["history_title"]),), "history")
    yield doc.Group("history", (heading, doc.Table(head, rows)), "history")


def _approved(cut: Cut, one: HistoryEntry) -> Inlines:
    """Who approved a release, and where and when; a consultation says that it was one."""
    if one.status != "approved":
        said = [cut.labels[f"status_{one.status}"]]
    else:
        said = [
            localise(words, cut.policy.language)
            for words in (one.approver, one.approved_at)
            if words
        ]
    return tuple(
        part for text in said for part in (doc.Break(), Text(text[:1].upper() + text[1:]))
    )[1:]


def gap_list(cut: Cut) -> Iterator[Block]:
    """What a draft still lacks, whom to ask, and which clauses want it."""
    policy, labels = cut.policy, cut.labels
    wanted = [
        gap
        for gap in policy.gaps
        if cut.edition.whole or any(id in cut.shown for id in gap.clauses)
    ]
    if not wanted:
        return
    titles = {clause.id: clause for clause in policy.clauses()}
    head = doc.Row(tuple((Text(labels[key]),) for key in ("gap_fact", "gap_ask", "gap_clauses")))
    rows = tuple(
        doc.Row(
            (
                _english(cut, (doc.Gap(gap.fact, gap.label[:1].upper() + gap.label[1:]),)),
                _english(cut, (Text(gap.ask[:1].upper() + gap.ask[1:]),)),
                (Text(cut.listed([_name(titles, id) for id in gap.clauses])),),
            )
        )
        for gap in wanted
    )
    heading = doc.Heading(2, (Text(labels["gaps_title"]),), "gaps")
    lead = doc.Paragraph((Text(labels["gaps_lead"]),))
    yield doc.Group("gaps", (heading, lead, doc.Table(head, rows)), "gaps")


def _name(titles: dict[str, Clause], id: str) -> str:
    clause = titles.get(id)
    return (clause.number or clause.title.text) if clause else id


def _english(cut: Cut, inlines: Inlines) -> Inlines:
    """What the program calls a fact has English names only."""
    return inlines if subtag(cut.policy.language) == "en" else foreign.tag_line(inlines, "en")
