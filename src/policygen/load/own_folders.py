"""The folders beside a profile that are read, and the files of words in them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from policygen.load.files import display_path, real_path
from policygen.load.library.on_disk import read_files
from policygen.problems import Location, Problem

THEME_FOLDER, TRANSLATIONS_FOLDER = "theme", "translations"


def translation_files(folder: Path) -> list[Path]:
    """Return the files of words in the translations of a profile's folder, however deep."""
    root = folder / TRANSLATIONS_FOLDER
    files = (path for path in root.rglob("*.md") if not path.name.startswith("."))
    return sorted(path for path in files if path.name.lower() != "readme.md")


def links_out(folder: Path) -> Iterator[Problem]:
    """Yield an error for each file of a profile that is a link to a place outside its folder.

    A profile may come from a stranger: what such a link leads to would be printed, or quoted.
    """
    for file in sorted({*read_files(folder), *folder.glob("*.yaml"), *translation_files(folder)}):
        if fault := link_out(file, folder):
            yield fault


def link_out(file: Path, folder: Path) -> Problem | None:
    """Return an error for a file of a profile's folder that is a link to a place outside of it."""
    if real_path(file).is_relative_to(real_path(folder)):
        return None
    what = "This is a link to a place outside the profile's folder, so it is not read."
    mend = "Copy what it leads to into its place."
    return Problem(what, mend, Location(display_path(file)), code="PG501")
