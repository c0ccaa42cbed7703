"""Library and Organisation -> Policy: the stack, the fold, the filling, the citations.

It is pure: it touches no disk and no clock.
"""

from __future__ import annotations

import base64
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from policygen.compose.cite import cited_sources, confirmation_faults
from policygen.compose.composition import ComposeCache, Composition, whole_body
from policygen.compose.extent.headings import heading_faults
from policygen.compose.extent.select import SectionSelection
from policygen.compose.faults import judge_missing, needless_approval
from policygen.compose.fold import Draft
from policygen.compose.places.contents import PlaceContents, join_places
from policygen.compose.places.faults import chart_splits, faults_anywhere
from policygen.compose.places.places import Places
from policygen.compose.places.split import by_place, whole_organisation
from policygen.compose.section_order import section_order
from policygen.compose.stack import select_stack, with_usual_facts
from policygen.compose.translate import (
    section_heads,
    stale_problem,
    unreviewed_problem,
    untranslated_problem,
)
from policygen.facts.commitments import printed_commitments
from policygen.facts.examples import with_services
from policygen.model.fragment import Layer, Library, Organisation
from policygen.model.language import localise
from policygen.model.policy import Policy
from policygen.model.release.history import HandbookIssue, HistoryEntry
from policygen.problems import Level, Problem, errors


@dataclass(frozen=True, slots=True)
class Composed:
    """A policy, or None when something is an error, and every Problem found on the way."""

    policy: Policy | None
    problems: tuple[Problem, ...]


def compose(
    library: Library, organisation: Organisation, language: str, cache: ComposeCache
) -> Composed:
    """Fold a profile's stack into one policy in one language (BCP 47), and fill it.

    A body of several places has a stack in each, which is folded and filled by itself.
    """
    compositions = compositions_by_place(library, organisation, language, cache)
    first = next(iter(compositions.values()))
    organisation = whole_organisation(first.organisation, organisation)
    body, outline = first.body, first.outline
    chosen = organisation.profile.contents
    order, problems = section_order(outline, first.stack, library.source_language, chosen)
    first.problems += problems
    contents = _contents(compositions, order)
    places = Places(organisation.profile.places, library)
    joined = join_places(contents, order, places, outline)
    clauses = [clause for section in (joined.front, *joined.sections) for clause in section.clauses]
    sources = cited_sources(clauses, body.sources)
    missing = body.findings.missing_in_order(_as_printed(joined))
    gaps, faults = judge_missing(missing, organisation)
    problems = [
        *faults_anywhere([one.problems for one in compositions.values()], organisation),
        *chart_splits(contents, organisation),
        *body.findings.problems,
        *_untranslated(compositions.values(), organisation),
        *faults,
        *_assumptions(body.layers, organisation),
        *needless_approval(joined.sections, first.stack, organisation),
        *heading_faults(organisation, joined.sections),
        *confirmation_faults(organisation, body.sources, sources),
    ]
    every_problem = tuple(dict.fromkeys(problems))
    if errors(every_problem):
        return Composed(None, every_problem)
    policy = Policy(
        language=language,
        profile=organisation.profile,
        stack=joined.stack,
        outline=outline.with_changes(layer.editions for layer in body.layers),
        front=joined.front,
        sections=joined.sections,
        sources=sources,
        removed=joined.removed,
        gaps=gaps,
        profile_digest=organisation.digest,
        library_digest=library.digest,
        logo=base64.b64encode(organisation.logo).decode(),
        history=tuple(_history_entry(entry, language) for entry in organisation.history),
        handbook_issues=tuple(
            _handbook_issue(issue, language) for issue in organisation.handbook_issues
        ),
        theme=organisation.theme,
        left_out=joined.left_out,
        commitments=first.commitments(language).promised,
    )
    return Composed(policy, every_problem)


def compositions_by_place(
    library: Library, organisation: Organisation, language: str, cache: ComposeCache
) -> dict[str, Composition]:
    """Return a composition for each place of a body."""
    organisations = {
        place: with_usual_facts(library, one) for place, one in by_place(organisation).items()
    }
    stacks = {place: select_stack(library, one) for place, one in organisations.items()}
    body = whole_body(tuple(stacks.values()))
    first = next(iter(stacks.values()))
    return {
        place: Composition(
            library, with_services(one, first.layers), stacks[place], language, cache, body
        )
        for place, one in organisations.items()
    }


def _contents(
    compositions: Mapping[str, Composition], order: Sequence[str]
) -> dict[str, PlaceContents]:
    """Select and fill the sections of each place; `order` are all of them."""
    every = compositions.values()
    body = next(iter(every)).body  # which all of them share
    body.untranslated = _untranslated_anywhere(every, order)
    selected: dict[str, dict[str, SectionSelection]] = {}
    for place, composition in compositions.items():
        selected[place] = {id: composition.select(id) for id in order}
    met = tuple(id for composition in every for id in composition.clauses_met)
    contents: dict[str, PlaceContents] = {}
    for place, composition in compositions.items():
        composition.problems += composition.extent.faults(order, met)
        contents[place] = _fill(composition, selected[place])
    ids = {id for one in contents.values() for id in one.ids()}
    for place, composition in compositions.items():
        composition.check_ways(selected[place].values(), ids)
    return contents


