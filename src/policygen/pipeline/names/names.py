"""Names on the command line: profiles, releases, editions and formats."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TypeAlias

from policygen.load.profile.path import find_profile
from policygen.model.outline.outline import Outline
from policygen.pipeline.names.known import unknown_names
from policygen.problems import Location, Message, PolicygenError, Problem
from policygen.store.releases import split_release_name
from policygen.write.writer import formats as installed_formats

FoundVersion: TypeAlias = tuple[Path, str]  # a profile's file, and a version of it or ""


def find_profiles(names: Iterable[str]) -> tuple[list[Path], tuple[Problem, ...]]:
    """Return the profiles' files, and a Problem for each name that has none or repeats a folder."""
    found, problems = _find_versions((name, "") for name in names)
    return [path for path, _ in found], problems


def find_versions(names: Iterable[str]) -> tuple[list[FoundVersion], tuple[Problem, ...]]:
    """As `find_profiles`, for releases such as fenwick@1.0 too.

    Each is the profile's file and the version, or "" for the profile as it stands.
    """
    return _find_versions(split_release_name(name) for name in names)


def require_buildable(
    editions: Sequence[str], formats: Iterable[str], outline: Outline, audience: str = ""
) -> None:
    """Raise PolicygenError for every edition, format and audience that does not exist.

    It is raised too for each edition whose readers are others than the `audience` that it shall be
    cut for.
    """
    audiences = [audience] if audience else []
    problems = [
        *unknown_names("edition", editions, outline.editions, "docs/writing-words.md"),
        *unknown_names("format", formats, installed_formats(), "docs/add-a-format.md"),
        *unknown_names("audience", audiences, outline.audiences, "docs/writing-words.md"),
    ]
    if not problems:
        problems += _for_others(editions, outline, audience)
    if problems:
        raise PolicygenError(problems)


def _for_others(editions: Iterable[str], outline: Outline, audience: str) -> Iterator[Problem]:
    """Yield a Problem for each edition that is for other readers than the audience."""
    for name in editions:
        edition = outline.editions[name]
        if not outline.can_be_cut(edition, audience):
            readers, others = outline.audiences[edition.audience], outline.audiences[audience]
            what = f"The edition {name} is for {readers}, and cannot be cut for {others}."
            mend = Message(
                "Leave this edition out, or build it without --audience.",
                on_page="Leave this edition out, or print it for everyone.",
            )
            yield Problem(what, mend, code="PG644")


def _find_versions(
    names: Iterable[tuple[str, str]],
) -> tuple[list[FoundVersion], tuple[Problem, ...]]:
    """Find each (profile, version) that was named, once, and tell what cannot be found.

    Two profiles in folders of the same name are left out: their documents would go to one place.
    """
    found: dict[tuple[str, str], Path] = {}  # by the name of the folder, and the version
    folders: dict[str, Path] = {}
    clashing: set[str] = set()
    problems: list[Problem] = []
    for name, version in names:
        try:
            path = find_profile(name)
        except PolicygenError as error:
            problems.extend(error.problems)
            continue
        folder = path.resolve().parent.name
        other = folders.setdefault(folder, path)
        if other.resolve() != path.resolve():
            problems.append(_same_folder_name(folder, other, path))
            clashing.add(folder)
        else:
            found[folder, version] = path
    profiles = [
        (path, version) for (folder, version), path in found.items() if folder not in clashing
    ]
    return profiles, tuple(problems)


def _same_folder_name(folder: str, one: Path, other: Path) -> Problem:
    what = f'Two organisations are called "{folder}": {one} and {other}.'
    mend = "Rename one of the folders: documents are filed by its name."
    return Problem(what, mend, Location(str(other)), code="PG634")
