"""The folders beside a profile that are read, and the files of words in them."""

from __future__ import annotations

from pathlib import Path

THEME_FOLDER, TRANSLATIONS_FOLDER = "theme", "translations"


def translation_files(folder: Path) -> list[Path]:
    """Return the files of words in the translations of a profile's folder, however deep."""
    root = folder / TRANSLATIONS_FOLDER
    files = (path for path in root.rglob("*.md") if not path.name.startswith("."))
    return sorted(path for path in files if path.name.lower() != "readme.md")
