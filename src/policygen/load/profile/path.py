"""Where profiles are: a name on the command line to a profile's file."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Set
from pathlib import Path

from policygen.load.files import is_folder
from policygen.load.library.on_disk import shipped
from policygen.load.profile.not_a_profile import explain_file, explain_folder, other_spelling
from policygen.problems import PolicygenError, Problem, nearest

PROFILE_FILE = "profile.yaml"
PROFILES_FOLDER = "profiles"


def find_profile(name: str) -> Path:
    """Return the path of a profile.yaml, for a folder, a file or a bare name such as `fenwick`.

    A bare name is looked for here, in ./profiles and among the shipped examples, in this order.
    Raises PolicygenError, which says what is there instead, or which profiles there are.
    """
    typed = Path(name)
    candidates = [typed, typed / PROFILE_FILE]
    is_bare = typed.name == name
    if is_bare:
        roots = (Path(PROFILES_FOLDER), shipped(PROFILES_FOLDER))
        candidates += [root / name / PROFILE_FILE for root in roots]
    for candidate in candidates:
        if _is_file(candidate) and not explain_file(candidate):
            return candidate
    raise PolicygenError([_not_found(name, is_bare)])


def shortest_name(profile: Path) -> str:
    """Return the shortest name under which `find_profile` finds a profile: fenwick, or its path."""
    name = profile.resolve().parent.name
    try:
        found = find_profile(name)
    except PolicygenError:
        found = None
    is_found = found is not None and found.resolve() == profile.resolve()
    return name if is_found else str(profile.parent)


def is_on_disk(name: str) -> bool:
    """Tell whether anything here or in ./profiles bears a name, however long that is."""
    try:
        return Path(name).exists() or (Path(PROFILES_FOLDER) / name).exists()
    except (OSError, ValueError):
        return False


def known_profiles() -> dict[str, Path]:
    """Return the profile's file by its folder's name: of ./profiles and of the shipped examples.

    Where both have a name, the one in ./profiles counts.
    """
    files: dict[str, Path] = {}
    for root in (Path(PROFILES_FOLDER), shipped(PROFILES_FOLDER)):
        for file in sorted(root.glob(f"*/{PROFILE_FILE}")):
            files.setdefault(file.parent.name, file)
    return files


def bodies_in_folders(names: Iterable[str]) -> tuple[str, ...]:
    """Return names, with the profiles that lie in a folder of bodies in place of that folder."""
    found: list[str] = []
    for name in names:
        folder = Path(name)
        is_body = _may_be_profile(folder) or not is_folder(folder)
        bodies = [] if is_body else sorted(folder.glob(f"*/{PROFILE_FILE}"))
        found += [str(file.parent) for file in bodies] or [name]
    return tuple(found)


def without_strays(names: Iterable[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the names that may be profiles, and the folders that were left out.

    A shell puts every entry of the folder in the place of `profiles/*`. Where all entries of one
    folder are named, those that hold no profile are left out; a name that somebody typed never is.
    """
    names = tuple(names)
    by_folder: defaultdict[Path, set[Path]] = defaultdict(set)
    for path in map(Path, names):
        by_folder[path.parent].add(path)
    by_shell = {folder for folder, named in by_folder.items() if _are_all(named, folder)}
    beside = (name for name in names if Path(name).parent in by_shell)
    strays = {name for name in beside if not _may_be_profile(Path(name))}
    rest = tuple(name for name in names if name not in strays)
    if not rest:
        return names, ()
    return rest, tuple(name for name in names if name in strays and Path(name).is_dir())


def profiles_of_files(files: Iterable[str]) -> tuple[str, ...]:
    """Return the folders of the profiles to which files belong; other files are left out.

    A release within a profile has a profile of its own: the outermost counts.
    """
    folders = [_outermost_profile(Path(file)) for file in files]
    return tuple(dict.fromkeys(str(folder) for folder in folders if folder))


def _outermost_profile(file: Path) -> Path | None:
    """Return the outermost folder around a file that holds a profile."""
    folders = [folder for folder in file.parents if _is_file(folder / PROFILE_FILE)]
    return folders[-1] if folders else None


def _are_all(named: Set[Path], folder: Path) -> bool:
    """Tell whether names are every entry of their folder (`*`), or every folder in it (`*/`).

    Hidden entries do not count. A single name is never taken for a shell's pattern.
    """
    if len(named) < 2:
        return False
    try:
        entries = {entry for entry in folder.iterdir() if not entry.name.startswith(".")}
    except OSError:
        return False
    return named in (entries, {entry for entry in entries if entry.is_dir()})


def _may_be_profile(path: Path) -> bool:
    """Tell whether an entry is a folder with a profile, or with a file meant for one."""
    if not path.is_dir():
        return False
    return (path / PROFILE_FILE).is_file() or other_spelling(path) is not None


def _not_found(name: str, is_bare: bool) -> Problem:
    """Return the Problem of a name that is no profile: what it is, or which profiles there are."""
    paths = [Path(name)]
    if is_bare:
        paths.append(Path(PROFILES_FOLDER) / name)
    for path in paths:
        if _is_file(path) and (problem := explain_file(path)):
            return problem
        if is_folder(path):
            return explain_folder(path)
    return Problem(f'There is no profile "{name}".', nearest(name, known_profiles()), code="PG602")


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False
