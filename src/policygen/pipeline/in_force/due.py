"""What is due, as the page has it: by how it stands today, each row leading to its fact."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from policygen.load.records import read_every_record
from policygen.model.language import capitalise, format_day
from policygen.model.release.record import entry_in_force
from policygen.pipeline.workspace import Workspace
from policygen.pipeline.year.calendar import calendar
from policygen.pipeline.year.dates import body_dates, dates_of_term
from policygen.problems import DataPath
from policygen.report.year.dates.document import DUE_HEADINGS, dates_report, when_due
from policygen.report.year.dates.serialise import dates_to_csv
from policygen.write.writer import writer

DUE_FORMATS = ("ics", "pdf", "docx", "csv")
_LANGUAGE = "en-GB"


@dataclass(frozen=True, slots=True)
class DueRow:
    """One date: when, what and who; or a fact that would tell one. `field` is where it stands."""

    when: str
    what: str
    who: str
    field: DataPath


def due_rows(profile: Path, workspace: Workspace, on: date) -> dict[str, list[DueRow]]:
    """Return the dates that matter on a day under their headings, the most pressing first.

    Raises PolicygenError for a body that does not compose.
    """
    found = body_dates(profile, workspace, on)
    rows: dict[str, list[DueRow]] = {}
    for state, heading in DUE_HEADINGS.items():
        for one in found.dates:
            if one.state(on) is state:
                row = DueRow(when_due(one), capitalise(one.what), capitalise(one.who), one.field)
                rows.setdefault(heading, []).append(row)
    for path, tells in found.unknown:
        row = DueRow("Not known", capitalise(tells), "", tuple(path.split(".")))
        rows.setdefault("No date yet", []).append(row)
    return rows


def due_file(profile: Path, workspace: Workspace, on: date, ending: str) -> bytes | None:
    """Return the same as a file, or every date as a calendar; None for another ending.

    Raises PolicygenError.
    """
    if ending not in DUE_FORMATS:
        return None
    if ending == "ics":
        return calendar([dates_of_term(profile, workspace)])
    found = [body_dates(profile, workspace, on)]
    if ending == "csv":
        return dates_to_csv(found, on)
    return writer(ending).write(dates_report(found, on))


def in_force_line(profile: Path, on: date) -> str:
    """Say which version is in force on a day, with which handbook; "" for none.

    Raises PolicygenError for releases that cannot be read.
    """
    records = read_every_record(profile.parent)
    entry = entry_in_force(tuple(one.entry for one in records if not one.handbook), on)
    if entry is None:
        return ""
    issues = [one.handbook for one in records if one.handbook and one.entry == entry]
    issued = [one for one in issues if one.issued <= on]
    handbook = f", with its handbook {issued[-1].name}" if issued else ""
    day = format_day(entry.issued, _LANGUAGE)
    return f"Version {entry.version} is in force since {day}{handbook}."
