"""What somebody decides on, as a part of a form: what it is about, its words, its fields."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal, Protocol, TypeAlias

from policygen.interview.choices import Choice
from policygen.pipeline.page.form import FormField
from policygen.pipeline.page.others.marked import MarkedText
from policygen.problems import DataPath

EntryLineKind: TypeAlias = Literal["words", "quiet", "strong"]


@dataclass(frozen=True, slots=True)
class EntryLine:
    """A line above the fields, with what comes and goes in it."""

    parts: tuple[MarkedText, ...]
    kind: EntryLineKind = "words"


@dataclass(frozen=True, slots=True)
class FormEntry:
    """One thing to decide. Those of one `group`, such as a clause, stand together under it."""

    group: str
    title: str
    lines: tuple[EntryLine, ...]
    fields: tuple[FormField, ...] = ()


class FormPage(Protocol):
    """What a page shows, with the fields of all its forms."""

    def fields(self) -> Iterable[FormField]:
        """Return every field, in the order of the page."""
        ...


def entry_line(text: str, kind: EntryLineKind = "words") -> EntryLine:
    """Return a line in which nothing comes or goes."""
    return EntryLine((MarkedText(text),), kind)


def line_field(path: DataPath, label: str, value: str = "", hint: str = "") -> FormField:
    """Return a field for a line."""
    return FormField(path, label, "line", value, hint)


def needed_field(path: DataPath, label: str, value: str = "", hint: str = "") -> FormField:
    """Return a field for a line that is not left empty."""
    return FormField(path, label, "line", value, hint, required=True)


def day_field(path: DataPath, label: str) -> FormField:
    """Return a field for a day."""
    return FormField(path, label, "day", "", "Year-month-day, like 2026-12-07.")


def choice_field(
    path: DataPath, label: str, choices: Mapping[str, str], value: str = "", hint: str = ""
) -> FormField:
    """Return a field to choose one of some words, by their keys."""
    listed = tuple(Choice(one, words) for one, words in choices.items())
    return FormField(path, label, "choice", value, hint, required=True, choices=listed)


def boxes_field(
    path: DataPath, label: str, choices: Mapping[str, str], value: str = "", hint: str = ""
) -> FormField:
    """Return boxes to tick, by their keys; `value` has those that are ticked, one a line."""
    listed = tuple(Choice(one, words) for one, words in choices.items())
    return FormField(path, label, "many", value, hint, choices=listed)


def files_field(path: DataPath, label: str, hint: str = "") -> FormField:
    """Return a field to choose files."""
    return FormField(path, label, "file", "", hint, required=True)
