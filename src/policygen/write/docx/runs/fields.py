"""Fields of Word, each with the text that it shows until Word computes it anew.

They are complex fields, of several runs: pandoc, mammoth and python-docx leave out the text of a
simple one.
"""

from __future__ import annotations

from policygen.write.docx.package.xml import text_element, w
from policygen.write.docx.runs.content import RunContent, RunInlines


def field(instruction: str, shown: RunInlines) -> RunInlines:
    """Make the pieces of a whole field; `instruction` is for example `PAGE`."""
    return (*field_start(instruction), *shown, field_end())


def field_start(instruction: str) -> RunInlines:
    """Make the pieces of a field before what it shows."""
    code = text_element(f" {instruction} ", local="instrText")
    return (_field_mark("begin"), RunContent(code), _field_mark("separate"))


def field_end() -> RunContent:
    """Make the piece of a field after what it shows."""
    return _field_mark("end")


def _field_mark(kind: str) -> RunContent:
    return RunContent(w("fldChar", fldCharType=kind))
