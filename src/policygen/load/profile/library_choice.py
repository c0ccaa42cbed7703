"""The folders of templates that a profile names under `library`, as roots of the library.

A profile may come from a stranger, and must not draw words from anywhere on its reader's disk. So
a folder that it names lies within the profile's project: the folder that holds `profiles/`, or for
a profile that stands elsewhere the folder around its own. No link leads out of it, and it is small.
Whoever wants templates from another place says so with `--templates`.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path, PureWindowsPath

from pydantic import BaseModel, ConfigDict

from policygen.load.files import display_path, is_folder, read_text, real_path
from policygen.load.own_folders import link_out
from policygen.load.profile.path import PROFILES_FOLDER
from policygen.load.yaml.reader import YAML_LIMIT, Marked, parse_yaml, without_empty
from policygen.load.yaml.validate import validate_as
from policygen.model.profile import LibraryChoice, Profile
from policygen.problems import Message, PolicygenError, Problem

_MOST_ENTRIES = 10_000  # files and folders; the shipped library has about 300
_MOST_ROOTS = 10
_KEY = "library"


class _Profile(BaseModel):
    """A profile, of which only the library counts."""

    model_config = ConfigDict(extra="forbid", defer_build=True)
    library: LibraryChoice = LibraryChoice.model_construct()


def template_roots(profile: Path) -> tuple[Path, ...]:
    """Return the folders of templates that a profile's file names, lowest first.

    Raises PolicygenError for a file that cannot be read, and for each folder that may not or cannot
    be used, at its line, with all that can be said of the rest without a library.
    """
    marked, paths = _named(profile)
    problems: list[Problem] = []
    if len(paths) > _MOST_ROOTS:
        problems.append(_too_many_roots(marked))
    else:
        for number, path in enumerate(paths):
            problems += _faults(profile, path, number, marked)
    if problems:
        raise PolicygenError((*problems, *_faults_of_the_rest(marked)))
    return tuple(_root(profile, path) for path in paths)


def template_paths(profile: Path) -> tuple[str, ...]:
    """Return the paths that a profile's file names, as they are typed there.

    Raises PolicygenError for a file that cannot be read.
    """
    _, paths = _named(profile)
    return paths


def written_root(root: Path, folder: Path) -> str | None:
    """Return how the profile in a folder names a folder of templates; None where it may not."""
    real, real_folder = real_path(root), real_path(folder)
    if not real.is_relative_to(_project(real_folder)):
        return None
    return Path(os.path.relpath(real, real_folder)).as_posix()


def _named(profile: Path) -> tuple[Marked, tuple[str, ...]]:
    """Return a profile as read, and the paths of templates that it names."""
    text = read_text(profile, YAML_LIMIT)
    if _KEY not in text:  # most profiles name none, and need not be parsed for it
        return Marked({}, {}, text), ()
    if fault := link_out(profile, profile.parent):
        raise PolicygenError([fault])  # nothing of what it leads to is quoted
    marked = parse_yaml(text, display_path(profile))
    block = without_empty(marked.data.get(_KEY))
    if block is None:
        return marked, ()
    chosen = validate_as(_Profile, replace(marked, data={_KEY: block}))
    return marked, chosen.library.templates


def _faults_of_the_rest(marked: Marked) -> tuple[Problem, ...]:
    """Return what is wrong with a profile whatever its library holds."""
    try:
        validate_as(Profile, replace(marked, data=without_empty(marked.data)))
    except PolicygenError as error:
        return error.problems
    return ()


def _root(profile: Path, path: str) -> Path:
    """Return where a path leads from the profile's folder, in as few steps as can be."""
    typed = profile.parent / path
    short = Path(os.path.normpath(typed))
    is_same = real_path(short) == real_path(typed)  # a link to the profile's folder may part them
    return short if is_same else real_path(typed)


def _project(real_folder: Path) -> Path:
    """Return the folder in which the templates of a profile may lie, for the profile's folder."""
    around = real_folder.parent
    return around.parent if around.name == PROFILES_FOLDER else around


def _too_many_roots(marked: Marked) -> Problem:
    what = f"A profile names {_MOST_ROOTS} folders of templates at most."
    mend = "Put what belongs together into one folder."
    field = (_KEY, "templates")
    return Problem(what, mend, marked.location(field), code="PG153", field=field)


def _faults(profile: Path, path: str, number: int, marked: Marked) -> Iterator[Problem]:
    """Yield why a folder that is named may not or cannot be used; at most one reason."""
    fault = _path_fault(profile, path) or _folder_fault(_root(profile, path))
    if fault:
        field = (_KEY, "templates", number)
        yield Problem(*fault, marked.location(field), code="PG153", field=field)


def _path_fault(profile: Path, path: str) -> tuple[str, str] | None:
    """Return what is wrong with a path, and how to mend it."""
    if Path(path).is_absolute() or PureWindowsPath(path).drive:
        what = f'"{path}" is a path of one computer.'
        return what, "Write the path from this file's folder, like ../../words."
    project = _project(real_path(profile.parent))
    if not real_path(_root(profile, path)).is_relative_to(project):
        what = f'"{path}" lies outside the folder in which a profile may name templates.'
        nearby = "beside profiles/" if (project / PROFILES_FOLDER).is_dir() else "beside its folder"
        mend = Message(
            f"Put them {nearby}, or name them with --templates.", on_page=f"Put them {nearby}."
        )
        return what, mend
    return None


def _folder_fault(root: Path) -> tuple[str, str] | None:
    """Return why a folder cannot be a root of the library, and how to mend it."""
    shown = display_path(root)
    if not is_folder(root):
        what = f'There is no folder of templates "{shown}".'
        return what, "Check the path: it begins at this file's folder."
    real = real_path(root)
    entries = 0
    for folder, folders, files in os.walk(root):
        for name in (*folders, *files):
            entry = Path(folder, name)
            if entry.is_symlink() and not real_path(entry).is_relative_to(real):
                what = f"{display_path(entry)} is a link that leads out of the templates."
                mend = "Copy what it leads to into its place"
                return what, Message(f"{mend}, or use --templates.", on_page=f"{mend}.")
        entries += len(folders) + len(files)
        if entries > _MOST_ENTRIES:
            what = f'"{shown}" holds more than {_MOST_ENTRIES:,} files.'
            return what, "Name the folder that holds templates alone."
    return None
