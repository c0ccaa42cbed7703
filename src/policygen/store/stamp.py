"""Write `was:` stamps into an organisation's fragments, and change nothing else in them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

from policygen.load.files import TEXT_LIMIT, display_path, read_regular, reason
from policygen.problems import Place, PolicygenError, Problem
from policygen.store.files import replacing, write_beside


def restamp(stamps: Iterable[tuple[Place, str, str]]) -> None:
    """Set the stamp under each clause heading, given as (place of the heading, id, stamp).

    Raises PolicygenError when a file cannot be written; then every file is as it was.
    """
    by_file: dict[Path, list[tuple[int, str]]] = defaultdict(list)
    for place, _, stamp in stamps:
        by_file[Path(place.path).resolve()].append((place.line, stamp))  # a link stays one
    path = Path()
    try:
        with replacing({path.parent for path in by_file}) as pending:
            for path, lines in by_file.items():
                # Not by `read_text`: the file keeps its ends of lines, and its byte order mark.
                text = read_regular(path, TEXT_LIMIT).decode()
                stamped = _stamped(text.split("\n"), lines)
                mode = path.stat().st_mode & 0o777
                pending.append(write_beside(path, stamped.encode(), mode))
    except OSError as error:
        what = f"This file cannot be written: {reason(error)}. Nothing was stamped."
        place = Place(display_path(Path(error.filename2 or path)))
        mend = "Check that it is yours and not open."
        raise PolicygenError([Problem(what, mend, place, code="PG504")]) from None


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
