"""What a name on the command line means: one policy, and how people will know it in a report.

    fenwick, profiles/fenwick    a profile, composed as it stands
    fenwick@1.0                  a release of it
    HEAD~3:profiles/fenwick      a profile at a git revision, with the library of that revision
    dist/fenwick/policy.json     a policy that was composed before

Something on disk that bears the whole name always wins.
"""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path, PurePosixPath

from policygen.compose import compose, languages
from policygen.load import git
from policygen.load.epoch import source_date
from policygen.load.library import read_library
from policygen.load.policy import read_policy
from policygen.load.profile import FILE, find_profile, load_organisation, on_disk
from policygen.load.yaml import shown
from policygen.model.fragment import Library, Organisation
from policygen.model.policy import Policy
from policygen.model.text import dated, in_language, subtag
from policygen.problems import Place, PolicygenError, Problem, errors, nearest
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


def subjects(names: Iterable[str], words: Library, language: str = "") -> tuple[Subject, ...]:
    """Several names in their order, with labels that differ. Raises PolicygenError with the Problems of all."""
    found: list[Subject] = []
    problems: list[Problem] = []
    for name in names:
        try:
            found.append(subject(name, words, language))
        except PolicygenError as error:
            problems += error.problems
    if problems:
        raise PolicygenError(dict.fromkeys(problems))
    many = Counter(one.label for one in {one.name: one for one in found}.values())
    return tuple(
        replace(
            one,
            label=_labels(words, one.policy)["subject_named"].format(
                subject=one.label, name=one.name
            ),
        )
        if many[one.label] > 1
        else one
        for one in found
    )


def subject(name: str, words: Library, language: str = "") -> Subject:
    """The policy that a name means, in one language: left out, the first of the organisation's.

    Raises PolicygenError with the errors of composing it, or when the name leads nowhere.
    """
    try:
        file = find_profile(name)
    except PolicygenError:
        if on_disk(name):
            raise
    else:
        return _file(name, file, words, language)
    release = _RELEASE.fullmatch(name)
    if release and (":" not in release["profile"] or _DRIVE.match(name)):
        return _released(
            name, find_profile(release["profile"]).parent, release["version"], words, language
        )
    if ":" in name and not _DRIVE.match(name):
        return _then(name, words, language)
    find_profile(name)
    raise AssertionError("a name that is found has been returned above")


def policies_of(
    profile: Path, words: Library, language: str = "", organisation: Organisation | None = None
) -> tuple[Organisation, tuple[Policy, ...], tuple[Problem, ...]]:
    """Compose a profile in each of its languages, or in one. Raises PolicygenError; warnings are returned.

    `organisation` is what was read of the profile, where it is not what lies on disk.
    """
    day = source_date()
    organisation = organisation or load_organisation(profile, words)
    tags, problems = languages(words, organisation)
    if language:
        tags = (_told(language, tags, organisation.name, organisation.place(("languages",))),)
    composed = [compose(words, organisation, tag) for tag in tags]
    problems = tuple(dict.fromkeys((*problems, *(p for one in composed for p in one.problems))))
    if errors(problems):
        raise PolicygenError(problems)
    return (
        organisation,
        tuple(replace(one.policy, dated=day) for one in composed if one.policy),
        problems,
    )


@lru_cache(maxsize=8)
def library_at(at: git.Commit, words: Library) -> Library:
    """The library as it stood at a revision: the one in `templates/`, if the repository held one there.

    The further roots of today's are read as they were, where they lie in the repository; one that did not exist
    then is left out. Where nothing was held, it is today's library. Raises PolicygenError.
    """
    shipped, *extra = words.roots
    held = git.paths(at)
    inside = {root: at.path(root) for root in extra}
    base = (
        "templates"
        if "templates/outline.yaml" in held and "templates" not in inside.values()
        else None
    )
    then = [path for path in (base, *inside.values()) if path is not None]
    if not then:
        return words
    with git.files(at, *then) as root:
        there = [
            root / base if base else shipped,
            *(root / path if path else one for one, path in inside.items()),
        ]
        try:
            found = read_library(
                [one for one in there if one.is_dir() or not one.is_relative_to(root)]
            )
        except PolicygenError as error:
            what = f"The library of {at.name} cannot be read by this version of policygen."
            mend = "Take the policygen of that time, or a release or a policy.json: they hold their own words."
            raise PolicygenError([Problem(what, mend), *error.problems]) from None
    # Today's documents may print a label that nobody had thought of then.
    outlines = {
        tag: replace(outline, labels={**in_language(words.outlines, tag).labels, **outline.labels})
        for tag, outline in found.outlines.items()
    }
    return replace(found, outlines=outlines)


