"""A profile's theme folder -> Theme.

It may come from a stranger: every path, size and rule is checked.
"""

from __future__ import annotations

import base64
import errno
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from policygen.load.files import display_path, read_regular, read_text, real_path
from policygen.load.look.font import font_fault
from policygen.load.own_folders import THEME_FOLDER
from policygen.load.yaml.reader import Marked, read_yaml
from policygen.load.yaml.validate import validate_as
from policygen.model.text import Line
from policygen.model.theme import FONT_LIMIT, PLAIN, SHEET_LIMIT, Family, Theme
from policygen.problems import Location, PolicygenError, Problem, nearest

FILE = "theme.yaml"
_TEMPLATE_FILE = "policy.dotx"  # a template for Word
_SHEETS = ("print.css", "screen.css")
# Endings of files that look as if they were read.
_READ = (".css", ".scss", ".less", ".sass", ".yaml", ".yml")
_WORD = (".dotx", ".dotm", ".dot", ".docx", ".docm", ".doc", ".ott", ".odt")


@dataclass(frozen=True)
class _Font:
    family: Family
    regular: Line
    bold: Line
    extra_bold: Line | None = None


@dataclass(frozen=True)
class _Look:
    font: _Font | None = None


def load_theme(profile_folder: Path) -> Theme:
    """Read `theme/` beside a profile, if there is one.

    Raises PolicygenError with every Problem at once.
    """
    folder = profile_folder / THEME_FOLDER
    if not folder.is_dir():
        return PLAIN
    if folder.resolve() != profile_folder.resolve() / THEME_FOLDER:
        raise _refused(
            "The theme folder is a link.",
            "Put the folder itself there.",
            Location(display_path(folder)),
            code="PG402",
        )
    problems = list(_unread(folder))
    theme = PLAIN
    try:
        theme = _fonts(folder)
    except PolicygenError as error:
        problems += error.problems
    for name in _SHEETS:
        try:
            theme = replace(theme, **{name.partition(".")[0]: _sheet(folder, name)})
        except PolicygenError as error:
            problems += error.problems
    try:
        theme = replace(theme, word_template=_word_template(folder))
    except PolicygenError as error:
        problems += error.problems
    if problems:
        raise PolicygenError(problems)
    return theme


def _unread(folder: Path) -> Iterator[Problem]:
    """A file that looks as if it counted, and does not; pictures and licences may lie there."""
    known = (FILE, *_SHEETS, _TEMPLATE_FILE)
    for file in sorted(folder.iterdir()):
        if file.name.startswith("~$"):  # Word's own, while it has a file open
            continue
        if file.suffix.lower() in (*_READ, *_WORD) and file.name not in known:
            yield Problem(
                "Nothing reads this file of the theme.",
                nearest(file.name, known),
                Location(display_path(file)),
                code="PG401",
            )


def _sheet(folder: Path, name: str) -> str:
    """Return the text of a style sheet, empty where the folder has none.

    Raises PolicygenError with all that a style sheet may not say.
    """
    file = folder / name
    if not file.exists():
        return ""
    from policygen.model.sheet import sheet_faults  # few bodies have one

    path = display_path(file)
    text = read_text(_within(folder, name, Location(path)), SHEET_LIMIT)
    problems = [
        Problem(fault.what, fault.mend, Location(path, fault.line, fault.column), code=fault.code)
        for fault in sheet_faults(text)
    ]
    if problems:
        raise PolicygenError(problems)
    return text


def _word_template(folder: Path) -> str:
    """Return the template for Word in base64, empty where the folder has none."""
    file = folder / _TEMPLATE_FILE
    if not file.exists():
        return ""
    from policygen.load.look.word_template import read_word_template  # few bodies have one

    location = Location(display_path(file))
    data = read_word_template(_within(folder, _TEMPLATE_FILE, location), location)
    return base64.b64encode(data).decode()


def _fonts(folder: Path) -> Theme:
    """Return a theme with the fonts that the folder's file names; without one, the plain theme."""
    file = folder / FILE
    if not file.exists():
        return PLAIN
    marked = read_yaml(_within(folder, FILE, Location(display_path(file))))
    marks = {
        at: replace(location, path=display_path(file)) for at, location in marked.marks.items()
    }
    marked = Marked(marked.data, marks, marked.text)
    font = validate_as(_Look, marked).font
    if font is None:
        return PLAIN
    files = {"regular": font.regular, "bold": font.bold, "extra_bold": font.extra_bold}
    theme = Theme(family=font.family)
    problems: list[Problem] = []
    for key, name in files.items():
        try:
            data = _font(folder, name, marked.location(("font", key))) if name else b""
            theme = replace(theme, **{key: base64.b64encode(data).decode()})
        except PolicygenError as error:
            problems += error.problems
    if problems:
        raise PolicygenError(problems)
    return theme


def _font(folder: Path, name: str, location: Location) -> bytes:
    file = _within(folder, name, location)
    try:
        data = read_regular(file, FONT_LIMIT)
    except OSError as error:
        if error.errno == errno.EFBIG:
            what, mend = "This font is larger than 1 MB.", "Save it with the characters you need."
        else:
            what, mend = f'There is no file "{name}" in the theme folder.', "Check its name."
        raise _refused(what, mend, location, code="PG403") from None
    what, mend = font_fault(data)
    if what:
        raise _refused(what, mend, location, code="PG403")
    return data


def _within(folder: Path, name: str, location: Location) -> Path:
    """A file of the theme folder, whatever the folder or the file are links to."""
    file = real_path(folder / name)
    if not file.is_relative_to(real_path(folder.parent) / THEME_FOLDER):
        raise _refused(
            "This file lies outside the theme folder.",
            "Copy it into the folder.",
            location,
            code="PG402",
        )
    if file.exists() and not file.is_file():
        raise _refused("This is not a file.", "Put the file itself there.", location, code="PG402")
    return file


def _refused(what: str, mend: str, location: Location, *, code: str) -> PolicygenError:
    return PolicygenError([Problem(what, mend, location, code=code)])
