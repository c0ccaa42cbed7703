"""Lets LibreOffice open some DOCX, edit them as a reviewer would, and save each.

A program of its own, for the Python that has UNO: reads [[path, path to save, [edit, ...]], ...] as JSON. An edit is
{"do": ..., ...}: `track` turns the tracking of changes on and `untrack` off; `replace`, `insert` (after), `delete` and
`comment` look for `find`, and put `with` there.

    python3 office_edits.py SOFFICE FOLDER < tasks.json
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[2] / "write"))

import uno  # type: ignore[import-not-found]  # noqa: F401  # it finds the next, beside LibreOffice only
from com.sun.star.beans import PropertyValue  # type: ignore[import-not-found]  # see above
from com.sun.star.util import DateTime  # type: ignore[import-not-found]  # see above
from office import Office

FILTER = "MS Word 2007 XML"


def main(soffice: str, folder: str) -> None:
    office = Office(soffice, Path(folder))
    try:
        for path, made, edits in json.load(sys.stdin):
            save(office.desktop, path, made, edits)
    finally:
        office.stop()


def save(desktop: Any, path: str, made: str, edits: list[dict[str, str]]) -> None:
    hidden = PropertyValue(Name="Hidden", Value=True)
    document = desktop.loadComponentFromURL(Path(path).as_uri(), "_blank", 0, (hidden,))
    try:
        for edit in edits:
            apply(document, edit)
        document.storeToURL(Path(made).as_uri(), (PropertyValue(Name="FilterName", Value=FILTER),))
    finally:
        document.close(True)


def apply(document: Any, edit: dict[str, str]) -> None:
    if edit["do"] in ("track", "untrack"):
        document.RecordChanges = edit["do"] == "track"
        return
    search = document.createSearchDescriptor()
    search.SearchString, search.SearchCaseSensitive = edit["find"], True
    found = document.findFirst(search)
    if found is None:
        raise ValueError(f"not found: {edit['find']}")
    text, words = found.Text, edit.get("with", "")
    match edit["do"]:
        case "insert":
            text.insertString(found.End, words, False)
        case "delete":
            found.String = ""
        case "replace":
            found.String = words
        case "comment":
            note = document.createInstance("com.sun.star.text.textfield.Annotation")
            note.Author, note.Content = edit["author"], words
            note.DateTimeValue = DateTime(Year=2026, Month=11, Day=20, Hours=10)
            text.insertTextContent(found, note, True)


if __name__ == "__main__":
    main(*sys.argv[1:])
