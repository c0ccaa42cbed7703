"""Files that changed to the profiles that they concern: their own, and those made of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from policygen.load import git
from policygen.load.git_changes import ChangesSince
from policygen.load.library.on_disk import shipped
from policygen.load.profile.path import PROFILES_FOLDER, known_profiles, profiles_of_files
from policygen.load.profile.profile import load_organisation
from policygen.model.fragment import Library
from policygen.model.profile import Profile
from policygen.pipeline.names.names import FoundVersion
from policygen.pipeline.workspace import Workspace
from policygen.problems import PolicygenError

_KIND_WITHIN = 4  # parts of `jurisdiction/england/kind/council`
_OF_EVERY_POLICY = frozenset(("", "base"))


def profiles_concerned(files: Iterable[str], workspace: Workspace) -> tuple[str, ...]:
    """Return the folders of the profiles in which files lie, or whose templates they are.

    Of the profiles in ./profiles, those are concerned whose stack holds a layer that changed.
    """
    files = tuple(files)
    concerned = dict.fromkeys(profiles_of_files(files))
    templates = [Path(file) for file in files if not profiles_of_files([file])]
    own = [path for path in known_profiles().values() if path.parts[0] == PROFILES_FOLDER]
    if templates:
        layers = _ChangedLayers(workspace, lambda root: templates)
        made = (path for path in own if layers.concern(path))
        concerned.update(dict.fromkeys(str(path.parent) for path in made))
    return tuple(concerned)


def reached_since(
    since: str, named: Sequence[FoundVersion], workspace: Workspace
) -> list[FoundVersion]:
    """Return those of (profile, version) that a change since a git revision reaches.

    That is one in the profile's folder or, for the profile as it stands, in a layer of its stack.
    Of a profile outside of the repository nobody can say, so it is one of them.
    Raises PolicygenError outside of a repository, and for an unknown revision.
    """
    changes = ChangesSince(git.revision(since))
    layers = _ChangedLayers(workspace, lambda root: changes.within(root) or ())

    def is_reached(profile: Path, version: str) -> bool:
        own = changes.within(profile.parent)
        return own is None or bool(own) or (not version and layers.concern(profile))

    return [one for one in named if is_reached(*one)]


class _ChangedLayers:
    """The layers that files lie in which changed: `files_in` gives at least those of a root."""

    def __init__(self, workspace: Workspace, files_in: Callable[[Path], Iterable[Path]]) -> None:
        self._workspace = workspace
        self._files_in = files_in
        self._by_root: dict[Path, frozenset[str]] = {}

    def concern(self, profile: Path) -> bool:
        """Tell whether a profile is made of one of them.

        A profile or a library that cannot be read may be so because of them, and counts.
        """
        try:
            roots = (shipped("templates"), *self._workspace.templates_of(profile))
        except PolicygenError:
            return True
        layers = frozenset[str]().union(*map(self._of_root, roots))
        if not layers or layers & _OF_EVERY_POLICY:
            return bool(layers)
        try:
            library = self._workspace.for_profile(profile).library
            organisation = load_organisation(profile, library)
        except PolicygenError:
            return True
        return not layers.isdisjoint(_layers_of(organisation.profile, library))

    def _of_root(self, root: Path) -> frozenset[str]:
        if root not in self._by_root:
            found = {_layer_of(file, root) for file in self._files_in(root)}
            if any(path.is_symlink() and path.is_dir() for path in root.rglob("*")):
                found |= _OF_EVERY_POLICY  # what a link leads to is no part of the root for git
            self._by_root[root] = frozenset(layer for layer in found if layer is not None)
        return self._by_root[root]


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
    """Return the names of all layers that a profile chooses, in whichever section or place.

    Those that every policy is made of are not among them.
    """
    layers: set[str] = set()
    for posture in (profile.posture, *profile.postures.values()):
        layers.update(f"posture/{name}" for name in library.chain("posture", posture))
    for location in profile.places:
        layers.update(f"jurisdiction/{name}" for name in library.chain("jurisdiction", location))
        layers.update(library.kind_layers(profile.kind, location))
    return layers
