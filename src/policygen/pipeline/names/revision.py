"""A git revision: the library as it stood then, and where a profile's file lay."""

from __future__ import annotations

import posixpath
from dataclasses import replace
from pathlib import Path

from policygen.load import git
from policygen.load.library.library import read_library
from policygen.load.profile.path import PROFILE_FILE
from policygen.model.fragment import Library
from policygen.model.language import in_language
from policygen.pipeline.workspace import Workspace
from policygen.problems import PolicygenError, Problem, nearest


def library_at(commit: git.Commit, workspace: Workspace) -> Library:
    """Return the library of a revision: that in `templates/`, if the repository held one.

    The further roots of today's are read as they were, where they lie in the repository; one that
    did not exist
    then is left out. Where nothing was held, it is today's library. Raises PolicygenError.
    """
    today = workspace.library
    return workspace.libraries.get((commit, today), lambda: _read(commit, today))


def find_file(commit: git.Commit, path: str) -> str:
    """Return the file that a path means at a revision.

    The path is from the top of the repository, or from the working folder.

    Raises PolicygenError.
    """
    typed = path.replace("\\", "/")
    names = [typed] if "/" in typed else [typed, f"profiles/{typed}"]
    starts = ["", commit.path(Path.cwd()) or ""]
    places = [posixpath.normpath(posixpath.join(start, name)) for start in starts for name in names]
    files = git.paths_at(commit)
    for place in places:
        for file in (place, posixpath.normpath(f"{place}/{PROFILE_FILE}")):
            if file in files:
                return file
    profiles = [file for file in files if posixpath.basename(file) == PROFILE_FILE]
    known = [posixpath.dirname(file) or "." for file in profiles]
    what = f'There is no profile "{path}" at {commit.name} ({commit.short}).'
    raise PolicygenError([Problem(what, nearest(path, known), code="PG636")])


def _read(commit: git.Commit, today: Library) -> Library:
    """The library at a commit, or today's where the repository held none."""
    shipped, *further = today.roots
    inside = {root: commit.path(root) for root in further}
    holds_base = "templates/outline.yaml" in git.paths_at(commit)
    base = "templates" if holds_base and "templates" not in inside.values() else None
    paths = [path for path in (base, *inside.values()) if path is not None]
    if not paths:
        return today
    with git.files_at(commit, *paths) as folder:
        roots = [folder / base if base else shipped]
        roots += [folder / path if path else root for root, path in inside.items()]
        existed = [root for root in roots if root.is_dir() or not root.is_relative_to(folder)]
        try:
            library = read_library(existed)
        except PolicygenError as error:
            what = f"The library of {commit.name} cannot be read by this version of policygen."
            mend = (
                "Take the policygen of that time, or a release or a policy.json: "
                "they hold their own words."
            )
            raise PolicygenError([Problem(what, mend, code="PG637"), *error.problems]) from None
    return _with_labels_of(today, library)


def _with_labels_of(today: Library, library: Library) -> Library:
    """Return an older library with the labels that it lacks: today's documents may print them."""
    outlines = {
        tag: replace(outline, labels={**in_language(today.outlines, tag).labels, **outline.labels})
        for tag, outline in library.outlines.items()
    }
    return replace(library, outlines=outlines)
