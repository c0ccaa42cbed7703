"""The profiles that the page lists, and the text of one as it stands."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from policygen.load.files import display_path, name_fault, normalise_text, read_bytes
from policygen.load.library.on_disk import shipped
from policygen.load.own_folders import TRANSLATIONS_FOLDER
from policygen.load.profile.path import PROFILE_FILE, PROFILES_FOLDER
from policygen.load.profile.profile import load_organisation
from policygen.load.yaml.reader import YAML_LIMIT, parse_yaml
from policygen.model.fragment import Library
from policygen.model.profile import LOGO_TYPES
from policygen.problems import Location, PolicygenError, Problem

_STATE = (".yaml", ".md", ".svg", ".png", ".css", ".dotx", ".woff2", ".ttf", ".otf")


@dataclass(frozen=True, slots=True)
class Listed:
    """A profile as the list has it: the name of its folder, and the organisation's own."""

    name: str
    title: str
    file: Path
    is_example: bool = False


@dataclass(frozen=True, slots=True)
class ProfileText:
    """What a profile's file says at one moment. `digest` tells it from any other moment."""

    file: Path
    text: str
    digest: str
    newline: str = "\n"

    @property
    def shown(self) -> str:
        """What Problems call the file."""
        return display_path(self.file)

    def to_bytes(self, text: str) -> bytes:
        """Return another text as this file would hold it: its kind of line ending stays."""
        return text.replace("\n", self.newline).encode()


def profiles_in(folder: Path) -> tuple[Listed, ...]:
    """Return the profiles in a folder, by name, and then the examples that came with policygen."""
    return tuple(_listed(*found) for found in _files(folder))


def profile_named(folder: Path, name: str) -> Listed | None:
    """Return the one of these profiles whose folder bears a name, or None.

    No path is made of the name: it is looked for among those that are there.
    """
    for file, is_example in _files(folder):
        if file.parent.name == name:
            return _listed(file, is_example)
    return None


def _files(folder: Path) -> Iterator[tuple[Path, bool]]:
    """Yield each profile, and whether it is an example; own ones hide those of their name."""
    taken: set[str] = set()
    for root, is_example in ((folder, False), (shipped(PROFILES_FOLDER), True)):
        for file in sorted(root.glob(f"*/{PROFILE_FILE}")):
            if name_fault(file.parent):  # no address can lead there; `check` says so
                continue
            if file.parent.name not in taken:
                taken.add(file.parent.name)
                yield file, is_example


def _listed(file: Path, is_example: bool) -> Listed:
    return Listed(file.parent.name, _title(file) or file.parent.name, file, is_example)


def _title(file: Path) -> str:
    try:
        data = parse_yaml(read_profile_text(file).text, "").data
    except PolicygenError:
        return ""
    name = data.get("name") if isinstance(data, dict) else None
    return " ".join(name.split()) if isinstance(name, str) else ""


def read_profile_text(file: Path) -> ProfileText:
    """Read a profile's file as it is. Raises PolicygenError when it cannot be read."""
    data = read_bytes(file, YAML_LIMIT)
    try:
        text = data.decode()
    except UnicodeDecodeError:
        what, mend = "This file is not in UTF-8.", "Save it again with the encoding UTF-8."
        raise PolicygenError([Problem(what, mend, code="PG503")]) from None
    newline = "\r\n" if "\r\n" in text else "\n"
    return ProfileText(file, normalise_text(text), hashlib.sha256(data).hexdigest(), newline)


def folder_state(file: Path) -> str:
    """Return a digest of the files that make a profile's policy, by their sizes and their times.

    Facts, own words, translations, logo and look count; what was released or came back does not.
    """
    folder = file.parent
    translated = (folder / TRANSLATIONS_FOLDER).rglob("*.md")
    paths = [*folder.glob("*.*"), *(folder / "theme").glob("*"), *translated]
    digest = hashlib.sha256()
    for path in sorted(path for path in paths if path.suffix in _STATE):
        with suppress(OSError):  # one that went meanwhile
            found = path.stat()
            digest.update(f"{path.name} {found.st_size} {found.st_mtime_ns}\n".encode())
    return digest.hexdigest()[:16]


def require_unchanged(shown: ProfileText) -> None:
    """Raise PolicygenError where a profile's file is no more what somebody was shown of it."""
    if read_profile_text(shown.file).digest != shown.digest:
        what = "This profile was changed meanwhile, so nothing was done."
        mend = "Look at what it says now, and send this again."
        raise PolicygenError([Problem(what, mend, Location(shown.shown), code="PG902")])


def require_state(file: Path, state: str) -> None:
    """Raise PolicygenError where the files of a policy are no more what somebody was shown."""
    if folder_state(file) != state:
        what = "A file of this policy was changed meanwhile, so nothing was done."
        mend = "Look at what it says now, and press the button again."
        raise PolicygenError([Problem(what, mend, code="PG902")])


def read_logo_of(file: Path, library: Library) -> tuple[bytes, str]:
    """Return a profile's logo and its media type; no bytes without one. Raises PolicygenError."""
    organisation = load_organisation(file, library)
    ending = Path(organisation.profile.brand.logo or "").suffix.lower()
    return organisation.logo, LOGO_TYPES.get(ending, "")
