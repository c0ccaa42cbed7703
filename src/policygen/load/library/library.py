"""The library on disk -> Library: outline, labels, house style and layers of one or more roots."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path

from policygen.load.file_kinds import describe_file
from policygen.load.files import display_path, is_folder, read_bytes
from policygen.load.library.layer import HEAD_FILE, load_layer, read_files
from policygen.load.library.outline import load_outlines, load_style
from policygen.model.fragment import Layer, Library
from policygen.model.outline.outline import Outline
from policygen.model.outline.style import HouseStyle
from policygen.problems import Place, PolicygenError, Problem, nearest

_HERE = Path(__file__).resolve()
_ROOT_FILES = ("outline.yaml", "labels.yaml", "style.yaml")


def shipped(name: str) -> Path:
    """Return a folder that policygen brings along: the packaged copy, or else the checkout's."""
    packaged = _HERE.parents[2] / name
    return packaged if packaged.is_dir() else _HERE.parents[4] / name


def load_library(extra: Iterable[Path] = ()) -> Library:
    """Read the shipped templates and any further roots, each stacked above those before it.

    Raises PolicygenError as `read_library` does.
    """
    return read_library([shipped("templates"), *extra])


def read_library(roots: Sequence[Path]) -> Library:
    """Read the templates of one or more roots, each stacked above those before it.

    Raises PolicygenError with every Problem of every file at once.
    """
    roots = list(roots)
    missing = [root for root in roots if not is_folder(root)]
    if missing:
        raise PolicygenError(map(_missing_root, missing))
    outlines = load_outlines(roots, shipped("templates"))
    source_language = next(iter(outlines.values())).source_language
    reader = _Reader(outlines[source_language])
    for root in roots:
        reader.read_root(root)
    problems = reader.problems
    style = HouseStyle()
    try:
        style = load_style(roots)
    except PolicygenError as error:
        problems += error.problems
    if not problems:
        problems += [*_over_faults(reader.layers), *_place_faults(reader.layers)]
    if problems:
        raise PolicygenError(problems)
    digest = reader.digest.hexdigest()
    return Library(outlines, source_language, reader.layers, digest, style, tuple(roots))


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except OSError:
        return False


def _missing_root(root: Path) -> Problem:
    what, mend = "This folder of templates does not exist.", "Check the path."
    if _exists(root):
        kind = describe_file(root) or "a file"
        what = f"This is {kind}, where a folder of templates is wanted."
        mend = "Name the folder that holds layers of wording, such as words/base/."
    return Problem(what, mend, Place(display_path(root)), code="PG143")


def _no_templates(root: Path) -> Problem:
    what = "This folder holds no layer of wording, so there are no templates in it."
    mend = "Name the folder that holds layers, such as words/kind/council/."
    return Problem(what, mend, Place(display_path(root)), code="PG143")


class _Reader:
    """Reads the layers of one root after another, and gathers what is wrong with them."""

    def __init__(self, outline: Outline) -> None:
        self.outline = outline
        self.layers: dict[str, tuple[Layer, ...]] = {}
        self.problems: list[Problem] = []
        self.digest = hashlib.sha256()

    def read_root(self, root: Path) -> None:
        """Read every layer of a root; its files go into the digest."""
        files = [root / name for name in _ROOT_FILES if (root / name).is_file()]
        for folder, name in _layer_folders(root, self.outline):
            files += read_files(folder)
            try:
                layer = load_layer(folder, name, self.outline)
            except PolicygenError as error:
                self.problems += error.problems
            else:
                self.layers[name] = (*self.layers.get(name, ()), layer)
        unread = list(_unread_files(root, files, self.outline))
        if not files and not unread:
            self.problems.append(_no_templates(root))
        self.problems += unread
        if not self.problems:
            for file in sorted(files):
                name = file.relative_to(root).as_posix()
                self.digest.update(name.encode() + b"\0" + read_bytes(file) + b"\0")


def _layer_folders(root: Path, outline: Outline) -> Iterator[tuple[Path, str]]:
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


def _unread_files(root: Path, read: Iterable[Path], outline: Outline) -> Iterator[Problem]:
    """Report wording that no layer reads, such as jurisdiction/uk/kinds/council/law.md."""
    *rungs, _ = outline.layers  # the organisation's own words lie beside its profile
    places = [f"{rung}/" if rung == "base" else f"{rung}/<name>/" for rung in rungs]
    mend = f"Put fragments, layer.yaml and sources.yaml into one of {', '.join(places)}."
    what = "This file is in no layer, so nobody would read it."
    words = {path for path in root.rglob("*") if path.suffix in (".md", ".yaml")}
    for file in sorted(words - set(read)):
        if file.is_file() and _is_meant_to_be_read(file, root):
            yield Problem(what, mend, Place(display_path(file)), code="PG144")


def _is_meant_to_be_read(file: Path, root: Path) -> bool:
    """Tell whether a file is no README, which is for people, and lies in no hidden folder."""
    is_hidden = any(part.startswith(".") for part in file.relative_to(root).parts)
    return file.name.lower() != "readme.md" and not is_hidden


def _place_faults(layers: Mapping[str, tuple[Layer, ...]]) -> Iterator[Problem]:
    """Check that `only:` and `groups:` name jurisdictions that are there."""
    rungs = [name.split("/") for name in layers]
    known = {rung[1] for rung in rungs if rung[0] == "jurisdiction" and len(rung) == 2}
    for layer in chain.from_iterable(layers.values()):
        for path, name in _named_places(layer):
            if name not in known:
                key = path.partition(".")[0]
                what = f'"{key}" names a jurisdiction "{name}", which does not exist.'
                yield Problem(what, nearest(name, known), layer.places[path], code="PG145")


def _named_places(layer: Layer) -> Iterator[tuple[str, str]]:
    """Yield each jurisdiction that a layer names, after its path in layer.yaml."""
    for number, name in enumerate(layer.only):
        yield f"only.{number}", name
    for number, group in enumerate(layer.groups):
        for at, name in enumerate(group.places):
            yield f"groups.{number}.places.{at}", name


def _over_faults(layers: Mapping[str, tuple[Layer, ...]]) -> Iterator[Problem]:
    """Check that `over:` names a layer of the same rung, and never leads back to itself."""
    siblings: dict[str, set[str]] = {}
    for name in layers:
        rung, _, sibling = name.rpartition("/")
        siblings.setdefault(rung, set()).add(sibling)
    for name, group in layers.items():
        rung = name.rpartition("/")[0]
        for layer in group:
            if layer.over and layer.over not in siblings[rung]:
                what = f'"{name}" stands over "{layer.over}", which does not exist.'
                mend = nearest(layer.over, siblings[rung])
                yield Problem(what, mend, layer.place, code="PG145")
            if _leads_back(name, layer.over, layers):
                what, mend = f'"{name}" stands over itself.', "Break the circle of `over:`."
                yield Problem(what, mend, layer.place, code="PG145")


def _leads_back(name: str, over: str, layers: Mapping[str, tuple[Layer, ...]]) -> bool:
    """Tell whether the chain of `over:` that begins at a layer comes to one that it has passed."""
    rung = name.rpartition("/")[0]
    passed = {name}
    while over and (at := f"{rung}/{over}") in layers:
        if at in passed:
            return True
        passed.add(at)
        over = next((layer.over for layer in layers[at] if layer.over), "")
    return False
