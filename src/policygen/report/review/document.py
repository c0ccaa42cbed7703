"""Review -> Document: what a returned copy says, for whoever decides on it.

It is in English, as the commands are.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from policygen.model import document as doc
from policygen.model.document import Block, Text
from policygen.model.language import join_names
from policygen.model.review.review import (
    FactEdit,
    OursNow,
    PlacedComment,
    ReturnedEdit,
    Review,
)
from policygen.report import sentences
from policygen.report.layout import report_table
from policygen.report.review.sentences import (
    already_line,
    chosen_line,
    comment_lines,
    edit_line,
    loss_line,
    review_finding,
    sent_line,
    whose,
)

_TITLE = "What a returned copy says"


def review_report(reviews: Sequence[Review]) -> doc.Document:
    """Lay out the report of one or several copies of one policy, each by itself.

    Changed values come first, then each edit with its words, comments, and what is not carried.
    Nothing that a copy says is left out.
    """
    first, *others = reviews
    names = join_names([review.file for review in reviews])
    lead = review_finding(first)
    if others:
        lead = f"{len(reviews)} copies came back, and each is told by itself."
    return doc.Document(
        meta=doc.Meta(
            title=f"{_TITLE}: {names}",
            author="policygen",
            subject="Review",
            description=lead,
            language="en-GB",
        ),
        layout="brief",
        masthead=doc.Masthead(
            first.organisation, (), _TITLE, lead, "Review", doc.Tag("To be decided", solid=False)
        ),
        running=doc.Running(_TITLE, names, "", "Page {page} of {pages}"),
        body=tuple(_copies(reviews)),
    )


def _copies(reviews: Sequence[Review]) -> Iterator[Block]:
    """Yield the report of each copy, under its name where there are several."""
    if len(reviews) == 1:
        yield from _ReviewParts(reviews[0], level=2, prefix="").all()
        return
    for number, review in enumerate(reviews, 1):
        anchor = f"copy-{number}"
        parts = _ReviewParts(review, level=3, prefix=f"{anchor}-").all()
        heading = doc.Heading(2, (Text(review.file),), anchor)
        finding = doc.Paragraph((Text(review_finding(review)),))
        yield doc.Group(anchor, (heading, finding, *parts), anchor)


@dataclass(frozen=True, slots=True)
class _ReviewParts:
    """The parts of one review: headings from `level` on, anchors after `prefix`."""

    review: Review
    level: int
    prefix: str

    def all(self) -> Iterator[Block]:
        review = self.review
        for line in filter(None, (sent_line(review), already_line(review))):
            yield doc.Paragraph((Text(line),))
        if review.fact_edits:
            head = ("Value", "As it was sent", "As it came back", "By", "Where")
            rows = (_fact_row(edit, review.names) for edit in review.fact_edits)
            table = report_table(head, rows)
            yield self._part("values", "Values that were changed", table)
        if review.edits:
            yield self._part("edits", "Clauses that were edited", *self._edits())
        if review.comments:
            blocks = (block for comment in review.comments for block in self._comment(comment))
            yield self._part("comments", "Comments", *blocks)
        if review.losses:
            items = (doc.Paragraph((Text(loss_line(loss)),)) for loss in review.losses)
            lost = doc.List(tuple(doc.ListItem((item,)) for item in items))
            yield self._part("not-carried", "What a policy cannot hold", lost)

    def _part(self, name: str, title: str, *blocks: Block) -> Block:
        anchor = f"{self.prefix}{name}"
        heading = doc.Heading(self.level, (Text(title),), anchor)
        return doc.Group(anchor, (heading, *blocks), anchor)

    def _edits(self) -> Iterator[Block]:
        """Yield every edit, those of one clause under its name."""
        for (place, name), edits in groupby(
            self.review.edits, key=lambda one: (one.place, one.name)
        ):
            yield doc.Heading(self.level + 1, (Text(name or place or "At the beginning"),))
            for edit in edits:
                yield from edit_blocks(edit)

    def _comment(self, placed: PlacedComment) -> Iterator[Block]:
        place = placed.name or placed.place or "The whole document"
        yield doc.Heading(self.level + 1, (Text(place),))
        for line in comment_lines(placed.comment):
            yield doc.Paragraph((Text(line),))


def _fact_row(edit: FactEdit, names: Mapping[str, str]) -> tuple[str, ...]:
    places = join_names([names.get(id, id) for id in edit.places])
    if edit.others:
        others = join_names([names.get(id, id) for id in edit.others])
        places = f"{places}; also printed in {others}"
    fact = sentences.fact_title(edit.path, names.get(edit.path, ""))
    return (fact, edit.before, edit.after, whose(edit.hand), places)


def edit_blocks(edit: ReturnedEdit) -> Iterator[Block]:
    """Yield who did what to a clause, how ours stands today, why it prints, and what differs."""
    yield doc.Paragraph((Text(edit_line(edit)),), doc.Role.REMARK)
    if edit.ours is not OursNow.SAME:
        words = f"Our own words are {edit.ours.value}: look at both before you decide."
        yield doc.Paragraph((Text(words),), doc.Role.HINT)
    for by in edit.chosen_by:
        yield doc.Paragraph((Text(chosen_line(by)),), doc.Role.HINT)
    yield from edit.redline
