"""A git revision: the library as it stood then, and where a profile's file lay."""

from __future__ import annotations

import posixpath
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path, PurePosixPath

from policygen.load import git
from policygen.load.files import is_folder
from policygen.load.library.library import read_library
from policygen.load.profile.library_choice import template_paths, template_roots
from policygen.load.profile.path import PROFILE_FILE
from policygen.model.fragment import Library
from policygen.model.language import in_language
from policygen.pipeline.workspace import Workspace
from policygen.problems import PolicygenError, Problem, nearest


def library_at(commit: git.Commit, workspace: Workspace) -> Library:
    """Return the library of a revision: that in `templates/`, if the repository held one.

    The further roots of the workspace are read as they were, where they lie in the repository; one
    that did not exist then is left out. Where nothing was held, it is the library of today.
    Raises PolicygenError.
    """
    today = workspace.library
    roots = tuple(commit.path(root) or root for root in today.roots[1:])
    key = (commit, roots, today)
    return workspace.revisions.get(key, lambda: _read_library(commit, roots, today))


def library_of_profile_at(
    commit: git.Commit, profile: PurePosixPath, workspace: Workspace
) -> Library:
    """Return the library of a profile at a revision, with the templates that it named then.

    Templates from the command line win over those. Raises PolicygenError, for a folder that the
    profile named and the repository did not hold too.
    """
    folder = str(profile.parent)
    with git.files_at(commit, folder) as top:
        named = template_paths(top / profile)
    if not named or workspace.is_bound:
        return library_at(commit, workspace)
    from_top = [posixpath.normpath(posixpath.join(folder, path)) for path in named]
    inside = tuple(path for path in from_top if not path.startswith(("..", "/")))
    _require_templates(commit, profile, inside)
    today = workspace.library
    key = (commit, inside, today)
    return workspace.revisions.get(key, lambda: _read_library(commit, inside, today))


def _require_templates(commit: git.Commit, profile: PurePosixPath, folders: Sequence[str]) -> None:
    """Raise PolicygenError for templates that the profile may not name, or that were not there.

    `folders` are those of them within the repository; they are laid beside the profile as it was,
    and judged as a profile of today is.
    """
    with git.files_at(commit, str(profile.parent), *folders) as top:
        template_roots(top / profile)


def find_file(commit: git.Commit, path: str) -> str:
    """Return the profile that a path means at a revision, from the top of the repository.

    The path is a file or its folder, from the top or from the working folder; a bare name may be
    one of `profiles/`. Raises PolicygenError.
    """
    files = git.paths_at(commit)
    typed = path.replace("\\", "/")
    names = [typed] if "/" in typed else [typed, f"profiles/{typed}"]
    for start in ("", commit.path(Path.cwd()) or ""):
        for name in names:
            place = posixpath.normpath(posixpath.join(start, name))
            in_folder = posixpath.normpath(f"{place}/{PROFILE_FILE}")
            if place in files:
                return place
            if in_folder in files:
                return in_folder
    profiles = [file for file in files if posixpath.basename(file) == PROFILE_FILE]
    known = [posixpath.dirname(file) or "." for file in profiles]
    what = f'There is no profile "{path}" at {commit.name} ({commit.short}).'
    raise PolicygenError([Problem(what, nearest(path, known), code="PG636")])


def _read_library(commit: git.Commit, further: Sequence[str | Path], today: Library) -> Library:
    """The library at a commit, or today's where the repository held none.

    A further root is a path in the repository, or a folder on disk that lies outside.
    """
    inside = [root for root in further if isinstance(root, str)]
    has_base = "templates/outline.yaml" in git.paths_at(commit) and "templates" not in inside
    paths = ["templates", *inside] if has_base else inside
    if not paths:
        return today
    with git.files_at(commit, *paths) as top:
        roots = [top / "templates" if has_base else today.roots[0]]
        for root in further:
            if isinstance(root, Path):
                roots.append(root)
            elif is_folder(top / root):  # else it did not exist then
                roots.append(top / root)
        try:
            library = read_library(roots)
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
