"""Run one passage's template.

Its text with a token for every printed fact, or the faults that stand in the way.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from policygen.compose.fact import LOOP, LOOP_END, LOOP_HEAD, Fact, Log, TooMuch
from policygen.compose.template.compiled import Compiled
from policygen.facts.shape import FactNames
from policygen.markdown.tables import replace_rowless_tables
from policygen.model.fragment import Passage
from policygen.problems import Location, nearest

_LIMIT = 100_000  # characters that one passage may print; a long full story has about 4,000
_LOOP_MARKS = re.compile(f"{LOOP}[^{LOOP_HEAD}]*{LOOP_HEAD}|{LOOP_END}")
_EMPTY_LOOP = re.compile(f"{LOOP}([^{LOOP_HEAD}]*){LOOP_HEAD}{LOOP_END}")
_DELIMITER = re.compile(r"^[^\n\w]*-[^\n\w]*$", re.M)  # at least: a line of dashes and marks
_BLANKS = re.compile(r"\n[ \t]*(?:\n[ \t]*)+\n")


@dataclass(frozen=True, slots=True)
class WordingFault:
    """Something wrong with the wording itself, at its place."""

    what: str
    mend: str
    location: Location
    code: str


def wording_faults(
    template: Compiled, passage: Passage, names: FactNames
) -> tuple[WordingFault, ...]:
    """What forbids to run a template: what is refused in it, and facts that do not exist."""
    faults = [
        WordingFault(fault.what, fault.mend, _place(passage, fault.line), code="PG310")
        for fault in template.faults
    ]
    for path, line in template.names:
        if wrong := names.unknown(path):
            name = ".".join(path).replace(".*", "")
            what = f'There is no fact "{name}".'
            if path[0] == "has":
                what = f'There is no clause "{path[-1]}".'
            faults.append(WordingFault(what, nearest(*wrong), _place(passage, line), code="PG311"))
    return tuple(faults)


def render_passage(
    template: Compiled, facts: Mapping[str, Any], names: FactNames, log: Log
) -> str | None:
    """A passage's text, tidied; None when it prints more than any policy could need.

    `log` notes what was printed, what decided, and which facts were missing.
    """
    text = run_template(template, facts, names, log)
    if text is None:
        return None
    if _may_lack_rows(text):
        text = replace_rowless_tables(
            text, _without_loop_marks, lambda below: _gap_for_table(below, log)
        )
    return _BLANKS.sub("\n\n", text).strip()


def run_template(
    template: Compiled, facts: Mapping[str, Any], names: FactNames, log: Log
) -> str | None:
    """A template's text as it comes.

    None when it prints or loops more than any policy could need.
    """
    assert template.template is not None  # a template with faults is not run
    bound = {name: Fact(name, facts.get(name), log) for name in names.first}
    parts: list[str] = []
    length = 0
    try:
        for part in template.template.generate(bound):
            parts.append(part)
            length += len(part)
            if length > _LIMIT:
                return None
    except TooMuch:
        return None
    return "".join(parts)


def too_much_printed(passage: Passage) -> WordingFault:
    """The fault of a passage that prints more than any policy could need."""
    what = "This prints or loops more than any policy could need."
    return WordingFault(what, "Take loops within loops out.", passage.location, code="PG312")


def _gap_for_table(below: str, log: Log) -> str:
    """A table that waits for its rows stands as one marked gap.

    The loop that gave none stands below its head.
    """
    loop = _EMPTY_LOOP.match(below)
    path = loop[1] if loop else ""
    log.faults.append(("rows", path))
    return f"{log.gap(path)}\n{below[loop.end() :] if loop else below}"


def _may_lack_rows(text: str) -> bool:
    """Whether a line that parts a table's head from its rows has no plain row below it.

    Most tables have one, and need not be parsed to see that.
    """
    plain = _without_loop_marks(text)
    below = (plain[found.end() + 1 :] for found in _DELIMITER.finditer(plain))
    return any(not rest.lstrip(" \t").startswith("|") for rest in below)


def _without_loop_marks(text: str) -> str:
    return _LOOP_MARKS.sub("", text)


def _place(passage: Passage, line: int) -> Location:
    return replace(passage.location, line=passage.line(line))
