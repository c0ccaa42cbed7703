"""What a section of a returned copy says of itself, into the organisation's own file of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from policygen.compose.composer import unfilled_heads
from policygen.markdown import prose
from policygen.model.document import Blocks, Inline, Inlines, Paragraph, Text
from policygen.model.document.walk import plain
from policygen.model.language import subtag
from policygen.model.policy import Policy, Section
from policygen.model.returned.copy import PartKind, ReturnedCopy
from policygen.model.review.review import ReturnedEdit
from policygen.pipeline.returned.own_slip import with_key, with_title
from policygen.pipeline.returned.own_words import OwnWords
from policygen.pipeline.returned.review import ReadReview
from policygen.problems import Location, Message, PolicygenError, Problem
from policygen.review.block_lines import lines_of
from policygen.review.clause import line_words
from policygen.review.ours import printed_keys
from policygen.review.printed_line import spans, with_leaves
from policygen.review.source.edit import EditedSource, NotSureError, edit_source
from policygen.review.source.places import SourceText

_CODE = "PG662"
_HEADING = "heading"  # a label and a title in one line
_OWN_TITLE = re.compile(r"^# ", re.MULTILINE)
_BETWEEN = "\u2003"  # what parts the facts of a section where they share a line


class SectionAcceptor:
    """Accepts what one copy says of the title, the lead and the other lines of its sections."""

    def __init__(self, own: OwnWords, read: ReadReview) -> None:
        self._own = own
        self._read = read

    def accept(self, edit: ReturnedEdit) -> None:
        """Take what a section says of itself as it came back.

        Raises PolicygenError where that is for a person to do; then nothing of it is taken.
        """
        name = edit.name or edit.place or "the beginning"
        sent = _section(self._read.sent.policy, edit.place)
        today = _section(self._own.policy(self._read.language), edit.place)
        if sent is None or today is None:
            raise self._by_hand(name, "it is no section of your policy")
        if subtag(self._read.language) != subtag(self._own.workspace.library.source_language):
            raise self._by_hand(name, "it came back in translation")
        printed = tuple(self._lines(self._read.sent.copy, edit.place))
        known = dict(_known_lines(sent, printed))
        keys = [key for key, _ in known.values()]
        before = [known.get(line_words(one), ("", one))[1] for one in printed]
        heads = self._sources(edit.place)
        sources = [_source(key, heads) for key in keys]
        edited = self._edited(name, before, edit.place, _told(today, keys), sources)
        if edited.is_empty:
            return
        changes: dict[str, str] = {}
        for key, source, text in zip(keys, sources, edited.texts, strict=True):
            if text != source.text:
                changes |= self._changed(name, key, source.text, text)
        files = self._files(edit.place, changes, heads)
        section = _section(self._tried(name, files), edit.place)
        after = _told(section, keys) if section else ()
        if printed_keys(after, self._label) != edited.expected:
            raise self._by_hand(name, "it would not print as it came back")
        self._own.put(files)

    def _edited(
        self,
        name: str,
        before: Iterable[Inlines],
        id: str,
        today: Blocks,
        sources: Sequence[SourceText],
    ) -> EditedSource:
        returned = tuple(map(Paragraph, self._lines(self._read.copy, id)))
        try:
            return edit_source(tuple(map(Paragraph, before)), returned, today, sources, self._label)
        except NotSureError as error:
            raise self._by_hand(name, error.reason) from None

    # --- What is there ----------------------------------------------------------------------------

    @property
    def _label(self) -> str:
        return self._read.sent.policy.outline.labels["clause"]

    def _lines(self, copy: ReturnedCopy, id: str) -> Iterator[Inlines]:
        """Yield the lines of a section that are no clause's, without the labels before them."""
        labels = tuple(self._read.sent.policy.outline.labels.values())
        parts = (one for one in copy.parts if (one.kind, one.id) == (PartKind.SECTION, id))
        lines = (line for part in parts for line in lines_of(part.after))
        for piece in (piece for line in lines for piece in _parted(line)):
            words = plain(piece).strip()
            label = next((one for one in labels if words.startswith(f"{one}: ")), "")
            if words and words not in labels:
                yield _cut(piece, plain(piece).index(label) + len(label) + 2 if label else 0)

    def _sources(self, id: str) -> Mapping[str, SourceText]:
        """Return the unfilled words of each line of a section, by its key."""
        workspace = self._own.workspace
        places = unfilled_heads(
            workspace.library, self._own.organisation(), workspace.caches.compose, id
        ).values()
        first = next(iter(places))
        return {
            key: SourceText(
                text, "" if all(one.get(key) == text for one in places) else "your places differ"
            )
            for key, text in first.items()
        }

    # --- What is to be ----------------------------------------------------------------------------

    def _changed(self, name: str, key: str, before: str, after: str) -> Iterator[tuple[str, str]]:
        """Yield each line of a section that differs, by its key, as the source is to have it."""
        text = after.replace("\n", " ")
        if "\n\n" in after or not text.strip():
            raise self._by_hand(name, "a section has one line of each kind: a title, a lead")
        if key != _HEADING:
            yield key, text
            return
        old, new = before.partition(": "), text.partition(": ")
        if not new[1] or not new[2].strip():
            raise self._by_hand(name, "its label and its title are no longer told apart")
        yield from (
            (part, one)
            for part, one, other in zip(("label", "title"), new[::2], old[::2], strict=True)
            if one != other
        )

    def _files(
        self, id: str, changes: Mapping[str, str], heads: Mapping[str, SourceText]
    ) -> dict[Path, str]:
        """Return the organisation's file of a section with other lines in its head."""
        path = self._own.profile.parent / f"{id}.md"
        text = self._own.text(path)
        found = _OWN_TITLE.search(text)
        if found is None:
            text = f"# {heads['title'].text}\n\n{text}"
        line = text.count("\n", 0, found.start()) + 1 if found else 1
        title = changes.get("title", "")
        text = (title and with_title(text, line, title)) or text
        for key, words in reversed([*changes.items()]):  # each is put first
            if key != "title":
                text = with_key(text, line, key, words)
        return {path: text}

    def _tried(self, name: str, texts: Mapping[Path, str]) -> Policy:
        try:
            return self._own.policy(self._read.language, texts)
        except PolicygenError as error:
            first = error.first.what
            raise self._by_hand(name, f"it could not be built then ({first})") from None

    def _by_hand(self, name: str, reason: str) -> PolicygenError:
        what = f"{name} was edited, and is not changed: {reason}."
        mend = Message(
            "What a section says of itself stands under its title, in a file of your own: "
            "docs/writing-words.md.",
            on_page="Look at what the section says of itself on the page Contents.",
        )
        location = Location(self._read.review.file)
        return PolicygenError([Problem(what, mend, location, code=_CODE)])


