"""What a change of the library does to many policies.

Each profile as it stands, composed with both libraries.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from policygen.diff import differences
from policygen.diff.lines import changed_lines
from policygen.diff.match import WordsCache
from policygen.load import git
from policygen.model.comparison.difference import (
    ClausePart,
    Difference,
    DifferenceKind,
    FactCause,
    LayerCause,
)
from policygen.model.comparison.impact import (
    AffectedPolicy,
    Effect,
    FailedComposition,
    Impact,
    StaleEdit,
)
from policygen.model.fragment import FACT_GROUPS
from policygen.model.language import subtag
from policygen.model.outline.outline import Outline
from policygen.model.policy import Clause, Origin, Policy, Section
from policygen.model.wording import Wording
from policygen.pipeline.compose_profile import compose_profile
from policygen.pipeline.fleet.order import Order
from policygen.pipeline.fleet.work_through import work_through
from policygen.pipeline.names.revision import library_at
from policygen.pipeline.workspace import Workspace
from policygen.problems import Message, PolicygenError, Problem, errors


def impact(since: str, profiles: Sequence[Path], workspace: Workspace, jobs: int = 1) -> Impact:
    """What has changed since a git revision because the library moved.

    The profiles are those of today, and each has the library that it names today: now, and as it
    was. So many processes look at them at once.

    Raises PolicygenError when there is no such revision, no library in it, or one that cannot be
    read. What is wrong with a profile is part of the answer.
    """
    at = git.revision(since)
    was_held = library_at(at, workspace) is not workspace.library  # by the repository
    found = _Found(was_held)
    order = _ImpactOrder(at)
    with closing(
        work_through(order, profiles, workspace, workspace.library, jobs, workspace.on_step)
    ) as looks:
        for look in looks:
            found.add(look)
    if not found.was_held and not found.failing:
        raise PolicygenError([_no_library(since)])
    return Impact(
        revision=at.name,
        commit=at.short,
        day=at.day,
        policies=tuple(found.policies),
        effects=tuple(found.effects(workspace.library.outline)),
        stale=tuple(found.stale),
        began=tuple(found.began),
        failing=tuple(found.failing),
        came=tuple(found.came),
        gone=tuple(found.gone),
    )


def _no_library(since: str) -> Problem:
    what = f"The repository held no library at {since}, so there is nothing to compare with."
    mend = Message(
        "Run this where templates/ lies in the repository, "
        "or say with --templates which folder of it to read.",
        on_page="Choose a revision that holds templates/.",
    )
    return Problem(what, mend, code="PG633")


@dataclass(slots=True)
class _Look:
    """What is found at one profile."""

    was_held: bool = False
    policies: list[str] = field(default_factory=list)
    readings: list[_Reading] = field(default_factory=list)
    stale: list[StaleEdit] = field(default_factory=list)
    began: list[FailedComposition] = field(default_factory=list)
    failing: list[FailedComposition] = field(default_factory=list)
    came: list[str] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)


class _Reading(NamedTuple):
    """A difference under what all policies share that the same change reaches, and its title."""

    sign: object
    title: str
    affected: AffectedPolicy


@dataclass(frozen=True)
class _ImpactOrder(Order[Path, _Look]):
    """A look at every profile with the library of a revision, and with today's."""

    done = "composed"

    at: git.Commit

    def name(self, task: Path) -> str:
        """Return the name of a profile's folder."""
        return task.resolve().parent.name

    def work(self, task: Path, workspace: Workspace) -> _Look:
        """Compose one profile with both libraries, and compare."""
        try:
            now = workspace.for_profile(task)
            library = library_at(self.at, now)
        except PolicygenError as error:
            return _failed(task, errors(error.problems))
        look = _Look(library is not now.library)
        _look_at(task, now.with_library(library), now, look)
        return look

    def lost(self, task: Path, problem: Problem) -> _Look:
        """Return why a profile could not be composed."""
        return _failed(task, (problem,))


def _failed(profile: Path, problems: tuple[Problem, ...]) -> _Look:
    failing = FailedComposition(profile.resolve().parent.name, problems)
    return _Look(failing=[failing])


def _look_at(profile: Path, then: Workspace, now: Workspace, look: _Look) -> None:
    """Compose one profile with both libraries, and keep what differs."""
    organisation = profile.resolve().parent.name
    before, faults_then = _composed(profile, then)
    after, faults_now = _composed(profile, now)
    if faults_now:
        look.failing.append(FailedComposition(organisation, faults_now))
    elif faults_then:
        look.began.append(FailedComposition(organisation, faults_then))
    if not before or not after:
        return
    first = next(iter(after))
    names = {
        tag: organisation if tag == first else f"{organisation} ({tag})"
        for tag in (*after, *before)
    }
    look.came += [names[tag] for tag in after if tag not in before]
    look.gone += [names[tag] for tag in before if tag not in after]
    both = [tag for tag in after if tag in before]
    for tag in both:
        look.policies.append(names[tag])
        look.readings += _readings(names[tag], before[tag], after[tag], now.caches.words)
    for tag in both[:1]:  # an edit is one, in however many languages its clause is told
        look.stale += _stale(organisation, before[tag], after[tag])


