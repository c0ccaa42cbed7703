"""Several edits of one text as one: what only one changes, what all agree on, what conflicts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from policygen.diff.inlines import Token, edit_script, tokenise
from policygen.model.consultation.collation import MergeOption, MergePiece
from policygen.model.document import Text
from policygen.model.document.walk import plain


@dataclass(frozen=True, slots=True)
class _Hunk:
    """One change of one response: the tokens from `start` up to `end` become `words`."""

    response: int
    start: int
    end: int
    words: str


def merge_edits(before: str, afters: Mapping[int, str]) -> tuple[MergePiece, ...]:
    """Merge what several responses, by their ids, would have in place of `before`.

    Changes that overlap or touch are one place: there they agree or conflict. The order in which
    the responses came makes no difference.
    """
    base = _tokens(before)
    hunks = [hunk for id, after in sorted(afters.items()) for hunk in _hunks(id, base, after)]
    pieces: list[MergePiece] = []
    at = 0
    for cluster in _clusters(base, hunks):
        start = min(hunk.start for hunk in cluster)
        end = max(hunk.end for hunk in cluster)
        if start > at:
            pieces.append(MergePiece(_words(base[at:start])))
        pieces.append(MergePiece(_words(base[start:end]), _options(base, start, end, cluster)))
        at = end
    if at < len(base):
        pieces.append(MergePiece(_words(base[at:])))
    return tuple(pieces)


def whole_edit(before: str, afters: Mapping[int, str]) -> MergePiece:
    """Return what several responses would have in place of the whole of `before`."""
    found: dict[str, list[int]] = {}
    for response, after in sorted(afters.items()):
        found.setdefault(after, []).append(response)
    return MergePiece(before, tuple(MergeOption(words, tuple(ids)) for words, ids in found.items()))


def _tokens(text: str) -> tuple[Token, ...]:
    return tuple(tokenise((Text(text),), None))


def _words(tokens: Sequence[Token]) -> str:
    return "".join(plain((token.inline,)) for token in tokens)


def _hunks(response: int, base: Sequence[Token], after: str) -> Iterator[_Hunk]:
    at = 0
    for run in edit_script(base, _tokens(after)):
        end = at + len(run.first)
        if not run.same:
            yield _Hunk(response, at, end, _words(run.second))
        at = end


def _clusters(base: Sequence[Token], hunks: Sequence[_Hunk]) -> Iterator[list[_Hunk]]:
    """Yield the changes of one place together, in the order of places; a space parts no two."""
    cluster: list[_Hunk] = []
    reach = 0
    for hunk in sorted(hunks, key=lambda one: (one.start, one.end, one.response)):
        if cluster and _words(base[reach : hunk.start]).strip():
            yield cluster
            cluster = []
        cluster.append(hunk)
        reach = max(reach, hunk.end)
    if cluster:
        yield cluster


def _options(
    base: Sequence[Token], start: int, end: int, cluster: Sequence[_Hunk]
) -> tuple[MergeOption, ...]:
    """Return what each response makes of one place; those that agree are one."""
    afters: dict[int, str] = {}
    for response in dict.fromkeys(hunk.response for hunk in cluster):
        words, at = "", start
        for hunk in cluster:
            if hunk.response == response:
                words += _words(base[at : hunk.start]) + hunk.words
                at = hunk.end
        afters[response] = words + _words(base[at:end])
    return whole_edit("", afters).options
