"""What a name on the command line means: one policy, and how people will know it in a report.

    fenwick, profiles/fenwick    a profile, composed as it stands
    fenwick@1.0                  a release of it
    HEAD~3:profiles/fenwick      a profile at a git revision, with the library of that revision
    dist/fenwick/policy.json     a policy that was composed before
    old-policy.pdf               one that the body had before, as was decided beside a profile

Something on disk that bears the whole name always wins.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from policygen.characters import marked_line
from policygen.load.files import display_path, given_file
from policygen.load.policy import POLICY_LIMIT, parse_policy
from policygen.load.profile.path import find_profile, is_on_disk
from policygen.model.given_file import GivenFile
from policygen.model.language import format_day, in_language
from policygen.model.outline.label import fill_label
from policygen.model.policy import Policy
from policygen.pipeline.compose_profile import compose_profile, language_among
from policygen.pipeline.workspace import Workspace
from policygen.problems import Location, PolicygenError, Problem
from policygen.store.releases import read_release

_RELEASE = re.compile(r"(?P<profile>.+)@(?P<version>[^@:/\\{}]+)")
_DRIVE = re.compile(r"[A-Za-z]:[\\/]")  # C:\profiles is no revision "C"


@dataclass(frozen=True, slots=True)
class Subject:
    """One policy under the name that somebody gave it, and the warnings of composing it."""

    name: str  # as it was typed
    label: str  # how people will know it: "Fenwick Borough Council, version 1.0, approved"
    policy: Policy
    note: str = ""  # which library it was composed with, where that is not plain
    problems: tuple[Problem, ...] = ()


def find_subjects(
    names: Iterable[str], workspace: Workspace, language: str = ""
) -> tuple[Subject, ...]:
    """Return several subjects in order, with labels that differ.

    Raises PolicygenError with the Problems of all.
    """
    names = tuple(names)
    found: list[Subject] = []
    problems: list[Problem] = []
    for name in names:
        try:
            found.append(find_subject(name, workspace, language, names))
        except PolicygenError as error:
            problems += error.problems
    if problems:
        raise PolicygenError(dict.fromkeys(problems))
    return _with_labels_that_differ(found, workspace)


def find_subject(
    name: str, workspace: Workspace, language: str = "", beside: Iterable[str] = ()
) -> Subject:
    """The policy that a name means, in one language: left out, the first of the organisation's.

    `beside` are the names of the policies that it is compared with: beside a profile it may have
    been decided what an existing policy says. Raises PolicygenError with the errors of composing
    it, or when the name leads nowhere.
    """
    if name.endswith(".json") and is_on_disk(name) and Path(name).is_file():
        return file_subject(marked_line(name), Path(name), workspace, language)
    if is_on_disk(name) and _is_existing_policy(Path(name)):
        profiles = [file for other in beside if (file := _profile_named(other))]
        return existing_subject(marked_line(name), Path(name), profiles, workspace)
    try:
        file = find_profile(name)
    except PolicygenError:
        if is_on_disk(name):
            raise
    else:
        return file_subject(name, file, workspace, language)
    is_path = _DRIVE.match(name) is not None
    release = _RELEASE.fullmatch(name)
    if release and (is_path or ":" not in release["profile"]):
        folder = find_profile(release["profile"]).parent
        return release_subject(name, folder, release["version"], workspace, language)
    if ":" in name and not is_path:
        return _from_revision(name, workspace, language)
    find_profile(name)
    raise AssertionError("a name that is found has been returned above")


def _with_labels_that_differ(found: list[Subject], workspace: Workspace) -> tuple[Subject, ...]:
    """Return the subjects with labels that tell them apart.

    Where different names lead to the same label, each gets its name into it.
    """
    by_name = {subject.name: subject.label for subject in found}
    count = Counter(by_name.values())
    subjects: list[Subject] = []
    for subject in found:
        label = subject.label
        if count[label] > 1:
            label = _with_name(label, subject.name, subject.policy, workspace)
        subjects.append(replace(subject, label=label))
    return tuple(subjects)


def file_subject(name: str, file: Path, workspace: Workspace, language: str = "") -> Subject:
    """Return a profile as it stands, or a policy.json that was composed before.

    Raises PolicygenError, also when a policy.json is not in the language that is wanted.
    """
    if file.suffix != ".json":
        workspace = workspace.for_profile(file)
        composed = compose_profile(file, workspace, language)
        policy = composed.policies[0]
        label = _label(workspace, policy)
        return Subject(name, label, policy, problems=composed.problems)
    subject = json_subject(name, given_file(file, POLICY_LIMIT), workspace)
    if language:
        tags = [subject.policy.language]
        language_among(language, tags, display_path(file), Location(display_path(file)))
    return subject


def json_subject(name: str, file: GivenFile, workspace: Workspace) -> Subject:
    """Return a policy.json that was composed before. Raises PolicygenError."""
    policy = parse_policy(file.data, file.shown)
    label = _with_name(_label(workspace, policy), file.shown, policy, workspace)
    return Subject(name, label, policy)


def _is_existing_policy(path: Path) -> bool:
    """Tell whether a path is a file in a form in which policies come; a profile's is none."""
    if not path.is_file():
        return False
    from policygen.pipeline.existing.side import is_existing_policy  # most names are profiles

    return is_existing_policy(path)


