"""What a returned copy says, in sentences."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from policygen.model.language import capitalise, format_day, join_names
from policygen.model.returned.copy import ReturnedComment
from policygen.model.review.chosen import ChosenBy
from policygen.model.review.review import (
    FactEdit,
    Hand,
    PlacedLoss,
    ReturnedEdit,
    ReturnedEditKind,
    Review,
)


def review_finding(review: Review) -> str:
    """Return how much a copy says: `8 edits, 1 changed value and 3 comments.`."""
    counts = (
        (len(review.edits), "edit"),
        (len(review.fact_edits), "changed value"),
        (len(review.comments), "comment"),
    )
    told = [f"{number} {noun}{'s' if number > 1 else ''}" for number, noun in counts if number]
    if told:
        return f"{join_names(told)}."
    if review.already:
        return "Nothing is left to decide."
    return "Nothing was changed, and nobody commented."


def already_line(review: Review) -> str:
    """Return how much of a copy is ours already; "" for none of it."""
    if not review.already:
        return ""
    number = review.already
    of = "1 change of it is" if number == 1 else f"{number} changes of it are"
    return f"{of} in your own words already."


def sent_line(review: Review) -> str:
    """Return against what the copy is held."""
    line = f"{review.file} is compared with {review.sent.label}."
    if review.sent.is_exact:
        return line
    return f"{line} What it was printed from is no longer here, so some edits may be our own."


def whose(hand: Hand) -> str:
    """Return who changed something, and when; nobody says so of what was not tracked."""
    who = hand.author or "somebody, untracked"
    return f"{who}, {_day(hand.date)}" if _day(hand.date) else who


def edit_line(edit: ReturnedEdit) -> str:
    """Return what was done by whom: `Reworded by A. Lawyer, 3 December 2026.`."""
    did = capitalise(edit.kind.value)
    if edit.kind is ReturnedEditKind.ADDED and edit.name:
        did = "Added here"
    elif edit.into:
        did = "Moved to another section"
    return f"{did} by {whose(edit.hand)}."


def chosen_line(by: ChosenBy) -> str:
    """Return why words print that an edit touched, where that stands, and what it left alone."""
    if by.is_loop:
        return f"These words print once for each of {by.because} ({_place(by)})."
    line = f"These words print because {by.because} ({_place(by)})."
    return f"{line} The words for the other case are untouched." if by.has_other else line


def value_lines(edit: FactEdit, names: Mapping[str, str]) -> Iterator[str]:
    """Yield what became of a changed value, by whom, and where else it is printed."""
    yield f"“{edit.before}” became “{edit.after}” by {whose(edit.hand)}."
    yield f"Changed in {join_names([names.get(id, id) for id in edit.places])}."
    if edit.others:
        yield f"Also printed in {join_names([names.get(id, id) for id in edit.others])}."


def comment_lines(comment: ReturnedComment) -> Iterator[str]:
    """Yield a comment and its replies, a line each."""
    about = f" on “{comment.words}”" if comment.words else ""
    done = " (done)" if comment.is_done else ""
    yield f"{_by(comment)}{about}{done}: {comment.text}"
    for reply in comment.replies:
        yield f"{_by(reply)} replies: {reply.text}"


def loss_line(placed: PlacedLoss) -> str:
    """Return what cannot be carried, and where it stands."""
    words = f": “{placed.loss.words}”" if placed.loss.words else ""
    place = f" ({placed.name or placed.place})" if placed.name or placed.place else ""
    return f"{capitalise(placed.loss.kind.value)}{words}{place}."


def _place(by: ChosenBy) -> str:
    return f"{by.location.path}:{by.location.line}"


def _by(comment: ReturnedComment) -> str:
    return whose(Hand(comment.author or "Somebody", comment.date))


def _day(written: str) -> str:
    try:
        return format_day(date.fromisoformat(written[:10]), "en-GB")
    except ValueError:
        return ""
