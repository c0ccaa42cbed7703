"""outline.yaml and labels.yaml -> Outline, in each language, checked against itself; style.yaml -> HouseStyle."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from policygen.load.validate import validate_as
from policygen.load.yaml import Marked, read_yaml
from policygen.model.label import slot_fault, slot_names
from policygen.model.language import by_language, localise, merge
from policygen.model.policy import Outline
from policygen.model.style import HouseStyle
from policygen.problems import Place, PolicygenError, Problem, nearest

RUNGS = ("base", "jurisdiction", "kind", "posture", "organisation")


def load_outlines(roots: list[Path], shipped: Path) -> dict[str, Outline]:
    """Read the outline in each language that it is written in; later roots are merged over the first.

    `shipped` is the program's own folder of templates: its labels say which slots the program
    fills, even where the first root is the library of another time. Raises PolicygenError.
    """
    outline, labels = (
        read_yaml(roots[0] / name, typed=True) for name in ("outline.yaml", "labels.yaml")
    )
    known = _slots(labels.data)
    if roots[0] != shipped:
        known |= _slots(read_yaml(shipped / "labels.yaml", typed=True).data)
    for root in roots[1:]:
        outline = _over(outline, root / "outline.yaml")
        labels = _over(labels, root / "labels.yaml")
    marks = {**outline.marks, **{("labels", *at): place for at, place in labels.marks.items()}}
    merged = Marked({**outline.data, "labels": labels.data}, marks, "")
    languages = sorted({str(merged.data.get("source_language", "en")), *_languages(merged.data)})
    told = {
        language: replace(merged, data=localise(merged.data, language)) for language in languages
    }
    found = {language: validate_as(Outline, data) for language, data in told.items()}
    problems = dict.fromkeys(
        p for one in found.values() for p in (*_names(one, merged), *_labels(one, merged, known))
    )
    if problems:
        raise PolicygenError(problems)
    return found


def shipped_labels(root: Path) -> dict[str, dict[str, str]]:
    """The labels of one folder of templates, by language. Raises PolicygenError."""
    labels = read_yaml(root / "labels.yaml", typed=True).data
    return {language: localise(labels, language) for language in ("en", *_languages(labels))}


def load_style(roots: list[Path]) -> HouseStyle:
    """The house style; later roots are merged over the first. Raises PolicygenError."""
    marked = Marked({}, {(): Place("style.yaml")}, "")
    for root in roots:
        marked = _over(marked, root / "style.yaml")
    return validate_as(HouseStyle, marked)


def _over(below: Marked, file: Path) -> Marked:
    if not file.is_file():
        return below
    above = read_yaml(file, typed=True)
    return Marked(merge(below.data, above.data), {**below.marks, **above.marks}, "")


def _names(outline: Outline, marked: Marked) -> Iterator[Problem]:
    """Every name that the outline uses is one that it defines."""
    named: list[tuple[tuple[str | int, ...], str, str, Iterable[str]]] = [
        *((("layers", n), "layer", name, RUNGS) for n, name in enumerate(outline.layers)),
        (("front", "principles"), "section", outline.front.principles, outline.sections),
        (("front", "chart"), "section", outline.front.chart, outline.sections),
    ]
    for key, edition in outline.editions.items():
        at = ("editions", key)
        named.append(((*at, "tier"), "tier", edition.tier, outline.tiers))
        named.append(((*at, "audience"), "audience", edition.audience, outline.audiences))
        named += [
            ((*at, "sections", n), "section", s, outline.sections)
            for n, s in enumerate(edition.sections)
        ]
    for path, what, name, known in named:
        if name and name not in known:
            yield Problem(f'There is no {what} "{name}".', nearest(name, known), marked.place(path))
    required = [key for key, tier in outline.tiers.items() if tier.required]
    if not any(edition.whole and edition.tier in required for edition in outline.editions.values()):
        what = "No edition tells the whole policy at a depth at which every clause is told."
        mend = (
            "Mark a tier as `required: true`, and give it an edition without sections and audience."
        )
        yield Problem(what, mend, marked.place(("editions",)))


def _labels(
    outline: Outline, marked: Marked, known: Mapping[str, frozenset[str]]
) -> Iterator[Problem]:
    """Check that each label is one that documents print, and that the program fills its slots."""
    for key, text in outline.labels.items():
        place = marked.place(("labels", key))
        if key not in known:
            what = f'There is no label "{key}".'
            yield Problem(what, nearest(key, known), place, code="PG148")
        elif fault := slot_fault(text, known[key]):
            filled = ", ".join(f"{{{slot}}}" for slot in sorted(known[key]))
            only = f"Only {filled} may stand" if filled else "No brace may stand"
            what = f'The label "{key}" {fault}.'
            yield Problem(what, f"{only} in this label.", place, code="PG148")


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
