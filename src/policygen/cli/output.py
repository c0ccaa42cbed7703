"""One result, as the reader wants it: `--format` and `--out`, and how it is handed over."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Sequence
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from policygen.cli.escape import printable_styled
from policygen.cli.options import Decorator
from policygen.cli.show import colour, problems_shown

if TYPE_CHECKING:
    from policygen.model.document import Document

# What a file's name says of its format.
_ENDINGS = {
    ".txt": "terminal",
    ".html": "html",
    ".htm": "html",
    ".md": "markdown",
    ".markdown": "markdown",
    ".docx": "docx",
    ".pdf": "pdf",
    ".json": "json",
    ".csv": "csv",
    ".xlsx": "xlsx",
    ".ics": "ics",
}
_BINARY = ("docx", "pdf", "xlsx", "large-print-docx", "large-print-pdf")
_LONG_NAMES = {"md": "markdown"}  # `build` and the writers say it shorter; either is understood


if TYPE_CHECKING:
    _Choice = click.Choice[str]
else:  # click 8.1 has no types to say which
    _Choice = click.Choice


class _Format(_Choice):
    """One of the formats of a command."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        return super().convert(_LONG_NAMES.get(value, value), param, ctx)


def output_options(formats: Sequence[str], default: str) -> Decorator:
    """Give a command `--format` and `--out`; it receives `format: str` and `out: Path | None`.

    Without `--format`, the ending of `--out` says the format; without that too, it is the default.
    What cannot be delivered is refused before the command does its work.
    """

    def decorate(function: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(function)
        def with_format(*args: Any, format: str | None, out: Path | None, **more: Any) -> Any:
            out = None if out == Path("-") else out
            with problems_shown():
                chosen = format or _format_of(out, formats, default)
                _refuse_binary(chosen, out)
            return function(*args, format=chosen, out=out, **more)

        format_option = click.option(
            "--format",
            "-f",
            type=_Format(formats),
            help=f"How to show it. Left out: as --out is named, or {default}.",
        )
        out_option = click.option(
            "--out",
            "-o",
            metavar="FILE",
            type=click.Path(path_type=Path),
            help="Where to. Left out: standard output.",
        )
        return format_option(out_option(with_format))

    return decorate


def document_bytes(document: Document, format: str) -> bytes:
    """Return a Document as a file of one format. Raises PolicygenError."""
    from policygen.write.writer import writer

    names_of_writers = {long: short for short, long in _LONG_NAMES.items()}
    return writer(names_of_writers.get(format, format)).write(document)


def rendered(document: Document, format: str) -> str | bytes:
    """Return a Document in one format, or as it is drawn on a terminal. Raises PolicygenError."""
    if format == "terminal":
        from policygen.cli.terminal.document import draw_document

        return draw_document(document)
    return document_bytes(document, format)


def deliver(data: str | bytes | Iterable[bytes], format: str, out: Path | None) -> None:
    """Hand a finished result over: to a file, whole or not at all, or to standard output.

    A text is coloured on a terminal that wants it and nowhere else; what is large comes in pieces.
    Raises PolicygenError.
    """
    _refuse_binary(format, out)
    if isinstance(data, str) and not data.endswith("\n"):
        data += "\n"
    if out:
        _save(_pieces(data), out)
        return
    if isinstance(data, str):
        shown = printable_styled(data) if sys.stdout.isatty() else data
        click.echo(shown, nl=False, color=colour(sys.stdout))
        return
    for piece in _pieces(data):
        click.echo(piece, nl=False)


def _pieces(data: str | bytes | Iterable[bytes]) -> Iterable[bytes]:
    """Return a result as a file has it."""
    if isinstance(data, str):
        return [click.unstyle(data).encode()]
    return [data] if isinstance(data, bytes) else data


def _format_of(out: Path | None, formats: Sequence[str], default: str) -> str:
    """Return the format that a file's name asks for. Raises PolicygenError for none."""
    from policygen.problems import PolicygenError, Problem

    if not out or not out.suffix:
        return default
    format = _ENDINGS.get(out.suffix.lower(), "")
    if format == "terminal" and "text" in formats:
        format = "text"
    if format in formats:
        return format
    what = f'The name "{out.name}" does not say which format it should have.'
    mend = f"Give --format ({', '.join(formats)}), or a name that ends in one of these."
    raise PolicygenError([Problem(what, mend, code="PG608")])


def _refuse_binary(format: str, out: Path | None) -> None:
    """Raise PolicygenError for a PDF or a DOCX that would go to a terminal."""
    from policygen.problems import PolicygenError, Problem

    if format in _BINARY and not out and sys.stdout.isatty():
        what = f"A {format.upper()} is no text: a terminal cannot show it."
        mend = f"Give --out FILE, or send it to a file: > FILE.{format}"
        raise PolicygenError([Problem(what, mend, code="PG609")])


def _save(pieces: Iterable[bytes], out: Path) -> None:
    """Write a file whole or not at all. Raises PolicygenError."""
    from policygen.problems import Location, PolicygenError, Problem
    from policygen.store.files import write_pieces

    try:
        place = out.resolve()  # a link stays a link; the file that it leads to is renewed
        if _is_special(out, place):
            with open(out, "wb") as special:
                special.writelines(pieces)
            return
    except (OSError, RuntimeError) as error:  # pathlib raises the latter for a link to itself
        reason = getattr(error, "strerror", None) or "the link leads back to itself"
        what = f"Nothing can be written here: {reason.lower()}."
        mend = "Choose another place with --out."
        raise PolicygenError([Problem(what, mend, Location(str(out)), code="PG610")]) from None
    write_pieces(pieces, place)


def _is_special(out: Path, place: Path) -> bool:
    """Tell whether a path is a pipe or a device, such as /dev/null, which is never replaced."""
    return out.exists() and not place.is_file() and not place.is_dir()
