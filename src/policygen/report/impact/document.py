"""Impact -> Document: what a change of the library does, for those who keep it. In English, as the commands are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from policygen.model import document as doc
from policygen.model.comparison.impact import Effect, Impact
from policygen.model.document import Block, Inlines, Text
from policygen.model.language import format_day, subtag
from policygen.model.policy import Outline
from policygen.report.impact.wording import (
    effect_causes,
    effect_heading,
    effect_language,
    lines_then_and_now,
)
from policygen.report.sentences import join_names

_TITLE = "What the change of the library does"
_LANGUAGE = "en-GB"
_READ = (
    "The words beneath these edits have changed. Read the clause with policygen explain, put the edit right if "
    "need be, and stamp it with policygen accept."
)


def impact_report(found: Impact, outline: Outline) -> doc.Document:
    """Lay out the report: what came and went, whom it reaches, what to read again, then each change once."""
    since = f"{found.revision} ({found.commit}, {format_day(found.day, _LANGUAGE)})"
    lead = f"Since {since}: {summarised(found)}"
    return doc.Document(
        meta=doc.Meta(
            f"{_TITLE}, since {since}", "policygen", "Impact", lead, _LANGUAGE, (), found.day
        ),
        layout="brief",
        masthead=doc.Masthead(
            organisation=join_names(found.policies)
            if len(found.policies) < 4
            else f"{len(found.policies)} policies",
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
    many, stale = len(found.policies), len(found.stale)
    change = f"{len(found.changed)} of {many} {'policies change' if many > 1 else 'policy changes'}"
    return f"{change}; {stale} edit{'' if stale == 1 else 's'} became stale."


def _body(found: Impact, outline: Outline) -> Iterator[Block]:
    if other := tuple(_came_and_went(found)):
        items = tuple(doc.ListItem((doc.Paragraph((Text(said),)),)) for said in other)
        yield _part("other", "Policies that came or went", (doc.List(items),))
    if found.stale:
        rows = [
            (
                (Text(one.policy),),
                (Text(one.title), doc.Break(), doc.Quiet((Text(one.clause),))),
                (Text(one.place),),
            )
            for one in found.stale
        ]
        hint = doc.Paragraph((Text(_READ),), doc.Role.HINT)
        yield _part(
            "stale", "Edits to read again", (hint, _table(("Policy", "Clause", "Where"), rows))
        )
    yield from _effects(found, outline)
    if found.changed:
        touched = [((Text(policy),), (Text(_touched(found, policy)),)) for policy in found.changed]
        yield _part(
            "each", "Policy by policy", (_table(("Policy", "Clauses that change"), touched),)
        )


def _came_and_went(found: Impact) -> Iterator[str]:
    """A sentence for each policy that only one of the two libraries gives."""
    for some, said in (
        (found.began, "a policy now, and had none then"),
        (found.failing, "no policy now"),
    ):
        for problem in dict.fromkeys(one.problems[0] for one in some):
            names = [one.organisation for one in some if one.problems[0] == problem]
            yield f"{join_names(names)} {'have' if len(names) > 1 else 'has'} {said}: {problem}"
    yield from (f"{policy} is told now, and was not then." for policy in found.came)
    yield from (f"{policy} is no longer told." for policy in found.gone)


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
        yield _part(id, some[0].title, (doc.Paragraph((Text(id),), doc.Role.SLIP), *blocks))


def _effect(effect: Effect, many: int, outline: Outline) -> Iterator[Block]:
    names = effect.policies
    whom = f"all {many} policies" if len(names) == many > 1 else join_names(names)
    said = doc.Strong((Text(f"{effect_heading(effect.difference, outline)}, in {whom}."),))
    yield doc.Paragraph(
        (said, *(Text(f" {sentence}") for sentence in effect_causes(effect.difference)))
    )
    then, now = lines_then_and_now(effect, outline)
    tag = effect_language(effect.difference)
    labels = ("Then" if now else "No longer", "Now" if then else "New")
    if len(names) > 1:  # what they print for a fact may differ
        labels = (labels[0], f"{labels[1]}, as {names[0]} reads it")
    for label, lines in zip(labels, (then, now), strict=True):
        if lines:
            texts = [Text(line) for line in lines]
            foreign = tag and subtag(tag) != subtag(_LANGUAGE)
            spoken = (doc.Foreign(tag, (text,)) if foreign else text for text in texts)
            yield doc.Aside(
                doc.AsideKind.QUOTE, label, tuple(doc.Paragraph((inline,)) for inline in spoken)
            )


def _part(anchor: str, title: str, blocks: Iterable[Block]) -> doc.Group:
    return doc.Group(
        f"impact-{anchor}", (doc.Heading(2, (Text(title),), f"impact-{anchor}"), *blocks)
    )


def _table(heads: Iterable[str], rows: Iterable[tuple[Inlines, ...]]) -> doc.Table:
    head = doc.Row(tuple((Text(name),) for name in heads))
    return doc.Table(head, tuple(doc.Row(cells) for cells in rows), wide=True)