def _fill(composition: Composition, selected: Mapping[str, SectionSelection]) -> PlaceContents:
    """Fill what is selected in one place."""
    front_id = composition.outline.front.section
    printed = {id: one for id, one in selected.items() if one.is_printed and id != front_id}
    clauses = {id: composition.clauses(id, found) for id, found in printed.items()}
    # What a section says of itself is filled after all rules: it may tell only what they promise.
    every = (clause for filled in clauses.values() for clause in filled)
    promised = printed_commitments(every, composition.outline)
    sections = tuple(
        composition.section(id, found, clauses[id], promised) for id, found in printed.items()
    )
    # The front is filled last, so that its gaps are listed last.
    front_found = selected.get(front_id, SectionSelection())
    front_clauses = composition.clauses(front_id, front_found)
    front = composition.section(front_id, front_found, front_clauses, promised)
    left_out = (one for id, found in selected.items() for one in composition.left_out(id, found))
    removed = tuple(composition.removed)
    stack = composition.stack.listed()
    return PlaceContents(stack, front, sections, tuple(left_out), removed)


def _as_printed(contents: PlaceContents) -> tuple[str, ...]:
    """Return the sections and clauses in the order of print; the front wants its facts last."""
    order: list[str] = []
    for section in (*contents.sections, contents.front):
        order += (section.id, *(clause.id for clause in section.clauses))
    return tuple(order)


def _untranslated_anywhere(
    compositions: Collection[Composition], order: Iterable[str]
) -> frozenset[tuple[str, str]]:
    """Return the tiers of clauses that one of several places lacks in the policy's language."""
    if len(compositions) == 1 or not any(one.translates for one in compositions):
        return frozenset()
    pairs = ((one, section) for one in compositions for section in order)
    return frozenset(told for one, section in pairs for told in one.untranslated(section))


def _untranslated(
    compositions: Iterable[Composition], organisation: Organisation
) -> Iterator[Problem]:
    """Yield a warning for all clauses that want a translation, one that is new, or a reviewer."""
    lacking = list(dict.fromkeys(id for one in compositions for id in one.lacking))
    stale = list(dict.fromkeys(id for one in compositions for id in one.stale))
    unreviewed = list(dict.fromkeys(id for one in compositions for id in one.unreviewed))
    if not lacking and not stale and not unreviewed:
        return
    one = next(one for one in compositions if one.translates)
    source, location = one.library.source_language, organisation.location(("languages",))
    if lacking:
        yield untranslated_problem(lacking, one.language, one.words_language, source, location)
    if stale:
        yield stale_problem(stale, one.words_language, source, location)
    if unreviewed:
        yield unreviewed_problem(unreviewed, one.words_language, location)


def unfilled_clauses(
    library: Library, organisation: Organisation, cache: ComposeCache, section: str = ""
) -> dict[str, dict[str, Draft]]:
    """Return the clauses that a profile's stacks fold to, by id and place, unfilled.

    They are in the source language: all of them, or those of one section. Those that the body
    leaves out are there too.
    """
    found: dict[str, dict[str, Draft]] = {}
    compositions = compositions_by_place(library, organisation, library.source_language, cache)
    for place, composition in compositions.items():
        outline, stack = composition.outline, composition.stack
        order, _ = section_order(outline, stack, library.source_language)
        every = (outline.front.section, *order)
        for one in (one for one in every if section in ("", one)):
            for draft in composition.fold(one).drafts:
                found.setdefault(draft.id, {})[place] = draft
    return found


def unfilled_heads(
    library: Library, organisation: Organisation, cache: ComposeCache, section: str
) -> dict[str, dict[str, str]]:
    """Return what a section says of itself, unfilled, by place and by key: its title, its lead."""
    source = library.source_language
    compositions = compositions_by_place(library, organisation, source, cache)
    return {
        place: {
            key: passage.text
            for key, passage in section_heads(composition.stack, section, source, source)
        }
        for place, composition in compositions.items()
    }


def _assumptions(layers: Iterable[Layer], organisation: Organisation) -> Iterable[Problem]:
    """Advise of what a layer's words take for granted of a body, so that it can say otherwise."""
    for layer in layers:
        if layer.assumes:
            what = f"The words of {layer.name} take for granted that {layer.assumes}."
            mend = layer.otherwise or "If that is not so, choose another kind."
            location = organisation.location(("kind",))
            yield Problem(what, mend, location, Level.ADVICE, code="PG325", field=("kind",))


def _history_entry(entry: HistoryEntry, language: str) -> HistoryEntry:
    """Return a release in one language, where the profile gives its texts in several."""
    approver = localise(entry.approver, language)
    return replace(entry, approver=approver, approved_at=localise(entry.approved_at, language))


def _handbook_issue(issue: HandbookIssue, language: str) -> HandbookIssue:
    """Return an issue of the handbook in one language, as `_history_entry` does a release."""
    return replace(issue, changed_by=localise(issue.changed_by, language))
