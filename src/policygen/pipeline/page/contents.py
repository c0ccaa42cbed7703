"""What a policy holds and what it does without: each section, each clause, and how long it is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from policygen.compose.composer import unfilled_clauses
from policygen.compose.places.split import by_place
from policygen.compose.section_order import section_order
from policygen.compose.stack import select_stack
from policygen.lint.budget import edition_words
from policygen.lint.reading import word_total
from policygen.load.profile.profile import load_organisation
from policygen.model.extent import Omission
from policygen.model.fragment import Organisation
from policygen.model.policy import Clause, Policy
from policygen.model.wording import printed_facts
from policygen.pipeline.compose_profile import compose_organisation
from policygen.pipeline.workspace import Workspace
from policygen.present.edition import present
from policygen.problems import PolicygenError, Problem
from policygen.write.writer import Paged, writer

OWN_LAYER = "organisation"
_PROMISE = "commitments."
_PROMISED = re.compile(rf"{re.escape(_PROMISE)}\w+")


@dataclass(frozen=True, slots=True)
class EditionSize:
    """How long an edition is; the most that it may have is None where nothing says so."""

    key: str
    title: str
    words: int
    most_words: int | None
    most_pages: int | None
    pages: int | None = None  # once somebody has counted them


@dataclass(frozen=True, slots=True)
class ClauseEntry:
    """A clause that a policy has, or does without because of `omission`.

    One without a number and with `see` in its omission is printed as a line that leads elsewhere.
    `lengths` are its words by the heading of each tier; `promises` the commitments that it tells.
    """

    id: str
    number: str
    name: str
    grade: str
    binding: bool
    lengths: tuple[tuple[str, int], ...]
    promises: tuple[str, ...]
    omission: Omission | None = None
    is_own: bool = False  # the body's own folder adds or edits it


@dataclass(frozen=True, slots=True)
class SectionEntry:
    """A section and all its clauses in order, those left out too."""

    id: str
    number: str
    name: str
    clauses: tuple[ClauseEntry, ...]
    omission: Omission | None = None  # of one that is printed as a line

    @property
    def has_all_left_out(self) -> bool:
        """Whether nothing of it is told."""
        return all(one.omission for one in self.clauses)


@dataclass(frozen=True, slots=True)
class PolicyContents:
    """All that a body may choose from, in the order of its policy.

    `ordered_by` are the titles of the body's own headings, which decide the order where it has any.
    """

    extent: str
    extent_says: str
    sections: tuple[SectionEntry, ...]
    sizes: tuple[EditionSize, ...]
    ordered_by: tuple[str, ...]

    def clause(self, id: str) -> ClauseEntry | None:
        """Find one clause by its id."""
        every = (clause for section in self.sections for clause in section.clauses)
        return next((one for one in every if one.id == id), None)

    def section(self, id: str) -> SectionEntry | None:
        """Find one section by its id."""
        return next((one for one in self.sections if one.id == id), None)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What would come of a choice: each edition as it would be, and what is promised.

    `words_before` are those of each edition as it is. `problems` say why it cannot be.
    """

    sizes: tuple[EditionSize, ...] = ()
    words_before: Mapping[str, int] = field(default_factory=dict)
    promised: tuple[str, ...] = ()
    no_longer: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()


def contents_of(profile: Path, workspace: Workspace, *, with_pages: bool = False) -> PolicyContents:
    """Return what a policy holds. Raises PolicygenError for one that does not compose.

    Pages are counted by printing each edition, which takes seconds.
    """
    own = workspace.for_profile(profile)
    organisation = load_organisation(profile, own.library)
    policy = compose_organisation(organisation, own).policies[0]
    grades = own.library.outline.grades
    return PolicyContents(
        policy.extent,
        grades.says.get(policy.extent, ""),
        tuple(_sections(policy, organisation, own)),
        tuple(edition_sizes(policy, own, with_pages=with_pages)),
        tuple(str(one.title) for one in organisation.profile.contents.headings),
    )


def edition_sizes(
    policy: Policy, workspace: Workspace, *, with_pages: bool = False
) -> Iterator[EditionSize]:
    """Yield the length of each edition that has a budget, or that is made when nobody names one."""
    for key, edition in policy.outline.editions.items():
        words, pages = policy.budget(edition.words), policy.budget(edition.pages)
        if words or key in policy.outline.default_editions:
            count = edition_words(policy, key, workspace.caches.prose)
            counted = _pages(policy, key, workspace) if with_pages else None
            yield EditionSize(key, edition.title, count, words, pages, counted)


