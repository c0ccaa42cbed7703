"""A layer's folder on disk -> Layer: its layer.yaml, its sources.yaml and its fragments."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from policygen.load.files import display_path
from policygen.load.library.commitments import read_commitments
from policygen.load.library.examples import read_examples
from policygen.load.library.fragment import read_fragment
from policygen.load.library.on_disk import HEAD_FILE, SOURCES_FILE, read_files
from policygen.load.library.outline import UsedName, name_faults
from policygen.load.yaml.reader import Marked, read_yaml
from policygen.load.yaml.validate import validate_as
from policygen.model.fragment import FACT_GROUPS, Edit, Fragment, Layer, PlaceGroup
from policygen.model.language import in_language
from policygen.model.outline.outline import EditionChange, Outline
from policygen.model.policy import Source
from policygen.model.profile import YES_OR_NO, ContentClass
from policygen.model.text import Language, Line, Words
from policygen.problems import DataPath, Location, PolicygenError, Problem, key_path, nearest

_KEYS_OF_A_RUNG = {
    "only": "kind",
    "asks": "kind",
    "language": "jurisdiction",
    "called": "jurisdiction",
    "groups": "jurisdiction",
    "without_approval": "posture",
    "grades": "kind",
    "editions": "kind",
}
# Of these, the ones that a jurisdiction's words for a kind may set too.
_KEYS_OF_A_KIND_IN_A_PLACE = ("asks", "grades", "editions")
_KEYS_WITH_FACTS = ("asks", "needs", "usual")  # which name yes-or-no facts of the profile
# Rungs that may not set every group of facts, and those that they may.
_ALLOWED_GROUPS = {
    "posture": ("terms", "commitments"),
    "organisation": ("terms", "commitments", "examples"),
}
_READ_APART = ("commitments", "examples")  # groups with a form of their own


def load_layer(folder: Path, name: str, outline: Outline, own: bool = False) -> Layer:
    """Read one folder of fragments; `own` says that it is an organisation's.

    Raises PolicygenError.
    """
    problems: list[Problem] = []
    layer = Layer(name, name, Location(display_path(folder)))
    sources: Mapping[str, Source] = {}
    fragments: list[Fragment] = []
    try:
        layer = _read_head(folder, name, outline, own)
    except PolicygenError as error:
        problems.extend(error.problems)
    try:
        sources = _read_sources(folder / SOURCES_FILE)
    except PolicygenError as error:
        problems.extend(error.problems)
    for file in read_files(folder):
        if file.suffix != ".md":
            continue
        try:
            fragments.append(read_fragment(file, display_path(file), name, outline, own))
        except PolicygenError as error:
            problems.extend(error.problems)
    problems.extend(_edited_twice(fragments))
    problems.extend(_translated_alone(fragments, outline.source_language))
    if problems:
        raise PolicygenError(problems)
    return replace(layer, sources=sources, fragments=tuple(fragments))


# --- layer.yaml --------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Group:
    places: tuple[Line, ...]
    called: Words


@dataclass(frozen=True)
class _Head:
    title: Words
    over: str = ""
    facts: dict[str, Any] | None = None
    says: Line = ""
    only: tuple[Line, ...] = ()
    asks: tuple[Line, ...] = ()
    language: Language = ""
    called: Words = ""
    groups: tuple[_Group, ...] = ()
    assumes: Line = ""
    otherwise: Line = ""
    needs: tuple[Line, ...] = ()
    usual: dict[Line, bool] = field(default_factory=dict)
    services: tuple[Line, ...] = ()
    without_approval: dict[ContentClass, Line] = field(default_factory=dict)
    grades: dict[Line, Line] = field(default_factory=dict)
    editions: dict[Line, EditionChange] = field(default_factory=dict)


def _read_head(folder: Path, name: str, outline: Outline, own: bool) -> Layer:
    """Read layer.yaml, which an organisation need not have. Raises PolicygenError."""
    file = folder / HEAD_FILE
    if file.is_file():
        return _head(read_yaml(file, typed=True), name, outline, own)
    if not own:
        what = "This layer has no layer.yaml."
        mend = "Write one beside its fragments, with a line `title: ...`."
        raise PolicygenError([Problem(what, mend, Location(display_path(folder)), code="PG140")])
    return Layer(name, name, Location(display_path(file), 1, 1))


def _head(marked: Marked, name: str, outline: Outline, own: bool) -> Layer:
    """Make a layer, still without fragments, of its layer.yaml. Raises PolicygenError.

    An organisation's own layer needs no title.
    """
    data = {"title": name, **marked.data} if own else marked.data
    groups = data.get("facts")
    groups = groups if isinstance(groups, dict) else {}
    problems = [*_group_faults(groups, name, marked), *_misplaced_keys(data, name, marked)]
    plain = {group: value for group, value in groups.items() if group not in _READ_APART}
    facts = _single_lines(plain, ("facts",), marked, problems)
    commitments = read_commitments(groups.get("commitments"), marked, outline.labels, problems)
    examples = read_examples(groups.get("examples"), marked, problems)
    try:
        head = validate_as(_Head, replace(marked, data=data))
        problems += name_faults(_used_names(head, outline), marked)
    except PolicygenError as error:
        problems.extend(error.problems)
    if problems:
        raise PolicygenError(problems)
    return Layer(
        name,
        head.title if isinstance(head.title, str) else in_language(head.title, "en"),
        marked.location(()),
        head.over,
        facts,
        fact_locations=_fact_locations(marked),
        says=head.says,
        only=head.only,
        asks=head.asks,
        language=head.language,
        called=head.called,
        groups=tuple(PlaceGroup(group.places, group.called) for group in head.groups),
        assumes=head.assumes,
        otherwise=head.otherwise,
        commitments=commitments,
        needs=head.needs,
        usual=head.usual,
        services=head.services,
        examples=examples,
        without_approval=head.without_approval,
        grades=head.grades,
        editions=head.editions,
    )


def _used_names(head: _Head, outline: Outline) -> Iterator[UsedName]:
    """Yield each name that a layer uses of what the outline defines."""
    grades, extents = outline.grades.names, outline.grades.extents
    for id, grade in head.grades.items():
        section = id.partition(".")[0]
        yield UsedName(key_path(("grades", id)), "section", section, outline.sections)
        yield UsedName(("grades", id), "grade", grade, grades)
    for key, change in head.editions.items():
        yield UsedName(key_path(("editions", key)), "edition", key, outline.editions)
        for name, value in change.by_field().items():
            for extent in value if isinstance(value, dict) else ():
                at = key_path(("editions", key, name, extent))
                yield UsedName(at, "extent", extent, extents)


def _fact_locations(marked: Marked) -> dict[str, Location]:
    """Return where each fact stands, and each name in `only`, `services`, `groups` and `grades`.

    By its path: law.records_law, examples.libraries.plan, only.0, groups.0.places.0,
    grades.law.records.
    """
    locations: dict[str, Location] = {}
    for at, location in marked.marks.items():
        is_key = at[-1:] == ("",)
        depth = 5 if at[1:2] == ("examples",) else 4
        if is_key and len(at) == depth and at[0] == "facts":
            locations[".".join(map(str, at[1:-1]))] = location
        elif len(at) == 2 and at[0] in ("only", "services", "grades") and not is_key:
            locations[f"{at[0]}.{at[1]}"] = location
        elif len(at) == 4 and at[0] == "groups" and at[2] == "places" and not is_key:
            locations[".".join(map(str, at))] = location
    return locations


def _misplaced_keys(data: Mapping[str, Any], name: str, marked: Marked) -> Iterator[Problem]:
    """Check that some keys stand on their own rung, and that some name yes-or-no facts."""
    for key, rung in _KEYS_OF_A_RUNG.items():
        if data.get(key) is not None and not _is_on_rung(name, key, rung):
            what = f'"{key}" belongs to {rung}/<name>/layer.yaml: {name} may not set it.'
            yield Problem(what, "Take it out.", marked.location(key_path((key,))), code="PG141")
    for key in _KEYS_WITH_FACTS:
        for at, fact in _named_facts(data.get(key)):
            if fact not in YES_OR_NO:
                what = f'The profile has no yes-or-no fact "{fact}", which "{key}" names.'
                location = marked.location((key, *at))
                yield Problem(what, nearest(str(fact), YES_OR_NO), location, code="PG141")


def _is_on_rung(name: str, key: str, rung: str) -> bool:
    """Tell whether a layer may set a key: a jurisdiction's words for a kind may set some."""
    folders = name.split("/")[:-1]
    in_a_place = key in _KEYS_OF_A_KIND_IN_A_PLACE and folders[-1:] == [rung]
    return folders == [rung] or in_a_place


