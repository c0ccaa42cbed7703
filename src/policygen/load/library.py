"""The library on disk -> Library: outline, labels, layers, sources and fragments of one or more roots."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from policygen.load.checked import checked
from policygen.load.fragment import read_fragment
from policygen.load.yaml import Marked, read
from policygen.model.fragment import Fragment, Layer, Library
from policygen.model.policy import Outline, Source
from policygen.model.text import by_language, in_language, localise, merge
from policygen.problems import Place, PolicygenError, Problem, nearest

_HERE = Path(__file__).resolve()
GROUPS = ("law", "terms", "values")  # what a layer's facts may hold; the profile supplies the rest


def shipped(name: str) -> Path:
    """A folder that policygen brings along: the packaged copy, or else the checkout's."""
    packaged = _HERE.parents[1] / name
    return packaged if packaged.is_dir() else _HERE.parents[3] / name


def load_library(extra: Iterable[Path] = ()) -> Library:
    """Read the shipped templates and any further roots, each stacked above those before it.

    Raises PolicygenError with every Problem of every file at once.
    """
    roots = [shipped("templates"), *extra]
    problems: list[Problem] = []
    for root in roots:
        if not root.is_dir():
            problems.append(Problem("This folder of templates does not exist.", "Check the path.", Place(str(root))))
    if problems:
        raise PolicygenError(problems)
    outlines = _outlines(roots)
    source_language = next(iter(outlines.values())).source_language
    outline = outlines[source_language]
    layers: dict[str, tuple[Layer, ...]] = {}
    digest = hashlib.sha256()
    for root in roots:
        for file in sorted(p for p in root.rglob("*") if p.suffix in (".md", ".yaml")):
            digest.update(file.relative_to(root).as_posix().encode() + b"\0" + file.read_bytes() + b"\0")
        for folder, name in _folders(root, outline):
            try:
                layer = load_layer(folder, name, outline)
            except PolicygenError as error:
                problems.extend(error.problems)
            else:
                layers[name] = (*layers.get(name, ()), layer)
    problems.extend(_overs(layers))
    if problems:
        raise PolicygenError(problems)
    return Library(outlines, source_language, layers, digest.hexdigest())


def load_layer(folder: Path, name: str, outline: Outline, own: bool = False) -> Layer:
    """Read one folder of fragments; `own` says that it is an organisation's. Raises PolicygenError."""
    problems: list[Problem] = []
    head, sources, fragments = Marked({}, {(): Place(shown(folder / "layer.yaml"), 1, 1)}, ""), {}, []
    try:
        if (folder / "layer.yaml").is_file() or not own:
            head = _read(folder / "layer.yaml", typed=True)
        layer = _head(head, name, own)
    except PolicygenError as error:
        problems.extend(error.problems)
        layer = Layer(name, name, Place(shown(folder)))
    try:
        sources = _sources(folder / "sources.yaml")
    except PolicygenError as error:
        problems.extend(error.problems)
    for file in sorted(folder.glob("*.md")):
        if file.name.lower() == "readme.md":
            continue
        try:
            fragments.append(read_fragment(file, shown(file), name, outline, own))
        except PolicygenError as error:
            problems.extend(error.problems)
    problems.extend(_twice(fragments))
    if problems:
        raise PolicygenError(problems)
    return replace(layer, sources=sources, fragments=tuple(fragments))


def shown(path: Path) -> str:
    """A path as the user knows it: from the working folder where it lies beneath."""
    try:
        return str(path.relative_to(Path.cwd())) if path.is_absolute() else str(path)
    except ValueError:
        return str(path)


def _read(path: Path, typed: bool = False) -> Marked:
    marked = read(path, typed)
    return replace(marked, marks={at: replace(place, path=shown(path)) for at, place in marked.marks.items()})


def _folders(root: Path, outline: Outline) -> Iterator[tuple[Path, str]]:
    """Every layer's folder and name: base, jurisdiction/uk, jurisdiction/uk/kind/council ..."""
    for rung in outline.layers:
        folders = [root / rung] if (root / rung / "layer.yaml").is_file() else sorted((root / rung).glob("*/"))
        for folder in folders:
            yield folder, folder.relative_to(root).as_posix()
            for nested in sorted(folder.glob("*/*/")):
                if nested.parent.name in outline.layers:
                    yield nested, nested.relative_to(root).as_posix()


