"""people/respondents.yaml -> who the respondents are. Anybody may edit it, or erase from it."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from policygen.load.own_folders import link_out
from policygen.load.yaml.reader import read_yaml
from policygen.load.yaml.validate import validate_as
from policygen.model.consultation.respondent import NamedFile, Respondent, RespondentBook
from policygen.model.text import Line
from policygen.problems import PolicygenError

PEOPLE_FILE = "respondents.yaml"


@dataclass(frozen=True, slots=True)
class _Person:
    name: Line
    body: Line | None = None


@dataclass(frozen=True, slots=True)
class _File:
    name: Line
    respondents: tuple[Line, ...] = ()


@dataclass(frozen=True, slots=True)
class _Book:
    respondents: dict[Line, _Person] = field(default_factory=dict)
    files: dict[Line, _File] = field(default_factory=dict)


def read_people(folder: Path) -> RespondentBook:
    """Return who is known; nobody, where the file is not there. Raises PolicygenError.

    The folder of a consultation lies two folders beneath that of its profile. This one may be a
    link to another disk; the file may be none out of the profile's folder, or it would be quoted.
    """
    path = folder / PEOPLE_FILE
    if not path.is_file():
        return RespondentBook()
    if path.is_symlink() and (fault := link_out(path, folder.parents[2])):
        raise PolicygenError([fault])
    marked = read_yaml(path)
    cleaned = {key: value or {} for key, value in marked.data.items()}
    book = validate_as(_Book, type(marked)(cleaned, marked.marks, marked.text))
    people = (Respondent(id, one.name, one.body or "") for id, one in book.respondents.items())
    files = (NamedFile(sha256, one.name, one.respondents) for sha256, one in book.files.items())
    return RespondentBook(tuple(people), tuple(files))
