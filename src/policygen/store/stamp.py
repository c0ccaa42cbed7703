"""Write `was:` stamps into an organisation's fragments, and change nothing else in them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from policygen.load.files import TEXT_LIMIT, display_path, read_regular, reason
from policygen.problems import Location, PolicygenError, Problem
from policygen.store.files import replacing, write_beside


@dataclass(frozen=True, slots=True)
class Stamp:
    """The fingerprint that an edit of a clause bears from now on, and where its heading stands."""

    location: Location
    clause: str
    fingerprint: str


def restamp(stamps: Iterable[Stamp]) -> None:
    """Write each stamp under the heading of its edit, in place of one that stands there.

    Raises PolicygenError when a file cannot be written; then every file is as it was.
    """
    by_file: dict[Path, list[Stamp]] = defaultdict(list)
    for stamp in stamps:
        file = Path(stamp.location.path).resolve()  # a link stays one: what it leads to is replaced
        by_file[file].append(stamp)
    path = Path()  # the file at hand when something fails
    try:
        with replacing({file.parent for file in by_file}) as pending:
            for path, stamps_of_file in by_file.items():
                # Not by `read_text`: the file keeps its ends of lines, and its byte order mark.
                lines = read_regular(path, TEXT_LIMIT).decode().split("\n")
                _stamp_lines(lines, stamps_of_file)
                mode = path.stat().st_mode & 0o777
                pending.append(write_beside(path, "\n".join(lines).encode(), mode))
    except OSError as error:
        refused = Path(error.filename2 or path)  # while files are put in place, it names the file
        what = f"This file cannot be written: {reason(error)}. Nothing was stamped."
        mend = "Check that it is yours and not open."
        location = Location(display_path(refused))
        raise PolicygenError([Problem(what, mend, location, code="PG504")]) from None


def _stamp_lines(lines: list[str], stamps: Iterable[Stamp]) -> None:
    """Set the stamps in the lines of a file, which keep their kind of line end."""
    # From the end, so that an inserted line does not move the headings still to come.
    for stamp in sorted(stamps, key=lambda stamp: stamp.location.line, reverse=True):
        below_heading = stamp.location.line  # counted from 0, where a place counts from 1
        ending = "\r" if lines[below_heading - 1].endswith("\r") else ""
        end = _end_of_slip(lines, below_heading)
        lines.insert(end, f"- was: {stamp.fingerprint}{ending}")


def _end_of_slip(lines: list[str], start: int) -> int:
    """Take the old stamp out of a slip; return the line number behind its last line, from 0."""
    at = end = start
    while at < len(lines) and (not lines[at].strip() or lines[at].startswith("- ")):
        if lines[at].startswith("- was:"):
            del lines[at]
            continue
        at += 1
        if lines[at - 1].strip():
            end = at
    return end
