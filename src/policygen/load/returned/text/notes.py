"""Comments, footnotes and the heads of the pages: what stands beside the text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from policygen.characters import printable_text
from policygen.load.returned.package.xml import W14, W15, WML, WordNode, author_of, date_of
from policygen.load.returned.text.pictures import text_in
from policygen.model.returned.copy import ReturnedComment

_DEEPEST = 20  # replies to replies
_SEPARATORS = ("separator", "continuationSeparator", "continuationNotice")


@dataclass(frozen=True, slots=True)
class ReadComment:
    """A comment without its place; `parent` is the id of the one that it replies to, or ""."""

    comment: ReturnedComment
    parent: str = ""


def read_comments(comments: WordNode | None, extended: WordNode | None) -> list[ReadComment]:
    """Return the comments of a file in order, each by itself.

    Word says in a part of its own which replies to which, and which is done, by the id of the last
    paragraph of each.
    """
    if comments is None:
        return []
    states = {} if extended is None else dict(map(_state, extended.iter(f"{W15}commentEx")))
    elements = list(comments.iter(f"{WML}comment"))
    ids = {paragraph: one.get(f"{WML}id", "") for one in elements for paragraph in _paragraphs(one)}
    return [_read(one, states, ids) for one in elements]


def _state(element: WordNode) -> tuple[str, tuple[str, bool]]:
    parent = element.get(f"{W15}paraIdParent", "")
    done = element.get(f"{W15}done", "") in ("1", "true")
    return element.get(f"{W15}paraId", ""), (parent, done)


def _paragraphs(comment: WordNode) -> list[str]:
    return [paragraph.get(f"{W14}paraId", "") for paragraph in comment.iter(f"{WML}p")]


def _read(
    element: WordNode, states: Mapping[str, tuple[str, bool]], ids: Mapping[str, str]
) -> ReadComment:
    states_here = [states[one] for one in _paragraphs(element) if one in states]
    parent, done = states_here[-1] if states_here else ("", False)
    comment = ReturnedComment(
        id=element.get(f"{WML}id", ""),
        author=author_of(element),
        date=date_of(element),
        text=printable_text(text_in(element)),
        is_done=done,
    )
    replied = ids.get(parent, "") if parent else ""
    return ReadComment(comment, replied if replied != comment.id else "")


def with_replies(comments: Iterable[ReadComment]) -> tuple[ReturnedComment, ...]:
    """Return the comments that reply to none, each with its replies and theirs.

    Those that reply to one another in a circle, as no program writes them, reply to none.
    """
    read = list(comments)
    known = {one.comment.id for one in read}
    by_parent: dict[str, list[ReturnedComment]] = {}
    for one in read:
        by_parent.setdefault(one.parent if one.parent in known else "", []).append(one.comment)
    reached: set[str] = set()

    def answered(comment: ReturnedComment, depth: int) -> ReturnedComment:
        reached.add(comment.id)
        replies = by_parent.get(comment.id, []) if depth < _DEEPEST else []
        return replace(comment, replies=tuple(answered(one, depth + 1) for one in replies))

    first = tuple(answered(comment, 0) for comment in by_parent.get("", []))
    return first + tuple(one.comment for one in read if one.comment.id not in reached)


def read_notes(root: WordNode | None, kind: str) -> dict[str, str]:
    """Return the words of the notes of a kind, `footnote` or `endnote`, by their ids."""
    if root is None:
        return {}
    return {
        one.get(f"{WML}id", ""): text_in(one)
        for one in root.iter(f"{WML}{kind}")
        if one.get(f"{WML}type", "") not in _SEPARATORS
    }
