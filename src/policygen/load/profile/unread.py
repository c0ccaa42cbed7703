"""Files in a profile's folder that look like words and are not read: a warning for each."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from policygen.load.files import display_path
from policygen.load.own_folders import THEME_FOLDER, TRANSLATIONS_FOLDER
from policygen.load.profile.not_a_profile import other_spelling
from policygen.load.records import RELEASES_FOLDER
from policygen.problems import Level, Location, Problem

EXISTING_FOLDER = "existing"  # in a profile's folder: policies that the body had before
_MARKDOWN = (".md", ".markdown", ".mdown", ".mkd", ".mkdn", ".mdwn")
_DOCUMENTS = (
    *(".txt", ".text", ".docx", ".docm", ".doc", ".dotx", ".odt", ".rtf", ".pdf", ".pages"),
    *(".html", ".htm", ".rst", ".adoc", ".tex", ".wps", ".eml", ".msg"),
)
_FACTS = ("layer", "sources")
_BACKUP = re.compile(r"(?P<name>.+?)(?:~|\.(?:bak|old|orig|save|tmp|copy))", re.IGNORECASE)
_LOCKS = ("~$", ".~lock.", ".#")  # of a program that has the file open
_README = re.compile(r"readme(?:[.-].*)?", re.IGNORECASE)
_READ_FOLDERS = (RELEASES_FOLDER, THEME_FOLDER, EXISTING_FOLDER, TRANSLATIONS_FOLDER)


def unread_files(folder: Path) -> list[Path]:
    """Return the files and folders in a profile's folder that look like words and are not read."""
    if not folder.is_dir():  # a new profile has none yet
        return []
    return [entry for entry in sorted(folder.iterdir()) if _is_unread(entry)]


def unread_warnings(folder: Path) -> Iterator[Problem]:
    """Yield a warning for each file that looks like words and is not read."""
    for path in unread_files(folder):
        what = f"This {'folder' if path.is_dir() else 'file'} is not read."
        yield Problem(what, _mend(path), Location(display_path(path)), Level.WARNING, code="PG110")


def _is_unread(path: Path) -> bool:
    """Tell whether somebody would expect a file or a folder to be read, and it is not."""
    if path.is_dir():
        return _holds_words(path)
    if path.name.startswith(_LOCKS) or _README.fullmatch(path.name):
        return False
    return _looks_like_words(path.name) and not _is_read(path.name)


def _holds_words(folder: Path) -> bool:
    """Tell whether a folder that nothing reads holds files of words; subfolders do not count."""
    if folder.name in _READ_FOLDERS or folder.name.startswith("."):
        return False
    try:
        names = [entry.name for entry in folder.iterdir() if entry.is_file()]
    except OSError:
        return False
    return any(_looks_like_words(name) for name in names)


def _is_read(name: str) -> bool:
    """Tell whether a file is a fragment, or one of the files of facts."""
    return name.endswith(".md") and not name.startswith(".")


def _looks_like_words(name: str) -> bool:
    """Tell whether a name is that of a document, a misspelt fragment, or a copy of one."""
    backup = _BACKUP.fullmatch(name)
    plain = backup["name"] if backup else name
    suffix = Path(plain).suffix.lower()
    if suffix in _MARKDOWN or suffix in _DOCUMENTS:
        return True
    if name in ("profile.yaml", "layer.yaml", "sources.yaml"):
        return False
    return Path(plain).stem.lower() in (*_FACTS, "profile") and suffix in (".yaml", ".yml")


def _mend(path: Path) -> str:
    """Return what to do with a file or a folder that is not read."""
    if path.is_dir():
        return "Move its words beside profile.yaml, or out of the profile's folder."
    name = path.name.lstrip(".")
    if path == other_spelling(path.parent):
        return 'The profile is "profile.yaml": move this file out of the folder.'
    stem, suffix = Path(name).stem, Path(name).suffix.lower()
    if suffix in _MARKDOWN:
        return f'Call it "{stem}.md", or move it out of the folder.'
    if stem.lower() in _FACTS and suffix in (".yml", ".yaml"):
        return f'Call it "{stem.lower()}.yaml", or move it out of the folder.'
    return "Copy its words into a Markdown file (such as law.md), or move it out of the folder."