def _section(policy: Policy, id: str) -> Section | None:
    return next((one for one in policy.sections if one.id == id), None)


def _source(key: str, heads: Mapping[str, SourceText]) -> SourceText:
    if key != _HEADING:
        return heads[key]
    label, title = heads["label"], heads["title"]
    return SourceText(f"{label.text}: {title.text}", label.closed or title.closed)


def _told(section: Section, keys: Iterable[str]) -> Blocks:
    """Return the lines of a section that have some keys."""
    every = dict(_candidates(section))
    return tuple(Paragraph(every[key]) for key in keys if key in every)


def _candidates(section: Section) -> Iterator[tuple[str, Inlines]]:
    """Yield every line that may be printed of what a section says of itself, by its key."""
    parts = {key: prose.parse_inlines(wording) for key, wording in section.parts.items()}
    if "label" in parts and "title" in parts:
        yield _HEADING, (*parts["label"], Text(": "), *parts["title"])
    yield from parts.items()


def _known_lines(
    section: Section, printed: Iterable[Inlines]
) -> Iterator[tuple[str, tuple[str, Inlines]]]:
    """Yield the words of each printed line that is known, its key, and the line with its facts."""
    every = {line_words(line): (key, line) for key, line in reversed([*_candidates(section)])}
    for line in printed:
        if found := every.get(line_words(line)):
            yield line_words(line), found


def _parted(line: Inlines) -> Iterator[Inlines]:
    """Yield the facts of a section that share a line."""
    text = plain(line)
    start = 0
    for words in text.split(_BETWEEN):
        yield _cut(line, start, start + len(words))
        start += len(words) + 1


def _cut(line: Inlines, start: int, end: int | None = None) -> Inlines:
    """Return the part of a line between two of its characters."""
    places = iter(spans(line))
    last = len(plain(line)) if end is None else end

    def leaf(inline: Inline) -> Inlines:
        span = next(places)
        low, high = max(start, span.start) - span.start, min(last, span.end) - span.start
        if low >= high:
            return ()
        text = getattr(inline, "text", "")
        return (type(inline)(text[low:high]),) if isinstance(inline, Text) else (inline,)

    return tuple(one for one in with_leaves(line, leaf) if plain((one,)))