def outcome(profile: Path, text: str, workspace: Workspace) -> Outcome:
    """Return what would come of a profile that said `text`. Nothing is written."""
    own = workspace.for_profile(profile)
    try:
        before = compose_organisation(load_organisation(profile, own.library), own).policies[0]
        tried = load_organisation(profile, own.library, text)
        after = compose_organisation(tried, own).policies[0]
    except PolicygenError as error:
        return Outcome(problems=error.problems)
    promises = [_promises_of(one, _facts(one.clauses())) for one in (before, after)]
    return Outcome(
        tuple(edition_sizes(after, own)),
        {one.key: one.words for one in edition_sizes(before, own)},
        tuple(one for one in promises[1] if one not in promises[0]),
        tuple(one for one in promises[0] if one not in promises[1]),
    )


def sections_in_order(organisation: Organisation, workspace: Workspace) -> tuple[list[str], ...]:
    """Return the sections in the library's order, and in that which the profile chooses.

    The document's own section is in neither: it stands where it stands.
    """
    library = workspace.library
    stack = select_stack(library, next(iter(by_place(organisation).values())))
    front = library.outline.front.section
    orders = (
        section_order(library.outline, stack, library.source_language, chosen)[0]
        for chosen in (None, organisation.profile.contents)
    )
    return tuple([id for id in order if id != front] for order in orders)


def _pages(policy: Policy, edition: str, workspace: Workspace) -> int | None:
    """Count the pages of an edition; None where this computer prints no pages."""
    printer = writer("pdf")
    if not isinstance(printer, Paged):
        return None
    try:
        return printer.print_pages(present(policy, edition, workspace.caches.prose)).pages
    except PolicygenError:
        return None


def _sections(
    policy: Policy, organisation: Organisation, workspace: Workspace
) -> Iterator[SectionEntry]:
    drafts = unfilled_clauses(workspace.library, organisation, workspace.caches.compose)
    known = {clause.id for clause in policy.clauses()} | {one.id for one in policy.left_out}
    printed = {section.id: section for section in policy.sections}
    _, order = sections_in_order(organisation, workspace)
    for id in order:
        clauses = [
            clause_entry(policy, clause)
            for clause in drafts
            if clause.partition(".")[0] == id and clause in known
        ]
        if not clauses:
            continue
        section = printed.get(id)
        number, omission = (section.number, section.omission) if section else ("", None)
        if section and not omission:
            name = (section.label or section.title).text
        else:
            name = section_name(id, organisation, workspace)
        yield SectionEntry(id, number, name, tuple(clauses), omission)


def clause_entry(policy: Policy, id: str) -> ClauseEntry:
    """Return a clause that is taken, or left out, or printed as a line and so both."""
    clause = policy.clause(id)
    left_out = next((one for one in policy.left_out if one.id == id), None)
    source = left_out or clause
    assert source
    told: dict[str, str]
    if left_out:
        told = {one.tier: one.skeleton for one in left_out.tellings}
        facts = [name for text in told.values() for name in _PROMISED.findall(text)]
        name = left_out.label or left_out.title
    else:
        assert clause
        told = {one.tier: one.wording.text for one in clause.tellings}
        facts = list(_facts([clause]))
        name = (clause.label or clause.title).text
    tiers = policy.outline.tiers
    return ClauseEntry(
        source.id,
        clause.number if clause else "",
        name,
        source.grade,
        source.binding,
        tuple((tiers[tier].heading, word_total(text)) for tier, text in told.items()),
        _promises_of(policy, facts),
        source.omission,
        any(origin.layer == OWN_LAYER for origin in source.origins),
    )


def _facts(clauses: Iterable[Clause]) -> Iterator[str]:
    """Yield the paths of the facts that clauses print."""
    for clause in clauses:
        for telling in clause.tellings:
            yield from (one.fact for one in printed_facts(telling.wording.pieces))


def _promises_of(policy: Policy, facts: Iterable[str]) -> tuple[str, ...]:
    """Return the commitments among some facts, each in a line: how soon or how often, and what."""
    names = dict.fromkeys(fact.removeprefix(_PROMISE) for fact in facts if _PROMISE in fact)
    known: Mapping[str, str] = {
        one.name: f"{one.says}: {one.text or 'off'}" for one in policy.commitments
    }
    return tuple(known[name] for name in names if name in known)


def section_name(id: str, organisation: Organisation, workspace: Workspace) -> str:
    """Return what the lowest layer calls a section that this policy does not print."""
    library = workspace.library
    stack = select_stack(library, next(iter(by_place(organisation).values())))
    for _, fragment in stack.fragments(id, library.source_language):
        if label := fragment.slip.get("label", fragment.title):
            return label.text
    return id
