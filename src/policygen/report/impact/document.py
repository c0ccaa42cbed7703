"""Impact -> Document: what a change of the library does, for those who keep it.

It is in English, as the commands are.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from policygen.model import document as doc
from policygen.model.comparison.impact import Effect, FailedComposition, Impact, StaleEdit
from policygen.model.document import Block, Inlines, Text
from policygen.model.language import format_day, join_names, subtag
from policygen.model.outline.outline import Outline
from policygen.problems import Problem
from policygen.report.impact.wording import (
    effect_causes,
    effect_heading,
    effect_language,
    lines_then_and_now,
)

_TITLE = "What the change of the library does"
_LANGUAGE = "en-GB"
_READ = (
    "The words beneath these edits have changed. "
    "Read the clause with policygen explain, put the edit right if "
    "need be, and stamp it with policygen accept."
)


def impact_report(found: Impact, outline: Outline) -> doc.Document:
    """Lay out the report.

    What came and went, whom it reaches, what to read again, then each change once.
    """
    since = f"{found.revision} ({found.commit}, {format_day(found.day, _LANGUAGE)})"
    lead = f"Since {since}: {summarised(found)}"
    organisation = f"{len(found.policies)} policies"
    if len(found.policies) < 4:
        organisation = join_names(found.policies)
    return doc.Document(
        meta=doc.Meta(
            f"{_TITLE}, since {since}", "policygen", "Impact", lead, _LANGUAGE, (), found.day
        ),
        layout="brief",
        masthead=doc.Masthead(
            organisation=organisation,
            local_names=(),
            title=_TITLE,
            lead=lead,
            edition="Impact",
            status=doc.Tag(
                "To be acted on" if found.broken else "For information", solid=not found.broken
            ),
        ),
        running=doc.Running(_TITLE, "", f"Since {since}", "Page {page} of {pages}"),
        body=tuple(_body(found, outline)),
    )


def summarised(found: Impact) -> str:
    """How many policies change, and how many edits became stale."""
    many = len(found.policies)
    stale = len(found.stale)
    change = f"{len(found.changed)} of {many} {'policies change' if many > 1 else 'policy changes'}"
    return f"{change}; {stale} edit{'' if stale == 1 else 's'} became stale."


def _body(found: Impact, outline: Outline) -> Iterator[Block]:
    other = tuple(_came_and_went(found))
    if other:
        items = tuple(doc.ListItem((doc.Paragraph((Text(sentence),)),)) for sentence in other)
        yield _part("other", "Policies that came or went", (doc.List(items),))
    if found.stale:
        hint = doc.Paragraph((Text(_READ),), doc.Role.HINT)
        table = _table(("Policy", "Clause", "Where"), map(_stale_row, found.stale))
        yield _part("stale", "Edits to read again", (hint, table))
    yield from _effects(found, outline)
    if found.changed:
        rows = [((Text(policy),), (Text(_touched(found, policy)),)) for policy in found.changed]
        table = _table(("Policy", "Clauses that change"), rows)
        yield _part("each", "Policy by policy", (table,))


def _stale_row(edit: StaleEdit) -> tuple[Inlines, ...]:
    clause = (Text(edit.title), doc.Break(), doc.Quiet((Text(edit.clause),)))
    return (Text(edit.policy),), clause, (Text(edit.place),)


def _came_and_went(found: Impact) -> Iterator[str]:
    """Yield a sentence for each policy that only one of the two libraries gives."""
    yield from _failures(found.began, "a policy now, and had none then")
    yield from _failures(found.failing, "no policy now")
    yield from (f"{policy} is told now, and was not then." for policy in found.came)
    yield from (f"{policy} is no longer told." for policy in found.gone)


def _failures(failures: Sequence[FailedComposition], state: str) -> Iterator[str]:
    """Yield a sentence for each first Problem, with all the bodies that have it."""
    names: dict[Problem, list[str]] = {}
    for failure in failures:
        names.setdefault(failure.problems[0], []).append(failure.organisation)
    for problem, bodies in names.items():
        yield f"{join_names(bodies)} {'have' if len(bodies) > 1 else 'has'} {state}: {problem}"


def _touched(found: Impact, policy: str) -> str:
    return ", ".join(dict.fromkeys(_about(effect) for effect in found.of(policy)))


def _about(effect: Effect) -> str:
    """The clause, or else the section, that an effect is about."""
    return effect.difference.clause or effect.difference.section


def _effects(found: Impact, outline: Outline) -> Iterator[Block]:
    """Each clause with all that changes in it."""
    for id, effects in groupby(found.effects, _about):
        some = list(effects)
        blocks = [
            block for effect in some for block in _effect(effect, len(found.policies), outline)
        ]
        yield _part(id, some[0].title, (doc.Paragraph((Text(id),), doc.Role.REMARK), *blocks))


def _effect(effect: Effect, many: int, outline: Outline) -> Iterator[Block]:
    names = effect.policies
    whom = f"all {many} policies" if len(names) == many > 1 else join_names(names)
    heading = f"{effect_heading(effect.difference, outline)}, in {whom}."
    causes = [Text(f" {sentence}") for sentence in effect_causes(effect.difference)]
    yield doc.Paragraph((doc.Strong((Text(heading),)), *causes))
    then, now = lines_then_and_now(effect.difference, outline)
    before, after = "Then" if now else "No longer", "Now" if then else "New"
    if len(names) > 1:  # what they print for a fact may differ
        after = f"{after}, as {names[0]} reads it"
    language = effect_language(effect.difference)
    yield from _quote(before, then, language)
    yield from _quote(after, now, language)


def _quote(label: str, lines: Sequence[str], language: str) -> Iterator[Block]:
    """Yield lines as a passage set apart; nothing where there are none."""
    if not lines:
        return
    paragraphs = tuple(doc.Paragraph((_spoken(line, language),)) for line in lines)
    yield doc.Aside(doc.AsideKind.QUOTE, label, paragraphs)


def _spoken(line: str, language: str) -> doc.Inline:
    """Return a line, marked where its language is not the report's."""
    foreign = language and subtag(language) != subtag(_LANGUAGE)
    return doc.Foreign(language, (Text(line),)) if foreign else Text(line)


def _part(anchor: str, title: str, blocks: Iterable[Block]) -> doc.Group:
    return doc.Group(
        f"impact-{anchor}", (doc.Heading(2, (Text(title),), f"impact-{anchor}"), *blocks)
    )


def _table(heads: Iterable[str], rows: Iterable[tuple[Inlines, ...]]) -> doc.Table:
    head = doc.Row(tuple((Text(name),) for name in heads))
    return doc.Table(head, tuple(doc.Row(cells) for cells in rows), wide=True)
