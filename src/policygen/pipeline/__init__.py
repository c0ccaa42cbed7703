"""The whole flow, in short functions. Open this first.

profile -> Organisation ─┐
templates -> Library ────┴─ compose ─> Policy ─ present ─> Document ─ write ─> bytes
                      Policy + Policy ─ diff ─> Differences ─ present ─> Document ─ write ─> bytes
                   Policy + Policy + … ─ diff ─> Matrix ─ present ─> Document ─ write ─> bytes
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from policygen.diff import differences
from policygen.diff.matrix import matrix
from policygen.diff.select import select
from policygen.interview.answers import Answers
from policygen.interview.page import page
from policygen.lint import lint
from policygen.lint.budget import too_long
from policygen.lint.facts import unused
from policygen.lint.glyphs import missing_glyphs
from policygen.load.library import load_library
from policygen.load.profile import FILE, find_profile, load_organisation, with_release
from policygen.model.difference import Differences
from policygen.model.fragment import Library
from policygen.model.matrix import Matrix
from policygen.model.policy import MissingFact, Outline, Policy, to_json
from policygen.pipeline.moved import moved_on
from policygen.pipeline.subject import Subject, subject, subjects
from policygen.pipeline.subject import policies_of as policies_of
from policygen.present.edition import present
from policygen.problems import Place, PolicygenError, Problem, errors, nearest
from policygen.store.files import File
from policygen.store.files import save as write_files
from policygen.store.fingerprint import fingerprint
from policygen.store.folder import save_folder
from policygen.store.freeze import freeze, sources
from policygen.store.manifest import Kept, manifest, unchanged
from policygen.store.ready import entry, next_version, own, unmoved
from policygen.store.releases import read_release, split, verify
from policygen.store.stamp import restamp
from policygen.store.version import with_version
from policygen.write.writer import Paged, Partial, writer
from policygen.write.writer import formats as known_formats


@dataclass(frozen=True, slots=True)
class Generated:
    """Everything that one profile or release gives, and the Problems that did not stop it.

    `name` is that of its folder: the organisation's, or fenwick@1.0.
    """

    name: str
    policies: tuple[Policy, ...]
    files: tuple[File, ...]
    problems: tuple[Problem, ...]
    whole: bool = True  # every format is there, and lacks nothing; one may lack its library


def library(templates: Iterable[Path] = ()) -> Library:
    """Read the library once; every profile of a run shares it. Raises PolicygenError."""
    return load_library(templates)


def generate(
    profile: Path, words: Library, editions: Sequence[str] = (), formats: Sequence[str] = ()
) -> Generated:
    """One profile to finished files, in memory. Raises PolicygenError with every error of the profile at once.

    Left out, `editions` are the whole policy at each depth, and `formats` all that are installed.
    """
    known(editions, formats, words.outline)
    organisation, policies, problems = policies_of(profile, words)
    return printed(organisation.name, policies, editions, formats, problems)


def printed(
    name: str,
    policies: Sequence[Policy],
    editions: Sequence[str] = (),
    formats: Sequence[str] = (),
    problems: tuple[Problem, ...] = (),
) -> Generated:
    """A policy in each of its languages to finished files in the folder `name`. Raises PolicygenError."""
    problems = tuple(
        dict.fromkeys((*problems, *(p for policy in policies for p in missing_glyphs(policy))))
    )
    editions, formats = editions or whole(policies[0].outline), formats or known_formats()
    files: list[File] = []
    lacking: list[Problem] = []
    for place, policy in enumerate(policies):
        suffix = f".{policy.language}" if place else ""  # the first language's files bear no tag
        files.append(File(f"{name}/policy{suffix}.json", to_json(policy), language=policy.language))
        documents = {edition: present(policy, edition) for edition in editions}
        for format in formats:
            try:
                made = writer(format)
                for edition, document in documents.items():
                    path = f"{name}/{edition}{suffix}.{made.extension}"
                    data, pages = (
                        made.write_pages(document)
                        if isinstance(made, Paged)
                        else (made.write(document), 0)
                    )
                    files.append(File(path, data, edition, format, policy.language))
                    lacking += made.lacking(document) if isinstance(made, Partial) else ()
                    problems = (*problems, *too_long(policy, edition, pages))
            except PolicygenError as error:  # a library that is missing costs its own format only
                if errors(error.problems):
                    raise
                problems = (*problems, *error.problems)
    problems = tuple(dict.fromkeys((*problems, *lacking)))
    is_whole = not lacking and {file.format for file in files}.issuperset(formats)
    return Generated(name, tuple(policies), tuple(files), problems, whole=is_whole)


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
    first: str,
    second: str,
    words: Library,
    *,
    language: str = "",
    tier: str = "",
    section: str = "",
    substance: bool = False,
) -> Compared:
    """How the second of two policies differs from the first, narrowed to a tier, a section or more than names.

    Each is named as `subject` has it. Raises PolicygenError, for a tier or a section that does not exist too.
    """
    one, other = subjects((first, second), words, language)
    outlines = one.policy.outline, other.policy.outline
    sections = {s.id for p in (one.policy, other.policy) for s in (p.front, *p.sections)}
    for given, there, what in (
        (tier, {t for o in outlines for t in o.tiers}, "tier"),
        (section, sections, "section"),
    ):
        if given and given not in there:
            raise PolicygenError([Problem(f'There is no {what} "{given}".', nearest(given, there))])
    found = differences(one.policy, other.policy)
    return Compared(one, other, select(found, tier=tier, section=section, substance=substance))


def compare_all(
    names: Sequence[str],
    words: Library,
    *,
    language: str = "",
    section: str = "",
    step: Callable[[str], None] = lambda name: None,
) -> Matrix:
    """What many policies, each named as `subject` has it, make of each clause; `step` hears whose turn it is.

    Raises PolicygenError with the Problems of all, for a section that none of them has too.
    """
    problems: list[Problem] = []

    def policies() -> Iterator[tuple[str, str, Policy]]:
        for name in names:
            step(name)
            try:
                one = subject(name, words, language)
            except PolicygenError as error:
                problems.extend(error.problems)
            else:
                yield one.name, one.label, one.policy

    found = matrix(policies(), section)
    there = [id for id, _ in found.sections]
    if section and not problems and section not in there:
        problems.append(Problem(f'There is no section "{section}".', nearest(section, there)))
    if problems:
        raise PolicygenError(dict.fromkeys(problems))
    return found


def check(profile: Path, words: Library) -> tuple[Problem, ...]:
    """Every Problem of one profile and its releases, the advice of `lint` too.

    Raises nothing for what a user can cause.
    """
    frozen = verify(profile.parent)
    try:
        organisation, policies, problems = policies_of(profile, words)
    except PolicygenError as error:
        return tuple(dict.fromkeys((*error.problems, *frozen)))
    frozen = frozen or moved_on(profile.parent, organisation, policies)
    linted = (
        *unused(words, organisation.layer),
        *(p for policy in policies for p in lint(policy, words.style)),
    )
    return tuple(dict.fromkeys((*problems, *frozen, *linted)))


def begin(answers: Answers, folder: Path, words: Library) -> tuple[Path, tuple[MissingFact, ...]]:
    """Write a new profile into a folder that is not there yet, with its logo.

    Returns the profile's file and the gaps that its draft has. Raises PolicygenError, if the profile would not pass
    `check` too; then nothing is written.
    """
    data, file = answers.data(), folder / FILE
    logo = data.get("brand", {}).get("logo")
    unpictured = {
        **data,
        "brand": {**data.get("brand", {}), "logo": None},
    }  # the logo is not there yet
    organisation = load_organisation(file, words, page(unpictured))
    _, policies, _ = policies_of(file, words, organisation=organisation)
    files = {FILE: page(data).encode(), **({logo: answers.logo} if logo else {})}
    save_folder(files, folder, {}, frozen=False)
    return file, policies[0].gaps


def release(
    profile: Path,
    words: Library,
    summary: str,
    bump: Literal["", "minor", "major"] = "",
    editions: Sequence[str] = (),
    formats: Sequence[str] = (),
) -> tuple[Path, tuple[Problem, ...]]:
    """Freeze a policy as a release: the profile's version, or with `bump` the next, which the profile then says.

    Returns the release's folder, and the Problems that did not stop it. Raises PolicygenError; then nothing is
    changed.
    """
    known(editions, formats, words.outline)
    own(profile)
    organisation, text = load_organisation(profile, words), None
    if bump:
        text = with_version(profile, next_version(organisation, major=bump == "major"))
        organisation = load_organisation(profile, words, text)
    made_from = sources(profile, organisation.profile)
    new = entry(organisation, summary)
    organisation, policies, problems = policies_of(
        profile, words, organisation=with_release(organisation, new)
    )
    made = printed(organisation.name, policies, editions, formats, problems)
    if lacking := set(formats or known_formats()) - {file.format for file in made.files}:
        what = f"A release holds all that is published, and this one would lack {', '.join(sorted(lacking))}."
        mend = "Install what is missing, or name the formats that you publish with --format."
        raise PolicygenError([*made.problems, Problem(what, mend)])
    published = {file.path.removeprefix(f"{made.name}/"): file.data for file in made.files}
    folder = freeze(profile, new, policies[0], published, made_from, text)
    return folder, (*made.problems, *unmoved(organisation))


def reprint(
    profile: Path, version: str, editions: Sequence[str] = (), formats: Sequence[str] = ()
) -> Generated:
    """Print a release again, marked on every page where a later one took its place. Raises PolicygenError."""
    found = read_release(profile.parent, version)
    known(editions, formats, found.policies[0].outline)
    return printed(found.name, found.marked(), editions, formats)


def find(names: Iterable[str]) -> tuple[list[Path], tuple[Problem, ...]]:
    """The profiles' files, and a Problem for each name that leads to none or repeats another's folder."""
    found, problems = _found((name, "") for name in names)
    return [path for path, _ in found], problems


def find_versions(names: Iterable[str]) -> tuple[list[tuple[Path, str]], tuple[Problem, ...]]:
    """As `find`, for releases such as fenwick@1.0 too: each profile's file and the version, or "" for the profile."""
    return _found(split(name) for name in names)


