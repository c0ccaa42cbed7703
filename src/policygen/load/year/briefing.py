"""briefing.yaml of the templates -> the words of the sign-off kit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from policygen.load.library.on_disk import shipped
from policygen.load.yaml.reader import Marked, read_yaml
from policygen.load.yaml.validate import validate_as
from policygen.model.language import merge
from policygen.model.outline.label import slot_fault
from policygen.model.year.briefing import BriefingWords
from policygen.problems import DataPath, PolicygenError, Problem

BRIEFING_FILE = "briefing.yaml"
_SLOTS = ("policy", "version", "issued", "seal", "address", "contact")


def load_briefing_words(roots: Sequence[Path]) -> BriefingWords:
    """Return the words, those of later roots laid over the shipped ones. Raises PolicygenError."""
    marked = read_yaml(shipped("templates") / BRIEFING_FILE, typed=True)
    for root in roots:
        if (root / BRIEFING_FILE).is_file():
            above = read_yaml(root / BRIEFING_FILE, typed=True)
            marks = {**marked.marks, **above.marks}
            marked = Marked(merge(marked.data, above.data), marks, "")
    problems = [
        problem for block in ("record", "sign_off") for problem in _slot_faults(marked, (block,))
    ]
    if problems:
        raise PolicygenError(problems)
    return validate_as(BriefingWords, replace(marked, data=marked.data))


def _slot_faults(marked: Marked, path: DataPath) -> Iterator[Problem]:
    """Yield a Problem for each text of a block with a brace that nothing fills in."""
    block = marked.data.get(path[0])
    for key, text in block.items() if isinstance(block, dict) else ():
        if isinstance(text, str) and (fault := slot_fault(text, _SLOTS)):
            known = ", ".join(f"{{{name}}}" for name in _SLOTS)
            what = f"This text {fault}."
            yield Problem(what, f"Known: {known}.", marked.location((*path, key)), code="PG577")
