"""Files that changed to the profiles that they concern: their own, and those made of them."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from policygen.load.library.library import shipped
from policygen.load.profile.path import PROFILES_FOLDER, known_profiles, profiles_of_files
from policygen.load.profile.profile import load_organisation
from policygen.model.fragment import Library
from policygen.model.profile import Profile
from policygen.pipeline.workspace import Workspace
from policygen.problems import PolicygenError

_KIND_WITHIN = 4  # parts of `jurisdiction/england/kind/council`


def profiles_concerned(files: Iterable[str], workspace: Workspace) -> tuple[str, ...]:
    """Return the folders of the profiles in which files lie, or whose templates they are.

    Of the profiles in ./profiles, those are concerned whose stack holds a layer that changed.
    """
    files = tuple(files)
    concerned = dict.fromkeys(profiles_of_files(files))
    templates = [Path(file) for file in files if not profiles_of_files([file])]
    own = [path for path in known_profiles().values() if path.parts[0] == PROFILES_FOLDER]
    if templates:
        made = (path for path in own if _is_made_of(path, templates, workspace))
        concerned.update(dict.fromkeys(str(path.parent) for path in made))
    return tuple(concerned)


def _is_made_of(profile: Path, files: Iterable[Path], workspace: Workspace) -> bool:
    """Tell whether one of the files is a template of a profile.

    A profile or a library that cannot be read may be so because of them, and counts.
    """
    try:
        roots = (shipped("templates"), *workspace.templates_of(profile))
    except PolicygenError:
        return True
    layers = {_layer_of(file, root) for file in files for root in roots} - {None}
    if not layers:
        return False
    try:
        library = workspace.for_profile(profile).library
        organisation = load_organisation(profile, library)
    except PolicygenError:
        return True
    return not layers.isdisjoint(_layers_of(organisation.profile, library))


def _layer_of(file: Path, root: Path) -> str | None:
    """Return the layer of a file below a root of templates; none of one that lies elsewhere.

    It is empty for a file that every policy is made with, such as the outline.
    """
    try:
        parts = file.resolve().relative_to(root.resolve()).parts[:-1]
    except ValueError:
        return None
    within_kind = parts[2:3] == ("kind",)
    return "/".join(parts[: _KIND_WITHIN if within_kind else 2])


def _layers_of(profile: Profile, library: Library) -> set[str]:
    """Return the names of all layers that a profile chooses, in whichever section or place."""
    layers = {"", "base"}
    for posture in (profile.posture, *profile.postures.values()):
        layers.update(f"posture/{name}" for name in library.chain("posture", posture))
    for location in profile.places:
        layers.update(f"jurisdiction/{name}" for name in library.chain("jurisdiction", location))
        layers.update(library.kind_layers(profile.kind, location))
    return layers
