"""A body that is behind -> the letter that tells it so.

It is in English, as the commands are; what it quotes is in the policy's language.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from policygen.model import document as doc
from policygen.model.document import Block, Text
from policygen.model.language import subtag
from policygen.model.year.behind import BehindClause, BodyStanding
from policygen.model.year.due_date import DueState
from policygen.report.consultation.letters import bullets
from policygen.report.consultation.sentences import LANGUAGE, counted
from policygen.report.layout import titled_group
from policygen.report.year.paper import said, told_day

_TITLE = "The model of your social media policy has changed"


def model_letter(body: BodyStanding, since: str, on: date) -> doc.Document:
    """Lay out the letter to one body; `since` ends a sentence: "since version 1.0 was issued"."""
    to = f"{body.organisation}, {body.owner}" if body.owner else body.organisation
    return doc.Document(
        meta=doc.Meta(
            title=f"{_TITLE}. {body.organisation}",
            author="",
            subject="Letter",
            description=f"To {to}.",
            language=LANGUAGE,
            dated=on,
        ),
        layout="brief",
        masthead=doc.Masthead(
            organisation=body.organisation,
            local_names=(),
            title=_TITLE,
            lead=f"To {to}",
            edition="",
            status=doc.Tag(told_day(on), solid=False),
        ),
        running=doc.Running(body.organisation, _TITLE, told_day(on), "Page {page} of {pages}"),
        body=tuple(_parts(body, since)),
    )


def _parts(body: BodyStanding, since: str) -> Iterator[Block]:
    yield said(_opening(body, since))
    if body.fault:
        why = f"policygen says: {body.fault} Its command check says where, and how to mend it."
        yield titled_group("fault", "What stands in the way", said(why))
    if body.clauses:
        blocks = [block for one in body.clauses for block in _clause(one)]
        yield titled_group("changes", "What would read otherwise", *blocks)
    if body.sources:
        yield titled_group("sources", "How its sources stand", bullets(_ended(body.sources)))
    if body.unstamped:
        yield titled_group(
            "own",
            "Your own words to read again",
            said("You put these your own way, and the words beneath have changed since."),
            bullets(list(body.unstamped)),
        )
    yield titled_group("do", "What to do", bullets(list(_steps(body))))


def _opening(body: BodyStanding, since: str) -> str:
    if body.fault:
        return f"The model has changed {since}, and from it no policy can be made for you any more."
    places = counted(len(body.clauses), "clause")
    what = f"{places} of your policy would read otherwise today"
    if not body.clauses:
        what = "the words of its clauses stand as they were"
    return (
        f"The model has changed {since}, and {what}. "
        "Your policy is in force as you approved it, until you approve another version."
    )


def _ended(lines: Sequence[str]) -> list[str]:
    return [f"{line}." for line in lines]


def _clause(one: BehindClause) -> Iterator[Block]:
    yield doc.Heading(3, (Text(one.name),), f"letter-{one.id}", one.number)
    since = f" The model changed it on {told_day(one.since)}." if one.since else ""
    yield doc.Paragraph((doc.Strong((Text(f"{one.what}."),)), Text(f" {one.why}{since}")))
    before, after = "Then" if one.now else "No longer", "Now" if one.then else "New"
    yield from _quote(before, one.then, one.language)
    yield from _quote(after, one.now, one.language)


def _quote(label: str, lines: Sequence[str], language: str) -> Iterator[Block]:
    if not lines:
        return
    is_foreign = language and subtag(language) != subtag(LANGUAGE)
    paragraphs = tuple(
        doc.Paragraph((doc.Foreign(language, (Text(line),)) if is_foreign else Text(line),))
        for line in lines
    )
    yield doc.Aside(doc.AsideKind.QUOTE, label, paragraphs)


def _steps(body: BodyStanding) -> Iterator[str]:
    """Yield what the body does next, in order."""
    yield "Install the policygen that has the new words, and read what changes for you."
    if body.version:
        name = body.name
        yield f"policygen diff {name}@{body.version} {name} shows it beside what you have changed."
    if body.unstamped:
        yield f"Read your own words again, and stamp them: policygen accept {body.name}."
    yield "Take what changes a rule to whoever approves your policy; then release the version."
    if body.review in (DueState.PAST, DueState.NEAR) and body.review_by:
        was = "was" if body.review is DueState.PAST else "is"
        yield f"Your review {was} due by {told_day(body.review_by)}."
    if body.unconfirmed:
        many = len(body.unconfirmed)
        yield (
            f"{counted(many, 'source')} that it relies on {'waits' if many == 1 else 'wait'} for "
            "somebody to look up."
        )
