"""Review -> JSON: one object for each edit, changed value and comment, for other programs."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from policygen.model.returned.copy import ReturnedComment
from policygen.model.review.chosen import ChosenBy
from policygen.model.review.review import FactEdit, PlacedComment, ReturnedEdit, Review

_SCHEMA = "policygen/review/1"


def reviews_to_json(reviews: Sequence[Review]) -> str:
    """Return all that some copies say, indented. docs/back-from-word.md has each key."""
    data = {"schema": _SCHEMA, "copies": [_copy(review) for review in reviews]}
    return json.dumps(data, indent=2, ensure_ascii=False) + "\n"


def _copy(review: Review) -> dict[str, Any]:
    return {
        "file": review.file,
        "organisation": review.organisation,
        "sent": {"policy": review.sent.label, "exact": review.sent.is_exact},
        "found": list(_found(review)),
        "already": review.already,
        "not_carried": [
            {"clause": loss.place, "what": loss.loss.kind.value, "words": loss.loss.words}
            for loss in review.losses
        ],
    }


def _found(review: Review) -> Iterator[dict[str, Any]]:
    yield from map(_edit, review.edits)
    yield from map(_fact_edit, review.fact_edits)
    yield from map(_comment, review.comments)


def _edit(edit: ReturnedEdit) -> dict[str, Any]:
    return {
        "clause": edit.place,
        "kind": edit.kind.value,
        "author": edit.hand.author,
        "date": edit.hand.date,
        "before": edit.before,
        "after": edit.after,
        "ours": edit.ours.value,
        "chosen_by": list(map(_chosen_by, edit.chosen_by)),
    }


def _chosen_by(by: ChosenBy) -> dict[str, Any]:
    return {
        "because": by.because,
        "path": by.location.path,
        "line": by.location.line,
        "repeats": by.is_loop,
        "other_branch": by.has_other,
    }


def _fact_edit(edit: FactEdit) -> dict[str, Any]:
    return {
        "clause": edit.places[0],
        "kind": "value",
        "author": edit.hand.author,
        "date": edit.hand.date,
        "before": edit.before,
        "after": edit.after,
        "fact": edit.path,
        "clauses": edit.places,
        "also_printed_in": edit.others,
    }


def _comment(placed: PlacedComment) -> dict[str, Any]:
    return {"clause": placed.place, "kind": "comment", **_words(placed.comment)}


def _words(comment: ReturnedComment) -> dict[str, Any]:
    return {
        "author": comment.author,
        "date": comment.date,
        "before": comment.words,
        "after": comment.text,
        "done": comment.is_done,
        "replies": [_words(reply) for reply in comment.replies],
    }
