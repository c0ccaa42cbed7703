"""Where words lie on disk: found without reading any."""

from __future__ import annotations

from pathlib import Path

HEAD_FILE, SOURCES_FILE = "layer.yaml", "sources.yaml"
_HERE = Path(__file__).resolve()


def shipped(name: str) -> Path:
    """Return a folder that policygen brings along: the packaged copy, or else the checkout's."""
    packaged = _HERE.parents[2] / name
    return packaged if packaged.is_dir() else _HERE.parents[4] / name


def read_files(folder: Path) -> list[Path]:
    """Return the files of a layer: fragments, layer.yaml and sources.yaml.

    A README is for people.
    """
    fragments = [
        path
        for path in folder.glob("*.md")
        if path.name.lower() != "readme.md" and not path.name.startswith(".")
    ]
    facts = [folder / HEAD_FILE, folder / SOURCES_FILE]
    return [*sorted(fragments), *(path for path in facts if path.is_file())]
