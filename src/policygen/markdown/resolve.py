"""References become what they refer to.

`[words][code]` becomes a link with its address, `[^1]` a note with its text. So each telling stands
by itself, whichever layers and clauses it is joined with, and no layer sees another's labels.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from markdown_it.token import Token

from policygen.markdown.braces import VALUE_OPEN, Masked, outside_braces
from policygen.markdown.fault import MarkdownFault
from policygen.markdown.locate import first_line
from policygen.markdown.marks import InlineReader
from policygen.markdown.parser import NOTE, inline_tokens
from policygen.markdown.source import FragmentSource

# Line, first column and the column behind the last (from 0), and what to write there.
_Replacement = tuple[int, int, int, str]


def resolve(
    source: FragmentSource,
    masked: Masked,
    env: dict[str, Any],
    tokens: Sequence[Token],
    inlines: InlineReader,
) -> set[int]:
    """Write what references refer to into the lines of the source.

    Return the lines of the definitions, which go. Faults go to the reader of the inlines.
    """
    links = [*env.get("references", {}).values(), *env.get("duplicate_refs", ())]
    notes: list[Token] = []
    if "notes" in env:
        notes = [token for token in tokens if token.type == f"{NOTE}_open" and token.level == 0]
    if not links and not notes:
        return set()
    dropped: set[int] = set()
    for first, last in (*(link["map"] for link in links), *(note.map or [0, 0] for note in notes)):
        dropped.update(range(masked.source_lines[first], _end(masked, last)))
    resolver = _Resolver(source, masked, inlines)
    written = [made for reference in inlines.references if (made := resolver.link(*reference))]
    _write(source, [made for made in written if made[0] in dropped])
    texts = {note.info: resolver.note_text(note) for note in notes}
    resolver.check_notes(notes, texts)
    marks = [resolver.note(inline, token, texts) for inline, token in inlines.notes]
    _write(source, [made for made in (*written, *marks) if made[0] not in dropped])
    return dropped


def _end(masked: Masked, line: int) -> int:
    """The line of the source behind some masked lines."""
    return masked.source_lines[line - 1] + 1


def _write(source: FragmentSource, replacements: Iterable[_Replacement]) -> None:
    for line, start, end, text in sorted(replacements, reverse=True):
        typed = source.lines[line]
        source.lines[line] = typed[:start] + text + typed[end:]


class _Resolver:
    def __init__(self, source: FragmentSource, masked: Masked, inlines: InlineReader) -> None:
        self.source = source
        self.masked = masked
        self.inlines = inlines
        self.locator = inlines.locator

    def link(self, inline: Token, opened: Token, closed: Token) -> _Replacement | None:
        """Return what puts the address in the place of a link's label: line, start, end and text.

        `opened` and `closed` are the tokens around the link's words. None, and a fault, where the
        source does not stand as the tokens say.
        """
        href = str(opened.attrs["href"])
        label_start, label_end = closed.meta["at"], opened.meta["end"]
        start_line, start = self.locator.in_source(inline, label_start + 1)
        end_line, end = self.locator.in_source(inline, label_end)
        label = inline.content[label_start:label_end]
        readable = start_line == end_line and self._stands_at(inline, (start_line, start), label)
        if not readable or VALUE_OPEN in href:
            line, column = self.locator.location(inline, opened.meta["at"])
            what = "This link cannot be read with its address elsewhere."
            mend = "Write the address beside the words: [words](https://...)."
            self.inlines.faults.append(MarkdownFault(line, column, what, mend, "PG214"))
            return None
        address = f"<{href}>" if "(" in href or ")" in href else href
        return start_line, start, end, f"({address})"

    def _stands_at(self, inline: Token, start: tuple[int, int], typed: str) -> bool:
        """Whether the end of a link stands where the tokens say.

        A cell with an escaped stroke has moved.
        """
        line, column = start
        return self.source.lines[line].startswith(typed, column - 1)

    def note_text(self, note: Token) -> str:
        """The text of a note as one line of Markdown, links resolved."""
        first, last = note.map or [0, 0]
        lines = self.source.lines[self.masked.source_lines[first] : _end(self.masked, last)]
        text = " ".join(line.strip() for line in lines).partition("]:")[2].strip()
        return outside_braces(text, lambda words: words.replace("|", "\\|"))

    def note(self, inline: Token, token: Token, texts: dict[str, str]) -> _Replacement:
        """The note itself in the place of its mark."""
        line, start = self.locator.in_source(inline, token.meta["at"])
        end = start + token.meta["end"] - token.meta["at"]
        return line, start, end, f"^[{texts[token.info]}]"

    def check_notes(self, notes: Sequence[Token], texts: dict[str, str]) -> None:
        """Each note is referred to, given once, and can be read within brackets."""
        used = {token.info for _, token in self.inlines.notes}
        labels: set[str] = set()
        for note in notes:
            if note.info in labels:
                self._note_fault(note, "is given twice", "Keep one of the two.")
            elif note.info not in used:
                mend = f"Put [^{note.info}] where it belongs, or take the note out."
                self._note_fault(note, "is referred to nowhere", mend)
            elif "[^" in texts[note.info]:
                self._note_fault(note, "refers to another note", "Write it out instead.")
            elif not _in_brackets(texts[note.info]):
                self._note_fault(
                    note, "has a bracket without its pair", "Close it, or take it out."
                )
            labels.add(note.info)

    def _note_fault(self, note: Token, what: str, mend: str) -> None:
        line = self.locator.line(first_line(note))
        fault = MarkdownFault(line, 1, f"The note [^{note.info}] {what}.", mend, "PG217")
        self.inlines.faults.append(fault)


def _in_brackets(text: str) -> bool:
    """Whether a text that stands in brackets ends with them."""
    tokens = inline_tokens(f"^[{text}]", {})
    depth = 0
    for number, token in enumerate(tokens):
        depth += token.nesting
        if depth == 0:
            return token.type == "note_close" and number == len(tokens) - 1
    return False