def _named_facts(value: object) -> Iterator[tuple[DataPath, object]]:
    """Yield each fact that a list or a block of facts names, and where it stands in it."""
    if isinstance(value, Mapping):
        for fact in value:
            yield (fact, ""), fact
    elif isinstance(value, list):
        for number, fact in enumerate(value):
            yield (number,), fact


def _group_faults(groups: Mapping[str, Any], name: str, marked: Marked) -> Iterator[Problem]:
    """Check the form of `law`, `terms` and `values`, and that the layer may set them."""
    rung = name.partition("/")[0]
    for group, facts in groups.items():
        location = marked.location(key_path(("facts", group)))
        wanted: type[object] = list if group == "values" else dict
        form = "Write each on a line, `name: text`."
        if group == "values":
            form = "Write a list of {name, meaning}."
        if group not in FACT_GROUPS:
            what = f'A layer has no facts called "{group}".'
            yield Problem(what, nearest(group, FACT_GROUPS), location, code="PG142")
        elif group not in _ALLOWED_GROUPS.get(rung, FACT_GROUPS):
            what = (
                f'"{group}" belongs to the base, the jurisdiction and the kind: '
                f"{name} may not set it."
            )
            yield Problem(what, "Take it out, or put it under terms.", location, code="PG142")
        elif facts is not None and not isinstance(facts, wanted):
            yield Problem(f'"{group}" does not have this form.', form, location, code="PG142")


