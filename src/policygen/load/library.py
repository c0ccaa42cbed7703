"""The library on disk -> Library: outline, labels, layers, sources and fragments of one or more roots."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from policygen.load.files import display_path
from policygen.load.fragment import read_fragment
from policygen.load.outline import load_outlines, load_style
from policygen.load.validate import validate_as
from policygen.load.yaml import Marked, read_yaml
from policygen.model.fragment import Fragment, Layer, Library
from policygen.model.language import in_language
from policygen.model.policy import Outline, Source
from policygen.model.profile import YES_OR_NO
from policygen.model.text import Language, Line
from policygen.problems import Place, PolicygenError, Problem, nearest

_HERE = Path(__file__).resolve()
_OF_A_RUNG = {"only": "kind", "asks": "kind", "language": "jurisdiction"}
GROUPS = ("law", "terms", "values")  # what a layer's facts may hold; the profile supplies the rest


def shipped(name: str) -> Path:
    """A folder that policygen brings along: the packaged copy, or else the checkout's."""
    packaged = _HERE.parents[1] / name
    return packaged if packaged.is_dir() else _HERE.parents[3] / name


def load_library(extra: Iterable[Path] = ()) -> Library:
    """Read the shipped templates and any further roots, each stacked above those before it. As `read_library`."""
    return read_library([shipped("templates"), *extra])


def read_library(roots: Sequence[Path]) -> Library:
    """Read the templates of one or more roots, each stacked above those before it.

    Raises PolicygenError with every Problem of every file at once.
    """
    roots = list(roots)
    problems: list[Problem] = []
    for root in roots:
        if not _there(root):
            problems.append(
                Problem(
                    "This folder of templates does not exist.",
                    "Check the path.",
                    Place(display_path(root)),
                )
            )
    if problems:
        raise PolicygenError(problems)
    outlines = load_outlines(roots, shipped("templates"))
    source_language = next(iter(outlines.values())).source_language
    outline = outlines[source_language]
    layers: dict[str, tuple[Layer, ...]] = {}
    digest = hashlib.sha256()
    for root in roots:
        files = [
            file
            for name in ("outline.yaml", "labels.yaml", "style.yaml")
            if (file := root / name).is_file()
        ]
        for folder, name in _folders(root, outline):
            files += read_files(folder)
            try:
                layer = load_layer(folder, name, outline)
            except PolicygenError as error:
                problems.extend(error.problems)
            else:
                layers[name] = (*layers.get(name, ()), layer)
        problems.extend(_astray(root, files, outline))
        if not problems:
            for file in sorted(files):
                digest.update(
                    file.relative_to(root).as_posix().encode() + b"\0" + file.read_bytes() + b"\0"
                )
    try:
        style = load_style(roots)
    except PolicygenError as error:
        problems.extend(error.problems)
    if not problems:
        problems.extend(_overs(layers))
        problems.extend(_onlys(layers))
    if problems:
        raise PolicygenError(problems)
    return Library(outlines, source_language, layers, digest.hexdigest(), style, tuple(roots))


def _there(root: Path) -> bool:
    try:
        return root.is_dir()
    except OSError:  # a name too long for the disk, or a folder that is not ours to look into
        return False


def read_files(folder: Path) -> list[Path]:
    """The files of a layer: its fragments, layer.yaml and sources.yaml. A README is for people."""
    fragments = (
        p
        for p in folder.glob("*.md")
        if p.name.lower() != "readme.md" and not p.name.startswith(".")
    )
    return [
        *sorted(fragments),
        *(p for p in (folder / "layer.yaml", folder / "sources.yaml") if p.is_file()),
    ]


def load_layer(folder: Path, name: str, outline: Outline, own: bool = False) -> Layer:
    """Read one folder of fragments; `own` says that it is an organisation's. Raises PolicygenError."""
    problems: list[Problem] = []
    head, sources, fragments = (
        Marked({}, {(): Place(display_path(folder / "layer.yaml"), 1, 1)}, ""),
        {},
        [],
    )
    try:
        if (folder / "layer.yaml").is_file():
            head = read_yaml(folder / "layer.yaml", typed=True)
        elif not own:
            what, mend = (
                "This layer has no layer.yaml.",
                "Write one beside its fragments, with a line `title: ...`.",
            )
            raise PolicygenError([Problem(what, mend, Place(display_path(folder)))])
        layer = _head(head, name, own)
    except PolicygenError as error:
        problems.extend(error.problems)
        layer = Layer(name, name, Place(display_path(folder)))
    try:
        sources = _sources(folder / "sources.yaml")
    except PolicygenError as error:
        problems.extend(error.problems)
    for file in read_files(folder):
        if file.suffix != ".md":
            continue
        try:
            fragments.append(read_fragment(file, display_path(file), name, outline, own))
        except PolicygenError as error:
            problems.extend(error.problems)
    problems.extend(_twice(fragments))
    problems.extend(_untold(fragments, outline.source_language))
    if problems:
        raise PolicygenError(problems)
    return replace(layer, sources=sources, fragments=tuple(fragments))


