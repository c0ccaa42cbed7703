"""What a composition could not do.

Missing facts, links to nowhere, clauses without a telling, approvals that the posture does without.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from policygen.compose.fill import Missing, name_place
from policygen.compose.fold import Draft
from policygen.compose.stack import Stack
from policygen.facts.described import describe_fact, profile_position
from policygen.facts.examples import EXAMPLES
from policygen.model.document import Mark
from policygen.model.fragment import Organisation, Passage
from policygen.model.outline.outline import Outline
from policygen.model.policy import MissingFact, Section
from policygen.model.profile import ContentClass
from policygen.problems import Level, Location, Message, Problem, nearest

_LAYERED = ("law", "terms", "values", "commitments")
_NAMED = 6  # clauses that a message names
OUTCOMES = tuple(mark.value for mark in Mark)  # where an answer of a chart may end


def judge_missing(
    missing: Iterable[Missing], organisation: Organisation
) -> tuple[tuple[MissingFact, ...], list[Problem]]:
    """Return gaps and Problems of missing facts.

    In a draft a fact that is merely not set is a gap and a warning, else an error.
    """
    draft = organisation.profile.policy.status == "draft"
    gaps: dict[str, MissingFact] = {}
    problems: list[Problem] = []
    for one in missing:
        fact, wanted = one.fact, tuple(one.wanted_by)
        text = describe_fact(fact)
        waits = one.kind in ("unset", "rows") and not fact.startswith(EXAMPLES)
        level = Level.ERROR
        if draft and waits:
            level = Level.WARNING
            before = gaps[fact].clauses if fact in gaps else ()
            clauses = tuple(dict.fromkeys((*before, *wanted)))
            gaps[fact] = MissingFact(fact, text.label, text.ask, clauses)
        problems.append(_problem(one, wanted, organisation, level))
    return _by_whom_to_ask(gaps.values()), problems


def _by_whom_to_ask(gaps: Iterable[MissingFact]) -> tuple[MissingFact, ...]:
    """Put together what one asks the same people, in the order of the profile's fields.

    Their order is their number in print: the profile's is the same in every language.
    """
    in_order = sorted(gaps, key=lambda gap: profile_position(gap.fact))
    asks = dict.fromkeys(gap.ask for gap in in_order)
    return tuple(gap for ask in asks for gap in in_order if gap.ask == ask)


def _problem(
    one: Missing, wanted: tuple[str, ...], organisation: Organisation, level: Level
) -> Problem:
    fact, location = one.fact, next(iter(one.wanted_by.values()))
    names = ", ".join(map(name_place, wanted[:_NAMED]))
    if len(wanted) > _NAMED:
        names += f" and {len(wanted) - _NAMED} more"
    if one.kind == "off":
        return _off_and_printed(fact, names, organisation)
    if fact.startswith(EXAMPLES):
        return _without_example(fact, names, location)
    if one.kind == "unprintable":
        what = f"{fact} is not one printable value; printed by {names}."
        mend = "Print one of the facts beneath it, loop through it, or use it in {% if %}."
        return Problem(what, mend, location, code="PG314")
    if one.kind == "compared":
        what = f"{fact} cannot be compared in this way, in {names}."
        return Problem(what, "Compare it with a value of its kind.", location, code="PG315")
    lack = "has no entries" if one.kind == "rows" else "is not given"
    what = Message(
        f"{fact or 'A table'} {lack}; wanted by {names}.", on_page=f"{fact or 'A table'} {lack}."
    )
    if not fact or fact.partition(".")[0] in _LAYERED:
        mend = "Give it in the facts of a layer.yaml beneath, or put a `when:` on the clause."
        return Problem(what, mend, location, level, code="PG313")
    parts = fact.removeprefix("organisation.").split(".")
    path = tuple(int(part) if part.isdecimal() else part for part in parts)
    under = f" under {'.'.join(map(str, path[:-1]))}" if path[:-1] else ""
    ask = describe_fact(fact).ask
    mend = Message(f"Add it to {organisation.path}{under}; {ask} will know.", on_page=f"Ask {ask}.")
    return Problem(what, mend, organisation.location(path), level, code="PG313", field=path)


def _off_and_printed(fact: str, names: str, organisation: Organisation) -> Problem:
    """A commitment that a body has switched off, where words print it all the same."""
    field = tuple(fact.split("."))
    what = f"{fact} is off, and these words need it: {names}."
    mend = "Give it a number, or on for the usual one. "
    mend += f"Words of your own may stand within {{% if {fact} %}}."
    return Problem(what, mend, organisation.location(field), code="PG342", field=field)


def _without_example(fact: str, names: str, location: Location) -> Problem:
    """A word for an example that no service of the body has, where wording prints it anyway."""
    what = f"No service of this body has {fact}; wanted by {names}."
    mend = f"Put the whole example within {{% if {fact} %}}, so that it is left out."
    return Problem(what, mend, location, code="PG349")


def link_faults(passages: Iterable[tuple[str, Passage]], ids: Collection[str]) -> Iterator[Problem]:
    """Report links to clauses that this policy does not have."""
    for wanted_by, passage in passages:
        for link in passage.links:
            if link.id not in ids:
                what = f'{wanted_by} points to "{link.id}", which this policy does not have.'
                yield Problem(what, nearest(link.id, ids), link.location, code="PG317")


def telling_faults(
    draft: Draft, outline: Outline, silent: Collection[str] = ()
) -> Iterator[Problem]:
    """Report a required tier that a clause lacks or is `silent` in, and a line without a list.

    A checklist is made of rules that stand elsewhere, and has none of its own.
    """
    section = draft.id.partition(".")[0]
    front = outline.front
    listed = section not in (front.section, front.principles, front.chart)
    told = {outline.tiers[key].form for key in draft.tellings if key in outline.tiers}
    is_checklist = section == front.section and told == {"checklist"}
    for key, tier in outline.tiers.items():
        name = tier.heading.lower()
        if tier.required and key in silent:
            what = f'"{draft.id}" says nothing in its {name}: no condition in it holds.'
            mend = "Write an {% else %}, or put a `when:` on the clause."
            yield Problem(what, mend, draft.title.location, code="PG318")
        if tier.required and key not in draft.tellings and not is_checklist:
            what = f'"{draft.id}" has no {name}.'
            mend = f"Tell it under ### {tier.heading}."
            yield Problem(what, mend, draft.title.location, code="PG318")
        if tier.form == "rules" and key in draft.tellings and listed and not draft.under:
            what = f'"{draft.id}" has a line for the {name}, but no list to stand in.'
            mend = "Add `- under: may`, `think` or `never` to its slip."
            yield Problem(what, mend, draft.title.location, code="PG321")


def chart_faults(drafts: Sequence[Draft], outline: Outline) -> Iterator[Problem]:
    """Report questions of a chart that lead nowhere, backwards, or to an outcome without words."""
    ids = [draft.id for draft in drafts]
    poster = next((key for key, tier in outline.tiers.items() if tier.form == "rules"), "")
    for number, draft in enumerate(drafts):
        ways = {"yes": draft.yes, "no": draft.no}
        if not any(ways.values()):
            continue
        targets = [*ids[number + 1 :], *OUTCOMES, "next"]
        for key, way in ways.items():
            if way and way not in targets:
                where = f'The {key} of "{draft.id}" leads to "{way}"'
                what = f"{where}, which is no question or end after it."
                yield Problem(what, nearest(way, targets), draft.title.location, code="PG322")
        ends = [key for key, way in ways.items() if way in OUTCOMES]
        both_go_on = all(way in ("", "next") for way in ways.values())
        if len(ends) == 2 or both_go_on:
            what = f'"{draft.id}" asks, but both its answers lead the same way.'
            mend = "Let one answer go on, and the other to an outcome or further."
            yield Problem(what, mend, draft.title.location, code="PG323")
        if ends and poster not in draft.tellings:
            what = f'The {ends[0]} of "{draft.id}" ends in "{ways[ends[0]]}", without words for it.'
            mend = f"Write them under ### {outline.tiers[poster].heading}."
            yield Problem(what, mend, draft.title.location, code="PG324")


def needless_approval(
    sections: Iterable[Section], stack: Stack, organisation: Organisation
) -> tuple[Problem, ...]:
    """Return a Problem for each row of `approval` that a posture needs nobody's yes for.

    The posture that counts is that of the section which prints the rows.
    """
    rows = organisation.profile.approval
    reasons: dict[ContentClass, str] = {}
    if any(row.class_ for row in rows):
        for section in sections:
            freed = _without_approval(stack, section.id)
            if freed and _prints_approval(section):
                reasons |= freed
    return tuple(
        _needless(organisation, number, row.class_, reasons[row.class_])
        for number, row in enumerate(rows)
        if row.class_ in reasons
    )


def _without_approval(stack: Stack, section: str) -> Mapping[ContentClass, str]:
    """Return the classes of content that the layers of a section free, each with the reason."""
    freed: dict[ContentClass, str] = {}
    for layer in stack.of(section):
        freed |= layer.without_approval
    return freed


def _prints_approval(section: Section) -> bool:
    wordings = (telling.wording for clause in section.clauses for telling in clause.tellings)
    facts = (fact for wording in wordings for fact, _ in wording.values)
    return any(fact.removeprefix("organisation.").startswith("approval") for fact in facts)


def _needless(organisation: Organisation, number: int, content: str, reason: str) -> Problem:
    what = f"approval.{number}: {content} content needs nobody's yes here: {reason}"
    mend = "Take this row out, give it another class, or choose another posture."
    field = ("approval", number)
    return Problem(what, mend, organisation.location(field), code="PG345", field=field)
