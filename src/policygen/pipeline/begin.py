"""`policygen init`: answers to a new profile."""

from __future__ import annotations

from collections.abc import Iterable
from importlib.metadata import version
from pathlib import Path
from typing import Any

from policygen.compose.commitments import offered_commitments
from policygen.compose.stack import select_stack
from policygen.interview.answers import Answers
from policygen.interview.page import profile_page
from policygen.interview.promises import commitment_lines
from policygen.load.profile.library_choice import written_root
from policygen.load.profile.path import PROFILE_FILE
from policygen.load.profile.profile import load_organisation
from policygen.model.policy import MissingFact
from policygen.pipeline.compose_profile import compose_organisation
from policygen.pipeline.workspace import Workspace
from policygen.store.folder import write_folder


def begin(
    answers: Answers, folder: Path, workspace: Workspace
) -> tuple[Path, tuple[MissingFact, ...]]:
    """Write a new profile, with its logo, into a folder that does not exist yet.

    Return the profile's file and the gaps that its draft has.
    Raises PolicygenError, if the profile would not pass `check` too; then nothing is written.
    """
    library = workspace.library
    file = folder / PROFILE_FILE
    data = answers.data()
    if library_choice := _library_choice(folder, workspace):
        data["library"] = library_choice
    # Read and composed before anything is written: what `check` would refuse is refused here.
    organisation = load_organisation(file, library, profile_page(_without_logo(data)))
    composed = compose_organisation(organisation, workspace)
    # Only the layers of its stack say which commitments it may make.
    offered = offered_commitments(select_stack(library, organisation).layers)
    chosen = data.get("commitments", {})
    page = profile_page(data, tuple(commitment_lines(offered, chosen, library.outline)))
    files = {PROFILE_FILE: page.encode()}
    if logo := data.get("brand", {}).get("logo"):
        files[logo] = answers.logo
    write_folder(files, folder, elsewhere={}, frozen=False)
    return file, composed.policies[0].gaps


def nameable(folder: Path, templates: Iterable[Path]) -> tuple[str, ...]:
    """Return how the profile in a folder names templates; empty where it may not name them all."""
    paths = [written_root(root, folder) for root in templates]
    named = tuple(path for path in paths if path is not None)
    return named if len(named) == len(paths) else ()


def _library_choice(folder: Path, workspace: Workspace) -> dict[str, Any]:
    """Return what a new profile says of its library; nothing without templates of its own."""
    paths = nameable(folder, workspace.templates)
    return {"templates": list(paths), "version": version("policygen")} if paths else {}


def _without_logo(data: dict[str, Any]) -> dict[str, Any]:
    """The answers as they can be read before the logo's file is in its place."""
    return {**data, "brand": {**data.get("brand", {}), "logo": None}}
