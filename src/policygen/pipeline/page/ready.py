"""What a policy still lacks: who knows it, and what must be mended until it may be approved."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby
from pathlib import Path

from policygen.lint.roles import roles
from policygen.load.profile.profile import load_organisation
from policygen.load.records import read_records
from policygen.model.fragment import Organisation
from policygen.model.policy import MissingFact
from policygen.model.release.history import HistoryEntry
from policygen.pipeline.check import check
from policygen.pipeline.compose_profile import compose_organisation, compose_profile
from policygen.pipeline.page.form import FormField
from policygen.pipeline.page.others.entry import boxes_field, choice_field
from policygen.pipeline.page.profiles import Listed, ProfileText
from policygen.pipeline.released.approval import approval_faults
from policygen.pipeline.released.kept_answers import answer_faults
from policygen.pipeline.workspace import Workspace
from policygen.problems import DataPath, PolicygenError, Problem, errors
from policygen.store.profile_edit.profile_text import Change, profile_with
from policygen.store.ready import release_entry

_UNKNOWN = "PG313"  # a fact that the words want
_SUMMARY = FormField(
    ("summary",), "What changed, in a line of the change history", "lines", "", required=True
)
_VERSIONS = {
    "": "The one that the facts name",
    "minor": "The next one: better words, same meaning",
    "major": "The next whole number: what people may or must do has changed",
}
_BUMP = choice_field(("bump",), "Which version is it?", _VERSIONS)
WITHOUT_PDF = boxes_field(
    ("without_pdf",),
    "This computer cannot print PDF",
    {"1": "Release it without PDF"},
    hint="Ask whoever looks after it for Pango, and release then; or release every other format "
    "now. A released version gets no PDF later.",
)
_MENDED_BY: dict[str, DataPath] = {"PG528": _SUMMARY.path, "PG550": WITHOUT_PDF.path}
_SOME_SUMMARY = "A summary."  # stands for the one that is asked for when it is released


@dataclass(frozen=True, slots=True)
class UnknownFact:
    """A fact that is not known yet: what it is called, and where it stands in the profile."""

    label: str
    path: DataPath


@dataclass(frozen=True, slots=True)
class WhoKnows:
    """What one person, or one team, is asked for."""

    who: str
    facts: tuple[UnknownFact, ...]


@dataclass(frozen=True, slots=True)
class BeforeApproval:
    """What a policy lacks until it may be approved: facts, and whatever else is to be mended."""

    unknown: tuple[Problem, ...]
    problems: tuple[Problem, ...]


def still_unknown(profile: Path, workspace: Workspace) -> tuple[WhoKnows, ...]:
    """Return what a policy lacks, by those who know it. Raises PolicygenError."""
    gaps = compose_profile(profile, workspace).policies[0].gaps
    order = {who: number for number, who in enumerate(dict.fromkeys(gap.ask for gap in gaps))}
    ranked = sorted(gaps, key=lambda gap: order[gap.ask])
    by_asked = groupby(ranked, lambda gap: gap.ask)
    return tuple(WhoKnows(who, tuple(map(_unknown_fact, facts))) for who, facts in by_asked)


def unknown_list(body: Listed, workspace: Workspace) -> str:
    """Return the same as a plain text, to be put into a message. Raises PolicygenError."""
    parts = [f"What our social media policy still needs: {body.title}"]
    for one in still_unknown(body.file, workspace):
        facts = "\n".join(f"- {fact.label}" for fact in one.facts)
        parts.append(f"Please ask {one.who}:\n{facts}")
    return "\n\n".join(parts) + "\n"


def _unknown_fact(gap: MissingFact) -> UnknownFact:
    return UnknownFact(gap.label, tuple(gap.fact.removeprefix("organisation.").split(".")))


def every_fault(profile: Path, workspace: Workspace, on: date | None = None) -> tuple[Problem, ...]:
    """Return all that `policygen check` says of a profile on a day. Raises PolicygenError."""
    return check(profile, workspace, on)


def faults_of_facts(profile: Path, workspace: Workspace) -> tuple[Problem, ...]:
    """Return what is wrong with the facts of a profile as they stand: less, and sooner, than all.

    How the words read is not looked at. Raises PolicygenError for a library that cannot be read.
    """
    own = workspace.for_profile(profile)
    try:
        composed = compose_profile(profile, own)
    except PolicygenError as error:
        return error.problems
    return (*composed.problems, *roles(composed.organisation, own.library.style))


def before_approval(profile_text: ProfileText, workspace: Workspace) -> BeforeApproval:
    """Return every error that the policy would have, if its profile said today that it is approved.

    What its consultation was promised is there too. Nothing is written.
    """
    found = _faults_if_approved(profile_text, workspace)
    problems = tuple(one for one in found if one.code != _UNKNOWN)
    told = {one.field for one in problems}
    unknown = (one for one in found if one.code == _UNKNOWN and one.field not in told)
    return BeforeApproval(tuple(unknown), problems)


def _faults_if_approved(profile_text: ProfileText, workspace: Workspace) -> tuple[Problem, ...]:
    own = workspace.for_profile(profile_text.file)
    try:
        text = profile_with(
            profile_text.text, profile_text.shown, Change(("policy", "status"), "approved")
        )
        organisation = load_organisation(profile_text.file, own.library, text)
    except PolicygenError as error:
        return errors(error.problems)
    found: list[Problem] = []
    try:
        release_entry(organisation, _SOME_SUMMARY)
    except PolicygenError as error:
        found += _but_released(error.problems, organisation)
    try:
        composed = compose_organisation(organisation, own)
        policies = composed.policies
        found += approval_faults(profile_text.file.parent, organisation, policies)
        promised = answer_faults(profile_text.file, organisation, policies, own)
    except PolicygenError as error:
        found, promised = [*found, *error.problems], ()
    return tuple(dict.fromkeys((*errors(found), *promised)))


def _but_released(problems: Iterable[Problem], organisation: Organisation) -> Iterator[Problem]:
    """Yield Problems but the one that this version is released: the form asks for the next."""
    version = organisation.profile.policy.version
    is_released = version in [entry.version for entry in organisation.history]
    for one in problems:
        if not (is_released and one.field == ("policy", "version")):
            yield one


@dataclass(frozen=True, slots=True)
class ReleasePage:
    """What stands in the way of a release, what was released before, newest first, and the form."""

    missing: BeforeApproval
    made: tuple[HistoryEntry, ...]
    asked: tuple[FormField, ...]

    def fields(self) -> tuple[FormField, ...]:
        """Return every field of the form."""
        return self.asked


def form_of_release(
    profile_text: ProfileText, workspace: Workspace, *, lacks_pdf: bool
) -> ReleasePage:
    """Return what the page of a release shows. Raises PolicygenError.

    With `lacks_pdf` it asks whether the release shall be made without PDF.
    """
    records = read_records(profile_text.file.parent)
    made = tuple(record.entry for record in reversed(records))
    fields = (_SUMMARY, _BUMP, WITHOUT_PDF) if lacks_pdf else (_SUMMARY, _BUMP)
    return ReleasePage(before_approval(profile_text, workspace), made, fields)


def at_release_fields(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Return why nothing was released, each with the field of the form that mends it."""
    return tuple(replace(one, field=_MENDED_BY.get(one.code, one.field)) for one in problems)
