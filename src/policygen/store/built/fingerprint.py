"""Fingerprint: all that a build depends on, read as bytes, in a few milliseconds.

Two builds of one fingerprint make the same files, so that the second need not be made.
"""

from __future__ import annotations

import hashlib
import os
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from importlib.metadata import PackageNotFoundError, entry_points, requires, version
from pathlib import Path

from policygen.cache import LastingCache
from policygen.load.epoch import EPOCH_VARIABLE
from policygen.load.files import display_path, read_regular, read_text, real_path
from policygen.load.library.on_disk import read_files, shipped
from policygen.load.own_folders import THEME_FOLDER, translation_files
from policygen.load.profile.unread import unread_files
from policygen.load.records import RECORD_FILE, RELEASES_FOLDER, release_names
from policygen.load.yaml.reader import YAML_LIMIT, read_yaml
from policygen.problems import PolicygenError
from policygen.store.disk_cache import file_stamps

_PROGRAM = Path(__file__).resolve().parents[2]
_NOT_PROGRAM = ("templates", "profiles")  # in the wheel they lie within the program
_LAYOUT = "weasyprint"  # its libraries write the bytes of a PDF
_OF_FONTS = ("brotli",)  # packs those that a page carries
_LIMIT = 20_000_000  # bytes; no part of a build is as large


@dataclass(slots=True)
class FingerprintCache:
    """Digests that the fingerprints of one run share: of the program and each root of words.

    `lasting` keeps those of the program's files for runs to come.
    """

    lasting: LastingCache | None = None
    program: str = ""
    roots: dict[Path, str] = field(default_factory=dict)

    def program_digest(self) -> str:
        """Return the digest of the program, worked out once."""
        if not self.program:
            self.program = _program_digest(self.lasting)
        return self.program

    def root_digest(self, root: Path) -> str:
        """Return the digest of a folder of templates, read once. Raises OSError."""
        if root not in self.roots:
            self.roots[root] = _folder_digest(root, _files_of_root(root))
        return self.roots[root]


def input_fingerprint(
    profile: Path, templates: Iterable[Path], request: object, cache: FingerprintCache
) -> str:
    """Return one sha256 of the program, the words, the profile's folder and the request.

    It is "" where anything is unreadable. The paths count too, because problems and origins name
    them.
    """
    roots = [shipped("templates"), *templates]
    try:
        parts = [
            cache.program_digest(),
            os.environ.get(EPOCH_VARIABLE, ""),
            repr(request),
            _folder_digest(profile.parent, _own_files(profile)),
            *(cache.root_digest(root) for root in roots),
        ]
    except (OSError, ValueError, PolicygenError):
        return ""
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def _own_files(profile: Path) -> Iterator[Path]:
    """Yield what a profile's folder brings: profile, own words, logo, theme, release records."""
    folder = profile.parent
    yield profile
    yield from read_files(folder)
    yield from translation_files(folder)
    # Each is a warning, a folder too; what is neither, such as a pipe, cannot be read.
    yield from (path for path in unread_files(folder) if path.is_file() or path.is_dir())
    if logo := _logo(profile):
        yield folder / logo
    for release in release_names(folder):
        yield folder / RELEASES_FOLDER / release / RECORD_FILE
    theme = folder.resolve() / THEME_FOLDER
    if theme == theme.resolve():  # a link could lead anywhere
        yield from _files_beneath(folder / THEME_FOLDER)


def _logo(profile: Path) -> str:
    """Return the path of the logo that a profile names, or "".

    Most name none, and reading them as YAML would take longer than all else.
    """
    lines = read_text(profile, YAML_LIMIT).splitlines()
    said = [line for line in lines if not line.lstrip().startswith("#")]
    if not any("logo" in line or "\\" in line for line in said):  # escaped, it is "l\u006fgo"
        return ""
    brand = read_yaml(profile).data.get("brand")
    logo = brand.get("logo") if isinstance(brand, dict) else None
    return logo if isinstance(logo, str) else ""


def _files_beneath(folder: Path) -> list[Path]:
    """Return the files beneath a folder; of links to folders, the links."""
    found = (path for path in folder.rglob("*") if path.is_file() or _is_folder_link(path))
    return sorted(found)


def _files_of_root(root: Path) -> Iterator[Path]:
    """Yield the files of a folder of templates, and of each folder that links in it lead to."""
    known: set[Path] = set()
    waiting = [root]
    while waiting:
        folder = waiting.pop()
        if real_path(folder) in known:  # the links may go round in a circle
            continue
        known.add(real_path(folder))
        found = _files_beneath(folder)
        yield from found
        waiting += filter(_is_folder_link, found)


def _is_folder_link(path: Path) -> bool:
    return path.is_symlink() and path.is_dir()


def _folder_digest(folder: Path, files: Iterable[Path]) -> str:
    """Return the sha256 of the names and bytes of some files of a folder. Raises OSError."""
    if not folder.is_dir():
        raise NotADirectoryError(f"{folder} is no folder")
    digest = hashlib.sha256(f"{display_path(folder)}\0{folder.resolve().name}\0".encode())
    for file in files:
        name = file.relative_to(folder).as_posix()
        digest.update(f"{name}\0{_file_digest(file)}\0".encode())
    return digest.hexdigest()


def _file_digest(file: Path) -> str:
    """Return the sha256 of a file, or of where a folder lies. Raises OSError."""
    try:
        data = read_regular(file, _LIMIT)
    except IsADirectoryError:
        data = str(real_path(file)).encode()
    return hashlib.sha256(data).hexdigest()


def _program_digest(lasting: LastingCache | None = None) -> str:
    """Return the digest of this program, its writers, and the versions of its libraries."""
    names = {*_required("policygen"), *_required(_LAYOUT), *_OF_FONTS}
    libraries = sorted((name, _installed_version(name)) for name in names)
    points = entry_points(group="policygen.writers")
    writers = sorted((p.name, p.value, p.dist.version if p.dist else "") for p in points)
    files = _program_files(lasting) if lasting else _read_program()
    return hashlib.sha256(repr((sys.version, libraries, writers, files)).encode()).hexdigest()


def _program_files(lasting: LastingCache) -> list[tuple[tuple[str, ...], str]]:
    """Return what `_read_program` does, which no file has to be read for that did not change."""
    stamps = hashlib.sha256(repr(list(file_stamps(_PROGRAM))).encode()).hexdigest()
    return lasting.get(f"program {stamps}", _read_program)


def _read_program() -> list[tuple[tuple[str, ...], str]]:
    """Return the digest of each of the program's own files, by the parts of its path."""
    parts = (file.relative_to(_PROGRAM) for file in _files_beneath(_PROGRAM))
    return [(part.parts, _file_digest(_PROGRAM / part)) for part in parts if _is_program(part)]


def _is_program(part: Path) -> bool:
    return part.parts[0] not in _NOT_PROGRAM and "__pycache__" not in part.parts


def _required(package: str) -> Iterator[str]:
    """Yield the names of the libraries that a package cannot do without."""
    try:
        lines = requires(package) or ()
    except PackageNotFoundError:
        return
    for line in lines:
        if "extra ==" not in line and (found := re.match(r"[\w.-]+", line)):
            yield found[0].lower()


def _installed_version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:  # it does without
        return ""