def _found(names: Iterable[tuple[str, str]]) -> tuple[list[tuple[Path, str]], tuple[Problem, ...]]:
    found: dict[tuple[str, str], Path] = {}
    clashing: set[str] = set()
    problems: list[Problem] = []
    for name, version in names:
        try:
            path = find_profile(name)
        except PolicygenError as error:
            problems.extend(error.problems)
            continue
        folder = path.resolve().parent.name
        other = next(
            (
                p
                for (known, _), p in found.items()
                if known == folder and p.resolve() != path.resolve()
            ),
            None,
        )
        if other:
            what = f'Two organisations are called "{folder}": {other} and {path}.'
            mend = "Rename one of the folders: documents are filed by its name."
            problems.append(Problem(what, mend, Place(str(path))))
            clashing.add(folder)
        else:
            found[folder, version] = path
    kept = [(path, version) for (folder, version), path in found.items() if folder not in clashing]
    return kept, tuple(problems)


def asked(
    profile: Path,
    templates: Iterable[Path] = (),
    editions: Sequence[str] = (),
    formats: Sequence[str] = (),
) -> str:
    """The fingerprint of a build: of all that it is made from and of what is wanted."""
    return fingerprint(profile, templates, (tuple(editions), tuple(formats or known_formats())))


def kept(profile: Path, asked: str, out: Path) -> Kept | None:
    """The files of the last build, when it was `asked` for the same and nothing of it has changed since."""
    return unchanged(out, profile.resolve().parent.name, asked)


