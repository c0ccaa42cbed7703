"""Edits of several people as one text: what is apart fits together, in any order, and what meets conflicts."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from policygen.model.consultation.collation import MergePiece
from policygen.review.collation.merge import merge_edits

# Long words, so that no island between two edits is too small to be read.
SENT = [f"paragraph{n} holds" for n in range(12)]


def text(words: list[str]) -> str:
    return " and ".join(words)


def together(pieces: tuple[MergePiece, ...]) -> str:
    return "".join(piece.options[0].words if piece.options else piece.before for piece in pieces)


@st.composite
def edits_apart(draw: st.DrawFn) -> dict[int, dict[int, str]]:
    """Of each person the words that they change, each word by one person only."""
    places = draw(st.permutations(range(len(SENT))))
    cut = sorted(draw(st.lists(st.integers(0, len(SENT)), min_size=2, max_size=4)))
    shares = [places[one:other] for one, other in pairwise(cut)]
    return {
        person: {place: f"another{place} keeps" for place in share}
        for person, share in enumerate(shares, 1)
    }


@given(edits_apart())
def test_edits_of_different_words_fit_together(edits: dict[int, dict[int, str]]) -> None:
    afters = {
        person: text([changes.get(n, word) for n, word in enumerate(SENT)])
        for person, changes in edits.items()
    }
    everything = {place: word for changes in edits.values() for place, word in changes.items()}
    pieces = merge_edits(text(SENT), afters)
    assert not any(piece.is_conflict for piece in pieces)
    assert together(pieces) == text([everything.get(n, word) for n, word in enumerate(SENT)])
    backwards = dict(reversed(afters.items()))
    assert merge_edits(text(SENT), backwards) == pieces
    assert "".join(piece.before for piece in pieces) == text(SENT)


def test_the_same_edit_of_two_is_no_conflict() -> None:
    pieces = merge_edits(
        "Ask the lawyers first.", {1: "Ask counsel first.", 2: "Ask counsel first."}
    )
    (option,) = next(piece.options for piece in pieces if piece.options)
    assert (option.words, option.responses) == ("counsel", (1, 2))


def test_edits_that_meet_conflict() -> None:
    afters = {1: "Ask counsel first.", 2: "Ask the lawyers and the union first."}
    (piece,) = [one for one in merge_edits("Ask the lawyers first.", afters) if one.options]
    assert piece.is_conflict
    assert {option.responses for option in piece.options} == {(1,), (2,)}


def test_words_put_in_at_one_place_conflict() -> None:
    afters = {1: "Ask at once first.", 2: "Ask by letter first."}
    assert any(piece.is_conflict for piece in merge_edits("Ask first.", afters))


def test_one_who_deletes_what_another_rewords_conflicts_with_them() -> None:
    assert any(piece.is_conflict for piece in merge_edits("Ask first.", {1: "", 2: "Ask early."}))
