"""One root of templates on disk: the folders of its layers, and the files that no layer reads."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from policygen.load.file_kinds import describe_file
from policygen.load.files import display_path, is_folder
from policygen.load.library.on_disk import HEAD_FILE
from policygen.model.outline.outline import Outline
from policygen.problems import Location, Problem

ROOT_FILES = ("outline.yaml", "labels.yaml", "style.yaml", "consultation.yaml", "briefing.yaml")


def missing_roots(roots: Iterable[Path]) -> list[Problem]:
    """Return a Problem for each root that is no folder."""
    return [_missing_root(root) for root in roots if not is_folder(root)]


def layer_folders(root: Path, outline: Outline) -> Iterator[tuple[Path, str]]:
    """Yield every layer's folder and name: base, jurisdiction/uk, jurisdiction/uk/kind/council."""
    for rung in outline.layers:
        folders = sorted((root / rung).glob("[!.]*/"))
        if (root / rung / HEAD_FILE).is_file():
            folders = [root / rung]
        for folder in folders:
            # A root stacked above may only pass through a folder on its way to `kind/<kind>`.
            if (folder / HEAD_FILE).is_file() or any(folder.glob("*.md")):
                yield folder, folder.relative_to(root).as_posix()
            for nested in sorted(folder.glob("[!.]*/[!.]*/")):
                if nested.parent.name in outline.layers:
                    yield nested, nested.relative_to(root).as_posix()


def file_faults(root: Path, read: list[Path], outline: Outline) -> list[Problem]:
    """Report a root without any layer, and each file of wording that is not among those `read`."""
    unread = list(_unread_files(root, read, outline))
    return unread if read or unread else [_no_templates(root)]


def _unread_files(root: Path, read: Iterable[Path], outline: Outline) -> Iterator[Problem]:
    """Report wording that no layer reads, such as jurisdiction/uk/kinds/council/law.md."""
    *rungs, _ = outline.layers  # the organisation's own words lie beside its profile
    folders = [f"{rung}/" if rung == "base" else f"{rung}/<name>/" for rung in rungs]
    mend = f"Put fragments, layer.yaml and sources.yaml into one of {', '.join(folders)}."
    what = "This file is in no layer, so nobody would read it."
    words = {path for path in root.rglob("*") if path.suffix in (".md", ".yaml")}
    for file in sorted(words - set(read)):
        if file.is_file() and _is_meant_to_be_read(file, root):
            yield Problem(what, mend, Location(display_path(file)), code="PG144")


def _is_meant_to_be_read(file: Path, root: Path) -> bool:
    """Tell whether a file is no README, which is for people, and lies in no hidden folder."""
    is_hidden = any(part.startswith(".") for part in file.relative_to(root).parts)
    return file.name.lower() != "readme.md" and not is_hidden


def _missing_root(root: Path) -> Problem:
    what, mend = "This folder of templates does not exist.", "Check the path."
    if _exists(root):
        kind = describe_file(root) or "a file"
        what = f"This is {kind}, where a folder of templates is wanted."
        mend = "Name the folder that holds layers of wording, such as words/base/."
    return Problem(what, mend, Location(display_path(root)), code="PG143")


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except OSError:
        return False


def _no_templates(root: Path) -> Problem:
    what = "This folder holds no layer of wording, so there are no templates in it."
    mend = "Name the folder that holds layers, such as words/kind/council/."
    return Problem(what, mend, Location(display_path(root)), code="PG143")
