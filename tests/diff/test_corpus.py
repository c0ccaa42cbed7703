"""The corpus of differences in `tests/cases/diff`: two policies in, what tells them apart out.

A case is written as those of layering are (see `tests/corpus.py`). A block whose name begins with `A ` or `B ` is
that file, or those lines of the profile, in one of the two only; without, in both. Then:

- `differences`: each as `kind clause part: first -> second`, and its causes as a reader is told them; a section
  has a colon after its id, and ` / ` is a new line.
- `reads`: the redline of each telling that differs, with [deleted] and ‹inserted› words, ` // ` between blocks.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from corpus import Case, cases, lines, profile
from small import Small

from policygen.diff import differences
from policygen.diff.blocks import Redline
from policygen.markdown import prose
from policygen.model import document as doc
from policygen.model.comparison.difference import Difference, DifferenceKind, Differences
from policygen.model.document import Revision
from policygen.model.document.walk import plain
from policygen.model.policy import Policy
from policygen.model.wording import Wording
from policygen.report.changes.serialise import part_text
from policygen.report.sentences import cause_sentence

CASES = cases("diff")


def test_there_is_a_case_of_every_kind() -> None:
    told = {line.split()[0] for case in CASES for line in case.blocks["differences"].splitlines()}
    assert {kind.key for kind in DifferenceKind} <= told


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_case(case: Case, small: Small) -> None:
    found = differences(_policy(case, "A", small), _policy(case, "B", small))
    assert lines(_told(found)) == case.blocks["differences"]
    if "reads" in case.blocks:
        assert lines(_read(found)) == case.blocks["reads"]


def _policy(case: Case, side: str, small: Small) -> Policy:
    """One of the two; the other's files are taken away."""
    own = {
        name.removeprefix(f"{side} "): told
        for name, told in case.blocks.items()
        if name.startswith(f"{side} ")
    }
    shared = {name: told for name, told in case.blocks.items() if not name.startswith(("A ", "B "))}
    given = {**shared, **own}
    for name in {n.removeprefix("A ").removeprefix("B ") for n in case.blocks if n.endswith(".md")}:
        small.path(name).unlink(missing_ok=True)
    files = {name: told for name, told in given.items() if "/" in name or name.endswith(".yaml")}
    small.write({"organisation/profile.yaml": profile(given.get("profile", "")), **files})
    return small.policy()


def _told(found: Differences) -> Iterator[str]:
    for d in found.found:
        yield _line(d)
        yield from (f"  {cause_sentence(cause, ('A', 'B'))}" for cause in d.why)


def _line(d: Difference) -> str:
    sides = " -> ".join(_flat(part_text(side)) for side in (d.first, d.second))
    return " ".join(filter(None, [d.kind.key, d.clause or f"{d.section}:", d.part])) + f": {sides}"


def _flat(told: str | None) -> str:
    return "nothing" if told is None else (told or "none").replace("\n", " / ")


def _read(found: Differences) -> Iterator[str]:
    labels = found.second.outline.labels
    for d in found.found:
        if (
            isinstance(d.first, Wording)
            and isinstance(d.second, Wording)
            and d.part in found.second.outline.tiers
        ):
            made = Redline().blocks(
                prose.parse_blocks(d.first, labels), prose.parse_blocks(d.second, labels)
            )
            yield f"{d.clause} {d.part}: {_shown(made)}"


def _shown(node: Any, change: Revision | None = None) -> str:
    change = change or getattr(node, "change", None)
    match node:
        case tuple():
            return " // ".join(_shown(one, change) for one in node)
        case doc.Paragraph(inlines):
            return _marked(_words(inlines), change)
        case doc.List(items=items):
            return " // ".join(f"- {_shown(item.blocks, change or item.change)}" for item in items)
        case doc.Table(head, rows):
            return " // ".join(_shown(row, change) for row in ((*((head,) if head else ()), *rows)))
        case doc.Row(cells=cells):
            return "| " + " | ".join(_marked(_words(cell), change) for cell in cells) + " |"
        case doc.DoDont(do, dont):
            return f"{_shown(do, change)} // {_shown(dont, change)}"
    return f"({node.label}) {_shown(node.blocks, change)}"


def _words(inlines: doc.Inlines) -> str:
    shown = ""
    for one in inlines:
        match one:
            case doc.Inserted(children):
                shown += _marked(_words(children), Revision.INSERTED)
            case doc.Deleted(children):
                shown += _marked(_words(children), Revision.DELETED)
            case doc.Strong(children):
                shown += f"**{_words(children)}**"
            case _:
                shown += plain((one,))
    return shown


def _marked(words: str, change: Revision | None) -> str:
    return (
        f"‹{words}›"
        if change is Revision.INSERTED
        else f"[{words}]"
        if change is Revision.DELETED
        else words
    )


def test_every_file_is_read() -> None:
    folder = Path(__file__).parents[1] / "cases" / "diff"
    assert {case.name.partition(":")[0] for case in CASES} == {
        f.stem for f in folder.glob("*.md")
    } - {"README"}