def _folders(root: Path, outline: Outline) -> Iterator[tuple[Path, str]]:
    """Every layer's folder and name: base, jurisdiction/uk, jurisdiction/uk/kind/council ..."""
    for rung in outline.layers:
        folders = (
            [root / rung]
            if (root / rung / "layer.yaml").is_file()
            else sorted((root / rung).glob("[!.]*/"))
        )
        for folder in folders:
            # A root stacked above may only pass through a folder on its way to `kind/<kind>`.
            if (folder / "layer.yaml").is_file() or any(folder.glob("*.md")):
                yield folder, folder.relative_to(root).as_posix()
            for nested in sorted(folder.glob("[!.]*/[!.]*/")):
                if nested.parent.name in outline.layers:
                    yield nested, nested.relative_to(root).as_posix()


def _astray(root: Path, read: Iterable[Path], outline: Outline) -> Iterator[Problem]:
    """Wording that no layer reads, such as jurisdiction/uk/kinds/council/law.md, is never ignored silently."""
    for file in sorted(
        {p for p in root.rglob("*") if p.suffix in (".md", ".yaml") and p.is_file()} - set(read)
    ):
        parts = file.relative_to(root).parts
        if file.name.lower() != "readme.md" and not any(part.startswith(".") for part in parts):
            rungs = ", ".join(
                f"{rung}/<name>/" if rung != "base" else "base/" for rung in outline.layers[:-1]
            )
            mend = f"Put fragments, layer.yaml and sources.yaml into one of {rungs}."
            yield Problem(
                "This file is in no layer, so nobody would read it.",
                mend,
                Place(display_path(file)),
            )


@dataclass(frozen=True)
class _Head:
    title: str | dict[str, str]
    over: str = ""
    facts: dict[str, Any] | None = None
    says: Line = ""
    only: tuple[Line, ...] = ()
    asks: tuple[Line, ...] = ()
    language: Language = ""


def _head(marked: Marked, name: str, own: bool) -> Layer:
    data = {"title": name, **marked.data} if own else marked.data
    given = data.get("facts")
    groups = given if isinstance(given, dict) else {}
    problems = [*_groups(groups, name, marked), *_misplaced(data, name, marked)]
    facts = _lines(groups, ("facts",), marked, problems)
    try:
        head = validate_as(_Head, replace(marked, data=data))
    except PolicygenError as error:
        problems.extend(error.problems)
    if problems:
        raise PolicygenError(problems)
    title = head.title if isinstance(head.title, str) else in_language(head.title, "en")
    keys = {at[:-1]: place for at, place in marked.marks.items() if at[-1:] == ("",)}
    places = {
        ".".join(map(str, at[1:])): place
        for at, place in keys.items()
        if at[0] == "facts" and len(at) == 3
    }
    places |= {f"only.{number}": marked.place(("only", number)) for number in range(len(head.only))}
    return Layer(
        name,
        title,
        marked.place(()),
        head.over,
        facts,
        places=places,
        says=head.says,
        only=head.only,
        asks=head.asks,
        language=head.language,
    )


def _misplaced(data: Mapping[str, Any], name: str, marked: Marked) -> Iterator[Problem]:
    """Some keys belong to one rung of the library, and `asks` names what can be answered with yes or no."""
    for key, rung in _OF_A_RUNG.items():
        if data.get(key) is not None and name.split("/")[:-1] != [rung]:
            what = f'"{key}" belongs to {rung}/<name>/layer.yaml: {name} may not set it.'
            yield Problem(what, "Take it out.", marked.place((key, "")))
    asks = data.get("asks")
    for number, fact in enumerate(asks if isinstance(asks, list) else ()):
        if fact not in YES_OR_NO:
            what = f'The profile has no yes-or-no fact "{fact}" to ask for.'
            yield Problem(what, nearest(str(fact), YES_OR_NO), marked.place(("asks", number)))


