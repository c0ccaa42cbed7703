"""`policygen review --ask`: one thing after another that came back is shown, and taken or not."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

import click

from policygen.cli.escape import printable
from policygen.cli.show import echo_err

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from policygen.model.review.acceptance import AcceptChoice, AcceptPick
    from policygen.model.review.review import FactEdit, ReturnedEdit, Review

_QUESTION = "Take it? [y] yes, [n] no, [s] stop here >"


def ask_choice(reviews: Sequence[Review]) -> AcceptChoice:
    """Show what each copy says, ask for each clause and value, and return what was taken.

    Whoever stops keeps what was taken up to then. Raises click.Abort at Ctrl-C and at the end of
    the input.
    """
    from policygen.model.review.acceptance import AcceptChoice

    picks: list[AcceptPick] = []
    try:
        for review in reviews:
            echo_err(click.style(f"\n{printable(review.file)}", bold=True))
            picks += _values(review)
            picks += _clauses(review)
    except _Stopped as stopped:
        picks += stopped.picks
    return AcceptChoice(picks=tuple(picks))


class _Stopped(Exception):
    """Nothing more is asked; `picks` were taken of the copy at hand."""

    picks: list[AcceptPick]


def _values(review: Review) -> list[AcceptPick]:
    """Ask for each changed value."""
    from policygen.model.review.acceptance import AcceptPick

    picks: list[AcceptPick] = []
    for edit in review.fact_edits:
        _show_value(edit, review)
        if _is_taken(picks):
            picks.append(AcceptPick(review.file, edit.path))
    return picks


def _clauses(review: Review) -> list[AcceptPick]:
    """Ask for each clause that was edited, and for its record where it needs one."""
    from policygen.model.review.acceptance import AcceptPick

    picks: list[AcceptPick] = []
    for (place, name), group in groupby(review.edits, key=lambda one: (one.place, one.name)):
        edits = list(group)
        _show_clause(name or place or "At the beginning", edits, review)
        if _is_taken(picks):
            picks.append(AcceptPick(review.file, place, *_record(place, review)))
    return picks


def _is_taken(picks: list[AcceptPick]) -> bool:
    """Ask whether what was shown last is taken. Raises _Stopped with what was taken before."""
    answer = click.prompt(
        _QUESTION,
        type=click.Choice(["y", "n", "s"], case_sensitive=False),
        prompt_suffix=" ",
        show_choices=False,
        err=True,
    )
    if answer == "s":
        stopped = _Stopped()
        stopped.picks = picks
        raise stopped
    return bool(answer == "y")


def _record(place: str, review: Review) -> Iterator[str]:
    """Yield why the clause goes or differs, and who cleared it, where that is wanted."""
    if review.wants_clearance(place):
        yield _asked("This clause is binding. Why do your words differ? >")
        yield _asked("Who cleared it, where and when? >")
    elif review.wants_reason(place):
        yield _asked("A clause goes with its reason. Why does it go? >")


def _asked(question: str) -> str:
    answer: str = click.prompt(question, prompt_suffix=" ", err=True)
    return answer


# --- What is shown --------------------------------------------------------------------------------


def _show_value(edit: FactEdit, review: Review) -> None:
    from policygen.report.review.sentences import value_lines
    from policygen.report.sentences import fact_title

    _show_title(fact_title(edit.path, review.names.get(edit.path, "")))
    for line in value_lines(edit, review.names):
        echo_err(printable(line))


def _show_clause(title: str, edits: Sequence[ReturnedEdit], review: Review) -> None:
    """Show what every hand did to a clause, and what was said of it."""
    from policygen.cli.terminal.document import draw_blocks
    from policygen.report.review.document import edit_blocks
    from policygen.report.review.sentences import comment_lines

    _show_title(title)
    for edit in edits:
        echo_err(draw_blocks(tuple(edit_blocks(edit))).strip("\n"))
    for placed in review.comments:
        if placed.place == edits[0].place:
            for line in comment_lines(placed.comment):
                echo_err(printable(line))


def _show_title(title: str) -> None:
    echo_err("\n" + click.style(printable(title), bold=True))
