"""outline.yaml and labels.yaml -> Outline, in each language; style.yaml -> HouseStyle."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

from policygen.load.yaml.reader import Marked, read_yaml
from policygen.load.yaml.validate import validate_as
from policygen.model.extent import Grades
from policygen.model.language import by_language, localise, merge
from policygen.model.outline.label import slot_fault, slot_names
from policygen.model.outline.outline import Outline
from policygen.model.outline.style import HouseStyle
from policygen.model.profile import Profile
from policygen.problems import DataPath, Location, PolicygenError, Problem, nearest


class UsedName(NamedTuple):
    """A name in a file: where it is used, what it names, and what may stand there."""

    path: DataPath
    noun: str  # such as "tier"
    name: str
    known: Iterable[str]


OUTLINE_FILES = ("outline.yaml", "labels.yaml")
STYLE_FILE = "style.yaml"
RUNGS = ("base", "jurisdiction", "kind", "posture", "organisation")


def load_outlines(roots: list[Path], shipped: Path) -> dict[str, Outline]:
    """Read the outline in each of its languages; later roots are merged over the first.

    `shipped` is the program's own folder of templates: its labels say which slots the program
    fills, and are printed where the first root, the library of another time, has not had them
    yet. Raises PolicygenError.
    """
    outline, labels = (read_yaml(roots[0] / name, typed=True) for name in OUTLINE_FILES)
    known = _slots(labels.data)
    if roots[0] != shipped:
        ours = read_yaml(shipped / "labels.yaml", typed=True)
        known |= _slots(ours.data)
        labels = _merge(ours, labels)
    for root in roots[1:]:
        outline = _merge_file(outline, root / "outline.yaml")
        labels = _merge_file(labels, root / "labels.yaml")
    label_marks = {("labels", *at): location for at, location in labels.marks.items()}
    data = {**outline.data, "labels": labels.data}
    merged = Marked(data, {**outline.marks, **label_marks}, "")
    languages = sorted({str(data.get("source_language", "en")), *_languages(data)})
    outlines = {
        language: validate_as(Outline, replace(merged, data=localise(data, language)))
        for language in languages
    }
    problems: list[Problem] = []
    for translation in outlines.values():
        problems += name_faults(_used_names(translation), merged)
        problems += _edition_faults(translation, merged)
        problems += _label_faults(translation, merged, known)
    if problems:
        raise PolicygenError(dict.fromkeys(problems))
    return outlines


def shipped_labels(root: Path) -> dict[str, dict[str, str]]:
    """Return the labels of one folder of templates, by language. Raises PolicygenError."""
    labels = read_yaml(root / "labels.yaml", typed=True).data
    return {language: localise(labels, language) for language in ("en", *_languages(labels))}


def load_style(roots: list[Path]) -> HouseStyle:
    """Return the house style; later roots are merged over the first. Raises PolicygenError."""
    marked = Marked({}, {(): Location(STYLE_FILE)}, "")
    for root in roots:
        marked = _merge_file(marked, root / STYLE_FILE)
    return validate_as(HouseStyle, marked)


def _merge_file(below: Marked, file: Path) -> Marked:
    """Return data with that of a file merged over it, if there is one. Raises PolicygenError."""
    if not file.is_file():
        return below
    return _merge(below, read_yaml(file, typed=True))


def _merge(below: Marked, above: Marked) -> Marked:
    """Return data with other data merged over it."""
    return Marked(merge(below.data, above.data), {**below.marks, **above.marks}, "")


def name_faults(names: Iterable[UsedName], marked: Marked) -> Iterator[Problem]:
    """Check that every name that a file uses is one that the outline defines."""
    for used in names:
        if used.name and used.name not in used.known:
            what = f'There is no {used.noun} "{used.name}".'
            mend = nearest(used.name, used.known)
            yield Problem(what, mend, marked.location(used.path), code="PG146")


def _used_names(outline: Outline) -> Iterator[UsedName]:
    """Yield each name that the outline uses of something that it defines elsewhere."""
    yield from _names_in_list(("layers",), "layer", outline.layers, RUNGS)
    yield from _grade_names(outline.grades)
    yield UsedName(("front", "principles"), "section", outline.front.principles, outline.sections)
    yield UsedName(("front", "chart"), "section", outline.front.chart, outline.sections)
    for narrow, wider in outline.wider_audiences.items():
        at = ("wider_audiences", narrow)
        yield UsedName(at, "audience", narrow, outline.audiences)
        yield from _names_in_list(at, "audience", wider, outline.audiences)
    for key, edition in outline.editions.items():
        at = ("editions", key)
        yield from _names_in_list((*at, "tiers"), "tier", edition.tiers, outline.tiers)
        yield UsedName((*at, "audience"), "audience", edition.audience, outline.audiences)
        yield from _names_in_list((*at, "sections"), "section", edition.sections, outline.sections)
        yield from _names_in_list((*at, "needs"), "fact", edition.needs, Profile.model_fields)


def _grade_names(grades: Grades) -> Iterator[UsedName]:
    at = ("grades",)
    yield UsedName((*at, "binding"), "grade", grades.binding, grades.names)
    yield UsedName((*at, "default"), "grade", grades.default, grades.names)
    yield UsedName((*at, "extent"), "extent", grades.extent, grades.extents)
    for extent in grades.says:
        yield UsedName((*at, "says", extent), "extent", extent, grades.extents)
    for extent, taken in grades.extents.items():
        yield from _names_in_list((*at, "extents", extent), "grade", taken, grades.names)


def _names_in_list(
    at: DataPath, noun: str, names: Iterable[str], known: Iterable[str]
) -> Iterator[UsedName]:
    """Yield the names of a list, each at its place in it."""
    for number, name in enumerate(names):
        yield UsedName((*at, number), noun, name, known)


def _edition_faults(outline: Outline, marked: Marked) -> Iterator[Problem]:
    """Check that each edition has tiers of one form, and that some edition tells every clause."""
    for key, edition in outline.editions.items():
        if not outline.tiers.keys() >= set(edition.tiers):
            continue  # a tier that is not there is a fault of its own
        forms = {outline.tiers[name].form for name in edition.tiers}
        if len(forms) != 1:
            found = "tiers of two forms" if forms else "no tier"
            what = f'The edition "{key}" has {found}.'
            mend = "List tiers whose `form` is the same: one at least."
            yield Problem(what, mend, marked.location(("editions", key)), code="PG147")
    if not any(map(outline.tells_every_clause, outline.editions.values())):
        what = "No edition tells the whole policy at a depth at which every clause is told."
        mend = (
            "Mark a tier as `required: true`, and give it an edition without sections and audience."
        )
        yield Problem(what, mend, marked.location(("editions",)), code="PG147")


def _label_faults(
    outline: Outline, marked: Marked, known: Mapping[str, frozenset[str]]
) -> Iterator[Problem]:
    """Check that each label is one that documents print, and that the program fills its slots."""
    for key, text in outline.labels.items():
        location = marked.location(("labels", key))
        if key not in known:
            what = f'There is no label "{key}".'
            yield Problem(what, nearest(key, known), location, code="PG148")
        elif fault := slot_fault(text, known[key]):
            filled = ", ".join(f"{{{slot}}}" for slot in sorted(known[key]))
            only = f"Only {filled} may stand" if filled else "No brace may stand"
            what = f'The label "{key}" {fault}.'
            yield Problem(what, f"{only} in this label.", location, code="PG148")


def _slots(labels: Any) -> dict[str, frozenset[str]]:
    """Return the slots of each label of a labels.yaml, as its English texts have them."""
    texts = localise(labels, "en") if isinstance(labels, dict) else {}
    return {key: slot_names(str(text)) for key, text in texts.items()}


def _languages(data: Any) -> Iterator[str]:
    if by_language(data):
        yield from (str(key) for key in data)
    elif isinstance(data, Mapping):
        for value in data.values():
            yield from _languages(value)