def existing_subject(
    name: str, source: Path | GivenFile, profiles: Sequence[Path], workspace: Workspace
) -> Subject:
    """Return a policy that a body had before, as people decided what it says for some profile.

    Raises PolicygenError where none of them has decided on it.
    """
    from policygen.pipeline.existing.side import existing_side

    side = existing_side(source, profiles, workspace)
    shown = marked_line(display_path(source)) if isinstance(source, Path) else source.shown
    label = fill_label(
        _labels(workspace, side.policy)["subject_named"], subject=side.title, name=shown
    )
    note = ""
    if side.open:
        clauses = "1 clause" if side.open == 1 else f"{side.open} clauses"
        note = f"{name}: nobody has decided yet whether it has {clauses}."
    return Subject(name, label, side.policy, note)


def _profile_named(name: str) -> Path | None:
    """Return the file of the profile that a name means, or None."""
    try:
        return find_profile(name)
    except PolicygenError:
        return None


def release_subject(
    name: str, folder: Path, version: str, workspace: Workspace, language: str = ""
) -> Subject:
    """Return a release of the profile in a folder. Raises PolicygenError."""
    release = read_release(folder, version)
    number = 0
    if language:
        tags = [policy.language for policy in release.policies]
        number = tags.index(language_among(language, tags, name, Location(display_path(folder))))
    policy = release.policies[number]
    in_force = release.marked()[number]  # its words, and whether they are in force
    version_label = fill_label(
        _labels(workspace, policy)["subject_release"], version=release.record.entry.version
    )
    return Subject(name, _label(workspace, in_force, version_label), policy)


def _from_revision(name: str, workspace: Workspace, language: str) -> Subject:
    """A profile, or a policy.json, at a git revision."""
    from policygen.load import git  # few names hold a revision
    from policygen.pipeline.names.revision import find_file, library_of_profile_at

    typed, _, path = name.partition(":")
    commit = git.revision(typed)
    file = PurePosixPath(find_file(commit, path))
    if file.suffix == ".json":
        with git.files_at(commit, str(file)) as root:
            found = file_subject(name, root / file, workspace, language)
            note = ""
    else:
        library = library_of_profile_at(commit, file, workspace)
        with git.files_at(commit, str(file.parent)) as root:
            found = file_subject(name, root / file, workspace.with_library(library), language)
        is_today = library is workspace.library
        note = _labels(workspace, found.policy)["library_now" if is_today else "library_then"]
    label = fill_label(
        _labels(workspace, found.policy)["subject_then"],
        subject=_label(workspace, found.policy),
        revision=commit.name,
        commit=commit.short,
        date=format_day(commit.day, found.policy.language),
    )
    return replace(found, label=label, note=note)


def _label(workspace: Workspace, policy: Policy, version: str = "") -> str:
    """A policy as people know it; `version` says otherwise which version it is."""
    labels = _labels(workspace, policy)
    control = policy.profile.policy
    if not version and control.version:
        version = fill_label(labels["version"], version=control.version)
    return fill_label(
        labels["subject"],
        organisation=policy.profile.name,
        version=version or labels["no_version"],
        status=labels[f"status_{control.status}"],
    )


def _with_name(label: str, name: str, policy: Policy, workspace: Workspace) -> str:
    """A label with the name that was typed, or with the file's."""
    return fill_label(_labels(workspace, policy)["subject_named"], subject=label, name=name)


def _labels(workspace: Workspace, policy: Policy) -> dict[str, str]:
    """Today's labels, in the policy's language: an older policy lacks some."""
    labels: dict[str, str] = in_language(workspace.library.outlines, policy.language).labels
    return labels
