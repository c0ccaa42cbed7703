"""`policygen match --ask`: one clause after another is shown with its passages, and decided."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import click

from policygen.cli.escape import printable
from policygen.cli.show import echo_err

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from policygen.model.matching.decision import (
        ClauseDecision,
        DocumentDecisions,
        Keep,
        OwnRule,
    )
    from policygen.model.matching.worksheet import ClauseRow, PassageRow, Worksheet

_FOUND = (
    "Does your policy say it? The numbers of its passages, such as 12 or 12,13 "
    "(with a p, such as 12p, in part), [n] no, [k] skip, [s] stop here >"
)
_KEEP = "Whose words? [o] the clause's, [t] your own, [e] it stands elsewhere >"
_OWN = "Keep it as a rule of your own? Its id, such as content.twinning, or Enter for no >"
_STOP, _SKIP, _NO = "s", "k", "n"
_NUMBERS = re.compile(r"(\d+(?:\s*,\s*\d+)*)\s*(p?)", re.IGNORECASE)


def ask_decisions(sheet: Worksheet) -> DocumentDecisions:
    """Ask for each clause that is due and may be said, then for all others, then for what is left.

    Whoever stops, with a letter, Ctrl-C or the end of the input, keeps what was decided up to then.
    """
    from policygen.model.matching.decision import DocumentDecisions

    clauses: dict[str, ClauseDecision] = {}
    own: dict[str, OwnRule] = {}
    try:
        _ask_likely(sheet, clauses)
        clauses |= _not_found(sheet)
        _ask_loose(sheet, sheet.loose_after(clauses), own)
    except (_Stopped, click.Abort):
        echo_err("")
    return DocumentDecisions(clauses, own)


class _Stopped(Exception):
    """Nothing more is asked."""


def _ask_likely(sheet: Worksheet, decided: dict[str, ClauseDecision]) -> None:
    """Ask for each clause that a passage may say, or that was decided once."""
    likely = [row for row in sheet.due if row.likely or row.decision]
    for count, row in enumerate(likely, 1):
        _show(row, sheet, f"{count} of {len(likely)}")
        answer = _asked_passages(sheet)
        if answer == _STOP:
            raise _Stopped
        if answer != _SKIP:
            decided[row.clause.id] = _decision(row, sheet, answer)


def _ask_loose(sheet: Worksheet, loose: Sequence[PassageRow], own: dict[str, OwnRule]) -> None:
    """Ask for each passage that stands at no clause whether it is kept."""
    from policygen.model.matching.decision import OwnRule
    from policygen.report.match.sentences import passage_place, passage_words

    known = {row.clause.id for row in sheet.clauses}
    for row in loose:
        if row.own is None:
            echo_err("\n" + click.style(printable(passage_place(row.passage)), bold=True))
            echo_err(f"  {printable(passage_words(row.passage, 700))}")
            id = _asked_id(known)
            if id:
                label = click.prompt("What is it called, in a word or two? >", err=True)
                own[row.passage.key] = OwnRule(id, " ".join(label.split()))
                known.add(id)


def _asked_id(known: Collection[str]) -> str:
    """Return the id of a new clause, or "" for none."""
    from policygen.model.matching.decision import is_clause_id

    while True:
        answer: str = click.prompt(_OWN, default="", show_default=False, err=True).strip()
        if not answer or (is_clause_id(answer) and answer not in known):
            return answer
        echo_err("Write a section and a new name, such as content.twinning.")


def _not_found(sheet: Worksheet) -> dict[str, ClauseDecision]:
    """Ask once for all clauses that no passage seems to say."""
    from policygen.model.matching.decision import ClauseDecision, Coverage
    from policygen.report.match.sentences import unsaid_line

    rows = sheet.unsaid
    if not rows:
        return {}
    names = ", ".join(row.clause.name for row in rows)
    echo_err(f"\n{unsaid_line(sheet)} {printable(names)}.")
    if not click.confirm("Note them all as not found?", default=False, err=True):
        return {}
    return {row.clause.id: ClauseDecision(Coverage.NOT_FOUND) for row in rows}


def _asked_passages(sheet: Worksheet) -> str:
    """Return a letter, or numbers of passages that there are."""
    while True:
        answer: str = click.prompt(_FOUND, prompt_suffix=" ", err=True).strip().lower()
        if answer in (_STOP, _SKIP, _NO):
            return answer
        found = _NUMBERS.fullmatch(answer)
        if found and all(sheet.existing.passage(number) for number in _split(found[1])):
            return answer
        if found is None:
            echo_err(f"Type a number such as 12, or one of the letters {_NO}, {_SKIP} and {_STOP}.")
        else:
            echo_err(f"The passages are numbered from 1 to {len(sheet.passages)}.")


def _split(numbers: str) -> list[int]:
    return [int(number) for number in re.split(r"\s*,\s*", numbers)]


def _decision(row: ClauseRow, sheet: Worksheet, answer: str) -> ClauseDecision:
    from policygen.model.matching.decision import ClauseDecision, Coverage, Keep

    found = _NUMBERS.fullmatch(answer)
    if found is None:
        return ClauseDecision(Coverage.NOT_FOUND)
    passages = filter(None, map(sheet.existing.passage, _split(found[1])))
    keys = tuple(passage.key for passage in passages)
    keep = _asked_keep()
    take = keep is Keep.OURS and _asked_value(row)
    note = click.prompt("Why? (Enter for no note) >", default="", show_default=False, err=True)
    coverage = Coverage.IN_PART if found[2] else Coverage.COVERED
    return ClauseDecision(coverage, keys, keep, take, " ".join(note.split()))


def _asked_keep() -> Keep:
    from policygen.model.matching.decision import Keep

    letters = {"o": Keep.OURS, "t": Keep.THEIRS, "e": Keep.ELSEWHERE}
    answer = click.prompt(
        _KEEP,
        type=click.Choice(list(letters), case_sensitive=False),
        default="o",
        prompt_suffix=" ",
        show_choices=False,
        show_default=False,
        err=True,
    )
    return letters[answer]


def _asked_value(row: ClauseRow) -> bool:
    """Ask whether a value of theirs becomes a fact, where one could."""
    for difference in row.differences:
        if difference.fact:
            (theirs,) = difference.theirs
            ours = row.clause.values[difference.fact]
            question = f"Take {theirs} in place of {ours}?"
            return click.confirm(printable(question), default=False, err=True)
    return False


def _show(row: ClauseRow, sheet: Worksheet, count: str) -> None:
    from policygen.model.matching.worksheet import NEW
    from policygen.report.match.sentences import (
        LIKELIHOOD_WORDS,
        difference_line,
        passage_place,
        passage_words,
    )

    again = "" if row.due == NEW else f" ({row.due})"
    title = f"{row.clause.name}, {row.clause.id}{again}"
    echo_err("\n" + click.style(printable(title), bold=True) + f"  {count}")
    echo_err(printable(" ".join(row.clause.rule.split())))
    for one in row.likely:
        passage = sheet.existing.passage(one.number)
        if passage:
            place = f"{passage_place(passage)} ({LIKELIHOOD_WORDS[one.likelihood]})"
            echo_err(f"  {click.style(printable(place), bold=True)}")
            echo_err(f"  {printable(passage_words(passage, 700))}")
    for difference in row.differences:
        echo_err(printable(difference_line(difference)))
