"""A returned file and the Document that was sent -> what the copy says."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from policygen.load.returned.identity.anchors import anchors_by_bookmark, anchors_by_number
from policygen.load.returned.identity.assembly import Assembly
from policygen.load.returned.identity.ladder import Ladder
from policygen.load.returned.identity.lost_styles import strip_heads
from policygen.load.returned.margins import margins_changed
from policygen.load.returned.package.open import ReturnedFile, as_error
from policygen.load.returned.package.refusal import Refusal
from policygen.load.returned.package.xml import WML, parse
from policygen.load.returned.text.body import BodyReader, PlacedLine
from policygen.load.returned.text.findings import TextFindings
from policygen.load.returned.text.notes import read_comments, read_notes, with_replies
from policygen.load.returned.text.runs import RunReader
from policygen.load.returned.text.styles import Styles
from policygen.model.document import Document, ScanCode
from policygen.model.document.walk import walk
from policygen.model.returned.copy import (
    NotCarried,
    NotCarriedKind,
    PartKind,
    ReturnedComment,
    ReturnedCopy,
)
from policygen.model.returned.known import inner_headings, known_parts, places_of

_LONGEST = 400  # characters of the words that a list shows
_OTHER_POLICY = "Check that it is a copy of this policy, and of this edition."


def read_returned(file: ReturnedFile, sent: Document) -> ReturnedCopy:
    """Read a returned file beside the Document that was sent, or the nearest that there is.

    Raises PolicygenError where the file is broken, or no clause of the document is in it.
    """
    try:
        return _Reading(file, sent).copy()
    except Refusal as refusal:
        raise as_error(refusal, file.path) from None


class _Reading:
    """One reading of one file."""

    def __init__(self, file: ReturnedFile, sent: Document) -> None:
        self._file, self._sent = file, sent
        self._known = known_parts(sent)
        self._findings = TextFindings()

    def copy(self) -> ReturnedCopy:
        lines = self._lines()
        starts = Ladder(lines, self._known).climb()
        if not any(start.part.kind is PartKind.CLAUSE for start in starts.values()):
            raise Refusal("No clause of this policy is in this file.", _OTHER_POLICY, "PG672")
        inner = inner_headings(self._sent, self._known)
        assembly = Assembly(lines, starts, self._known, inner, strip_heads(self._sent))
        every = assembly.parts(self._findings.bookmarks)
        kept = [at for at, part in enumerate(every) if part.kind is not PartKind.CONTENTS]
        new = {at: index for index, at in enumerate(kept)}
        place = [new.get(at, -1) for at in assembly.part_of]
        return ReturnedCopy(
            imprint=self._file.imprint,
            parts=tuple(every[at] for at in kept),
            comments=self._comments(place),
            not_carried=tuple(self._not_carried(place)),
        )

    def _lines(self) -> list[PlacedLine]:
        file = self._file
        styles = Styles(file.part("styles"), file.part("numbering"))
        runs = RunReader(
            styles,
            file.relations(),
            self._findings,
            anchors_by_number(self._known),
            anchors_by_bookmark(places_of(self._sent, self._known)),
        )
        for kind in ("footnote", "endnote"):
            runs.set_notes(kind, read_notes(file.part(f"{kind}s"), kind))
        body = parse(file.files[file.main], file.main).find(f"{WML}body")
        if body is None:
            raise Refusal("This file is broken: it has no text.")
        return BodyReader(styles, runs, self._findings).read(body)

    def _comments(self, place: Sequence[int]) -> tuple[ReturnedComment, ...]:
        read = read_comments(self._file.part("comments"), self._file.part("commentsExtended"))
        anchors = self._findings.anchors
        placed = []
        for one in read:
            anchor = anchors.get(one.comment.id)
            if anchor:
                part = place[anchor.line] if anchor.line < len(place) else -1
                words = " ".join("".join(anchor.words).split())
                comment = replace(one.comment, part=part, words=words)
                placed.append(replace(one, comment=comment))
            else:
                placed.append(one)
        return with_replies(placed)

    def _own_pictures(self) -> frozenset[str]:
        """Return what our pictures say to whoever does not see them: the logo, a code to scan."""
        codes = (block for block in walk(self._sent.body) if isinstance(block, ScanCode))
        return frozenset((self._sent.masthead.organisation, *(code.words for code in codes)))

    def _not_carried(self, place: Sequence[int]) -> Iterator[NotCarried]:
        """Yield what is not carried, of one kind and part together; then what concerns all."""
        ours = self._own_pictures()
        together: dict[tuple[NotCarriedKind, int], list[str]] = {}
        for kind, line, words in self._findings.not_carried:
            if kind is NotCarriedKind.PICTURE and words in ours:
                continue
            part = place[line] if line < len(place) else -1
            together.setdefault((kind, part), []).append(words)
        for (kind, part), found in together.items():
            told = list(dict.fromkeys(filter(None, found)))
            yield NotCarried(kind, part, " … ".join(told)[:_LONGEST])
        yield from margins_changed(self._file, self._sent)
        if self._file.has_macros:
            yield NotCarried(NotCarriedKind.MACRO)
