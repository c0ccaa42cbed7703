"""Library and Organisation -> Policy: the stack, the fold, the filling, the citations.

Pure: no disk, no clock.
"""

from __future__ import annotations

import base64
from collections.abc import Iterable
from dataclasses import dataclass, replace

from policygen.compose.cite import cited_sources, confirmation_faults
from policygen.compose.composition import ComposeCache, Composition
from policygen.compose.extent.select import SectionSelection
from policygen.compose.faults import judge_missing, needless_approval
from policygen.compose.fold import Draft
from policygen.compose.section_order import section_order
from policygen.compose.stack import Stack, select_stack, with_usual_facts
from policygen.model.fragment import Library, Organisation
from policygen.model.language import localise
from policygen.model.policy import HistoryEntry, Policy
from policygen.problems import Level, Problem, errors


@dataclass(frozen=True, slots=True)
class Composed:
    """A policy, or None when something is an error, and every Problem found on the way."""

    policy: Policy | None
    problems: tuple[Problem, ...]


def compose(
    library: Library, organisation: Organisation, language: str, cache: ComposeCache
) -> Composed:
    """Fold a profile's stack into one policy in one language (BCP 47), and fill it."""
    organisation = with_usual_facts(library, organisation)
    stack = select_stack(library, organisation)
    composition = Composition(library, organisation, stack, language, cache)
    outline = composition.outline
    first = organisation.profile.contents.order
    order, problems = section_order(outline, stack, library.source_language, first)
    composition.problems += problems
    selected = {id: composition.select(id) for id in order}
    composition.check_choice(order, selected)
    printed = {id: found for id, found in selected.items() if found.is_printed}
    front_selection = printed.pop(outline.front.section, SectionSelection())
    sections = tuple(
        composition.section(id, str(number), found)
        for number, (id, found) in enumerate(printed.items(), 1)
    )
    # The front is filled last, so that its gaps are listed last.
    front = composition.section(outline.front.section, "", front_selection)
    left_out = tuple(
        one for id, found in selected.items() for one in composition.left_out(id, found)
    )
    clauses = [clause for section in (front, *sections) for clause in section.clauses]
    ids = {*(clause.id for clause in clauses), *(one.id for one in left_out)}
    composition.check_ways(printed.values(), ids)
    sources = cited_sources(clauses, composition.sources)
    gaps, faults = judge_missing(composition.findings.missing.values(), organisation)
    problems = [
        *composition.problems,
        *composition.findings.problems,
        *composition.untranslated(),
        *faults,
        *_assumptions(stack, organisation),
        *needless_approval(sections, stack, organisation),
        *confirmation_faults(organisation, composition.sources, sources),
    ]
    every_problem = tuple(dict.fromkeys(problems))
    if errors(every_problem):
        return Composed(None, every_problem)
    policy = Policy(
        language=language,
        profile=organisation.profile,
        stack=stack.listed(),
        outline=outline,
        front=front,
        sections=sections,
        sources=sources,
        removed=tuple(composition.removed),
        gaps=gaps,
        profile_digest=organisation.digest,
        library_digest=library.digest,
        logo=base64.b64encode(organisation.logo).decode(),
        history=tuple(_history_entry(entry, language) for entry in organisation.history),
        theme=organisation.theme,
        left_out=left_out,
        commitments=composition.commitments(language).promised,
    )
    return Composed(policy, every_problem)


def unfilled_clauses(
    library: Library, organisation: Organisation, cache: ComposeCache
) -> dict[str, Draft]:
    """Return the clauses that a profile's stack folds to, by id, in the source language.

    Those that the body leaves out are there too.
    """
    organisation = with_usual_facts(library, organisation)
    stack = select_stack(library, organisation)
    composition = Composition(library, organisation, stack, library.source_language, cache)
    order, _ = section_order(composition.outline, stack, library.source_language, ())
    sections = (composition.outline.front.section, *order)
    return {draft.id: draft for section in sections for draft in composition.fold(section).drafts}


def _assumptions(stack: Stack, organisation: Organisation) -> Iterable[Problem]:
    """Advise of what a layer's words take for granted of a body, so that it can say otherwise."""
    for layer in stack.layers:
        if layer.assumes:
            what = f"The words of {layer.name} take for granted that {layer.assumes}."
            mend = layer.otherwise or "If that is not so, choose another kind."
            place = organisation.place(("kind",))
            yield Problem(what, mend, place, Level.ADVICE, code="PG325", field=("kind",))


def _history_entry(entry: HistoryEntry, language: str) -> HistoryEntry:
    """Return a release in one language, where the profile gives its texts in several."""
    approver = localise(entry.approver, language)
    return replace(entry, approver=approver, approved_at=localise(entry.approved_at, language))