def save(made: Generated, out: Path, asked: str = "") -> tuple[Path, ...]:
    """Write all of one profile's files and renew the manifest. Raises PolicygenError; then nothing is changed.

    `asked` is the fingerprint of the build, taken before it began; a build that lacks a format bears none.
    """
    digests = (made.policies[0].profile_digest, made.policies[0].library_digest)
    listed = manifest(
        out, made.name, made.files, *digests, asked if made.whole else "", made.problems
    )
    return tuple(write_files((*made.files, listed), out)[:-1])


def accept(
    names: Iterable[str], words: Library, ids: Sequence[str] = ()
) -> list[tuple[Place, str, str]]:
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
    unknown = [
        Problem(f'{whose} does not edit "{id}".', nearest(id, edited))
        for id in ids
        if id not in edited
    ]
    if unknown:
        raise PolicygenError(unknown)
    restamp(stamps)
    return stamps


def known(editions: Iterable[str], formats: Iterable[str], outline: Outline) -> None:
    """Raise PolicygenError for every edition and format that does not exist."""
    there = [(editions, outline.editions, "edition"), (formats, known_formats(), "format")]
    problems = [
        Problem(f'There is no {what} "{name}".', nearest(name, names))
        for given, names, what in there
        for name in given
        if name not in names
    ]
    if problems:
        raise PolicygenError(problems)


def whole(outline: Outline) -> tuple[str, ...]:
    """The editions that tell the whole policy: one at each depth."""
    return tuple(key for key, e in outline.editions.items() if e.whole)