def _groups(groups: Mapping[str, Any], name: str, marked: Marked) -> Iterator[Problem]:
    """`law` and `terms` hold names and texts, `values` a list; and not every layer may set them."""
    for group, facts in groups.items():
        place = marked.place(("facts", group, ""))
        if group not in GROUPS:
            yield Problem(f'A layer has no facts called "{group}".', nearest(group, GROUPS), place)
        elif group != "terms" and name.partition("/")[0] in ("posture", "organisation"):
            what = f'"{group}" belongs to the base, the jurisdiction and the kind: {name} may not set it.'
            yield Problem(what, "Take it out, or put it under terms.", place)
        elif facts is not None and not isinstance(facts, list if group == "values" else dict):
            mend = (
                "Write a list of {name, meaning}."
                if group == "values"
                else "Write each on a line, `name: text`."
            )
            yield Problem(f'"{group}" does not have this form.', mend, place)


def _lines(data: Any, at: tuple[str | int, ...], marked: Marked, problems: list[Problem]) -> Any:
    """Facts with each text trimmed to one line that can be printed, as in a profile."""
    if isinstance(data, Mapping):
        return {key: _lines(value, (*at, key), marked, problems) for key, value in data.items()}
    if isinstance(data, list):
        return [_lines(value, (*at, number), marked, problems) for number, value in enumerate(data)]
    try:
        return (
            validate_as(Line, Marked(data, {(): marked.place(at)}, ""))
            if isinstance(data, str)
            else data
        )
    except PolicygenError as error:
        name = ".".join(map(str, at[1:]))
        problems.extend(
            replace(problem, what=f"{name}{problem.what}") for problem in error.problems
        )


def _sources(path: Path) -> dict[str, Source]:
    if not path.is_file():
        return {}
    marked = read_yaml(path)
    found: dict[str, Source] = {}
    problems: list[Problem] = []
    for id, data in marked.data.items():
        marks = {at[1:]: place for at, place in marked.marks.items() if at[:1] == (id,)}
        entry = (
            {k: v for k, v in data.items() if v is not None} if isinstance(data, Mapping) else data
        )
        try:
            found[id] = validate_as(
                Source, Marked({**entry, "id": id} if isinstance(entry, dict) else entry, marks, "")
            )
        except PolicygenError as error:
            problems.extend(
                replace(p, what=f"{id}: {p.what.removeprefix(': ')}") for p in error.problems
            )
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


def _untold(fragments: Iterable[Fragment], source_language: str) -> Iterator[Problem]:
    """A translation stands beside the words that it translates: the same clauses, the same tiers."""
    words = {edit.id: edit for f in fragments if f.language == source_language for edit in f.edits}
    for fragment in fragments:
        for edit in fragment.edits if fragment.language != source_language else ():
            if edit.id not in words:
                what = f'"{edit.id}" is translated here, but this layer does not tell it in {source_language}.'
                yield Problem(what, nearest(edit.id, words), edit.place)
            elif more := [tier for tier in edit.tellings if tier not in words[edit.id].tellings]:
                what = (
                    f'"{edit.id}" is told here at {", ".join(more)}, but not in {source_language}.'
                )
                yield Problem(what, "Tell it there first.", edit.place)


def _onlys(layers: Mapping[str, tuple[Layer, ...]]) -> Iterator[Problem]:
    """`only:` names jurisdictions that are there."""
    known = {
        name.partition("/")[2]
        for name in layers
        if name.startswith("jurisdiction/") and name.count("/") == 1
    }
    for layer in (layer for group in layers.values() for layer in group):
        for number, name in enumerate(layer.only):
            if name not in known:
                what = f'"only" names a jurisdiction "{name}", which does not exist.'
                yield Problem(what, nearest(name, known), layer.places[f"only.{number}"])


def _overs(layers: Mapping[str, tuple[Layer, ...]]) -> Iterator[Problem]:
    """`over:` names a layer of the same rung, and never leads back to itself."""
    for name, group in layers.items():
        for layer in group:
            rung = name.rpartition("/")[0]
            siblings = {n.rpartition("/")[2] for n in layers if n.rpartition("/")[0] == rung}
            if layer.over and layer.over not in siblings:
                mend = nearest(layer.over, siblings)
                yield Problem(
                    f'"{name}" stands over "{layer.over}", which does not exist.', mend, layer.place
                )
            seen, at = {name}, f"{rung}/{layer.over}" if layer.over else ""
            while at and at in layers:
                if at in seen:
                    yield Problem(
                        f'"{name}" stands over itself.', "Break the circle of `over:`.", layer.place
                    )
                    break
                seen.add(at)
                over = next((one.over for one in layers[at] if one.over), "")
                at = f"{rung}/{over}" if over else ""