def _readings(name: str, before: Policy, after: Policy, words: WordsCache) -> Iterator[_Reading]:
    for difference in differences(before, after, words).found:
        if not _unseen(difference):
            sign = (subtag(before.language), _sign(difference))
            title = _title(difference, before, after)
            yield _Reading(sign, title, AffectedPolicy(name, difference))


@dataclass(slots=True)
class _Found(_Look):
    """What is gathered from one profile after another."""

    by_sign: dict[object, list[AffectedPolicy]] = field(default_factory=dict)
    titles: dict[object, str] = field(default_factory=dict)

    def add(self, look: _Look) -> None:
        """Take over what was found at one profile."""
        self.was_held = self.was_held or look.was_held
        self.policies += look.policies
        self.stale += look.stale
        self.began += look.began
        self.failing += look.failing
        self.came += look.came
        self.gone += look.gone
        for sign, title, affected in look.readings:
            self.by_sign.setdefault(sign, []).append(affected)
            self.titles.setdefault(sign, title)

    def effects(self, outline: Outline) -> Iterator[Effect]:
        """Every change once, with whom it reaches, in the order of sections and clauses."""
        sections = {
            name: location
            for location, name in enumerate((outline.front.section, *outline.sections))
        }
        clauses: dict[str, int] = {}
        for key in self.by_sign:
            clauses.setdefault(self.by_sign[key][0].difference.clause, len(clauses))

        def order(key: object) -> tuple[int, int]:
            difference = self.by_sign[key][0].difference
            return sections.get(difference.section, len(sections)), clauses[difference.clause]

        for key in sorted(self.by_sign, key=order):
            yield Effect(self.titles[key], tuple(self.by_sign[key]))


def _composed(
    profile: Path, workspace: Workspace
) -> tuple[Mapping[str, Policy], tuple[Problem, ...]]:
    """The policies by language, or the errors that stand in the way."""
    try:
        composed = compose_profile(profile, workspace)
    except PolicygenError as error:
        return {}, errors(error.problems)
    return {policy.language: policy for policy in composed.policies}, ()


def _stale(name: str, before: Policy, after: Policy) -> Iterator[StaleEdit]:
    """Yield the edits beneath which the words have moved, and that nobody has stamped since."""
    then = {(id, o.edit): o.beneath for id, o in before.origins() if _own(o)}
    titles = {clause.id: clause.title.text for clause in after.clauses()} | {
        c.id: c.title for c in after.removed
    }
    for id, origin in after.origins():
        beneath = then.get((id, origin.edit))
        if not _own(origin) or beneath is None or beneath == origin.beneath:
            continue
        if not origin.was or (origin.was == beneath and origin.stale):
            location = f"{origin.path}:{origin.line}"
            yield StaleEdit(name, id, titles[id], origin.edit, location, bool(origin.was))


def _unseen(difference: Difference) -> bool:
    """Words that became a fact which prints the same words: nobody who reads the policy sees it."""
    first, second = difference.first, difference.second
    return isinstance(first, Wording) and isinstance(second, Wording) and first.text == second.text


def _own(origin: Origin) -> bool:
    return origin.layer == "organisation" and origin.edit != "add"


def _sign(difference: Difference) -> object:
    """What two policies share when the same change of the library reaches both.

    It holds no value of a single policy.
    """
    layers = tuple((c.layer, c.edit) for c in difference.why if isinstance(c, LayerCause))
    about = (difference.kind, difference.section, difference.clause, difference.part, layers)
    first, second = difference.first, difference.second
    if difference.kind in (DifferenceKind.SET_DIFFERENTLY, DifferenceKind.NAMES_ONLY):
        facts = (cause for cause in difference.why if isinstance(cause, FactCause))
        return *about, tuple(
            fact if fact.fact.partition(".")[0] in FACT_GROUPS else fact.fact for fact in facts
        )
    if isinstance(first, Wording) or isinstance(second, Wording):
        return *about, *(
            tuple(line.skeleton for line in some) for some in changed_lines(first, second)
        )
    return *about, _shape(first), _shape(second)


def _shape(part: ClausePart) -> object:
    return part.id if isinstance(part, (Clause, Section)) else part


def _title(difference: Difference, before: Policy, after: Policy) -> str:
    """The title of the clause or the section, as it is now if it is still there."""
    for policy in (after, before):
        if difference.clause:
            if clause := policy.clause(difference.clause):
                return clause.title.text
        else:
            for section in (policy.front, *policy.sections):
                if section.id == difference.section:
                    return section.title.text
    return difference.clause or difference.section
