"""A form that people fill in: it is written over no other file, or what they filled in is lost."""

from __future__ import annotations

from pathlib import Path

from policygen.cli.output import deliver

_LIMIT = 200_000_000  # bytes; a larger file is no form, and stays as well


def deliver_form(form: str | bytes, format: str, out: Path | None) -> None:
    """Hand over an empty form, to a file that is not there yet or holds just that.

    Raises PolicygenError for any other file, and as `deliver` does.
    """
    if out and isinstance(form, bytes):
        _require_free(out, form)
    deliver(form, format, out)


def _require_free(out: Path, form: bytes) -> None:
    from policygen.load.files import read_bytes
    from policygen.problems import Location, PolicygenError, Problem

    if out.is_file() and read_bytes(out, _LIMIT) != form:
        what = "This file is there already, and may be a form that people filled in: it stays so."
        mend = "Give another name, or move the file away first."
        raise PolicygenError([Problem(what, mend, Location(str(out)), code="PG593")])
