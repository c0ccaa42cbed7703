"""A Problem as the page tells it: facts by what they are called, and no option of a command."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import PurePath

from policygen.pipeline.page.form import FormField, label_of
from policygen.problems import Problem

_WHICH = "answer to “Which version is it?”"
# What a Problem says to whoever types a command, and what it means on the page.
_ON_THE_PAGE = {
    r"; wanted by .*?\. Add it to .*; (.*) will know\.": r". Ask \1.",
    r", or choose another place with --out": ", and try again",
    r"; --out says where to": "",
    r"Choose one: `policygen init NAME`": "Write it in Latin letters",
    r" \(`policygen init [^`]+`\)": "",
    # Releasing
    r": --summary \"\.\.\.\"": ".",
    r"Add --minor or --major to release the next one": f"Choose the second or the third {_WHICH}",
    r"Release the next version with --minor or --major": f"Choose the second or third {_WHICH}",
    r"Then release it without --minor or --major": f"Then choose the first {_WHICH}",
    r"Leave --(minor|major) out": f"Choose the first {_WHICH}",
    r"for --(minor|major) to count": "for the next one to count",
    r"release it with --major": f"choose the third {_WHICH}",
    r", or name the formats that you publish with --format": (
        " and release it then, or tick below that you release it without"
    ),
    # Words of one's own
    r"`policygen edit( PROFILE CLAUSE)?`": "the page Own words",
    r"Read both \(`policygen explain`\), mend the edit, then run `policygen accept [^`]+`": (
        "Open the clause from the page Own words and read both; then change yours, or keep it"
    ),
    r"Run `policygen accept [^`]+`, and `check` will tell you": (
        "Open the clause from the page Own words and keep yours; then you are told"
    ),
    r"ay why with --because, and who cleared it, where and when, with --cleared-by": (
        "ay why, and who cleared it, where and when"
    ),
    r"say why with --because": "say why beside it",
    # What others bring
    r"`policygen diff [^`]+`": "the page Compare",
    r"`policygen match PROFILE [^`]+`, for the profile beside it": "on the page Old policy",
    r"with `policygen match`": "on the page Old policy",
    r"`policygen review`": "the page Review",
    r"Name the profile that it belongs to: `policygen review [^`]+`": (
        "Give it to the page Review of the policy that it belongs to"
    ),
    r"Print the worksheet again with --format xlsx": "Download the worksheet again as XLSX",
    r"are gathered by `policygen consult collate [^`]+`": "are gathered on the page Consultation",
    r"`policygen consult collate PROFILE` shows": "the page Consultation shows",
    r"`policygen consult print sheet [^`]+` makes one": "Download one on the page Consultation",
    r"Name one that `policygen build` wrote": "Choose one that policygen wrote",
    r": --version, or another profile": "",
    r"give --from,": "say it in the form,",
}


def told(problem: Problem, name: str = "", label: str = "") -> str:
    """Return a Problem in a line; where it begins with the path of a fact, with what it is called.

    `name` and `label` are those of the field that it is told beside; else its own.
    """
    name = name or ".".join(map(str, problem.field))
    what = problem.what
    if name and what.startswith(name):
        what = (label or label_of(problem.field)) + what.removeprefix(name)
    return _plainly(f"{what} {problem.mend}")


def told_all(problems: Sequence[Problem]) -> str:
    """Return several Problems of one answer: first what is wrong, and then how to mend it."""
    whats, mends = [one.what for one in problems], [one.mend for one in problems]
    return _plainly(" ".join([*whats, *mends]))


def told_at(field: FormField, problem: Problem) -> str:
    """Return a Problem in a line, with the field's label in place of its path in the file."""
    if field.kind == "file" and not problem.what.startswith(field.name):
        return told_in_file(problem)
    return told(problem, field.name, field.label)


def told_in_file(problem: Problem) -> str:
    """Return a Problem in a line that begins with the name of its file, as `lawyer.docx: ...`."""
    name = PurePath(problem.location.path).name
    what = f"{name}: {problem.what}" if name else problem.what
    return _plainly(f"{what} {problem.mend}")


def _plainly(text: str) -> str:
    for in_a_terminal, here in _ON_THE_PAGE.items():
        text = re.sub(in_a_terminal, here, text)
    return text.strip()
