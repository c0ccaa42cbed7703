"""A Problem as the page tells it: facts by what they are called, and no option of a command."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePath

from policygen.pipeline.page.form import FormField, label_of
from policygen.problems import Problem, on_page


def told(problem: Problem, name: str = "", label: str = "") -> str:
    """Return a Problem in a line; where it begins with the path of a fact, with what it is called.

    `name` and `label` are those of the field that it is told beside; else its own.
    """
    name = name or ".".join(map(str, problem.field))
    what, mend = on_page(problem.what), on_page(problem.mend)
    path = f"organisation.{name}" if what.startswith("organisation.") else name
    if name and what.startswith(path):
        what = (label or label_of(problem.field)) + what.removeprefix(path)
    return f"{what} {mend}".strip()


def told_all(problems: Sequence[Problem]) -> str:
    """Return several Problems of one answer: first what is wrong, and then how to mend it."""
    texts = [*(one.what for one in problems), *(one.mend for one in problems)]
    return " ".join(map(on_page, texts)).strip()


def told_at(field: FormField, problem: Problem) -> str:
    """Return a Problem in a line, with the field's label in place of its path in the file."""
    if field.kind == "file" and not problem.what.startswith(field.name):
        return told_in_file(problem)
    return told(problem, field.name, field.label)


def told_in_file(problem: Problem) -> str:
    """Return a Problem in a line that begins with the name of its file, as `lawyer.docx: ...`."""
    name = PurePath(problem.location.path).name
    where = f"{name}: " if name else ""
    return f"{where}{on_page(problem.what)} {on_page(problem.mend)}".strip()