@dataclass(frozen=True)
class _Head:
    title: str | dict[str, str]
    over: str = ""
    facts: dict[str, Any] | None = None


def _head(marked: Marked, name: str, own: bool) -> Layer:
    data = {"title": name, **marked.data} if own else marked.data
    head = checked(_Head, replace(marked, data=data))
    problems = [
        Problem(f'A layer has no facts called "{group}".', nearest(group, GROUPS), marked.place(("facts", group, "")))
        for group in head.facts or {}
        if group not in GROUPS
    ]
    problems += [
        Problem(
            f'"{group}" belongs to the base, the jurisdiction and the kind: {name} may not set it.',
            "Take it out, or put it under terms.",
            marked.place(("facts", group, "")),
        )
        for group in head.facts or {}
        if group in ("law", "values") and name.partition("/")[0] in ("posture", "organisation")
    ]
    if problems:
        raise PolicygenError(problems)
    places = {at[1:]: place for at, place in marked.marks.items() if at[:1] == ("facts",)}
    title = head.title if isinstance(head.title, str) else in_language(head.title, "en")
    return Layer(name, title, marked.place(()), head.over, head.facts or {}, places)


def _sources(path: Path) -> dict[str, Source]:
    if not path.is_file():
        return {}
    marked = _read(path)
    found: dict[str, Source] = {}
    problems: list[Problem] = []
    for id, data in marked.data.items():
        marks = {at[1:]: place for at, place in marked.marks.items() if at[:1] == (id,)}
        entry = {k: v for k, v in data.items() if v is not None} if isinstance(data, Mapping) else data
        try:
            found[id] = checked(Source, Marked({"id": id, **entry} if isinstance(entry, dict) else entry, marks, ""))
        except PolicygenError as error:
            problems.extend(error.problems)
    if problems:
        raise PolicygenError(problems)
    return found


def _twice(fragments: Iterable[Fragment]) -> Iterator[Problem]:
    """A layer may say a clause in one file only, whatever the files are called."""
    seen: dict[tuple[str, str], Place] = {}
    for fragment in fragments:
        for edit in fragment.edits:
            key = (edit.id, fragment.language)
            if key in seen:
                what = f'The clause "{edit.id}" is edited twice in this layer: also at {seen[key]}.'
                yield Problem(what, "Keep one edit of a clause in one layer.", edit.place)
            seen[key] = edit.place


def _overs(layers: Mapping[str, tuple[Layer, ...]]) -> Iterator[Problem]:
    """`over:` names a layer of the same rung, and never leads back to itself."""
    for name, group in layers.items():
        for layer in group:
            rung = name.rpartition("/")[0]
            siblings = {n.rpartition("/")[2] for n in layers if n.rpartition("/")[0] == rung}
            if layer.over and layer.over not in siblings:
                mend = nearest(layer.over, siblings)
                yield Problem(f'"{name}" stands over "{layer.over}", which does not exist.', mend, layer.place)
            seen, at = {name}, f"{rung}/{layer.over}" if layer.over else ""
            while at and at in layers:
                if at in seen:
                    yield Problem(f'"{name}" stands over itself.', "Break the circle of `over:`.", layer.place)
                    break
                seen.add(at)
                over = next((one.over for one in layers[at] if one.over), "")
                at = f"{rung}/{over}" if over else ""


def _outlines(roots: list[Path]) -> dict[str, Outline]:
    """The outline in each language that it is written in; later roots are merged over the first."""
    merged: dict[str, Any] = {}
    marks: dict[Any, Place] = {}
    for root in roots:
        for file, key in ((root / "outline.yaml", ()), (root / "labels.yaml", ("labels",))):
            if file.is_file() or root == roots[0]:
                marked = _read(file, typed=True)
                marks.update({(*key, *at): place for at, place in marked.marks.items()})
                merged = merge(merged, {"labels": marked.data} if key else marked.data)
    languages = {str(merged.get("source_language", "en"))} | set(_languages(merged))
    return {
        language: checked(Outline, Marked(localise(merged, language), marks, "")) for language in sorted(languages)
    }


def _languages(data: Any) -> Iterator[str]:
    if by_language(data):
        yield from (str(key) for key in data)
    elif isinstance(data, Mapping):
        for value in data.values():
            yield from _languages(value)
