"""One result, as the reader wants it: `--format` and `--out`, and how it is handed over."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, cast

import click

from policygen.cli.show import colour, problems_shown

if TYPE_CHECKING:
    from policygen.model.document import Document

F = TypeVar("F", bound=Callable[..., Any])

# What a file's name says of its format.
ENDINGS = {
    ".txt": "terminal",
    ".html": "html",
    ".htm": "html",
    ".md": "markdown",
    ".markdown": "markdown",
    ".docx": "docx",
    ".pdf": "pdf",
    ".json": "json",
    ".csv": "csv",
}
BINARY = ("docx", "pdf")
_SHORT = {"md": "markdown"}  # `build` and the writers say it shorter; either is understood


if TYPE_CHECKING:
    _Choice = click.Choice[str]
else:  # click 8.1 has no types to say which
    _Choice = click.Choice


class _Format(_Choice):
    """One of the formats of a command."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        return super().convert(_SHORT.get(value, value), param, ctx)


def output_options(formats: Sequence[str], default: str) -> Callable[[F], F]:
    """Give a command `--format` and `--out`; it receives `format: str` and `out: Path | None`.

    Without `--format`, the ending of `--out` says the format; without that too, it is the default.
    What cannot be delivered is refused before the command does its work.
    """

    def decorate(function: F) -> F:
        @wraps(function)
        def settled(*given: Any, format: str | None, out: Path | None, **more: Any) -> Any:
            out = None if out == Path("-") else out
            with problems_shown():
                chosen = format or _named(out, formats, default)
                _refuse(chosen, out)
            return function(*given, format=chosen, out=out, **more)

        shape = click.option(
            "--format",
            "-f",
            type=_Format(formats),
            help=f"How to show it. Left out: as --out is named, or {default}.",
        )
        place = click.option(
            "--out",
            "-o",
            metavar="FILE",
            type=click.Path(path_type=Path),
            help="Where to. Left out: standard output.",
        )
        return cast(F, shape(place(settled)))

    return decorate


def written(document: Document, format: str) -> bytes:
    """A Document as a file of one format. Raises PolicygenError."""
    from policygen.write.writer import writer

    short = {name: key for key, name in _SHORT.items()}
    return writer(short.get(format, format)).write(document)


def deliver(data: str | bytes, format: str, out: Path | None) -> None:
    """Hand a finished result over: to a file, whole or not at all, or to standard output.

    A text is coloured on a terminal that wants it and nowhere else. Raises PolicygenError.
    """
    _refuse(format, out)
    if isinstance(data, str) and not data.endswith("\n"):
        data += "\n"
    if out:
        _save(click.unstyle(data).encode() if isinstance(data, str) else data, out)
    else:
        click.echo(data, nl=False, color=colour(sys.stdout))


def _named(out: Path | None, formats: Sequence[str], default: str) -> str:
    """The format that a file's name asks for."""
    from policygen.problems import PolicygenError, Problem

    if not out or not out.suffix:
        return default
    format = ENDINGS.get(out.suffix.lower(), "")
    if format not in formats:
        mend = f"Give --format ({', '.join(formats)}), or a name that ends in one of these."
        raise PolicygenError(
            [Problem(f'The name "{out.name}" does not say which format it should have.', mend)]
        )
    return format


def _refuse(format: str, out: Path | None) -> None:
    """A terminal cannot show a PDF or a DOCX."""
    from policygen.problems import PolicygenError, Problem

    if format in BINARY and not out and sys.stdout.isatty():
        what = f"A {format.upper()} is no text: a terminal cannot show it."
        raise PolicygenError(
            [Problem(what, f"Give --out FILE, or send it to a file: > FILE.{format}")]
        )


def _save(data: bytes, out: Path) -> None:
    from policygen.problems import Place, PolicygenError, Problem
    from policygen.store.files import File, write_files

    try:
        place = out.resolve()  # a link stays a link; the file that it leads to is renewed
        if out.exists() and not place.is_file() and not place.is_dir():
            out.write_bytes(data)  # a pipe or a device, such as /dev/null, is never replaced
            return
    except OSError as error:
        what = f"Nothing can be written here: {(error.strerror or 'unknown reason').lower()}."
        raise PolicygenError(
            [Problem(what, "Choose another place with --out.", Place(str(out)))]
        ) from None
    write_files([File(place.name, data)], place.parent)