def _single_lines(data: Any, at: DataPath, marked: Marked, problems: list[Problem]) -> Any:
    """Trim each text of the facts to one printable line, as in a profile; add to `problems`."""
    if isinstance(data, Mapping):
        return {
            key: _single_lines(value, (*at, key), marked, problems) for key, value in data.items()
        }
    if isinstance(data, list):
        return [
            _single_lines(value, (*at, number), marked, problems)
            for number, value in enumerate(data)
        ]
    if not isinstance(data, str):
        return data
    try:
        return validate_as(Line, Marked(data, {(): marked.location(at)}, ""))
    except PolicygenError as error:
        name = ".".join(map(str, at[1:]))
        problems.extend(replace(fault, what=f"{name}{fault.what}") for fault in error.problems)
    return None


# --- sources.yaml ------------------------------------------------------------------------------


def _read_sources(path: Path) -> dict[str, Source]:
    """Read the sources of a layer by id; there may be none. Raises PolicygenError."""
    if not path.is_file():
        return {}
    marked = read_yaml(path)
    marks = _marks_by_key(marked)
    found: dict[str, Source] = {}
    problems: list[Problem] = []
    for id, entry in marked.data.items():
        try:
            found[id] = validate_as(Source, Marked(_with_id(id, entry), marks[id], ""))
        except PolicygenError as error:
            for fault in error.problems:
                problems.append(replace(fault, what=f"{id}: {fault.what.removeprefix(': ')}"))
    if problems:
        raise PolicygenError(problems)
    return found


def _with_id(id: str, entry: Any) -> Any:
    """Return the data of a source: what is set in its entry, and its id."""
    if not isinstance(entry, Mapping):
        return entry
    return {**{key: value for key, value in entry.items() if value is not None}, "id": id}


def _marks_by_key(marked: Marked) -> dict[str, dict[DataPath, Location]]:
    """Return the marks beneath each key of a file, once for all: there may be many."""
    marks: dict[str, dict[DataPath, Location]] = {}
    for at, location in marked.marks.items():
        if at:
            marks.setdefault(str(at[0]), {})[at[1:]] = location
    return marks


# --- The fragments beside one another ----------------------------------------------------------


def _edited_twice(fragments: Iterable[Fragment]) -> Iterator[Problem]:
    """Check that a layer edits a clause in one file only, whatever the files are called."""
    seen: dict[tuple[str, str], Location] = {}
    for fragment in fragments:
        for edit in fragment.edits:
            key = (edit.id, fragment.language)
            if key in seen:
                what = f'The clause "{edit.id}" is edited twice in this layer: also at {seen[key]}.'
                mend = "Keep one edit of a clause in one layer."
                yield Problem(what, mend, edit.location, code="PG260")
            seen[key] = edit.location


def _translated_alone(fragments: Iterable[Fragment], source_language: str) -> Iterator[Problem]:
    """Check that a translation has no clause and no tier that the original lacks."""
    originals: dict[str, Edit] = {}
    translations: list[Edit] = []
    for fragment in fragments:
        if fragment.language == source_language:
            originals.update((edit.id, edit) for edit in fragment.edits)
        else:
            translations += fragment.edits
    for edit in translations:
        if edit.id not in originals:
            what = (
                f'"{edit.id}" is translated here, '
                f"but this layer does not tell it in {source_language}."
            )
            yield Problem(what, nearest(edit.id, originals), edit.location, code="PG261")
            continue
        source_tellings = originals[edit.id].tellings
        more = ", ".join(tier for tier in edit.tellings if tier not in source_tellings)
        if more:
            what = f'"{edit.id}" is told here at {more}, but not in {source_language}.'
            yield Problem(what, "Tell it there first.", edit.location, code="PG261")