def _file(name: str, file: Path, words: Library, language: str) -> Subject:
    """A profile as it stands, or a policy that was composed before."""
    if file.suffix != ".json":
        _, policies, problems = policies_of(file, words, language)
        return Subject(name, _label(words, policies[0]), policies[0], problems=problems)
    policy = read_policy(file)
    if language:
        _told(language, [policy.language], shown(file), Place(shown(file)))
    label = _labels(words, policy)["subject_named"].format(
        subject=_label(words, policy), name=shown(file)
    )
    return Subject(name, label, policy)


def _released(name: str, folder: Path, version: str, words: Library, language: str) -> Subject:
    release = read_release(folder, version)
    policies = {policy.language: place for place, policy in enumerate(release.policies)}
    place = policies[_told(language, policies, name, Place(shown(folder)))] if language else 0
    policy, marked = (
        release.policies[place],
        release.marked()[place],
    )  # its words, and whether they are in force
    told = _labels(words, policy)["subject_release"].format(version=version)
    return Subject(name, _label(words, marked, told), policy)


def _then(name: str, words: Library, language: str) -> Subject:
    """A profile, or a policy.json, at a git revision."""
    typed, _, path = name.partition(":")
    at = git.revision(typed)
    file = PurePosixPath(_held(at, path))
    if file.suffix == ".json":
        with git.files(at, str(file)) as root:
            found = _file(name, root / file, words, language)
            note = ""
    else:
        then = library_at(at, words)
        with git.files(at, str(file.parent)) as root:
            found = _file(name, root / file, then, language)
        note = _labels(words, found.policy)["library_now" if then is words else "library_then"]
    labels, day = _labels(words, found.policy), dated(at.day, found.policy.language)
    label = _label(words, found.policy)
    label = labels["subject_then"].format(
        subject=label, revision=at.name, commit=at.short, date=day
    )
    return replace(found, label=label, note=note)


def _held(at: git.Commit, path: str) -> str:
    """The file that a path means at a revision: from the top of the repository, or from the working folder."""
    typed = path.replace("\\", "/")
    names = [typed] if "/" in typed else [typed, f"profiles/{typed}"]
    starts = ["", at.path(Path.cwd()) or ""]
    places = [posixpath.normpath(posixpath.join(start, one)) for start in starts for one in names]
    held = git.paths(at)
    for place in places:
        for file in (place, posixpath.normpath(f"{place}/{FILE}")):
            if file in held:
                return file
    known = [posixpath.dirname(file) or "." for file in held if posixpath.basename(file) == FILE]
    raise PolicygenError(
        [Problem(f'There is no profile "{path}" at {at.name} ({at.short}).', nearest(path, known))]
    )


def _told(language: str, tags: Iterable[str], whose: str, place: Place) -> str:
    """The language among those of a policy. Raises PolicygenError when it is not told in it."""
    tags = tuple(tags)
    for tag in tags:
        if language in (tag, subtag(tag)):
            return tag
    raise PolicygenError(
        [Problem(f'{whose} is not told in "{language}".', nearest(language, tags), place)]
    )


def _label(words: Library, policy: Policy, version: str = "") -> str:
    labels, control = _labels(words, policy), policy.profile.policy
    known = (
        labels["version"].format(version=control.version)
        if control.version
        else labels["no_version"]
    )
    status = labels[f"status_{control.status}"]
    return labels["subject"].format(
        organisation=policy.profile.name, version=version or known, status=status
    )


def _labels(words: Library, policy: Policy) -> dict[str, str]:
    """Today's labels, in the policy's language: an older policy lacks some."""
    labels: dict[str, str] = in_language(words.outlines, policy.language).labels
    return labels
