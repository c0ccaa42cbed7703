"""The whole flow, in short functions. Open this first.

profile -> Organisation ─┐
templates -> Library ────┴─ compose ─> Policy ─ present ─> Document ─ write ─> bytes
                      Policy + Policy ─ diff ─> Differences ─ present ─> Document ─ write ─> bytes
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from policygen.diff import differences
from policygen.diff.select import select
from policygen.lint import lint
from policygen.lint.budget import too_long
from policygen.load.library import load_library
from policygen.load.profile import find_profile
from policygen.load.stamp import restamp
from policygen.model.difference import Differences
from policygen.model.fragment import Library, Organisation
from policygen.model.policy import Policy, to_json
from policygen.present.edition import present
from policygen.problems import Place, PolicygenError, Problem, errors, nearest
from policygen.subject import Subject, subjects
from policygen.subject import policies_of as policies_of
from policygen.write.disk import File, manifest
from policygen.write.disk import save as write_files
from policygen.write.writer import Paged, writer
from policygen.write.writer import formats as known_formats


@dataclass(frozen=True, slots=True)
class Generated:
    """Everything that one profile gives, and the Problems that did not stop it."""

    organisation: Organisation
    policies: tuple[Policy, ...]
    files: tuple[File, ...]
    problems: tuple[Problem, ...]


def library(templates: Iterable[Path] = ()) -> Library:
    """Read the library once; every profile of a run shares it. Raises PolicygenError."""
    return load_library(templates)


def generate(
    profile: Path, words: Library, editions: Sequence[str] = (), formats: Sequence[str] = ()
) -> Generated:
    """One profile to finished files, in memory. Raises PolicygenError with every error of the profile at once.

    Left out, `editions` are the whole policy at each depth, and `formats` all that are installed.
    """
    known(editions, formats, words)
    organisation, policies, problems = policies_of(profile, words)
    editions, formats = editions or whole(words), formats or known_formats()
    files: list[File] = []
    for place, policy in enumerate(policies):
        suffix = f".{policy.language}" if place else ""  # the first language's files bear no tag
        files.append(File(f"{organisation.name}/policy{suffix}.json", to_json(policy), language=policy.language))
        documents = {edition: present(policy, edition) for edition in editions}
        for format in formats:
            try:
                made = writer(format)
                for edition, document in documents.items():
                    path = f"{organisation.name}/{edition}{suffix}.{made.extension}"
                    data, pages = made.write_pages(document) if isinstance(made, Paged) else (made.write(document), 0)
                    files.append(File(path, data, edition, format, policy.language))
                    problems = (*problems, *too_long(policy, edition, pages))
            except PolicygenError as error:  # a library that is missing costs its own format only
                if errors(error.problems):
                    raise
                problems = (*problems, *(p for p in error.problems if p not in problems))
    return Generated(organisation, policies, tuple(files), problems)


@dataclass(frozen=True, slots=True)
class Compared:
    """Two policies under their names, and everything that tells them apart."""

    first: Subject
    second: Subject
    found: Differences

    @property
    def labels(self) -> tuple[str, str]:
        """What people call the two in full."""
        return self.first.label, self.second.label


def compare(
    first: str, second: str, words: Library, *, language: str = "", tier: str = "", section: str = "",
    substance: bool = False,
) -> Compared:  # fmt: skip
    """How the second of two policies differs from the first, narrowed to a tier, a section or more than names.

    Each is named as `subject` has it. Raises PolicygenError, for a tier or a section that does not exist too.
    """
    one, other = subjects((first, second), words, language)
    outlines = one.policy.outline, other.policy.outline
    sections = {s.id for p in (one.policy, other.policy) for s in (p.front, *p.sections)}
    for given, there, what in ((tier, {t for o in outlines for t in o.tiers}, "tier"), (section, sections, "section")):
        if given and given not in there:
            raise PolicygenError([Problem(f'There is no {what} "{given}".', nearest(given, there))])
    found = differences(one.policy, other.policy)
    return Compared(one, other, select(found, tier=tier, section=section, substance=substance))


def check(profile: Path, words: Library) -> tuple[Problem, ...]:
    """Every Problem of one profile, the advice of `lint` too; raises nothing for what a user can cause."""
    try:
        _, policies, problems = policies_of(profile, words)
    except PolicygenError as error:
        return error.problems
    return tuple(dict.fromkeys((*problems, *(p for policy in policies for p in lint(policy, words.style)))))


def find(names: Iterable[str]) -> tuple[list[Path], tuple[Problem, ...]]:
    """The profiles' files, and a Problem for each name that leads to none or repeats another's folder."""
    found: dict[str, Path] = {}
    clashing: set[str] = set()
    problems: list[Problem] = []
    for name in names:
        try:
            path = find_profile(name)
        except PolicygenError as error:
            problems.extend(error.problems)
            continue
        folder = path.resolve().parent.name
        if folder in found and found[folder].resolve() != path.resolve():
            what = f'Two organisations are called "{folder}": {found[folder]} and {path}.'
            mend = "Rename one of the folders: documents are filed by its name."
            problems.append(Problem(what, mend, Place(str(path))))
            clashing.add(folder)
        else:
            found[folder] = path
    return [path for folder, path in found.items() if folder not in clashing], tuple(problems)


def save(made: Generated, out: Path) -> list[Path]:
    """Write all of one profile's files and renew the manifest. Raises PolicygenError; then nothing is changed."""
    digests = (made.organisation.digest, made.policies[0].library_digest)
    listed = manifest(out, made.organisation.name, made.files, *digests)
    return write_files((*made.files, listed), out)[:-1]


def accept(names: Iterable[str], words: Library, ids: Sequence[str] = ()) -> list[tuple[Place, str, str]]:
    """Stamp the edits of some organisations that are stale or bear no stamp; `ids` narrows them.

    Returns (place, clause id, stamp) of each. Raises PolicygenError, for an unknown id too; then nothing is stamped.
    """
    names = list(names)
    stamps: list[tuple[Place, str, str]] = []
    edited: list[str] = []
    for name in names:
        _, policies, _ = policies_of(find_profile(name), words)
        for id, origin in policies[0].origins():
            if origin.layer == "organisation" and origin.edit != "add":
                edited.append(id)
                if (not ids or id in ids) and origin.was != origin.beneath:
                    stamps.append((Place(origin.path, origin.line), id, origin.beneath))
    whose = ", ".join(names) or "No profile"
    unknown = [Problem(f'{whose} does not edit "{id}".', nearest(id, edited)) for id in ids if id not in edited]
    if unknown:
        raise PolicygenError(unknown)
    restamp(stamps)
    return stamps


def known(editions: Iterable[str], formats: Iterable[str], words: Library) -> None:
    """Raise PolicygenError for every edition and format that does not exist."""
    there = [(editions, words.outline.editions, "edition"), (formats, known_formats(), "format")]
    problems = [
        Problem(f'There is no {what} "{name}".', nearest(name, names))
        for given, names, what in there
        for name in given
        if name not in names
    ]
    if problems:
        raise PolicygenError(problems)


def whole(words: Library) -> tuple[str, ...]:
    """The editions that tell the whole policy: one at each depth."""
    return tuple(key for key, e in words.outline.editions.items() if e.whole)
