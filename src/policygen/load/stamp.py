"""Write `was:` stamps into an organisation's fragments, and change nothing else in them."""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

from policygen.problems import Place, PolicygenError, Problem


def restamp(stamps: Iterable[tuple[Place, str, str]]) -> None:
    """Set the stamp under each clause heading, given as (place of the heading, id, stamp).

    Raises PolicygenError when a file cannot be written; it is then as it was.
    """
    by_file: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for place, _, stamp in stamps:
        by_file[place.path].append((place.line, stamp))
    for path, lines in by_file.items():
        # Not by `read_text`: the file keeps its ends of lines, and its byte order mark.
        _rewrite(Path(path), _stamped(Path(path).read_bytes().decode().split("\n"), lines))


def _stamped(text: list[str], stamps: list[tuple[int, str]]) -> str:
    # From the end, so that an inserted line does not move the headings still to come.
    for heading, stamp in sorted(stamps, reverse=True):
        at = end = heading  # the line below the heading, counted from 0
        while at < len(text) and (not text[at].strip() or text[at].startswith("- ")):
            if text[at].startswith("- was:"):
                del text[at]
                continue
            at += 1
            end = at if text[at - 1].strip() else end
        text.insert(end, f"- was: {stamp}" + "\r" * text[heading - 1].endswith("\r"))
    return "\n".join(text)


def _rewrite(path: Path, text: str) -> None:
    name = ""
    try:
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
        with os.fdopen(handle, "wb") as file:
            file.write(text.encode())
        Path(name).chmod(path.stat().st_mode & 0o777)
        Path(name).replace(path)
    except OSError as error:
        with contextlib.suppress(OSError):
            Path(name).unlink()
        what = f"This file cannot be written: {(error.strerror or 'unknown reason').lower()}."
        raise PolicygenError([Problem(what, "Check that it is yours and not open.", Place(str(path)))]) from None
