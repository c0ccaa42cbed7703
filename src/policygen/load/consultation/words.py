"""consultation.yaml of the templates -> the words of letters and form, in one language."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from policygen.load.library.on_disk import shipped
from policygen.load.yaml.reader import Marked, read_yaml
from policygen.load.yaml.validate import validate_as
from policygen.model.consultation.words import SLOTS, ConsultationWords
from policygen.model.language import by_language, localise, merge, subtag
from policygen.model.outline.label import slot_fault
from policygen.problems import DataPath, PolicygenError, Problem

WORDS_FILE = "consultation.yaml"
_ENGLISH = "en"


def load_consultation_words(roots: Sequence[Path], language: str) -> ConsultationWords:
    """Return the words for a policy in a language: in that, if every text has it, else in English.

    Later roots are laid over the shipped words. Raises PolicygenError.
    """
    marked = read_yaml(shipped("templates") / WORDS_FILE, typed=True)
    for root in roots:
        if (root / WORDS_FILE).is_file():
            above = read_yaml(root / WORDS_FILE, typed=True)
            marks = {**marked.marks, **above.marks}
            marked = Marked(merge(marked.data, above.data), marks, "")
    problems = list(_slot_faults(marked, marked.data, ()))
    if problems:
        raise PolicygenError(problems)
    spoken = language if _is_told(marked.data, subtag(language)) else _ENGLISH
    data = {"language": spoken, **localise(marked.data, spoken)}
    return validate_as(ConsultationWords, replace(marked, data=data))


def _texts(data: Any) -> Iterator[Any]:
    """Yield every text, told once or in several languages."""
    if isinstance(data, dict) and not by_language(data):
        for value in data.values():
            yield from _texts(value)
    elif isinstance(data, list):
        for value in data:
            yield from _texts(value)
    else:
        yield data


def _is_told(data: Any, language: str) -> bool:
    """Tell whether every text is told in a language; one that is told once is English."""
    if language == _ENGLISH:
        return True
    return all(isinstance(text, dict) and language in text for text in _texts(data))


def _slot_faults(marked: Marked, data: Any, path: DataPath) -> Iterator[Problem]:
    """Yield a Problem for each text with a brace that nothing fills in."""
    if isinstance(data, str):
        if fault := slot_fault(data, SLOTS):
            known = ", ".join(f"{{{name}}}" for name in sorted(SLOTS))
            what = f"This text {fault}."
            yield Problem(what, f"Known: {known}.", marked.location(path), code="PG691")
        return
    pairs = data.items() if isinstance(data, dict) else enumerate(data) if data else ()
    for key, value in pairs:
        yield from _slot_faults(marked, value, (*path, key))
