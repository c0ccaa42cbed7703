"""Fields of Word, each with the text that it shows until Word computes it anew.

They are complex fields, of several runs: pandoc, mammoth and python-docx leave out the text of a
simple one.
"""

from __future__ import annotations

from policygen.write.docx.runs.content import FieldCode, FieldMark, RunInlines


def field(instruction: str, shown: RunInlines) -> RunInlines:
    """Make the pieces of a whole field; `instruction` is for example `PAGE`."""
    return (*field_start(instruction), *shown, field_end())


def field_start(instruction: str) -> RunInlines:
    """Make the pieces of a field before what it shows."""
    return (FieldMark("begin"), FieldCode(f" {instruction} "), FieldMark("separate"))


def field_end() -> FieldMark:
    """Make the piece of a field after what it shows."""
    return FieldMark("end")
